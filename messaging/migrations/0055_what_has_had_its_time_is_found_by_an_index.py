"""Built while others write: an index without which the search for what has had its time reads every thread."""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class AddIndex(AddIndexConcurrently):
    """Can be done again after it was interrupted. On SQLite, which has one writer anyway, as any other index."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            # What an interrupted one leaves behind is an index of this name, and good for nothing.
            schema_editor.remove_index(to_state.apps.get_model(app_label, self.model_name), self.index, concurrently=True)
            super().database_forwards(app_label, schema_editor, from_state, to_state)
        else:
            migrations.AddIndex.database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, schema_editor, from_state, to_state)
        else:
            migrations.AddIndex.database_backwards(self, app_label, schema_editor, from_state, to_state)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [
        ("messaging", "0051_disclosures"),
    ]

    operations = [
        AddIndex("inbox", models.Index(fields=["made_on"], name="inbox_made_on")),
        AddIndex(
            "conversation",
            models.Index(condition=models.Q(("keep_days__isnull", False)), fields=["keep_days"], name="conversation_own_time"),
        ),
    ]
