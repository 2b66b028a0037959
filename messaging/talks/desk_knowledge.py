"""What the desk knows of each counsellor for live talk: as for messages, and whether they are there this minute with room for one."""

from dataclasses import replace
from datetime import datetime, timedelta

from helpline.hours.desk_registry import DeskKnowledge
from messaging.keys.desk_knowledge import desk_knowledge
from messaging.models import DeskMember
from messaging.talks.readiness import ready_members


def live_desk_knowledge(at: datetime) -> DeskKnowledge:
    """Everyone who has a place at the desk: nobody counts as there who is not at an unlocked desk now, and nobody has a grace."""
    known = desk_knowledge(at)
    members = dict(DeskMember.objects.values_list("counsellor_id", "pk"))
    ready = ready_members(members.values(), at=at)
    people = {who: replace(each, watched=members.get(who) not in ready, seen_in=None) for who, each in known.people.items()}
    return replace(known, people=people, grace=timedelta(), waiting_since=None)
