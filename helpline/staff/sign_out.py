"""Ends every session of a member of staff at once, wherever they are signed in."""

from django.db.models import F

from helpline.models import Account


def sign_out_everywhere(account: Account) -> None:
    """Each browser finds itself signed out with its next request: a session holds a mark that this makes a different one.

    One update, and no search through the sessions: one that begins or is written at this very moment cannot slip through.
    """
    Account.objects.filter(pk=account.pk).update(session_generation=F("session_generation") + 1)
    account.refresh_from_db(fields=["session_generation"])
