"""What a web process needs for any page is made before the processes are forked: nobody's first request waits for it."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.template import TemplateSyntaxError, engines
from pytest_django import Settings

from config.ready import make_ready
from tests.parts.environment import REPOSITORY

TEMPLATES = REPOSITORY / "templates"
# How many templates are compiled and how many languages' addresses are known, once the server's application is loaded.
LOADED = """
import config.wsgi
from django.template import engines
from django.urls import get_resolver
print(len(engines["django"].engine.template_loaders[0].get_template_cache), len(get_resolver()._reverse_dict))
"""


def test_every_template_is_compiled_and_every_address_known() -> None:
    done = subprocess.run([sys.executable, "-c", LOADED], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    compiled, languages = map(int, done.stdout.split())
    assert compiled >= len(list(TEMPLATES.rglob("*.html"))) > 100
    assert languages == len(settings.LANGUAGES)


def test_a_template_that_cannot_be_compiled_ends_the_start(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "broken.html").write_text("{% if %}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    assert [Path(folder) for folder in engines["django"].dirs] == [tmp_path]
    with pytest.raises(TemplateSyntaxError):
        make_ready()
