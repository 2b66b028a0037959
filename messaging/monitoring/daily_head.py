"""Once a day an email carries the head of the trail's chain out of the service: nobody who rewrites the trail can rewrite that."""

from datetime import datetime

from django.conf import settings

from helpline.audit.chain import verify_chain
from helpline.models import TrailHead
from helpline.organisation import organisation_today
from helpline.web.outbox import send_letter
from messaging.monitoring.alerts import alert_recipients


def send_daily_head(*, at: datetime) -> int:
    """How many emails went out; none when this day's were sent.

    The whole chain is worked out again first, and the email says whether it holds.
    """
    day, to = organisation_today(at=at), alert_recipients()
    if not to or TrailHead.objects.filter(day=day, told_at__isnull=False).exists():
        return 0
    report = verify_chain(at=at)
    TrailHead.objects.bulk_create([TrailHead(day=day, number=report.number, digest=report.digest)], ignore_conflicts=True)
    # Claimed: of two workers one sends.
    if TrailHead.objects.filter(day=day, told_at=None).update(told_at=at) != 1:
        return 0
    head = TrailHead.objects.get(day=day)
    said = "It holds." if report.holds else "It does NOT hold: look at the page “Status” now, and tell the people who run the server."
    text = (
        f"The trail of what staff did has {head.number} entries today. Its head is\n\n{head}\n\n{said}\n\n"
        "Keep this email. With it, “manage.py verify_trail --head …” shows whether someone has rewritten what came before.\n\n"
        f"{settings.ORIGIN}{settings.DESK_PATH}status/\n"
    )
    sent = sum(send_letter("The head of the trail", address, "Helpline: the trail today", text) for address in to)
    if not sent:
        TrailHead.objects.filter(day=day, told_at=at).update(told_at=None)
    return sent
