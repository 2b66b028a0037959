"""The small head of a content file: between two lines of three hyphens, one `name: value` a line. PURE."""

from collections.abc import Collection

FENCE = "---"


class BadFrontMatter(ValueError):
    """The file's head cannot be read, or says something unknown; the message names the line."""


def parse_front_matter(text: str, keys: Collection[str]) -> tuple[dict[str, str], str]:
    """The head's values and the text below it. Every one of `keys` is there once, with a value, and nothing else.

    Raises:
        BadFrontMatter: it is not so.
    """
    lines = text.removeprefix("\N{BYTE ORDER MARK}").splitlines()
    if not lines or lines[0].rstrip() != FENCE:
        raise BadFrontMatter("line 1: the file must begin with a line of three hyphens.")
    values: dict[str, str] = {}
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == FENCE:
            break
        name, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or not value:
            raise BadFrontMatter(f"line {number}: write “name: value”.")
        if name not in keys:
            raise BadFrontMatter(f"line {number}: “{name}” is not known. Known names are: {', '.join(keys)}.")
        if name in values:
            raise BadFrontMatter(f"line {number}: “{name}” is already there.")
        values[name] = value
    else:
        raise BadFrontMatter("the head does not end: put a line of three hyphens below it.")
    if missing := [key for key in keys if key not in values]:
        raise BadFrontMatter(f"the head is missing {', '.join(missing)}.")
    body = "\n".join(lines[number:]).strip()
    if not body:
        raise BadFrontMatter("there is no text below the head.")
    return values, body + "\n"
