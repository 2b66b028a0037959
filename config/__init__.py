"""Composes the installation: settings, addresses, Celery, WSGI, the demo. Nothing imports it."""
