"""The Celery application: `celery -A config.celery worker` and `… beat`."""

import os

from celery import Celery
from kombu.transport.redis import QoS

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

# A worker that loses its broker puts nothing back into it: kombu 5.7 tries to over the connection that is gone, and the worker ends of
# it. Nothing is lost: a worker that ends leaves its tasks unacknowledged in Redis, and the sweeper does their work in any case.
QoS.restore_at_shutdown = False

app = Celery("helpline")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["messaging"])
app.set_default()
