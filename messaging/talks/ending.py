"""A request is over, or a talk: by whom, and what stays of it is the conversation, which goes on as one of messages."""

from datetime import datetime
from functools import partial

from django.db import transaction

from messaging import trigger
from messaging.conversations.locking import forget_visit_times
from messaging.models import Conversation, Talk, TalkRest
from messaging.routing.talk_policy import QUIET, TalkEnding
from messaging.talks.bells import ring_talk
from messaging.talks.sums import count_ended

State = Talk.State


def end_talk(talk: Talk, ending: TalkEnding, *, at: datetime) -> bool:
    """Whether it was this that ended it: of two that end it at once one does. In a transaction.

    The counsellor who had a talk has five quiet minutes.
    """
    still = Talk.objects.filter(pk=talk.pk, state=talk.state, member=talk.member_id)
    if not still.update(state=State.ENDED, ended=ending, ended_at=at, offered_at=None):
        return False
    if talk.state == State.TAKEN and talk.member is not None:
        TalkRest.objects.create(member=talk.member, until=at + QUIET)
        # There is room again for messages.
        transaction.on_commit(trigger.request_routing)
    transaction.on_commit(partial(count_ended, ending, at=at))
    ring_talk(talk)
    return True


def end_talk_of(conversation: int, ending: TalkEnding, *, at: datetime) -> bool:
    """Ends whatever there is in this conversation, under its lock; False where there is nothing. In a transaction.

    What was not taken yet is withdrawn when the person ends it, and has found nobody when the desk does.
    """
    talk = Talk.objects.select_for_update().filter(conversation=conversation).exclude(state=State.ENDED).first()
    if talk is None:
        return False
    if talk.state != State.TAKEN:
        ending = TalkEnding.WITHDRAWN if ending == TalkEnding.PERSON else TalkEnding.NOBODY
    if ending == TalkEnding.WITHDRAWN:
        _waits_for_nothing(conversation)
    return end_talk(talk, ending, at=at)


def _waits_for_nothing(conversation: int) -> None:
    """Someone who wrote nothing since the last answer, and wishes no talk any more, waits for nobody."""
    row = Conversation.objects.get(pk=conversation)
    if row.received > row.seen or row.member is None or row.state not in {Conversation.State.WAITING, Conversation.State.ASSIGNED}:
        return
    row.state, row.snoozed_until, row.kept_until = Conversation.State.ANSWERED, None, None
    forget_visit_times(row)
    row.save(update_fields=["state", "snoozed_until", "kept_until", "unrouted_since", "waiting_since", "due_at"])
