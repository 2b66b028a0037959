"""Tells staff by email what was done to their account, or in their name; the outbox is written in the transaction of the change."""

from datetime import datetime

from django.conf import settings

from helpline.models import Account, AccountNotice
from helpline.web.outbox import Letter, forget_unsent_letters, send_waiting_letters

# What cannot be sent for so many tries is given up: the trail has it.
MOST_TRIES = 6
Kind = AccountNotice.Kind
SAID = {
    Kind.PASSWORD: ("Your password was changed", "Your password was changed."),
    Kind.FACTOR_ADDED: ("A second step was added", "A second step, a passkey or an app that shows codes, was added to your account."),
    Kind.FACTOR_REMOVED: ("A second step was removed", "A second step was removed from your account."),
    Kind.RECOVERY_CODES: ("New recovery codes were made", "New recovery codes were made for your account. The old ones no longer work."),
    Kind.VAULT: (
        "What opens your vault was changed",
        "The six words of your vault were changed, or a passkey was added to it or taken out.",
    ),
    Kind.NEW_BROWSER: (
        "You signed in from a new browser",
        "Someone signed in to your account from a new browser.",
    ),
    Kind.LOCKED: (
        "Wrong passwords or codes for your account",
        "There were too many wrong passwords or codes for your account. For five minutes it accepts none from "
        "browsers it does not know. You can still sign in from a browser you have used before, or with a "
        "passkey.",
    ),
    Kind.INVITED_AGAIN: (
        "Your sign-in was reset",
        "An admin reset your password and second step, and made a new invitation for your account.",
    ),
    Kind.CHANGED: (
        "Your account was changed",
        "An admin changed your account: its name, email address or role, or whether it is switched on.",
    ),
    Kind.BLOCKED: (
        "A person was blocked from writing",
        "A counsellor blocked a person from writing for some days. We are telling you because you are a lead. The page “Changes” says "
        "who did it, and when.",
    ),
    Kind.PROPOSED: (
        "An important change is proposed",
        "Someone proposed a change at the desk that concerns you, or that you may stop. Nothing has changed yet. The page “Waiting” says "
        "what it is, when it will be done, and who proposed it. Anyone it concerns can stop it there with one press.",
    ),
    Kind.MADE: (
        "An important change was made",
        "A change that had waited at the desk has been made. The page “Waiting” says what it is.",
    ),
    Kind.STOPPED: (
        "An important change was stopped",
        "A change that waited at the desk was stopped. It will not be made. The page “Waiting” says who stopped it.",
    ),
    Kind.HIDDEN: (
        "A phone number was taken off the site",
        "Someone took a phone number, or an address, off the public site. The page “Changes” says who did it. To show it again takes "
        "two people.",
    ),
    Kind.HEARD: (
        "Someone waits to be heard by a lead",
        "Someone was invited again, or is new as a lead or an admin. Until a lead has called them and heard a code, their account can do "
        "nothing. The page “Waiting” says how.",
    ),
    Kind.UNUSUAL: (
        "Someone does something unusually often",
        "A counsellor or lead has opened, closed or blocked more conversations than usual. There may be a good reason: ask them. The page "
        "“Changes” says who it is. If they know nothing of it, sign them out everywhere.",
    ),
    Kind.ACTED: ("A lead acted on one of your conversations", "A lead took over, or blocked, a conversation that you had."),
}

NOT_ABOUT_ONESELF = {Kind.BLOCKED, Kind.ACTED, Kind.PROPOSED, Kind.MADE, Kind.STOPPED, Kind.HIDDEN, Kind.HEARD, Kind.UNUSUAL}


def queue_account_notice(kind: AccountNotice.Kind, account: Account, *also: str) -> None:
    """One of a kind waits for each address: the account's own, and those of `also`, such as the one before it was changed.

    Without email nobody waits for anything: the trail has it, and the next sign-in says how many wrong tries there were.
    """
    if not settings.SENDS_EMAIL:
        return
    notices = [AccountNotice(account=account, address=address, kind=kind) for address in sorted({account.email, *also})]
    AccountNotice.objects.bulk_create(notices, ignore_conflicts=True)


def send_account_notices(*, at: datetime) -> int:
    """Sends what waits, and returns how many were sent. Two workers send each once, and it is deleted when it is sent."""
    forget_unsent_letters(AccountNotice.objects.all(), most_tries=MOST_TRIES, at=at)
    return send_waiting_letters(AccountNotice.objects.all(), _letter, lambda row: row.delete(), most_tries=MOST_TRIES, at=at)


def _letter(each: AccountNotice) -> Letter:
    subject, text = SAID[Kind(each.kind)]
    if each.kind not in NOT_ABOUT_ONESELF:
        text += "\n\nIf it was not you, or nobody told you about it, call an admin and a lead now."
    address = f"{settings.ORIGIN}{settings.DESK_PATH}"
    body = f"{text}\n\n{address}\n\nYou need to sign in to open this address. For privacy, these emails name nobody.\n"
    return Letter("A notice about an account", each.address, f"Desk: {subject}", body)
