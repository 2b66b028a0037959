"""What the demonstration's people write to each other, sealed as their browsers would seal it."""

import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from config.demo.folder import DemoPerson
from config.demo.keys import demo_site, unlock_desk
from helpline.pages.terms import current_terms
from messaging.desk.notes import keep_saved_reply, write_note
from messaging.desk.open_conversation import open_conversation
from messaging.desk.reply import reply_from_desk
from messaging.inbox.accept import FirstMessage, accept_first_message
from messaging.installation import challenge_secret
from messaging.keys.desk_epochs import desk_public_keys as desk_answer
from messaging.models import DeskMember
from messaging.protocol import challenges
from messaging.protocol.days import day_of
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer import OpenDesk, check_desk, derive_inbox, make_words, read_as_desk, seal_first, seal_from_desk, sign_first
from messaging.protocol.peer.keys import inbox_keys_of
from messaging.protocol.peer.note_texts import NoteText
from messaging.protocol.peer.notes import seal_note
from messaging.protocol.wire import Envelope, Note, Opening

DESK_DAYS = 6  # The first epoch began a week ago: nothing is older.


def write_demo_message(text: str, route: str, *, at: datetime, words: list[str] | None = None) -> bytes:
    """Someone's first message: the conversation's id. Without words nobody can come back to it, and no slow derivation is needed."""
    site = demo_site()
    inbox = derive_inbox(site, words) if words else inbox_keys_of(site, os.urandom(32))
    today = check_desk(site, desk_answer(at=at, conversation_limit=0), day_of(at))
    intake = {"route": route, "terms": current_terms().version, "text": text}
    challenge = encode(challenges.make_challenge(challenge_secret(), at))
    raw = {name: decode(value) for name, value in sign_first(site, inbox, seal_first(site, inbox, today, intake), challenge).items()}
    opening, envelope = Opening.parse(raw["opening"]), Envelope.parse(raw["envelope"])
    message = FirstMessage(raw["kem_public"], raw["sign_public"], raw["tag_public"], opening, envelope, raw["challenge"], raw["proof"])
    return accept_first_message(message, site=site.site, origin=site.origin, secret=challenge_secret(), at=at).conversation


def new_inbox_words() -> list[str]:
    """Eight words of an inbox."""
    return make_words()


@dataclass(frozen=True)
class DemoWriter:
    """A counsellor at the unlocked desk."""

    member: DeskMember
    desk: OpenDesk = field(repr=False)

    @classmethod
    def of(cls, person: DemoPerson, *, at: datetime) -> "DemoWriter":
        return cls(*unlock_desk(person, at))

    def answer(self, conversation: bytes, text: str, *, at: datetime, kind: str = "text") -> None:
        """A signed reply: `text`, `handover` or `closing`, by the counsellor who has the conversation."""
        site = demo_site()
        thread = read_as_desk(site, self.desk, open_conversation(self.member, conversation, at=at), day_of(at))
        body = seal_from_desk(site, self.desk, thread, {"type": kind, "text": text})
        opening = Opening.parse(decode(body["opening"])) if body["opening"] else None
        reply_from_desk(self.member, conversation, opening, Envelope.parse(decode(body["envelope"])), site=site.site, at=at)

    def note(self, conversation: bytes, text: str, *, at: datetime) -> None:
        """A note on the conversation, for the desk alone."""
        write_note(self.member, conversation, self._sealed(conversation, NoteText(text)), site=demo_site().site, at=at)

    def save(self, name: str, text: str, *, at: datetime) -> None:
        """A reply that everyone at the desk may use again."""
        keep_saved_reply(self.member, self._sealed(os.urandom(16), NoteText(text, name)), site=demo_site().site, at=at)

    def _sealed(self, subject: bytes, content: NoteText) -> Note:
        certificate, current = self.desk.certificate, self.desk.desk
        if certificate is None or current is None:
            raise ValueError("This desk cannot write: no certificate, or no epoch of today.")
        return Note.parse(seal_note(demo_site(), self.desk.counsellor, certificate, current.statement, subject, content))


def demo_days_ago(at: datetime, *, days: int = 0, hours: int = 0, minutes: int = 0) -> datetime:
    """An instant of the last days; raises ValueError for one before the first epoch."""
    if days > DESK_DAYS:
        raise ValueError(f"No message can be older than {DESK_DAYS} days.")
    return at - timedelta(days=days, hours=hours, minutes=minutes)
