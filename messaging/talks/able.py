"""Who could take a live talk now: the one question of who is able, asked for live talk, with how much each of them has."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from helpline.calendar.able_to_answer import AnsweringLack, lack_to_answer
from helpline.hours.desk_registry import DeskKnowledge
from helpline.hours.on_duty import shifts_on_duty
from messaging.keys.desk_knowledge import desk_knowledge
from messaging.models import DeskMember, Talk, TalkRest
from messaging.routing.open_work import open_work
from messaging.routing.talk_policy import QUIET, TalkCandidate
from messaging.talks.readiness import ready_members


def live_desk_knowledge(at: datetime) -> DeskKnowledge:
    """Everyone who has a place at the desk, in seven queries and one question of the cache.

    Nobody counts as there who is not at an unlocked desk this minute: no shift has a grace. Who has room is known as well.
    """
    known = _there_now(desk_knowledge(at), at)
    members = list(DeskMember.objects.filter(counsellor__in=known.people).order_by("pk"))
    loads = talk_loads(members, at)
    free = {member.counsellor_id for member in members if loads[member.pk].is_free(at)}
    return replace(known, people={who: replace(each, room=who in free) for who, each in known.people.items()})


def _there_now(known: DeskKnowledge, at: datetime) -> DeskKnowledge:
    """A counsellor at an unlocked desk needs no other sign of being there; one who is not has given none, whatever they did before."""
    members = dict(DeskMember.objects.values_list("counsellor_id", "pk"))
    ready = ready_members(members.values(), at=at)
    people = {who: replace(each, watched=members.get(who) not in ready, seen_in=None) for who, each in known.people.items()}
    return replace(known, people=people, grace=timedelta(), waiting_since=None)


def able_to_talk(at: datetime) -> list[int]:
    """The counsellors who are on duty for live talk, at an unlocked desk, not on a break, and able to read; with room or without."""
    known = _there_now(desk_knowledge(at), at)
    return [
        who
        for who, shift in shifts_on_duty(channel="live", at=at).items()
        if lack_to_answer(known.people.get(who), shift, at=at, grace=known.grace, besides={AnsweringLack.ROOM}) is None
    ]


def talk_loads(members: Collection[DeskMember], at: datetime) -> Mapping[int, TalkCandidate]:
    """What each of these has, by their own number; four queries."""
    states = list(Talk.objects.filter(member__in=members).values_list("member", "state"))
    # A later end than any talk can bring was set before a clock was set back, and is over.
    rests = dict(TalkRest.objects.filter(member__in=members, until__lte=at + QUIET).order_by("until").values_list("member", "until"))
    work = open_work(members, at)
    return {
        member.pk: TalkCandidate(
            member.pk,
            open=work.get(member.pk, 0),
            cap=member.takes,
            talks=states.count((member.pk, Talk.State.TAKEN)),
            most=member.most_talks,
            turn=member.turn,
            offered=(member.pk, Talk.State.OFFERED) in states,
            free_at=rests.get(member.pk),
        )
        for member in members
    }


def talk_candidates(at: datetime, *, lock: bool = False) -> list[TalkCandidate]:
    """Everyone who could take one, with what they have. With `lock` nobody gives them anything before the transaction ends."""
    able = able_to_talk(at)
    if not able:
        return []
    rows = DeskMember.objects.select_for_update(no_key=True) if lock else DeskMember.objects.all()
    members = list(rows.filter(counsellor__in=able).order_by("pk"))
    return list(talk_loads(members, at).values())
