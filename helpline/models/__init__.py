"""The helpline's rows: the organisation, its hours, its people and their rota, its campaign's facts."""

from helpline.models.about import AboutUs
from helpline.models.audit import AuditEntry, AuditLink, TrailHead
from helpline.models.campaign import Advert, Campaign, Figure
from helpline.models.crisis import CrisisWay
from helpline.models.four_eyes import ProposedChange
from helpline.models.hours import Closure, HolidayChange, OpeningInterval, SpecialDay
from helpline.models.organisation import Organisation
from helpline.models.pages import ConfidentialityTerms, Page, Recording, RecordingPiece, TranslatedTerms
from helpline.models.people import Account, AccountNotice, Counsellor, Invitation
from helpline.models.rota import Absence, Shift
from helpline.models.rota_availability import Availability
from helpline.models.rota_notices import CancelledEntry, RotaFeed, RotaNotice
from helpline.models.rota_offers import ShiftOffer
from helpline.models.rota_plan import MinimumCover, WeeklyPattern
from helpline.models.rota_requests import ShiftRequest
from helpline.models.visits import Tally

__all__ = [
    "AboutUs",
    "Absence",
    "Account",
    "AccountNotice",
    "Advert",
    "AuditEntry",
    "AuditLink",
    "Availability",
    "Campaign",
    "CancelledEntry",
    "Closure",
    "ConfidentialityTerms",
    "Counsellor",
    "CrisisWay",
    "Figure",
    "HolidayChange",
    "Invitation",
    "MinimumCover",
    "OpeningInterval",
    "Organisation",
    "Page",
    "ProposedChange",
    "Recording",
    "RecordingPiece",
    "RotaFeed",
    "RotaNotice",
    "Shift",
    "ShiftOffer",
    "ShiftRequest",
    "SpecialDay",
    "Tally",
    "TrailHead",
    "TranslatedTerms",
    "WeeklyPattern",
]
