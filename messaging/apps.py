"""The encrypted inbox, its routing, and the counsellors' desk."""

from django.apps import AppConfig


class Messaging(AppConfig):
    name = "messaging"
    verbose_name = "Messaging"

    def ready(self) -> None:
        """The public pages offer messages only while somebody could read one."""
        from helpline.taking import ask
        from messaging.queries.epochs import taking

        ask("messaging", taking)
