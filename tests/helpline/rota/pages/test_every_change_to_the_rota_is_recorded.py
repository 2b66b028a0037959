"""Whatever changes the rota leaves a line in the audit trail: who did it and whose it is, never a name, a day or an hour of it.

The addresses are read from the URL table: one that takes a POST and does not stand here fails.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from helpline.clock import now
from helpline.models import (
    Absence,
    AuditEntry,
    Availability,
    MinimumCover,
    OpeningInterval,
    Organisation,
    Shift,
    ShiftOffer,
    ShiftRequest,
    WeeklyPattern,
)
from helpline.models.audit import KINDS
from helpline.rota import urls as rota_urls
from helpline.rota.open_shifts import open_shifts
from tests.helpline.rota.pages.staff import Staff, at_noon, shift_of

Browser = Callable[[str], Client]
Line = tuple[str, str, str, str | None, str]
PATTERN = ("counsellor", "channel", "weekday", "every", "starts", "ends", "starts_on", "ends_on")
ALL_OF_A_SHIFT = "counsellor, channel, starts_at, ends_at, state"


def taking_posts() -> set[str]:
    """As each view itself says which methods it takes, before it looks at who asks."""
    found = set()
    for route in rota_urls.urlpatterns:
        answer = route.callback(RequestFactory().put("/"), **dict.fromkeys(route.pattern.converters, 1))
        assert answer.status_code == 405, route.name
        if "POST" in answer.headers["Allow"]:
            found.add(str(route.name))
    return found


class Rota:
    """Does one thing after the other in the browsers of Ailsa and Connor, counsellors, Bhavna, the lead, and Alex, the admin."""

    def __init__(self, staff: Staff, signed_in: Browser) -> None:
        self.staff, self.signed_in = staff, signed_in
        self.ailsa, self.connor = staff.counsellor.counsellor, staff.other.counsellor
        self.done: dict[str, list[Line]] = {}
        self.lines = 0

    def act(self, role: str, name: str, *row: int, **given: Any) -> list[Line]:
        """Sends the form; what is warned of is read, and sent again. The lines that came of it."""
        address, client = reverse(f"desk:{name}", args=row), self.signed_in(role)
        answer = client.post(address, given)
        if answer.status_code == 200 and answer.context.get("marks"):
            assert AuditEntry.objects.count() == self.lines, "warned, and noted as if it had been done"
            answer = client.post(address, given | {"known": answer.context["marks"]})
        assert answer.status_code in {200, 302}, answer.content
        return self.seen(name)

    def seen(self, name: str) -> list[Line]:
        entries = AuditEntry.objects.select_related("account", "about").order_by("pk")[self.lines :]
        fresh = [
            (entry.account.name if entry.account else "", entry.action, entry.what, entry.about.name if entry.about else None, entry.fields)
            for entry in entries
        ]
        self.lines += len(fresh)
        self.done.setdefault(name, []).extend(fresh)
        return fresh

    def shifts(self) -> None:
        form = {"counsellor": self.ailsa.pk, "channel": "messages", "day": str(at_noon(5).date()), "starts": "09:00", "ends": "13:00"}
        self.act("lead", "rota-shift-add", published="on", **form)
        shift = Shift.objects.get()
        self.act("admin", "rota-shift", shift.pk, **form | {"ends": "12:00"})
        assert self.act("admin", "rota-shift", shift.pk, **form | {"ends": "12:00"}) == [], "nothing was changed"
        self.act("lead", "rota-shift-remove", shift.pk)
        assert self.act("lead", "rota-shift-remove", shift.pk) == [], "it was off already"

    def plans(self) -> None:
        monday = at_noon(14 - at_noon(0).weekday()).date()
        pattern = {"counsellor": self.connor.pk, "channel": "phone", "weekday": 0, "every": 1, "starts": "09:00", "ends": "12:00"}
        self.act("lead", "rota-patterns", **pattern, starts_on=str(monday))
        self.act("lead", "rota-make", first=str(monday), weeks=1)
        assert self.act("lead", "rota-make", first=str(monday), weeks=1) == [], "there was nothing to make"
        self.act("lead", "rota-copy", source=str(monday), target=str(monday + timedelta(days=7)))
        self.act("admin", "rota-publish", week=str(monday))
        self.act("lead", "rota-pattern-end", WeeklyPattern.objects.get().pk)
        self.act("lead", "rota-minimum", channel="phone", weekdays=[0, 1], opens="09:00", closes="12:00", number=2)
        self.act("lead", "rota-minimum-remove", MinimumCover.objects.all()[0].pk)
        Shift.objects.all().delete()

    def absences(self) -> None:
        days = {"first": str(at_noon(2).date()), "last": str(at_noon(3).date())}
        self.act("counsellor", "rota-absence-add", **days)
        self.act("lead", "rota-absence-remove", Absence.objects.get().pk)

    def planning(self) -> None:
        self.act("counsellor", "rota-availability", weekdays=[0, 1, 2, 3, 4], starts="09:00", ends="17:00", wish="can")
        self.act("counsellor", "rota-availability-remove", Availability.objects.latest("pk").pk)
        self.act("counsellor", "rota-most-hours", most_hours="12")
        monday = at_noon(14 - at_noon(0).weekday()).date()
        form = {"first": str(monday), "weeks": 1, "usual_hours": 16}
        self.act("lead", "rota-plan", **form)
        assert Shift.objects.filter(state="draft").count() == 3, "twelve hours"
        self.act("lead", "rota-plan-discard", **form)
        assert not Shift.objects.filter(state="draft").exists()

    def open_shifts(self) -> None:
        """Every hour of the coming weeks is open."""
        first, second, third = (
            {"channel": "messages", "start": each.interval.start.isoformat(), "end": each.interval.end.isoformat()}
            for each in [each for each in open_shifts(None, at=now()) if each.channel == "messages"][3:6]
        )
        for role, slot in (("counsellor", first), ("counsellor", second), ("other", third)):
            self.act(role, "rota-open-take", **slot)
        approved, refused, withdrawn = ShiftRequest.objects.order_by("pk").values_list("pk", flat=True)
        self.act("lead", "rota-request-approve", approved)
        assert self.act("lead", "rota-request-approve", approved) == [], "it was decided already"
        self.act("lead", "rota-request-refuse", refused)
        self.act("other", "rota-request-withdraw", withdrawn)
        assert self.act("other", "rota-request-withdraw", withdrawn) == [], "it was withdrawn already"
        Organisation.objects.update(open_shifts="take")
        self.act("other", "rota-open-take", **second)
        assert self.act("counsellor", "rota-open-take", **second) == [], "someone has it"
        self.act("admin", "rota-open-ask", **third)

    def offer(self, days: int, name: str, **given: Any) -> int:
        self.act("counsellor", name, shift_of(self.ailsa, days).pk, **given)
        return ShiftOffer.objects.latest("pk").pk

    def offers(self) -> None:
        approved, refused = self.offer(20, "rota-swap-ask", offered_to=self.connor.pk), self.offer(21, "rota-swap-ask")
        for offer in (approved, refused):
            self.act("other", "rota-swap-accept", offer)
        self.act("other", "rota-swap-unaccept", refused)
        assert self.act("other", "rota-swap-unaccept", refused) == [], "it has already been withdrawn"
        self.act("lead", "rota-swap-approve", approved)
        assert self.act("lead", "rota-swap-approve", approved) == [], "it was decided already"
        self.act("lead", "rota-swap-refuse", refused)
        self.act("other", "rota-swap-decline", self.offer(22, "rota-swap-ask", offered_to=self.connor.pk))
        self.act("counsellor", "rota-offer-withdraw", self.offer(23, "rota-cover-offer"))
        taken = self.offer(24, "rota-cover-offer")
        self.act("other", "rota-cover-take", taken)
        assert self.act("lead", "rota-cover-take", taken) == [], "somebody else has it"
        ended = self.offer(25, "rota-cover-offer")
        self.act("lead", "rota-cover-end", ended)
        assert self.act("lead", "rota-cover-end", ended) == [], "it was ended already"
        self.act("counsellor", "rota-reminders", reminded="no")
        assert self.act("counsellor", "rota-reminders", reminded="no") == [], "they were off already"
        self.act("counsellor", "rota-feed-reset")
        assert self.act("counsellor", "rota-feed-reset") == [], "it was asked whether that is meant"
        self.act("counsellor", "rota-feed-end")
        assert self.act("counsellor", "rota-feed-end") == [], "there was none any more"


EXPECTED: dict[str, list[Line]] = {
    "rota-shift-add": [("Bhavna", "added", "shift", "Ailsa", ALL_OF_A_SHIFT)],
    "rota-shift": [("Alex", "changed", "shift", "Ailsa", "ends_at")],
    "rota-shift-remove": [("Bhavna", "deleted", "shift", "Ailsa", "")],
    "rota-patterns": [
        ("Bhavna", "added", "weekly pattern", "Connor", "counsellor, channel, weekday, every, starts, ends, starts_on, ends_on")
    ],
    "rota-make": [("Bhavna", "added", "drafts of the rota", None, "")],
    "rota-copy": [("Bhavna", "added", "drafts of the rota", None, "")],
    "rota-publish": [("Alex", "published", "week of the rota", None, "")],
    "rota-pattern-end": [("Bhavna", "ended", "weekly pattern", "Connor", "")],
    "rota-minimum": [("Bhavna", "changed", "minimum cover", None, "opens, closes, number")],
    "rota-minimum-remove": [("Bhavna", "deleted", "minimum cover", None, "")],
    "rota-absence-add": [("Ailsa", "added", "absence", "Ailsa", "counsellor, starts_at, ends_at")],
    "rota-absence-remove": [("Bhavna", "deleted", "absence", "Ailsa", "")],
    "rota-swap-unaccept": [("Connor", "refused", "swap", "Ailsa", "")],
    "rota-swap-ask": [("Ailsa", "asked", "swap", "Ailsa", "")] * 3,
    "rota-swap-accept": [("Connor", "accepted", "swap", "Ailsa", "")] * 2,
    "rota-swap-approve": [("Bhavna", "approved", "swap", "Ailsa", "")],
    "rota-swap-refuse": [("Bhavna", "refused", "swap", "Ailsa", "")],
    "rota-swap-decline": [("Connor", "refused", "swap", "Ailsa", "")],
    "rota-cover-end": [("Bhavna", "withdrawn", "cover", "Ailsa", "")],
    "rota-reminders": [("Ailsa", "changed", "reminders", None, "")],
    "rota-feed-end": [("Ailsa", "deleted", "calendar address", None, "")],
    "rota-open-take": [
        ("Ailsa", "asked", "shift request", "Ailsa", ""),
        ("Ailsa", "asked", "shift request", "Ailsa", ""),
        ("Connor", "asked", "shift request", "Connor", ""),
        ("Connor", "added", "shift", "Connor", ALL_OF_A_SHIFT),
    ],
    "rota-availability": [("Ailsa", "added", "availability", None, "")],
    "rota-availability-remove": [("Ailsa", "deleted", "availability", None, "")],
    "rota-most-hours": [("Ailsa", "changed", "most hours", None, "")],
    "rota-plan": [("Bhavna", "added", "drafts of the rota", None, "")],
    "rota-plan-discard": [("Bhavna", "deleted", "drafts of the rota", None, "")],
    "rota-open-ask": [("Alex", "asked", "open shift", None, "")],
    "rota-request-approve": [("Bhavna", "approved", "shift request", "Ailsa", "")],
    "rota-request-refuse": [("Bhavna", "refused", "shift request", "Ailsa", "")],
    "rota-request-withdraw": [("Connor", "withdrawn", "shift request", "Connor", "")],
    "rota-cover-offer": [("Ailsa", "asked", "cover", "Ailsa", "")] * 3,
    "rota-offer-withdraw": [("Ailsa", "withdrawn", "cover", "Ailsa", "")],
    "rota-cover-take": [("Connor", "taken", "cover", "Ailsa", "")],
    "rota-feed-reset": [("Ailsa", "changed", "calendar address", None, "")],
}


def test_every_address_that_changes_the_rota_stands_here() -> None:
    assert taking_posts() == EXPECTED.keys()
    assert {"absence", "shift", "shiftoffer", "shiftrequest", "weeklypattern", "minimumcover"} <= {
        name for name, kind in KINDS.items() if kind == "rota"
    }


@pytest.mark.django_db
def test_each_leaves_its_line_and_what_fails_or_changes_nothing_leaves_none(staff: Staff, signed_in: Browser) -> None:
    Shift.objects.all().delete()
    for role in ("lead", "admin", "counsellor", "other"):
        signed_in(role)
    rota = Rota(staff, signed_in)
    rota.lines = AuditEntry.objects.count()
    first = rota.lines
    for weekday in range(7):
        OpeningInterval.objects.get_or_create(channel="messages", weekday=weekday, opens=540, closes=780)
    for part in (rota.shifts, rota.plans, rota.absences, rota.offers, rota.open_shifts, rota.planning):
        part()
    assert rota.done == EXPECTED
    lines = AuditEntry.objects.order_by("pk")[first:]
    assert {entry.kind for entry in lines} == {"rota"}
    # A row is a number, or the Monday of a week; nobody's name and no hour is in any text of it.
    texts = " ".join(f"{entry.what} {entry.row} {entry.fields}" for entry in lines)
    assert not [word for word in ("Ailsa", "Connor", "Bhavna", "@", ":", "phone", "messages") if word in texts]
