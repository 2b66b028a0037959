"""Which policy each address is sent with: what its page may load and run (PROTOCOL §11.4). The first class that names a path is its own."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.utils.csp import build_policy

# A browser that enforces it loads no script without the hash that the page names. Styles have hashes as well; no browser enforces that by
# this header yet, and Chromium complains of the word on every page.
INTEGRITY = "blocked-destinations=(script)"
# The pages that seal and open: Argon2id is WebAssembly.
SEALING = ("/write", "/inbox", "/kept")
NOTHING = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

STRICTEST = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["'none'"],
}


@dataclass(frozen=True)
class CspPolicy:
    """Paths, each whole or with a star at its end, and the exact headers of their answers; an empty one is not sent."""

    paths: tuple[str, ...]
    csp: str
    integrity: str

    def names(self, path: str) -> bool:
        return any(path.startswith(each[:-1]) if each.endswith("*") else path == each for each in self.paths)


@cache
def csp_policies() -> tuple[CspPolicy, ...]:
    """All of them, in the order in which they count; the last names every path."""
    plain = build_policy(settings.SECURE_CSP)
    wasm = build_policy({**settings.SECURE_CSP, "script-src": [*settings.SECURE_CSP["script-src"], "'wasm-unsafe-eval'"]})
    admins = {name: value for name, value in settings.SECURE_CSP.items() if name not in {"require-trusted-types-for", "trusted-types"}}
    # Nothing that is typed on these pages ever leaves them by a form: one that someone added has nowhere to go.
    sealing = {**settings.SECURE_CSP, "script-src": [*settings.SECURE_CSP["script-src"], "'wasm-unsafe-eval'"], "form-action": ["'none'"]}
    listening = {**settings.SECURE_CSP, "media-src": ["'self'"]}  # Pages that may be heard.
    others = [f"/{code}" for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
    return (
        CspPolicy((f"{settings.STATIC_URL}*",), NOTHING, ""),
        # Django's admin loads scripts of its own, with no hash in its pages, and its jQuery writes markup as text, which trusted types
        # would stop; no key is ever in these pages.
        CspPolicy((f"{settings.DESK_PATH}admin/*",), build_policy(admins), ""),
        CspPolicy((f"{settings.DESK_PATH}*",), wasm, INTEGRITY),
        CspPolicy(tuple(before + path for before in ("", *others) for path in SEALING), build_policy(sealing), INTEGRITY),
        CspPolicy(tuple(f"{before}/read/*" for before in ("", *others)), build_policy(listening), INTEGRITY),
        CspPolicy(("/*",), plain, INTEGRITY),
    )


def csp_policy(path: str) -> CspPolicy:
    return next(each for each in csp_policies() if each.names(path))


def static_file_csp(headers: dict[str, str], path: str, url: str) -> None:
    """WhiteNoise calls this for each file, so that nothing in a file runs when someone opens it by its address."""
    headers["Content-Security-Policy"] = NOTHING
