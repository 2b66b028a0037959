"""The built client's files in templates, with their integrity: `{% client_script "site" %}`, `{% client_style "site" %}`."""

import json
from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.simple_tag
def client_script(name: str) -> SafeString:
    """A module script; raises ImproperlyConfigured when it is not built."""
    address, integrity = _built(f"{name}.js")
    return format_html('<script type="module" src="{}" integrity="{}"></script>', address, integrity)


@register.simple_tag
def client_style(name: str) -> SafeString:
    """A stylesheet; raises ImproperlyConfigured when it is not built."""
    address, integrity = _built(f"{name}.css")
    return format_html('<link rel="stylesheet" href="{}" integrity="{}">', address, integrity)


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
