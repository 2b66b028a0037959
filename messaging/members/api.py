"""The desk's interface to one's own work: how much of it, a break, and how one is called (PROTOCOL §8.8)."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from helpline.clock import now
from messaging.http.desk_access import with_member
from messaging.http.endpoint import json_answer, read_json_body
from messaging.http.fields import true_or_false, whole_number
from messaging.members.capacity import begin_break, choose_capacity, end_break
from messaging.members.signals import choose_signals
from messaging.members.workload import member_workload
from messaging.models import DeskMember

# What the database can count; what may be chosen is said where it is chosen.
COUNT = whole_number(0, 10_000)


@with_member
def get_workload(request: HttpRequest, member: DeskMember) -> HttpResponse:
    return json_answer(member_workload(member, at=now()))


@with_member
def post_capacity(request: HttpRequest, member: DeskMember) -> HttpResponse:
    return json_answer(member_workload(choose_capacity(member, read_json_body(request, takes=COUNT)["takes"]), at=now()))


@with_member
def post_break(request: HttpRequest, member: DeskMember) -> HttpResponse:
    """So many minutes from now; none is being back."""
    at, minutes = now(), read_json_body(request, minutes=COUNT)["minutes"]
    member = begin_break(member, at + timedelta(minutes=minutes), at=at) if minutes else end_break(member, at=at)
    return json_answer(member_workload(member, at=at))


def member_signals(member: DeskMember) -> dict[str, bool]:
    return {"notification": member.notifies, "sound": member.sounds}


@with_member
def get_signals(request: HttpRequest, member: DeskMember) -> HttpResponse:
    return json_answer(member_signals(member))


@with_member
def post_signals(request: HttpRequest, member: DeskMember) -> HttpResponse:
    chosen = read_json_body(request, notification=true_or_false, sound=true_or_false)
    return json_answer(member_signals(choose_signals(member, notifies=chosen["notification"], sounds=chosen["sound"], at=now())))
