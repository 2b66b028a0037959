"""What someone does at /write and /inbox in a browser that is driven from outside: expressions of JavaScript that every engine reads."""

import json
from dataclasses import dataclass

from tests.parts.profiles import Driven, wait_for

SHOWN = "(one => one !== null && one.getClientRects().length > 0)(document.querySelector({place}))"
PRESS = "document.querySelector({place}).click()"
WORDS = "JSON.stringify(Array.from(document.querySelectorAll('#words li'), one => one.textContent.trim()))"
GIVE_BACK = """["first", "second"].forEach(name => {{
  const number = Number(/\\d/.exec(document.querySelector(`label[for=check-${{name}}]`).textContent)[0]);
  document.getElementById(`check-${{name}}`).value = {words}[number - 1];
}})"""
FILL = """(field => {{
  field.value = {text};
  field.dispatchEvent(new Event("input", {{ bubbles: true }}));
}})(document.querySelector({place}))"""
LOADED = "JSON.stringify(Array.from(document.querySelectorAll('head > script'), one => one.src.replace(/.*\\/|-[0-9a-f]+\\.js$/g, '')))"


@dataclass(frozen=True)
class Visit:
    """A page of the site in some browser; `patience` is how long, in seconds, it may take to make a key."""

    page: Driven
    origin: str
    patience: float

    def waits(self, place: str) -> None:
        """Until it can be seen."""
        wait_for(self.page, SHOWN.format(place=json.dumps(place)), self.patience)

    def press(self, place: str) -> None:
        self.waits(place)
        self.page.run(PRESS.format(place=json.dumps(place)))

    def fill(self, place: str, text: str) -> None:
        self.page.run(FILL.format(place=json.dumps(place), text=json.dumps(text)))

    def loaded(self) -> set[str]:
        """The names of the scripts that the page loaded because it needed them, and of its own."""
        return set(json.loads(self.page.run(LOADED)))

    def write(self, message: str) -> list[str]:
        """From the terms by the message and its words to “sent”; the eight words."""
        self.page.open(f"{self.origin}/write")
        self.press("#agree")
        self.waits("#message-text")
        self.press("input[name=route][value=self]")
        self.fill("#message-text", message)
        self.press("#message-form [data-part=send]")
        wait_for(self.page, "document.querySelectorAll('#words li').length === 8")
        words: list[str] = json.loads(self.page.run(WORDS))
        self.press("#kept")
        self.page.run(GIVE_BACK.format(words=json.dumps(words)))
        self.press("#check-form [data-part=send]")
        self.waits("#step-sent")
        return words

    def read(self, words: list[str]) -> str:
        """Opens the inbox with the words: the text of the conversation."""
        self.page.open(f"{self.origin}/inbox")
        wait_for(self.page, "!document.querySelector('#open-form [data-part=send]').disabled", self.patience)
        self.fill("#open-words", " ".join(words))
        self.press("#open-form [data-part=send]")
        self.waits("#thread-heading")
        return str(self.page.run("document.getElementById('thread').textContent"))

    def write_on(self, message: str) -> None:
        """In the open conversation; it is shown there afterwards."""
        self.fill("#answer-text", message)
        self.press("#answer-form [data-part=send]")
        wait_for(self.page, f"document.getElementById('thread').textContent.includes({json.dumps(message)})", self.patience)
