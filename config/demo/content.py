"""What the demonstration says: the organisation, the first campaign's facts in our own words, and the confidentiality terms."""

from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from config.demo.about import ABOUT
from config.demo.terms import IN_SHORT, TRANSLATED
from helpline.models import AboutUs, Campaign, ConfidentialityTerms, Figure, OpeningInterval, Organisation, Page, TranslatedTerms
from helpline.pages.import_content import import_content
from helpline.pages.recordings import load_recordings

# What was said at the launch is the campaign's: of its two speakers, the sources at hand do not tell who said which sentence.
REPORT = "Police Scotland, in a newspaper report"
LAUNCH = "Police Scotland and Stop It Now! Scotland, at the launch"
REPORTED, LAUNCHED = "mid-March 2019", "newspaper report mid-March 2019, tweet 15 March 2019"

FIGURES = (
    (
        "Between April 2018 and February 2019, police across Scotland looked into nearly 1,600 reports of adults who were in contact "
        "with young people for a sexual purpose.",
        REPORT,
        REPORTED,
    ),
    ("In almost 70% of those cases, someone was arrested and charged.", REPORT, REPORTED),
    (
        "There are no grey areas. Sexual talk with a young person, asking for pictures, and trying to meet are all against the law.",
        LAUNCH,
        LAUNCHED,
    ),
    (
        "People who do this will be caught, and risk losing everything. "
        "Assistant Chief Constable Gillian MacDonald speaks for the campaign.",
        LAUNCH,
        LAUNCHED,
    ),
    (
        "Many who did it knew that it was wrong, and did not know how to stop. The hurt to wives and children lasts, and is greater than "
        "people think. Stuart Allardyce, the charity’s national manager, speaks for the campaign.",
        LAUNCH,
        LAUNCHED,
    ),
)

MESSAGE = (
    "Are you worried about sexual thoughts, or about what you do online? You can get help now, before a child is hurt.\n\n"
    "It is wrong, and it is against the law. There is no grey area. "
    "But many people knew that it was wrong, and did not know how to stop. You can stop. We can help. "
    "You do not have to give your name."
)

TERMS = (
    "What you write here is private. It is locked in your browser before it is sent. Only the counsellors at this helpline can "
    "unlock it. The people who run the website cannot read it.",
    "We do not ask for your name, and we do not keep the address of your phone or computer. You choose what you tell us.",
    "There is one limit. If you tell us who you are, or who a child is, and we learn that a child or someone else is in serious "
    "danger, we may have to tell the police or social services. That "
    "needs both: something that says who it is about, and a risk "
    "of serious harm.",
    "If you tell us about something that has happened, but nothing that says who you are or who was hurt, we cannot pass it on, "
    "and we will not try to find out.",
    "Counsellors talk to each other about their work so that you get good help. When your counsellor is away, another one may "
    "answer. You will be told.",
    "You can delete everything at any time. Nobody can bring it back after that.",
)

# A page read aloud by Debian's espeak-ng (GPL-3.0-or-later; what it says is under its text's own licence): en-gb-scotland, 125 words a
# minute, pitch 40, then lame at 16 kbit/s. An organisation has a person read.
RECORDINGS = Path(__file__).parent / "recordings"
# Where the campaign leads: a way in for each audience, and what many of them ask first.
LEADS_TO = ("1", "2", "3", "4", "8", "10")

WORKING_DAYS = range(5)
NINE, TEN, FOUR, FIVE = 9 * 60, 10 * 60, 16 * 60, 17 * 60


def seed_content(today: date) -> None:
    """Fills in organisation, hours, terms, pages, and the campaign, begun a week before `today`. Changes nothing that stands."""
    Organisation.objects.get_or_create(
        pk=1,
        defaults={
            "name": "Stop It Now! Scotland",
            "phone": "0808 1000 900",
            "concern_phone": "0131 556 3535",
            "nation": Organisation.Nation.SCOTLAND,
            "promise_minutes": 8 * 60,
            "caller_number": Organisation.CallerNumber.SEEN,
            "recording": Organisation.Recording.NEVER,
            # Its counsellors are made up, and come to no shift: they count for all of it.
            "seen_minutes": 360,
            "demonstration": True,
        },
    )
    AboutUs.objects.get_or_create(pk=1, defaults=ABOUT)
    if not OpeningInterval.objects.exists():
        OpeningInterval.objects.bulk_create(
            OpeningInterval(channel=channel, weekday=weekday, opens=opens, closes=closes)
            for channel, opens, closes in (("phone", NINE, FIVE), ("messages", NINE, FIVE), ("live", TEN, FOUR))
            for weekday in WORKING_DAYS
        )
    terms, _ = ConfidentialityTerms.objects.get_or_create(
        version=1, defaults={"text": "\n\n".join(TERMS), "summary": "\n".join(IN_SHORT[settings.LANGUAGE_CODE]), "published_on": today}
    )
    for language, paragraphs in TRANSLATED.items():
        TranslatedTerms.objects.get_or_create(
            terms=terms, language=language, defaults={"text": "\n\n".join(paragraphs), "summary": "\n".join(IN_SHORT[language])}
        )
    if "en-gb/17" in import_content().created:
        load_recordings(RECORDINGS)
    campaign, made = Campaign.objects.get_or_create(
        name="Get help before you offend",
        defaults={"starts_on": today - timedelta(days=7), "ends_on": today + timedelta(days=20), "message": MESSAGE},
    )
    if made:
        Figure.objects.bulk_create(
            Figure(campaign=campaign, statement=statement, source=source, dated=dated, position=position)
            for position, (statement, source, dated) in enumerate(FIGURES)
        )
        campaign.pages.set(Page.objects.filter(slug__in=LEADS_TO, language=settings.LANGUAGE_CODE))
