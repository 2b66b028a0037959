"""The encrypted inbox, its routing, and the counsellors' desk."""

from django.apps import AppConfig


class Messaging(AppConfig):
    name = "messaging"
    verbose_name = "Messaging"

    def ready(self) -> None:
        """The public pages offer messages only while somebody could read one, and say that nobody is there while all have a break."""
        from helpline.breaks import Breaks, know
        from helpline.taking import ask
        from messaging.models import DeskMember
        from messaging.queries.epochs import taking

        ask("messaging", taking)
        know(Breaks("messages", DeskMember._meta.db_table, "counsellor_id", "away_until"))  # noqa: SLF001 - documented
