"""Walks a site as one visitor, by its links and forms, and remembers every form and every query that it saw."""

from collections import deque
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.test import Client

MOST_PAGES = 400
# One of a kind is enough: days and weeks go on for ever.
MOST_OF_A_PATH = 6


@dataclass
class Form:
    """Where it is sent, how, and its fields with the values that stand in them or may be chosen."""

    address: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)


class _Reader(HTMLParser):
    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._form: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in of:
            self.links.append(urljoin(self.address, of["href"]))
        elif tag == "form":
            self._form = Form(urljoin(self.address, of.get("action") or self.address), of.get("method", "get").lower())
            self.forms.append(self._form)
        elif self._form is not None and of.get("name") and tag in {"input", "textarea", "select", "button"}:
            self._form.fields.setdefault(of["name"], []).append(of.get("value", ""))
            self._select = of["name"] if tag == "select" else ""
        elif tag == "option" and self._form is not None and self._select:
            self._form.fields[self._select].append(of.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = ""


@dataclass
class Seen:
    """What the walk found."""

    paths: list[str] = field(default_factory=list)
    forms: dict[tuple[str, str, frozenset[str]], Form] = field(default_factory=dict)
    queries: dict[str, set[str]] = field(default_factory=dict)


def walk(client: Client, *starts: str) -> Seen:
    """Every page that leads on from these, each answered without a failure."""
    seen, ahead, known, of_a_path = Seen(), deque(starts), set(starts), dict[str, int]()
    while ahead and len(seen.paths) < MOST_PAGES:
        address = ahead.popleft()
        answer = client.get(address)
        assert answer.status_code < 500, address
        seen.paths.append(address)
        if answer.status_code in {301, 302}:
            found = [urljoin(address, answer.headers["Location"])]
        elif answer.headers.get("Content-Type", "").startswith("text/html"):
            reader = _Reader(address)
            reader.feed(answer.content.decode())
            found = reader.links
            for form in reader.forms:
                seen.forms.setdefault((urlsplit(form.address).path, form.method, frozenset(form.fields)), form)
        else:
            found = []
        for link in found:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            seen.queries.setdefault(parts.path, set()).update(name for name, _ in parse_qsl(parts.query, keep_blank_values=True))
            plain = f"{parts.path}?{parts.query}" if parts.query else parts.path
            if plain not in known and of_a_path.get(parts.path, 0) < MOST_OF_A_PATH:
                known.add(plain)
                of_a_path[parts.path] = of_a_path.get(parts.path, 0) + 1
                ahead.append(plain)
    return seen
