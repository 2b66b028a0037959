"""A desk with a lead beside its counsellors and its admin; each signed in, in a browser of their own."""

from collections.abc import Callable

import pytest
from django.test import Client

from helpline.models import Account
from tests.helpline.rota.pages.staff import Staff
from tests.world.signing_in import sign_in
from tests.world.staff import People


@pytest.fixture
def staff(people: People) -> Staff:
    Account.objects.filter(pk=people.bhavna.account.pk).update(role=Account.Role.LEAD)
    return Staff(people.ailsa, people.bhavna, people.stranger, people)


@pytest.fixture
def signed_in(staff: Staff) -> Callable[[str], Client]:
    """signed_in("lead"): a browser in which they are."""
    who = {"counsellor": staff.counsellor, "lead": staff.lead, "other": staff.other, "admin": staff.people.admin}

    # A code works once: whoever is signed in already stays so.
    browsers: dict[str, Client] = {"nobody": Client()}

    def browser(role: str) -> Client:
        if role not in browsers:
            browsers[role] = sign_in(who[role])
        return browsers[role]

    return browser
