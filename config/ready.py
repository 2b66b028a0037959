"""What each web process would else make at its first request: made once, before they are forked."""

from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.template import engines
from django.urls import Resolver404, resolve, reverse
from django.utils import translation

from helpline.calendar.public_holidays import SUBDIVISIONS, library_holidays
from helpline.clock import now

KINDS = (".html", ".txt")
NOWHERE = "/nobody-asks-for-this"


def make_ready() -> None:
    """Each template is compiled, each language's sentences are read, and every address is known in it, both ways;
    the library of public holidays is loaded.

    Raises:
        TemplateSyntaxError: a template cannot be compiled. The server then does not start, rather than fail at some page.
    """
    engine = engines["django"]
    for folder in map(Path, engine.dirs):
        for path in sorted(folder.rglob("*")):
            if path.suffix in KINDS:
                engine.get_template(path.relative_to(folder).as_posix())
    for code, _ in settings.LANGUAGES:
        with translation.override(code), suppress(Resolver404):
            reverse("home")
            resolve(NOWHERE)
    library_holidays(next(iter(SUBDIVISIONS)), now().year)
