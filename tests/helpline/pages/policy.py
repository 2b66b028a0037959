"""The content security policies that pages and files come with."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'"
)

WITH_WEBASSEMBLY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'").replace(
    "form-action 'self'", "form-action 'none'"
)

# A page that may be heard plays this site's own recordings.
LISTENING = POLICY.replace("trusted-types 'none'", "trusted-types 'none'; media-src 'self'")

OF_FILES = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def policy_at(path: str) -> str:
    if path.startswith("/static/"):
        return OF_FILES
    plain = path.removeprefix("/cy").removeprefix("/pl")
    if plain.startswith("/read/"):
        return LISTENING
    return WITH_WEBASSEMBLY if plain in {"/write", "/inbox", "/kept"} else POLICY
