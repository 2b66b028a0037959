"""White space as PROTOCOL §1.4 lists it: Python's and JavaScript's own lists differ."""

WHITE = (
    "".join(
        chr(point)
        for first, last in ((0x09, 0x0D), (0x20, 0x20), (0x85, 0x85), (0xA0, 0xA0), (0x1680, 0x1680), (0x2000, 0x200A), (0x2028, 0x2029))
        for point in range(first, last + 1)
    )
    + "\u202f\u205f\u3000\ufeff"
)


def is_text(value: object) -> bool:
    """A string with something in it that is not white space, and no unpaired surrogate."""
    return isinstance(value, str) and value.strip(WHITE) != "" and not any("\ud800" <= character <= "\udfff" for character in value)
