"""The status page, and the same figures for Prometheus at /metrics."""

import hmac
import os
from collections.abc import Iterator

from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from helpline.audit import record_audit_row
from helpline.clock import now
from helpline.models import Account
from helpline.models.audit import Action
from helpline.staff.access import account_of, lead_page
from helpline.web.middleware.measuring import REQUESTS
from messaging.monitoring.assess import StatusFigures, status_findings
from messaging.monitoring.figures import status_figures

NEVER = float("nan")


@require_safe
def metrics_view(request: HttpRequest) -> HttpResponse:
    """Everything at once, in Prometheus' text format."""
    if not _may(request.META.get("HTTP_AUTHORIZATION", "")):
        raise Http404
    service = CollectorRegistry(auto_describe=False)
    service.register(OfService(status_figures(at=now())))
    text = generate_latest(service) + generate_latest(_requests())
    return HttpResponse(text, content_type=CONTENT_TYPE_LATEST)


def _may(authorization: str) -> bool:
    token = settings.METRICS_TOKEN
    return bool(token) and hmac.compare_digest(authorization.encode(), f"Bearer {token}".encode())


def _requests() -> CollectorRegistry:
    """Of all web processes, where there are several (config/gunicorn.py)."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return REQUESTS
    registry = CollectorRegistry(auto_describe=False)
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


class OfService(Collector):
    """The figures of /desk/status/."""

    def __init__(self, found: StatusFigures) -> None:
        self.found = found

    def collect(self) -> Iterator[Metric]:
        found = self.found
        queue = GaugeMetricFamily("helpline_conversations", "Conversations, by state.", labels=["state"])
        for state, number in (("waiting", found.waiting), ("assigned", found.assigned), ("snoozed", found.snoozed)):
            queue.add_metric([state], number)
        yield queue
        gauges: dict[str, tuple[str, float | None]] = {
            "oldest_waiting_working_seconds": ("The longest wait, in opening time.", found.oldest or 0),
            "past_promise": ("Conversations that should have been answered by now.", found.late),
            "flags_unopened": ("Flags that no lead has opened.", found.flags),
            "nobody_on_duty": ("1 while messages are open and nobody on duty can answer.", found.unstaffed),
            "beat_last_tick_seconds": ("Seconds since the last tick of beat.", found.beat_ago),
            "epoch_days_left": ("Days for which the desk has a key.", -1 if found.epoch_days is None else found.epoch_days),
            "certificate_days_left": ("Days until the next counsellor's certificate ends.", found.certificates),
            "backup_age_seconds": ("Seconds since the newest backup that is known to be complete.", found.backup_ago),
            "clock_skew_seconds": ("By how much the database's clock is ahead.", found.skew),
            "broker_up": ("1 while the queue of tasks answers.", found.broker),
            "hub_up": ("1 while the hub hears what is rung.", None if found.hub is None else found.hub.listens),
            "work_asked_step": ("The step of work that each message needs now; 0 for none.", found.load),
        }
        for name, (says, value) in gauges.items():
            yield GaugeMetricFamily(f"helpline_{name}", says, value=NEVER if value is None else float(value))
        yield CounterMetricFamily("helpline_sweeper_finds", "Conversations that the sweeper had to assign.", value=found.finds)


@require_safe
@lead_page
def status_view(request: HttpRequest) -> HttpResponse:
    """As it is at this moment: the page is not kept, and does not change on its own."""
    lines = status_findings(status_figures(at=now(), asks_hub=True))
    worst = max(line.state for line in lines)
    context = {"page": "status", "lines": lines, "worst": worst, "account": account_of(request), "sends": settings.SENDS_EMAIL}
    return render(request, "desk/status.html", context)


@require_POST
@lead_page
def choose_alerts_view(request: HttpRequest) -> HttpResponse:
    """Records whether the account that is signed in wants the emails."""
    account, wanted = account_of(request), request.POST.get("alerts") == "yes"
    with transaction.atomic():
        if Account.objects.filter(pk=account.pk, alerts=not wanted).update(alerts=wanted):
            record_audit_row(account, Action.CHANGED, account, at=now(), fields=["alerts"])
    messages.success(request, "You will be told by email." if wanted else "You will not be told by email.")
    return redirect("desk:status")
