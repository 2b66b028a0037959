"""A mark for the browser of someone who signed in: guesses from elsewhere then cannot keep them out.

The limits on guesses count strangers' browsers together, by account and by place; a browser with the mark has counts of its own. This is
OWASP's "device cookie". The mark names nobody, is signed, belongs to one account, and opens nothing on its own.
"""

import hashlib
import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE = "desk-known"
VALID_FOR = timedelta(days=180)
_SALT = "helpline.staff.known_browsers"


def browser_account_mark(email: str) -> str:
    """What stands for an account in a mark, or as the name of a count: a keyed hash of its address, however that is spelled."""
    return hmac.new(settings.SECRET_KEY.encode(), f"{_SALT}/{email.strip().lower()}".encode(), hashlib.sha256).hexdigest()[:32]


def known_browser(request: HttpRequest, email: str | None = None) -> str | None:
    """The browser's own number, where someone signed in from it before: the owner of `email`, or with None anyone."""
    try:
        account, browser = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=VALID_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    known = email is None or hmac.compare_digest(str(account), browser_account_mark(email))
    return str(browser) if known else None


def remember_browser(request: HttpRequest, response: HttpResponse, email: str) -> None:
    """Marks the browser as one from which the owner of `email` has signed in; one that was theirs before keeps its number."""
    browser = known_browser(request, email) or secrets.token_urlsafe(16)
    response.set_cookie(
        COOKIE,
        signing.dumps([browser_account_mark(email), browser], salt=_SALT),
        max_age=VALID_FOR,
        path=settings.DESK_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
