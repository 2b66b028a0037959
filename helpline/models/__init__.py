"""The helpline's rows: the organisation, its hours, its people and their rota, its campaign's facts."""

from helpline.models.campaign import Campaign, ConfidentialityTerms, Figure
from helpline.models.hours import Closure, HolidayChange, OpeningInterval, SpecialDay
from helpline.models.organisation import Organisation
from helpline.models.people import Account, Counsellor, Invitation
from helpline.models.rota import Absence, Shift

__all__ = [
    "Absence",
    "Account",
    "Campaign",
    "Closure",
    "ConfidentialityTerms",
    "Counsellor",
    "Figure",
    "HolidayChange",
    "Invitation",
    "OpeningInterval",
    "Organisation",
    "Shift",
    "SpecialDay",
]
