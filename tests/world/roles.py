"""One of each role, one of each row that an address may name, and what became of a request."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any
from uuid import uuid4

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.auth.hashers import ScryptPasswordHasher
from django.db import transaction
from django.db.models import Model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from helpline.models import (
    Absence,
    Account,
    Advert,
    Availability,
    Campaign,
    Closure,
    ConfidentialityTerms,
    CrisisWay,
    HolidayChange,
    MinimumCover,
    Page,
    Shift,
    ShiftOffer,
    ShiftRequest,
    SpecialDay,
    WeeklyPattern,
)
from messaging.models import CertificateRequest, Conversation
from messaging.protocol.encoding import encode
from tests.messaging.desk.roles.table import ADMIN, COUNSELLOR, KEY_HOLDER, LEAD, NO_FACTOR, NOBODY, ROLES
from tests.world.about import tell_about_us
from tests.world.desk import NOON, Desk, open_helpline, send
from tests.world.signing_in import proved

LOGIN, SECOND_STEP, ADMIN_LOGIN = "/desk/account/login/", "/desk/account/security/", "/desk/admin/"
PASSED, SIGN_IN, SECOND, REFUSED, NOT_TAKEN = "gets through", "is sent to sign in", "is sent to the second step", "is refused", "not taken"
NAMES = {KEY_HOLDER: "Moira", COUNSELLOR: "Callum", NO_FACTOR: "Nora", LEAD: "Lena"}
COST = 2**14


def routes(resolver: Any = None, before: str = "") -> Iterator[str]:
    """Every address below /desk/ as the URL table writes it."""
    for each in (resolver or get_resolver()).url_patterns:
        here = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from routes(each, here)
        elif isinstance(each, URLPattern) and here.startswith("desk"):
            yield here


@cache
def slowly_hashed(password: str) -> str:
    """At the web server's own cost, which would else hash it anew, and end the session, when an admin is asked for it again; once a run."""
    return ScryptPasswordHasher().encode(password, "salt", n=COST)


class World:
    """Signed-in browsers by role, and addresses with real rows in them."""

    def __init__(self) -> None:
        self.desk: Desk = open_helpline("Moira", "Callum", "Nora", "Lena")
        send()
        Conversation.objects.update(state="assigned", member=self.desk.members["Callum"])
        self._rows()
        self._addresses: dict[tuple[str, str | None], str] = {}
        # As everybody who is signed in has one.
        self.password = slowly_hashed("Ada crosses the Forth")
        self.clients = {role: Client(raise_request_exception=False) for role in ROLES}
        for role, name in NAMES.items():
            account = self.desk.members[name].counsellor.account
            Account.objects.filter(pk=account.pk).update(role="lead" if role == LEAD else "counsellor")
            self._sign_in(role, account)
        self._sign_in(ADMIN, Account.objects.create_user("ada@example.org", None, name="Ada", role="admin"))

    def _sign_in(self, role: str, account: Account) -> None:
        Account.objects.filter(pk=account.pk).update(password=self.password)
        account.refresh_from_db()
        if role != NO_FACTOR:
            Authenticator.objects.create(user_id=account.pk, type=Authenticator.Type.TOTP, data={"secret": ""})
        self.clients[role].force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
        proved(self.clients[role], account)

    def _rows(self) -> None:
        counsellor = self.desk.members["Callum"].counsellor
        page = Page.objects.create(slug="a", kind="about", title="A", summary="A", body="A", published=True)
        campaign = Campaign.objects.create(name="A", starts_on=NOON.date(), ends_on=NOON.date(), message="A")
        Advert.objects.create(campaign=campaign, kind="social", name="A", code="abc", page=page, headline="A", line="A")
        SpecialDay.objects.create(channel="phone", date=NOON.date(), name="A")
        # Those that come with an installation are gone once a test has emptied its tables.
        CrisisWay.objects.create(group="voice", name="A", contact="0800 000 0000", address="tel:08000000000", what_for="A", position=99)
        Closure.objects.create(starts_at=NOON, ends_at=NOON.replace(hour=13), reason="A")
        HolidayChange.objects.create(date=NOON.date(), name="A")
        Absence.objects.create(counsellor=counsellor, starts_at=NOON.replace(hour=20), ends_at=NOON.replace(hour=21))
        Availability.objects.create(counsellor=counsellor, weekday=0, starts=540, ends=600)
        MinimumCover.objects.create(channel="messages", weekday=0, opens=540, closes=600, number=1)
        WeeklyPattern.objects.create(counsellor=counsellor, channel="phone", weekday=0, starts=540, ends=600, starts_on=NOON.date())
        offered = Shift.objects.filter(counsellor=counsellor).earliest("pk")
        ShiftOffer.objects.create(kind="swap", shift=offered, asked_by=counsellor, asked_at=NOON, changed_at=NOON)
        ShiftRequest.objects.create(
            counsellor=counsellor, channel="messages", starts_at=NOON, ends_at=NOON.replace(hour=13), asked_at=NOON, changed_at=NOON
        )
        tell_about_us()
        terms = ConfidentialityTerms.objects.create(version=1, text="A", published_on=NOON.date())
        terms.translations.create(language="cy", text="A")

    def address(self, route: str, role: str | None = None) -> str:
        """The route with the first row that fits in each of its places; of shifts, one of the role's own where it has any.

        Looked up once: what is asked with `ask` changes no row.
        """
        own = (route, role if "shift_id" in route else None)
        if own not in self._addresses:
            self._addresses[own] = self._filled(*own)
        return self._addresses[own]

    def _filled(self, route: str, role: str | None) -> str:
        plain = {
            "str:id": encode(Conversation.objects.get().conversation_id),
            "str:token": "nothing",
            "slug:name": "a4",
            "slug:report": "waits",
            "slug:chapter": "leads",
            "path:content_type_id": "1",
        }
        of: dict[str, str | type[Model]] = {
            "request_id": CertificateRequest,
            "shift_id": "shift",
            "absence_id": "absence",
            "availability_id": "availability",
            "minimum_id": "minimumcover",
            "pattern_id": "weeklypattern",
            "offer_id": "shiftoffer",
            "shift_request_id": "shiftrequest",
        }

        def filled(found: re.Match[str]) -> str:
            place = found[1]
            if place in plain:
                return plain[place]
            name = place.partition(":")[2]
            if name == "member_id":
                return str(self.desk.members["Callum"].pk)
            if name == "account_id":
                return str(self.desk.members["Callum"].counsellor.account_id)
            if name == "shift_id" and (whose := NAMES.get(role or "")):
                return str(Shift.objects.filter(counsellor=self.desk.members[whose].counsellor).earliest("pk").pk)
            return str(self._first(of.get(name, route)))

        route = (
            route.replace("(?P<app_label>helpline|messaging)", "helpline")
            .replace("(?P<url>.*)", uuid4().hex)
            .replace("api/^", "api/nothing")
        )
        return "/" + re.sub(r"<([a-z_]+:[a-z_]+)>", filled, re.sub(r"[\^$]", "", route))

    def _first(self, of: str | type[Model]) -> int:
        """The primary key of the first row of the model, or of the one that the admin's address is about; 1 where there is none."""
        if isinstance(of, str):
            found = re.match(r"desk/admin/(helpline|messaging)/(\w+)/", of)
            if not found and of not in {model._meta.model_name for model in apps.get_app_config("helpline").get_models()}:
                return 1
            of = apps.get_model(found[1], found[2]) if found else apps.get_model("helpline", of)
        first = of._default_manager.order_by("pk").first()
        return first.pk if first else 1

    def ask(self, role: str, method: str, address: str) -> Any:
        """One request, and whatever it did to the database is undone."""
        client = self.clients[role]
        cookies = {name: morsel.value for name, morsel in client.cookies.items()}
        api = address.startswith("/desk/api/")
        with undone():
            kind = "application/json" if api else "application/x-www-form-urlencoded"
            answer: Any = client.generic(method, address, "{}" if api else "", content_type=kind)
        client.cookies.load(cookies)
        return answer


@contextmanager
def undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def outcome(role: str, answer: Any) -> str:
    """What became of it, in one of the words above; an error of ours is none of them."""
    status, to = answer.status_code, answer.headers.get("Location", "")
    if status >= 500:
        return f"met an error ({status})"
    if status == 405:
        return NOT_TAKEN
    if status == 401 or (status == 302 and to.startswith(LOGIN) and role == NOBODY):
        return SIGN_IN
    if role == NO_FACTOR and (status == 403 or (status == 302 and to == SECOND_STEP)):
        return SECOND
    if status == 302 and to.startswith(ADMIN_LOGIN) and role != ADMIN:
        # Django's admin sends whoever may not enter to its own sign-in, which sends on, or refuses who is signed in.
        return SIGN_IN if role == NOBODY else REFUSED
    return REFUSED if status == 403 else PASSED


def blocked(role: str) -> str:
    """What becomes of a role where it has no business."""
    return {NOBODY: SIGN_IN, NO_FACTOR: SECOND}.get(role, REFUSED)
