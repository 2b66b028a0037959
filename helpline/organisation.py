"""The one organisation that this installation serves, and its own date."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from helpline.calendar.wall_clock import local_date
from helpline.models import Organisation
from helpline.models.fast_select import fast_select

ONLY = 1  # The primary key of the one organisation.
OF_ORGANISATION = tuple(field.attname for field in Organisation._meta.concrete_fields)  # noqa: SLF001 - documented


def organisation() -> Organisation:
    """The installation's organisation; a nameless one, open never, before an admin has described it."""
    rows = fast_select(Organisation, OF_ORGANISATION, "id = %s", ONLY)
    return Organisation.from_db("default", OF_ORGANISATION, rows[0]) if rows else Organisation(pk=ONLY, name="Helpline", phone="")


def organisation_today(*, at: datetime) -> date:
    """The organisation's own date at `at`."""
    return local_date(at, ZoneInfo(organisation().time_zone))
