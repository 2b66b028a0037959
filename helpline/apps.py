"""The public site, hours, rotas and people."""

from django.apps import AppConfig


class Helpline(AppConfig):
    name = "helpline"
    verbose_name = "Helpline"
