"""Looks at the service's figures, and sends an email about each condition that must be acted on: once, and again only after it cleared
or a day has passed. An email names no person, no conversation and no number. Nothing is sent inside a transaction.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q

from helpline.models import Account
from helpline.web.outbox import send_letter
from messaging.flood.meter import share_drafts_kept, share_load_deep
from messaging.models import Alert, Draft
from messaging.monitoring.assess import StatusFinding, alarming_findings
from messaging.monitoring.figures import status_figures

AGAIN = timedelta(days=1)
SLACK = timedelta(minutes=1)
AFTER_A_FAILURE = timedelta(minutes=10)
SUBJECTS = {
    "flag-unopened": "a flag has not been opened",
    "past-promise": "an answer is late",
    "nobody-on-duty": "nobody is on duty",
    "no-reader": "nobody can read messages",
    "no-key-holder": "there is no key-holder",
    "epoch-ending": "the desk's key is about to expire",
    "certificate-ending": "a certificate is about to expire",
    "storage-key-missing": "vaults cannot be opened",
    "beat-silent": "the service's clock has stopped",
    "broker-down": "the queue of tasks is down",
    "hub-down": "the hub is down",
    "clock-skew": "the clocks differ",
    "trail-broken": "the trail was changed",
    "backup-old": "there is no new backup",
}


def send_alerts(*, at: datetime) -> int:
    """How many emails about conditions went out. It may run twice at once: of two, one claims each condition."""
    now = status_figures(at=at)
    share_load_deep(now.waiting)
    share_drafts_kept(Draft.objects.count())
    standing = alarming_findings(now)
    Alert.objects.exclude(condition__in=[each.condition for each in standing]).delete()
    to = alert_recipients()
    if not to:
        return 0
    Alert.objects.bulk_create([Alert(condition=each.condition) for each in standing], ignore_conflicts=True)
    return sum(_tell(each, to, at) for each in standing)


def alert_recipients() -> list[str]:
    """The leads and admins who asked for it, and the installation's own address; nobody where email is switched off."""
    if not settings.SENDS_EMAIL:
        return []
    asked = Account.objects.filter(is_active=True, alerts=True, role__in=[Account.Role.LEAD, Account.Role.ADMIN])
    found = list(asked.order_by("pk").values_list("email", flat=True))
    return found + [settings.ALERT_EMAIL] * bool(settings.ALERT_EMAIL)


def _tell(finding: StatusFinding, to: list[str], at: datetime) -> bool:
    row = Alert.objects.filter(condition=finding.condition)
    # One that was told at a time yet to come was told by a clock that was set back since.
    if row.filter(Q(told_at=None) | Q(told_at__lte=at - AGAIN) | Q(told_at__gt=at + SLACK)).update(told_at=at) != 1:
        return False
    body = (
        f"{finding.name}: something needs doing now.\n\n{finding.do}\n\n{settings.ORIGIN}{settings.DESK_PATH}status/\n\n"
        "You need to sign in to open this address. For privacy, these emails name nobody.\n"
    )
    # One each: nobody learns who else is told.
    taken = [send_letter("An alarm", address, f"Helpline: {SUBJECTS[finding.condition]}", body) for address in to]
    if all(taken):
        return True
    row.filter(told_at=at).update(told_at=at - AGAIN + AFTER_A_FAILURE)
    return False
