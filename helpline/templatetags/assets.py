"""The built client's files in templates, with their integrity: `{% client_script "site" %}`, `{% client_style "site" %}`.

A script brings with it, as data, what it says in the page's language.
"""

import json
from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils import translation
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def client_script(name: str) -> SafeString:
    """A module script with its sentences; raises ImproperlyConfigured when it is not built."""
    address, integrity = _built(f"{name}.js")
    return format_html('<script type="module" src="{}" integrity="{}" crossorigin="anonymous"></script>{}', address, integrity, _said(name))


@register.simple_tag
def client_style(name: str) -> SafeString:
    """A stylesheet; raises ImproperlyConfigured when it is not built."""
    address, integrity = _built(f"{name}.css")
    return format_html('<link rel="stylesheet" href="{}" integrity="{}" crossorigin="anonymous">', address, integrity)


def _said(name: str) -> SafeString:
    """The sentences of a script as data, which the policy allows because nobody executes it; none in English, which it has itself."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return SafeString("")
    path = Path(settings.CLIENT_BUILD) / "sentences.json"
    return _sentences(path, path.stat().st_mtime_ns, name, language)


@lru_cache(maxsize=64)
def _sentences(path: Path, changed: int, name: str, language: str) -> SafeString:
    """Translated once for each language."""
    keys: list[str] = json.loads(path.read_text(encoding="utf-8")).get(name, [])
    said = {}
    for key in keys:
        context, between, sentence = key.rpartition("\u0004")
        said[key] = translation.pgettext(context, sentence) if between else translation.gettext(sentence)
    return json_script(said, "sentences") if said else SafeString("")


def _built(name: str) -> tuple[str, str]:
    path = Path(settings.CLIENT_BUILD) / "manifest.json"
    try:
        entry = _manifest(path, path.stat().st_mtime_ns)[name]
    except (OSError, KeyError) as error:
        raise ImproperlyConfigured(f"The client's {name} is not built. Run: python manage.py build_client") from error
    return static(f"client/{entry['file']}"), entry["integrity"]


@lru_cache(maxsize=1)
def _manifest(path: Path, changed: int) -> dict[str, dict[str, str]]:
    """Read once for each time that the file has changed."""
    manifest: dict[str, dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return manifest
