"""Every public address, taken from the URL table, so that a new one cannot be forgotten."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from helpline.models import Advert, Page, Recording

# Neither a page, nor below /api/.
OF_PROGRAMS = (
    "/.well-known/helpline-manifest.json",
    "/hours",
    "/hours.ics",
    "/address.svg",
    "/look.css",
    "/robots.txt",
    "/static/client/installation.js",
    "/count",
    "/c",
    "/c/",
    "/health/live",
    "/health/ready",
    "/metrics",
)
NO_SECRET = "not-a-secret"  # Whoever guesses the address of a counsellor's calendar finds nothing.


def examples_of(name: str, language: str) -> list[str] | None:
    """What stands in an address' place for a variable."""
    if name == "read-page":
        slugs = Page.objects.filter(published=True, language=settings.LANGUAGE_CODE).values_list("slug", flat=True)
        return list(slugs) if language == settings.LANGUAGE_CODE else list(slugs)[:1]
    if name == "advert":
        return list(Advert.objects.values_list("code", flat=True))
    if name == "recording":
        return [str(number) for number in Recording.objects.values_list("pk", flat=True)]
    if name == "rota-feed":
        return [NO_SECRET]
    return None


def _walk(patterns: list[URLPattern | URLResolver], before: str, language: str) -> Iterator[str]:
    for pattern in patterns:
        here = f"{before}{pattern.pattern}"
        if isinstance(pattern, URLResolver):
            if not here.startswith((settings.DESK_PATH[1:], "api/")):
                yield from _walk(pattern.url_patterns, here, language)
        elif "<" not in here:
            yield f"/{here}"
        else:
            examples = examples_of(pattern.name or "", language)
            assert examples is not None, f"/{here} is new: say in tests/parts/addresses.py what stands in its place."
            head, tail = here.split("<", 1)
            yield from (f"/{head}{example}{tail.partition('>')[2]}" for example in examples)


def public_addresses(language: str) -> list[str]:
    """Every address outside the desk and the interfaces, in one language."""
    with translation.override(language):
        found = dict.fromkeys(_walk(get_resolver().url_patterns, "", language))
    others = tuple(f"/{code}/" for code, _ in settings.LANGUAGES)
    own = f"/{language}/"
    if language == settings.LANGUAGE_CODE:
        return [address for address in found if not address.startswith(others)]
    return [address for address in found if address.startswith(own)]


def public_pages(language: str = settings.LANGUAGE_CODE) -> list[str]:
    """Those that a person reads in a browser."""
    addresses = (address for address in public_addresses(language))
    plain = {address: address.removeprefix(f"/{language}") or "/" for address in addresses}
    return [
        address
        for address, same in plain.items()
        if same not in OF_PROGRAMS and not same.startswith(("/api/", "/c/", "/listen/", "/rota/"))
    ]
