"""Makes config's commands (`demo`) known to Django."""

from django.apps import AppConfig


class Composition(AppConfig):
    name = "config"
    label = "composition"
