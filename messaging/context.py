"""What the desk's every page may say beside its own."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from helpline.clock import now
from helpline.four_eyes.shown import changes_that_wait_for
from helpline.models import Account
from messaging.keys.readers import readers_who_left_for
from messaging.keys.waiting_epochs import has_epoch_to_confirm
from messaging.models import Conversation


def desk_context(request: HttpRequest) -> dict[str, Any]:
    """`changes_wait`: how many changes wait that this account may see.
    `epoch_waits`: whether an epoch waits for this account's word.
    `epoch_owed`: who had the newest epoch's key and should not read on, told to those who can see to it.
    `flags_unopened`: how many flags no lead has opened; the template says it to leads and admins.

    Asked for when a page of the desk says it, and by no other: a public page does not even ask who is signed in.
    """

    def owed() -> list[str]:
        account = getattr(request, "user", None)
        return readers_who_left_for(account, at=now()) if isinstance(account, Account) else []

    def waits() -> bool:
        account = getattr(request, "user", None)
        return isinstance(account, Account) and has_epoch_to_confirm(account, at=now())

    def unopened() -> int:
        return Conversation.objects.filter(Conversation.unopened()).count()

    def changes() -> int:
        account = getattr(request, "user", None)
        return changes_that_wait_for(account) if isinstance(account, Account) else 0

    return {
        "changes_wait": SimpleLazyObject(changes),
        "epoch_waits": SimpleLazyObject(waits),
        "epoch_owed": SimpleLazyObject(owed),
        "flags_unopened": SimpleLazyObject(unopened),
    }
