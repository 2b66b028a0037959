"""A person asks for a live talk in their conversation, is told how it stands, and takes the wish back or ends the talk."""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import transaction

from messaging.conversations import append
from messaging.http.problems import Problem
from messaging.http.timestamps import rfc3339_or_null
from messaging.models import Conversation, Talk
from messaging.routing.talk_policy import BECAME_MESSAGE, PATIENCE, TalkEnding, is_idle, told_closing
from messaging.talks.able import talk_candidates
from messaging.talks.bells import ring_talk
from messaging.talks.ending import end_talk_of
from messaging.talks.moves import closing_time, move_talks
from messaging.talks.sums import count_asked

State = Talk.State


def could_talk(at: datetime) -> bool:
    """Whether a live talk may be offered to anyone at `at`: it is open, and someone who is able has room for one more."""
    is_open, _closes = closing_time(at)
    return is_open and any(one.is_free(at) for one in talk_candidates(at))


def talk_answer(conversation: Conversation, *, at: datetime) -> dict[str, Any]:
    """How the conversation's live talk stands, for the person. What time alone changes is changed first.

    `state` is `none`, `waiting`, `offered`, `taken`, `message` (it waits as a message) or `ended`, which `ended` explains; `possible` says
    whether one could be asked for; `until` is when two minutes of waiting are over, or when a talk has to be over, once that is told;
    `idle` asks whether anyone is still there; `reply_by` is the conversation's own promise.
    """
    move_talks(at=at)
    talk = Talk.objects.filter(conversation=conversation).first()
    reply_by = Conversation.objects.filter(pk=conversation.pk).values_list("due_at", flat=True).first()
    told = {"state": "none", "possible": False, "until": None, "idle": False, "ended": None, "reply_by": rfc3339_or_null(reply_by)}
    if talk is None or talk.state == State.ENDED:
        told["possible"] = could_talk(at)
    if talk is None:
        return told
    told["state"] = talk.state
    if talk.state == State.ENDED:
        told["ended"] = talk.ended
        told["state"] = "message" if talk.ended in BECAME_MESSAGE else "ended"
    elif talk.state == State.TAKEN:
        told["until"] = rfc3339_or_null(told_closing(talk.closes_at, at))
        told["idle"] = talk.active_at is not None and is_idle(talk.active_at, at)
    else:
        told["until"] = rfc3339_or_null(talk.asked_at + PATIENCE)
    return told


def ask_for_talk(conversation: Conversation, *, at: datetime) -> None:
    """Asks for a live talk here, under the conversation's lock. Asking again changes nothing; in a talk it says: still here.

    In a transaction; `move_talks` offers it afterwards, or says that nobody has room.

    Raises:
        Problem: blocked.
    """
    if conversation.blocked_until is not None and conversation.blocked_until > at:
        raise Problem("blocked", "You cannot write here for now.", until=rfc3339_or_null(conversation.blocked_until))
    talk = Talk.objects.select_for_update().filter(conversation=conversation).first()
    if talk is not None and talk.state == State.TAKEN:
        Talk.objects.filter(pk=talk.pk, state=State.TAKEN).update(active_at=at)
        return
    if talk is not None and talk.state != State.ENDED:
        return
    if talk is not None:
        talk.delete()
    asked = Talk.objects.create(conversation=conversation, asked_at=at)
    transaction.on_commit(partial(count_asked, at=at))
    ring_talk(asked)


def leave_talk(inbox: int, *, at: datetime) -> None:
    """The person takes the wish back, or ends the talk; where there is none nothing happens."""
    with transaction.atomic():
        conversation = append.lock_conversation(inbox=inbox)
        if conversation is not None:
            end_talk_of(conversation.pk, TalkEnding.PERSON, at=at)


def note_written(conversation: Conversation, *, at: datetime) -> bool:
    """Something was written in it: whether it is talked in, with the counsellor who has the conversation. Under the conversation's lock."""
    talked = Talk.objects.filter(conversation=conversation, state=State.TAKEN, member=conversation.member_id)
    # Whose shift is over has nothing to keep: it is handed on, and the talk with it.
    return bool(talked.update(active_at=at)) and conversation.member is not None and conversation.member.shift is not None
