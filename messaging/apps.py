"""The encrypted inbox, its routing, and the counsellors' desk."""

from django.apps import AppConfig


class Messaging(AppConfig):
    name = "messaging"
    verbose_name = "Messaging"

    def ready(self) -> None:
        """The public pages offer messages only while someone could read one, and say that nobody is there while nobody is able."""
        from helpline.hours.desk_registry import register_desk
        from helpline.hours.message_intake import register_intake
        from messaging.keys.desk_epochs import epoch_intake
        from messaging.keys.desk_knowledge import desk_knowledge

        register_desk("messages", desk_knowledge)
        register_intake("messaging", epoch_intake)
