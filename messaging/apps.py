"""The encrypted inbox, its routing, and the counsellors' desk."""

from django.apps import AppConfig


class Messaging(AppConfig):
    name = "messaging"
    verbose_name = "Messaging"
