"""Reads the forms of a page as a screen reader meets them: each control with its label, its descriptions and what it says of itself."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Control:
    """An input, a select or a textarea that can be seen; radios and checkboxes of a group are a control each."""

    tag: str
    attributes: dict[str, str]
    group: dict[str, str] | None = None  # The attributes of the fieldset around it.

    @property
    def id(self) -> str:
        return self.attributes.get("id", "")

    @property
    def name(self) -> str:
        return self.attributes.get("name", "")

    @property
    def described_by(self) -> list[str]:
        """Its own descriptions, and its group's."""
        own, groups = self.attributes.get("aria-describedby", ""), (self.group or {}).get("aria-describedby", "")
        return f"{own} {groups}".split()


@dataclass
class FormPage:
    """What of a page belongs to its forms; texts have single spaces."""

    title: str = ""
    controls: list[Control] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)
    summary: list[tuple[str, str]] = field(default_factory=list)  # Of each line the id that it leads to ("" for none), and its words.
    takes_focus: bool = False

    def control(self, name: str) -> Control:
        """The first of this name."""
        return next(one for one in self.controls if one.name == name)

    def description(self, control: Control) -> str:
        return " ".join(self.texts[name] for name in control.described_by)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = FormPage()
        self._open: list[tuple[str, dict[str, str], list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if "id" in of:
            self.page.ids.append(of["id"])
        if tag in {"input", "select", "textarea"} and of.get("type") != "hidden" and "hidden" not in of:
            group = next((attributes for name, attributes, _ in reversed(self._open) if name == "fieldset"), None)
            self.page.controls.append(Control(tag, of, group))
        if "govuk-error-summary" in of.get("class", "").split():
            self.page.takes_focus = of.get("tabindex") == "-1" and "data-focus-first" in of
        if tag not in VOID:
            self._open.append((tag, of, []))

    def handle_data(self, data: str) -> None:
        for _, _, words in self._open:
            words.append(data)

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            name, of, words = self._open.pop()
            text = " ".join("".join(words).split())
            if name == "label":
                self.page.labels[of.get("for", "")] = text
            elif name == "title":
                self.page.title = text
            elif name == "li" and self._within("govuk-error-summary"):
                self.page.summary.append((self._led_to, text))
                self._led_to = ""
            elif name == "a" and self._within("govuk-error-summary"):
                self._led_to = of.get("href", "").removeprefix("#")
            if "id" in of:
                self.page.texts[of["id"]] = text
            if name == tag:
                return

    _led_to = ""

    def _within(self, name: str) -> bool:
        return any(name in of.get("class", "").split() for _, of, _ in self._open)


def read_forms(html: str) -> FormPage:
    """The forms of a whole page."""
    reader = _Reader()
    reader.feed(html)
    return reader.page
