"""A signed manifest beside the one that a source gives. PURE."""

from collections.abc import Iterator
from typing import Any


def source_differences(signed: dict[str, Any], own: dict[str, Any]) -> Iterator[str]:
    """A sentence for each; number, date and newest epoch are the signer's."""
    theirs, ours = ({each["path"]: each for each in manifest["assets"]} for manifest in (signed, own))
    for path in sorted(theirs.keys() | ours.keys()):
        if path not in ours:
            yield f"{path} is signed, and this source has no such file."
        elif path not in theirs:
            yield f"{path} is in this source, and is not signed."
        elif theirs[path] != ours[path]:
            yield f"{path} is signed with other bytes than this source gives."
    names = {
        "computed": "The computed files",
        "pages": "The list of pages",
        "policies": "The policies",
    }
    for part, name in names.items():
        if signed[part] != own[part]:
            yield f"{name}, as signed, are not this source's." if part != "pages" else f"{name}, as signed, is not this source's."
    for part, name in {"client": "client's sources", "lock": "client's package-lock.json", "version": "version"}.items():
        if signed["source"][part] != own["source"][part]:
            yield f"The {name} signed as {signed['source'][part]!r}, and {own['source'][part]!r} here: this is another source."
