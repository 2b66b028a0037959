"""The ways to help in a crisis that an installation begins with, and what stands in where an admin's own list is empty. PURE.

999 is not among them: it stands first on every page, whatever the list says.

Each was compared on 29 November 2026 with what its own organisation, the NHS or a council says about it in public. Two were left out,
because the sources did not agree: the Samaritans' line in Welsh, and Scotland's relay to any number in British Sign Language. The people
who run the service call each number once before it is shown, and once a year.
"""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_noop as _

# The page for people who are thinking about ending their life.
ENDING = "16"

CHECKED = date(2026, 11, 29)
EVERYWHERE = ""
VOICE, SILENT, REPORT = "voice", "silent", "report"


class KnownSignpost(NamedTuple):
    """A way to help; the fields of helpline.models.CrisisWay."""

    nation: str
    group: str
    name: str
    contact: str
    address: str
    what_for: str
    for_ending: bool = False
    source: str = ""


_MIND = _("for your health or your mental health, day and night")

# In the order in which they are shown.
KNOWN = (
    KnownSignpost("scotland", VOICE, "NHS 24", "111", "tel:111", _MIND, source="https://www.nhs24.scot/"),
    KnownSignpost(
        "england-and-wales",
        VOICE,
        "NHS",
        "111",
        "tel:111",
        _("for your health, day and night; choose option 2 for your mental health"),
        source="https://www.nhs.uk/nhs-services/mental-health-services/",
    ),
    KnownSignpost("none", VOICE, "NHS", "111", "tel:111", _MIND, source="https://www.nhs.uk/"),
    KnownSignpost(
        EVERYWHERE,
        VOICE,
        "Samaritans",
        "116 123",
        "tel:116123",
        _("to talk to someone, free, day and night"),
        for_ending=True,
        source="https://www.samaritans.org/how-we-can-help/contact-samaritan/",
    ),
    KnownSignpost(
        "northern-ireland",
        VOICE,
        "Lifeline",
        "0808 808 8000",
        "tel:08088088000",
        _("if you are in despair, free, day and night"),
        for_ending=True,
        source="https://www.lifelinehelpline.info/",
    ),
    KnownSignpost(
        "scotland",
        VOICE,
        "Breathing Space",
        "0800 83 85 87",
        "tel:0800838587",
        _("if you feel low, free, from 6pm until late, and all weekend"),
        source="https://breathingspace.scot/",
    ),
    KnownSignpost(
        EVERYWHERE,
        VOICE,
        "Childline",
        "0800 1111",
        "tel:08001111",
        _("if you are under 19, free, day and night"),
        source="https://www.childline.org.uk/",
    ),
    KnownSignpost(
        EVERYWHERE,
        SILENT,
        "Shout",
        "85258",
        "sms:85258",
        _("text the word SHOUT, free, day and night"),
        for_ending=True,
        source="https://giveusashout.org/about-us/faq/",
    ),
    KnownSignpost(
        EVERYWHERE,
        SILENT,
        "Samaritans",
        "jo@samaritans.org",
        "mailto:jo@samaritans.org",
        _("to send an email; a reply may take several days"),
        source="https://www.samaritans.org/how-we-can-help/contact-samaritan/",
    ),
    KnownSignpost(
        EVERYWHERE,
        SILENT,
        "Childline",
        "childline.org.uk",
        "https://www.childline.org.uk/",
        _("if you are under 19: to chat online"),
        source="https://www.childline.org.uk/",
    ),
    KnownSignpost(
        EVERYWHERE,
        SILENT,
        "999 BSL",
        "999bsl.co.uk",
        "https://999bsl.co.uk/",
        _("999 in British Sign Language, by video, day and night"),
        source="https://999bsl.co.uk/",
    ),
    KnownSignpost(
        EVERYWHERE,
        SILENT,
        "Relay UK",
        "18000",
        "tel:18000",
        _("999 by typing, with the Relay UK app or a textphone"),
        source="https://www.relayuk.bt.com/",
    ),
    KnownSignpost(
        EVERYWHERE,
        SILENT,
        "emergencySMS",
        "999",
        "sms:999",
        _("999 by text, once you have signed up: text the word “register” to 999 first"),
        source="https://www.emergencysms.net/",
    ),
    KnownSignpost(
        EVERYWHERE,
        SILENT,
        "Silent call",
        "999",
        "tel:999",
        _("call from a mobile, and press 55 when you are asked to. The police cannot see where you are"),
        source="https://www.policeconduct.gov.uk/",
    ),
    KnownSignpost(
        EVERYWHERE,
        REPORT,
        "Internet Watch Foundation",
        "",
        "https://report.iwf.org.uk/",
        _("to report a sexual image of a child. Never save it or send it on"),
        source="https://report.iwf.org.uk/",
    ),
)
