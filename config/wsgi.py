"""The WSGI application."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

from django.core.wsgi import get_wsgi_application

# Celery's application is made current here, so that a view's trigger goes to the installation's broker.
from config.celery import app as celery_application

application = get_wsgi_application()

# Every page's code, which else each process would load at its first request.
from config import ready, urls  # noqa: E402 - they need what was set up just now
from helpline import statistics  # noqa: E402 - it has rows, which are there only now
from messaging.flood import meter  # noqa: E402
from messaging.monitoring import watchdog  # noqa: E402

ready.make_ready()
# A web server's process writes its sums, from time to time and at its end.
statistics.start_counting()
meter.start_metering()
watchdog.start_watchdog()

__all__ = ["application", "celery_application", "urls"]
