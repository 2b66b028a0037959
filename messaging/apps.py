"""The encrypted inbox, its routing, and the counsellors' desk."""

from django.apps import AppConfig
from django.db.models.signals import pre_migrate


class Messaging(AppConfig):
    name = "messaging"
    verbose_name = "Messaging"

    def ready(self) -> None:
        """Pages offer messages only while someone could read one, and say so where nobody can; no migration passes over old rows."""
        from helpline.hours.desk_registry import register_desk
        from helpline.hours.message_intake import register_intake
        from messaging.keys.desk_epochs import epoch_intake
        from messaging.keys.desk_knowledge import desk_knowledge
        from messaging.members.second_person import register_deeds
        from messaging.models.older_rows import refuse_rows_of_another_version
        from messaging.talks.able import live_desk_knowledge

        register_desk("messages", desk_knowledge)
        register_desk("live", live_desk_knowledge)
        register_intake("messaging", epoch_intake)
        register_deeds()
        pre_migrate.connect(refuse_rows_of_another_version, sender=self)
