"""Reads a secret from the file that stands for it."""

from pathlib import Path

from config.refusals import RefusedSetting

MOST_OF_A_FILE = 4_096


def secret_in_file(name: str, file: str) -> str:
    """The one line of the file that the variable `name` names; no sentence about it repeats anything of what stands there.

    Raises:
        RefusedSetting: it cannot be read, or holds anything but one line of text.
    """
    try:
        with Path(file).open("rb") as opened:
            raw = opened.read(MOST_OF_A_FILE + 1)
    except OSError as error:
        raise RefusedSetting(f"{name} must name a file that can be read here, and {file!r} cannot: {error.strerror}.") from None
    # Editors and `echo` end a line; whoever made the file did not mean that.
    raw = raw.removesuffix(b"\n").removesuffix(b"\r")
    if not raw:
        raise RefusedSetting(f"{name} names a file with nothing in it: {file!r}. Write the secret into it.")
    if len(raw) > MOST_OF_A_FILE or raw != raw.strip() or not all(0x20 <= byte != 0x7F for byte in raw):
        raise RefusedSetting(f"{name} must name a file of one line, with no space before or after it; {file!r} has more.")
    try:
        return raw.decode()
    except UnicodeDecodeError:
        raise RefusedSetting(f"{name} must name a file of text, and {file!r} is none.") from None
