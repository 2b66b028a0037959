"""The built client's files in templates, with their integrity: `{% client_script "site" %}`, `{% client_style "site" %}`."""

import base64
import hashlib
import json
from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from helpline.web.installation_script import PATH
from helpline.web.installed import installed_release

register = template.Library()
Entry = dict[str, str | bool | list[str]]
Built = dict[str, Entry]


@register.simple_tag
def client_script(name: str) -> SafeString:
    """A module script that speaks the page's language; raises ImproperlyConfigured when it is not built.

    One that imports the installation's own script has that before it: an import has no hash of its own, and the browser takes the file
    that it has already fetched under the page's hash. What it may load later waits in a `<template>`, where no browser loads it.
    """
    language = translation.get_language() or settings.LANGUAGE_CODE
    built = _manifest_now()
    entry = built.get(f"{name}.{language}.js") or _named(built, f"{name}.js")
    parts = [_waiting(built, later) for later in entry["later"]] if isinstance(entry["later"], list) else []
    if entry["imports"]:
        own = "sha384-" + base64.b64encode(hashlib.sha384(installed_release().script).digest()).decode("ascii")
        parts.append(_script(PATH, own))
    return format_html_join("", "{}", ((part,) for part in [*parts, _built(entry)]))


def _waiting(built: Built, name: str) -> SafeString:
    return format_html('<template id="script-{}">{}</template>', name.partition(".")[0], _built(_named(built, name)))


def _built(entry: Entry) -> SafeString:
    return _script(static(f"client/{entry['file']}"), str(entry["integrity"]))


def _script(address: str, integrity: str) -> SafeString:
    return format_html('<script type="module" src="{}" integrity="{}" crossorigin="anonymous"></script>', address, integrity)


@register.simple_tag
def client_style(name: str) -> SafeString:
    """A stylesheet; raises ImproperlyConfigured when it is not built."""
    entry = _named(_manifest_now(), f"{name}.css")
    return format_html(
        '<link rel="stylesheet" href="{}" integrity="{}" crossorigin="anonymous">', static(f"client/{entry['file']}"), entry["integrity"]
    )


def _manifest_now() -> Built:
    path = Path(settings.CLIENT_BUILD) / "manifest.json"
    try:
        return _manifest(path, path.stat().st_mtime_ns)
    except OSError:
        return {}


def _named(built: Built, name: str) -> Entry:
    if name not in built:
        raise ImproperlyConfigured(f"The client's {name} is not built. Run: python manage.py build_client")
    return built[name]


@lru_cache(maxsize=1)
def _manifest(path: Path, changed: int) -> Built:
    """Read once for each time that the file has changed."""
    manifest: Built = json.loads(path.read_text(encoding="utf-8"))
    return manifest
