"""Makes config's commands (`demo`, `prepare`) and its checks of the settings known to Django."""

from django.apps import AppConfig


class Composition(AppConfig):
    name = "config"
    label = "composition"

    def ready(self) -> None:
        """Registers what `manage.py check --deploy` and `manage.py prepare` ask."""
        from config import checks

        checks.register_checks()
