"""The content security policies that pages and files come with."""

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; "
    "trusted-types 'none'"
)

WITH_WEBASSEMBLY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'").replace(
    "form-action 'self'", "form-action 'none'"
)

OF_FILES = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def policy_at(path: str) -> str:
    if path.startswith("/static/"):
        return OF_FILES
    return WITH_WEBASSEMBLY if path.removeprefix("/cy").removeprefix("/pl") in {"/write", "/inbox", "/kept"} else POLICY
