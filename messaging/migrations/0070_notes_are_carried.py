import django.db.models.deletion
from django.db import migrations, models

import messaging.models.fields


def carry(name: str, of: str, to: str) -> migrations.CreateModel:
    """A table of carries, each of one note or of one saved reply."""
    return migrations.CreateModel(
        name=name,
        fields=[
            ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ("carry", messaging.models.fields.BytesField(size=1286)),
            (
                "certificate",
                models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to="messaging.certificate"),
            ),
            (
                "epoch",
                models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="messaging.epoch"),
            ),
            (
                of,
                models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name="carries", to=to),
            ),
        ],
        options={"ordering": ["pk"]},
    )


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0069_vaults_at_rest"),
    ]

    operations = [
        carry("NoteCarry", "note", "messaging.desknote"),
        carry("SavedReplyCarry", "reply", "messaging.savedreply"),
        migrations.AddIndex(
            model_name="desknote",
            index=models.Index(fields=["epoch"], name="desk_note_epoch"),
        ),
        migrations.AddIndex(
            model_name="opening",
            index=models.Index(fields=["epoch"], name="opening_epoch"),
        ),
        migrations.AddIndex(
            model_name="notecarry",
            index=models.Index(fields=["epoch"], name="note_carry_epoch"),
        ),
        migrations.AddConstraint(
            model_name="notecarry",
            constraint=models.UniqueConstraint(fields=("note", "epoch", "certificate"), name="note_carry_once"),
        ),
        migrations.AddIndex(
            model_name="savedreplycarry",
            index=models.Index(fields=["epoch"], name="saved_reply_carry_epoch"),
        ),
        migrations.AddConstraint(
            model_name="savedreplycarry",
            constraint=models.UniqueConstraint(fields=("reply", "epoch", "certificate"), name="saved_reply_carry_once"),
        ),
    ]
