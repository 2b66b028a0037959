"""What is written in at the end of a shift stays for a while; three at once are what somebody new at the desk takes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messaging", "0058_two_indexes_that_nobody_asks"),
    ]

    operations = [
        migrations.AddField(
            model_name="conversation",
            name="kept_until",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="deskmember",
            name="off_since",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.AlterField(
            model_name="deskmember",
            name="cap",
            field=models.PositiveSmallIntegerField(default=3, help_text="The most open conversations that routing gives at once."),
        ),
        migrations.AlterField(
            model_name="routingevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("assigned", "Assigned"),
                    ("kept", "Kept"),
                    ("returned", "Returned"),
                    ("claimed", "Claimed"),
                    ("released", "Released"),
                    ("answered", "Answered"),
                    ("closed", "Closed"),
                    ("nudged", "Nudged"),
                    ("overdue", "Overdue"),
                    ("snoozed", "Snoozed"),
                    ("woken", "Woken"),
                    ("handed", "Handed"),
                    ("taken-over", "Taken Over"),
                    ("flagged", "Flagged"),
                    ("unflagged", "Unflagged"),
                    ("blocked", "Blocked"),
                    ("unblocked", "Unblocked"),
                    ("kept-on", "Kept On"),
                ],
                max_length=10,
            ),
        ),
    ]
