"""What a page loads, what it would run and what it tells the scripts, read from its HTML (PROTOCOL §11.4). PURE."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

from messaging.release.verify.attributes import attribute_fault

DATA = "application/ld+json"  # What search engines read; no browser executes it, and no script of ours looks at it.
FORBIDDEN = {"style", "base", "iframe", "frame", "object", "embed", "applet", "portal", "fencedframe"}
NOT_LOADED = {"alternate", "canonical", "author", "help", "license", "next", "prev", "search", "me", "noopener", "noreferrer", "nofollow"}
# Attributes whose file a browser fetches by itself.
LOADED = {
    "img": ("src",),
    "source": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "input": ("src",),
    "use": ("href", "xlink:href"),
    "image": ("href", "xlink:href"),
    "body": ("background",),
}
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "data"}
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}  # With no end of their own.
# Counted once more without a parser: what one programme takes for a comment, another may run.
_SEEN = re.compile(r"<(script|link|meta|" + "|".join(sorted(FORBIDDEN)) + r")(?=[\s/>])", re.IGNORECASE)


@dataclass(frozen=True)
class Reference:
    """A file that a page loads; `hashed` for scripts and styles, which must name their hash."""

    tag: str
    address: str
    hashed: bool
    integrity: str = ""
    crossorigin: str = ""


@dataclass
class Markup:
    """What was found: files, where links lead, and faults as the ends of sentences that begin with the page's name."""

    references: list[Reference] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found = Markup()
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self._open: list[tuple[str, bool]] = []  # What stands around: its tag, and whether nobody sees what is in it.

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        # Of an attribute that stands twice, the first counts in browsers.
        given = {name: value or "" for name, value in reversed(attrs)}
        self._attributes(tag, given)
        if tag not in VOID:
            self._open.append((tag, "hidden" in given or "inert" in given))
        if tag == "main":
            self._main(given)
        if tag in FORBIDDEN:
            self.found.faults.append(f"has a <{tag}> element")
        elif tag == "script":
            self._script(given)
        elif tag == "link":
            self._link(given)
        elif tag == "meta" and "http-equiv" in given:
            self.found.faults.append(f"has <meta http-equiv={given['http-equiv']!r}>")
        for name in LOADED.get(tag, ()):
            if name in given:
                self.found.references.append(Reference(tag, given[name], hashed=False))
        if "srcset" in given or "imagesrcset" in given:
            self.found.faults.append(f"has a list of images in a <{tag}>, which is not followed")

    def handle_endtag(self, tag: str) -> None:
        if tag in [each for each, _ in self._open]:
            while self._open.pop()[0] != tag:
                pass

    def _main(self, given: dict[str, str]) -> None:
        if given.get("id") != "main":
            self.found.faults.append("has a <main> element that is not called main")
        if any(hidden for _, hidden in self._open):
            self.found.faults.append("has a <main> element that nobody sees")

    def _attributes(self, tag: str, given: dict[str, str]) -> None:
        if "id" in given:
            self.ids[given["id"]] += 1
        if tag in {"a", "area"} and given.get("href"):
            self.found.leads.append(given["href"].strip())
        for name, value in given.items():
            fault = attribute_fault(tag, name, value)
            if name == "style":
                self.found.faults.append(f"has a style attribute in a <{tag}>")
            elif name.startswith("on"):
                self.found.faults.append(f"has a script in the attribute {name} of a <{tag}>")
            elif name == "srcdoc":
                self.found.faults.append(f"has a page inside the attribute srcdoc of a <{tag}>")
            elif name in ADDRESSES and re.match(r"(?i)[\x00-\x20]*(j\s*a\s*v\s*a\s*s\s*c\s*r\s*i\s*p\s*t|data|blob)\s*:", value):
                self.found.faults.append(f"has a script or a document in the address of a <{tag}>")
            elif fault:
                self.found.faults.append(fault)

    def _script(self, given: dict[str, str]) -> None:
        if "src" in given:
            self.found.references.append(
                Reference(
                    "script", given["src"], hashed=True, integrity=given.get("integrity", ""), crossorigin=given.get("crossorigin", "")
                )
            )
        elif "json" in given.get("type", "").lower():
            if given["type"] != DATA:
                self.found.faults.append(f"has data for scripts inside it ({given['type']})")
        else:
            self.found.faults.append("has an inline script")

    def _link(self, given: dict[str, str]) -> None:
        kinds = set(given.get("rel", "").lower().split())
        if kinds <= NOT_LOADED:
            return
        hashed = "stylesheet" in kinds or "modulepreload" in kinds or given.get("as", "").lower() in {"script", "style"}
        self.found.references.append(
            Reference("link", given.get("href", ""), hashed, given.get("integrity", ""), given.get("crossorigin", ""))
        )


def read_markup(html: str) -> Markup:
    """Everything in a page that loads, runs, or could fool a script that is signed."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    seen = Counter(match.group(1).lower() for match in _SEEN.finditer(html))
    for tag, times in sorted(seen.items()):
        if reader.tags[tag] != times:
            reader.found.faults.append(f"has {times} times “<{tag}”, of which {reader.tags[tag]} are read as elements: one is hidden")
    for name in sorted(name for name, times in reader.ids.items() if times > 1):
        reader.found.faults.append(f"has {'two' if reader.ids[name] == 2 else reader.ids[name]} elements with the id {name}")
    if reader.tags["main"] != 1:
        reader.found.faults.append(f"has {reader.tags['main'] or 'no'} <main> elements")
    return reader.found
