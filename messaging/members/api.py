"""The desk's interface to one's own work: how much of it, a break, and how one is called (PROTOCOL §8.8)."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from helpline.clock import now
from messaging.http.desk_access import with_member
from messaging.http.endpoint import json_answer, read_json_body
from messaging.members.capacity import begin_break, choose_capacity, end_break
from messaging.members.signals import choose_signals
from messaging.members.workload import member_workload
from messaging.models import DeskMember
from messaging.protocol.encoding import Malformed

MOST = 10_000


def demand_whole_number(value: object) -> int:
    """Raises Malformed for anything but a whole number from 0 to 10,000."""
    if type(value) is not int or not 0 <= value <= MOST:
        raise Malformed("the number must be a whole one")
    return value


@with_member
def get_workload(request: HttpRequest, member: DeskMember) -> HttpResponse:
    return json_answer(member_workload(member, at=now()))


@with_member
def post_capacity(request: HttpRequest, member: DeskMember) -> HttpResponse:
    return json_answer(member_workload(choose_capacity(member, demand_whole_number(read_json_body(request, "takes")["takes"])), at=now()))


@with_member
def post_break(request: HttpRequest, member: DeskMember) -> HttpResponse:
    """So many minutes from now; none is being back."""
    at, minutes = now(), demand_whole_number(read_json_body(request, "minutes")["minutes"])
    member = begin_break(member, at + timedelta(minutes=minutes), at=at) if minutes else end_break(member, at=at)
    return json_answer(member_workload(member, at=at))


def member_signals(member: DeskMember) -> dict[str, bool]:
    return {"notification": member.notifies, "sound": member.sounds}


@with_member
def get_signals(request: HttpRequest, member: DeskMember) -> HttpResponse:
    return json_answer(member_signals(member))


@with_member
def post_signals(request: HttpRequest, member: DeskMember) -> HttpResponse:
    chosen = read_json_body(request, "notification", "sound")
    if not all(isinstance(value, bool) for value in chosen.values()):
        raise Malformed("whether there is a signal must be true or false")
    return json_answer(member_signals(choose_signals(member, notifies=chosen["notification"], sounds=chosen["sound"], at=now())))
