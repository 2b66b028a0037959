"""Fewer days of keeping delete what is older, for good and against what people were told: one click too few is not enough for that."""

import pytest
from django.forms import model_to_dict

from helpline.admin.organisation import OrganisationForm
from helpline.models import Organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def own() -> Organisation:
    return Organisation.objects.create(pk=1, name="Helpline", phone="0800 000 0000", nation="scotland")


def form(own: Organisation, **changed: object) -> OrganisationForm:
    given = {name: value for name, value in model_to_dict(own).items() if value is not None}
    return OrganisationForm(given | changed, instance=own)


def test_they_are_refused_with_what_would_happen_until_it_is_said_that_they_are_meant(own: Organisation) -> None:
    refused = form(own, retention_days=30)
    assert not refused.is_valid()
    [said] = refused.errors["sooner"]
    assert str(said).startswith("People were told 180 days. With 30, everything older is deleted for good within ten minutes")
    assert Organisation.objects.get().retention_days == 180
    meant = form(Organisation.objects.get(), retention_days=30, sooner=True)
    assert meant.is_valid(), meant.errors
    meant.save()
    assert Organisation.objects.get().retention_days == 30


@pytest.mark.parametrize("days", [180, 365])
def test_as_many_or_more_are_saved(own: Organisation, days: int) -> None:
    assert form(own, retention_days=days).is_valid()


def test_the_first_description_is_saved() -> None:
    given = {"name": "Helpline", "nation": "scotland", "time_zone": "Europe/London", "promise_minutes": 480, "retention_days": 30}
    asked = OrganisationForm(given | {"backup_days": 0, "brand_colour": "#1d3c6e"})
    asked.is_valid()
    assert "sooner" not in asked.errors
