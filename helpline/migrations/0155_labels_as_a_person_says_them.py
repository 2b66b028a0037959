"""Names of fields, choices and hints on the admin's pages. The database is not asked for anything."""

import django.core.validators
import django.db.models.deletion
import helpline.models.organisation
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("helpline", "0154_a_name_that_says_nothing"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="openinginterval",
            options={"ordering": ["channel", "weekday", "opens"], "verbose_name_plural": "opening hours"},
        ),
        migrations.AlterField(
            model_name="aboutus",
            name="legal_name",
            field=models.CharField(
                help_text="Your name in the register of charities.", max_length=160, verbose_name="who runs the service"
            ),
        ),
        migrations.AlterField(
            model_name="aboutus",
            name="office_contact",
            field=models.CharField(
                help_text="An email address or a phone number for everything except help. Nobody helps people there.",
                max_length=160,
                verbose_name="how to reach the office",
            ),
        ),
        migrations.AlterField(
            model_name="aboutus",
            name="registered",
            field=models.CharField(
                help_text="The register and your number: Scottish Charity Register, SC000000.", max_length=160, verbose_name="registered as"
            ),
        ),
        migrations.AlterField(
            model_name="account",
            name="is_active",
            field=models.BooleanField(default=True, verbose_name="can sign in"),
        ),
        migrations.AlterField(
            model_name="advert",
            name="code",
            field=models.CharField(
                help_text="The end of the short address, after /c/. Small letters and digits that nobody mistakes for each other.",
                max_length=12,
                unique=True,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[a-hjkmnp-z2-9]{3,12}$", "Enter 3 to 12 small letters or digits, without i, l, o, 0 and 1."
                    )
                ],
            ),
        ),
        migrations.AlterField(
            model_name="advert",
            name="headline",
            field=models.CharField(help_text="Large letters on the poster.", max_length=80),
        ),
        migrations.AlterField(
            model_name="advert",
            name="line",
            field=models.CharField(help_text="It stands below the headline.", max_length=200, verbose_name="sentence"),
        ),
        migrations.AlterField(
            model_name="advert",
            name="name",
            field=models.CharField(help_text="Only staff see it: where the advert hangs or runs.", max_length=80),
        ),
        migrations.AlterField(
            model_name="advert",
            name="page",
            field=models.ForeignKey(
                blank=True,
                help_text="Leave it empty for the start page.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="adverts",
                to="helpline.page",
            ),
        ),
        migrations.AlterField(
            model_name="campaign",
            name="ends_on",
            field=models.DateField(verbose_name="last day"),
        ),
        migrations.AlterField(
            model_name="campaign",
            name="pages",
            field=models.ManyToManyField(
                blank=True,
                help_text="The pages that the campaign leads to, each for its audience.",
                related_name="campaigns",
                to="helpline.page",
            ),
        ),
        migrations.AlterField(
            model_name="campaign",
            name="starts_on",
            field=models.DateField(verbose_name="first day"),
        ),
        migrations.AlterField(
            model_name="confidentialityterms",
            name="summary",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="The text in about four short points, each on a separate line. People read them before they start to write. Without them, they read the whole text there.",
            ),
        ),
        migrations.AlterField(
            model_name="counsellor",
            name="display_name",
            field=models.CharField(help_text="A first name. People who write see it.", max_length=40, unique=True),
        ),
        migrations.AlterField(
            model_name="crisisway",
            name="address",
            field=models.CharField(
                help_text="What happens when someone presses it: tel:116123, sms:85258, mailto:…, https://….",
                max_length=200,
                validators=[
                    django.core.validators.RegexValidator(
                        "^(tel:\\+?[0-9]{3,15}|sms:\\+?[0-9]{3,15}|mailto:[^\\s@<>\\\"']+@[^\\s@<>\\\"']+\\.[a-z]+|https://[a-z0-9.-]+\\.[a-z]+(/[^\\s<>\\\"']*)?)$",
                        "Enter tel: or sms: and a number, mailto: and an address, or an address that begins with https://.",
                    )
                ],
            ),
        ),
        migrations.AlterField(
            model_name="crisisway",
            name="checked_on",
            field=models.DateField(
                blank=True,
                help_text="The day on which someone last checked it. Only admins see it.",
                null=True,
                verbose_name="last checked",
            ),
        ),
        migrations.AlterField(
            model_name="crisisway",
            name="contact",
            field=models.CharField(blank=True, help_text="As people read it, such as 116 123.", max_length=60),
        ),
        migrations.AlterField(
            model_name="crisisway",
            name="for_ending",
            field=models.BooleanField(
                default=False,
                help_text="Also shown above the box where people write, before such a message is sent, and when your phone line is closed.",
                verbose_name="for people who think about ending their life",
            ),
        ),
        migrations.AlterField(
            model_name="crisisway",
            name="name",
            field=models.CharField(help_text="The name of the service, such as Samaritans.", max_length=60),
        ),
        migrations.AlterField(
            model_name="crisisway",
            name="nation",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Everywhere"),
                    ("scotland", "Scotland"),
                    ("england-and-wales", "England and Wales"),
                    ("northern-ireland", "Northern Ireland"),
                    ("none", "No public holidays"),
                ],
                help_text="Shown if your organisation is in this nation. “Everywhere” is always shown.",
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="crisisway",
            name="position",
            field=models.PositiveSmallIntegerField(default=0, help_text="Small numbers come first.", verbose_name="order"),
        ),
        migrations.AlterField(
            model_name="crisisway",
            name="source",
            field=models.URLField(blank=True, help_text="Where this is published. Only admins see it."),
        ),
        migrations.AlterField(
            model_name="crisisway",
            name="what_for",
            field=models.CharField(
                help_text="Who it is for, its hours, and what it costs. Sentences from the built-in list are shown in every language.",
                max_length=160,
                verbose_name="what it is for",
            ),
        ),
        migrations.AlterField(
            model_name="figure",
            name="dated",
            field=models.CharField(max_length=60, verbose_name="date of the figure"),
        ),
        migrations.AlterField(
            model_name="figure",
            name="position",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="order"),
        ),
        migrations.AlterField(
            model_name="holidaychange",
            name="observed",
            field=models.BooleanField(
                default=True,
                help_text="Untick it if this is not a holiday here, whatever the built-in list says.",
                verbose_name="a holiday here",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="backup_days",
            field=models.PositiveIntegerField(
                db_default=30,
                default=30,
                help_text="For how many days you keep backups of the database; 0 for none. The site tells people that what is deleted stays in a backup for that long, still sealed. The people who run the server must delete the old backups.",
                validators=[django.core.validators.MinValueValidator(0), django.core.validators.MaxValueValidator(3650)],
                verbose_name="days to keep a backup",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="caller_number",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Not said yet"),
                    ("unseen", "We do not see it"),
                    ("seen", "We see it, and do not write it down"),
                    ("kept", "It is kept, by us or by our phone company"),
                ],
                db_default="",
                default="",
                help_text="Shown beside the number. Ask the company that runs your line what its system and its bills show.",
                max_length=6,
                verbose_name="the caller’s number",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="concern_phone",
            field=models.CharField(
                blank=True,
                help_text="For someone who suspects that a person they know looks at indecent images.",
                max_length=20,
                verbose_name="phone for people worried about someone else",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="demonstration",
            field=models.BooleanField(default=False, help_text="If ticked, every page says that nobody is reading."),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="name_on_top",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="A short name that tells nothing to someone who looks over a shoulder. If it is empty, the top shows the full name. The foot of each page always shows the full name.",
                max_length=30,
                verbose_name="name at the top of pages",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="onion_address",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="If the site is also an onion service. The page about leaving names it.",
                max_length=80,
                validators=[
                    django.core.validators.RegexValidator(
                        "^http://[a-z2-7]{56}\\.onion$", "Enter http://, 56 letters and digits, and .onion."
                    )
                ],
                verbose_name="onion address",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="phone",
            field=models.CharField(help_text="The free helpline number, as people read it: 0808 1000 900.", max_length=20),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="phone_languages",
            field=models.CharField(
                db_default="en",
                default="en",
                help_text="The languages in which you answer calls without an interpreter. People read them beside the number.",
                max_length=120,
                validators=[helpline.models.organisation.known_languages],
                verbose_name="languages on the phone",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="promise_minutes",
            field=models.PositiveIntegerField(
                default=480,
                help_text="Only minutes in the opening hours for messages count. People are told by when you answer.",
                validators=[django.core.validators.MinValueValidator(15), django.core.validators.MaxValueValidator(10080)],
                verbose_name="minutes within which you answer",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="recording",
            field=models.CharField(
                blank=True,
                choices=[("", "Not said yet"), ("never", "Calls are never recorded"), ("recorded", "Calls are recorded")],
                db_default="",
                default="",
                help_text="Shown beside the number. A recording by your phone company counts too.",
                max_length=8,
                verbose_name="recording of calls",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="retention_days",
            field=models.PositiveIntegerField(
                db_default=180,
                default=180,
                help_text="This many days after its last message, from either side, a conversation is deleted: messages, replies, everything but sums. A person may choose fewer days for theirs. If you enter fewer days, older conversations are deleted at once.",
                validators=[django.core.validators.MinValueValidator(7), django.core.validators.MaxValueValidator(3650)],
                verbose_name="days to keep a conversation",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="seen_minutes",
            field=models.PositiveSmallIntegerField(
                db_default=10,
                default=10,
                help_text="A counsellor on duty for messages must open the desk within this many minutes of the start of the shift. If not, the lead is told, others get the conversations, and the site does not count that counsellor until they come.",
                validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(360)],
                verbose_name="minutes to come to the desk",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="writing_languages",
            field=models.CharField(
                db_default="en",
                default="en",
                help_text="The languages in which a counsellor can read and answer a message. People read them before they write.",
                max_length=120,
                validators=[helpline.models.organisation.known_languages],
                verbose_name="languages in writing",
            ),
        ),
        migrations.AlterField(
            model_name="page",
            name="audience",
            field=models.CharField(
                choices=[
                    ("self", "Worried about my own thoughts or behaviour"),
                    ("other", "Worried about someone else"),
                    ("young", "Under 18"),
                    ("professional", "At work"),
                    ("everybody", "Everyone"),
                ],
                default="everybody",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="page",
            name="position",
            field=models.PositiveSmallIntegerField(default=0, help_text="Small numbers come first.", verbose_name="order"),
        ),
        migrations.AlterField(
            model_name="page",
            name="slug",
            field=models.CharField(
                help_text="The end of the page's address. It stays in the reader's history, so choose a number: it tells nothing.",
                max_length=40,
                validators=[
                    django.core.validators.RegexValidator(
                        "^[a-z0-9]+(-[a-z0-9]+)*$", "Enter small letters, digits and single hyphens, such as first-steps."
                    )
                ],
                verbose_name="address",
            ),
        ),
        migrations.AlterField(
            model_name="shiftoffer",
            name="state",
            field=models.CharField(
                choices=[
                    ("asked", "Asked"),
                    ("accepted", "Accepted, waiting for a lead"),
                    ("approved", "Approved"),
                    ("taken", "Taken"),
                    ("refused", "Refused"),
                    ("withdrawn", "Withdrawn"),
                ],
                default="asked",
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="specialday",
            name="name",
            field=models.CharField(help_text="People read it as the reason.", max_length=80),
        ),
        migrations.AlterField(
            model_name="translatedterms",
            name="summary",
            field=models.TextField(
                blank=True,
                db_default="",
                default="",
                help_text="The text in about four short points, each on a separate line. People read them before they start to write. Without them, they read the whole text there.",
            ),
        ),
    ]
