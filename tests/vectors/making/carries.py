"""Cases of carries, and of all the notes on a conversation as somebody at the desk reads them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from messaging.protocol.encoding import encode, hashed, label, u32
from messaging.protocol.peer.carries import make_carry
from messaging.protocol.peer.keys import Site
from messaging.protocol.peer.note_texts import NoteText
from messaging.protocol.peer.notes import HEAD, check_note, note_key, seal_note, secret_of_note
from messaging.protocol.peer.padding import pad_json
from messaging.protocol.peer.plaintext import Ack
from messaging.protocol.peer.primitives import ZERO_NONCE, seal, sign, wrap
from messaging.protocol.wire import Certificate, Envelope, Note, Opening, Statement
from tests.vectors.making import forge
from tests.vectors.making.maker import Maker
from tests.vectors.making.stage import Case, Cast, Stream, edit, flip
from tests.world.peers import Installation, Member

# Another secret than a note's own.
OTHER = bytes(range(32))


@dataclass
class Author:
    """Seals notes on one conversation, and carries them."""

    cast: Cast
    desk: Installation
    subject: bytes
    notes: list[bytes] = field(default_factory=list)

    def note(self, name: str, text: str, epoch: int, previous: Sequence[bytes] = (), acks: tuple[Ack, Ack] | None = None) -> bytes:
        who, statement = self.desk.members[name], Statement.parse(self.desk.statements[epoch - 1])
        content = NoteText(text, None, tuple(hashed("note", each) for each in previous), acks or (Ack(), Ack()))
        certificate = Certificate.parse(who.certificate)
        return seal_note(self.desk.site, who.counsellor, certificate, statement, self.subject, content, Stream(f"note {text}"))

    def secret(self, raw: bytes, epoch: int) -> bytes:
        statement = Statement.parse(self.desk.statements[epoch - 1])
        certificates = {one.certificate_id: one for one in (Certificate.parse(each.certificate) for each in self.desk.members.values())}
        found, _ = check_note(self.desk.site, statement, certificates, 1, self.subject, raw)
        return secret_of_note(self.desk.site, self.cast.seed(self.desk, "Callum", epoch), statement, found)

    def carry(self, name: str, raw: bytes, secret: bytes | None = None) -> bytes:
        """From the first epoch into the second."""
        who, later = self.desk.members[name], Statement.parse(self.desk.statements[1])
        own = Certificate.parse(who.certificate)
        return make_carry(self.desk.site, who.counsellor, own, later, Note.parse(raw), secret or self.secret(raw, 1))


def cases(cast: Cast) -> Iterator[Case]:
    author = Author(cast, cast.later, Opening.parse(cast.talk.openings[0]).conversation)
    yield from carries(cast, author)
    yield from lists(cast, author)


def carries(cast: Cast, author: Author) -> Iterator[Case]:
    """One note of the first epoch, carried into the second."""
    desk, site = author.desk, author.desk.site
    raw = author.note("Fergus", "He rings on Mondays.", 1)
    other = author.note("Fergus", "Another note.", 1)
    good = author.carry("Callum", raw)
    given: dict[str, Any] = {
        **cast.where(),
        "certificates": desk.certificates(),
        "statement": encode(desk.statements[0]),
        "carry_statement": encode(desk.statements[1]),
        "carry_seed": encode(cast.seed(desk, "Isla", 2)),
        "note_kind": 1,
        "subject": encode(author.subject),
        "note": encode(raw),
        "carry": encode(good),
    }
    yield Case("carry", "6.2", "carry", "Fergus, who has left since, wrote it; Callum carried it; Isla reads it.", given)
    callum, later = desk.members["Callum"], Statement.parse(desk.statements[1])

    def signed(altered: bytes, name: str = "Callum", use: str = "carry") -> bytes:
        body = altered[:1206] + forge.id_of(desk.members[name])
        return body + sign(desk.members[name].counsellor.sign_seed, use, site.site + body)

    def wrapped(secret: bytes) -> bytes:
        return wrap(later.kem_public, label("carry") + site.site + hashed("note", raw) + u32(2), secret)

    bad: dict[str, tuple[bytes, str, str]] = {
        "version": (edit(good, 0, b"\1"), "Malformed", "Version 1."),
        "kind": (edit(good, 1, b"\4"), "Malformed", "Kind 4."),
        "epoch-zero": (edit(good, 34, u32(0)), "Malformed", "Epoch 0."),
        "cut-off": (good[:-1], "Malformed", "A byte is missing."),
        "trailing-byte": (good + b"\0", "Malformed", "A byte too many."),
        "other-note": (author.carry("Callum", other), "BadChain", "Of another note."),
        "other-epoch": (signed(edit(good, 34, u32(3))), "BadChain", "Into another epoch."),
        "signature": (flip(good, -1), "BadSignature", "One bit of the signature is changed."),
        "other-label": (signed(good, use="note"), "BadSignature", "Signed for another use."),
        "off-roster": (signed(good, "Fergus"), "BadSignature", "Signed by Fergus, who is off the roster of the later epoch."),
        "other-counsellor": (
            edit(good, 1206, forge.id_of(desk.members["Moira"])),
            "BadSignature",
            "Callum signs, and names Moira.",
        ),
        "other-secret": (signed(edit(good, 38, wrapped(bytes(32)))), "CannotOpen", "It carries another secret than the author's."),
        "wrap-altered": (signed(flip(good, 600)), "CannotOpen", "One bit of the wrap is changed, the signature holds."),
        "wrap-to-another": (
            signed(edit(good, 38, wrap(Statement.parse(desk.statements[0]).kem_public, label("carry") + site.site, author.secret(raw, 1)))),
            "CannotOpen",
            "Wrapped to the key of the epoch before.",
        ),
        "wrap-by-chance": (
            signed(edit(good, 38, by_chance(later, site.site, raw, author.secret(raw, 1)))),
            "CannotOpen",
            "It opens to the same secret, and is not the wrap that the secret gives.",
        ),
    }
    for case, (altered, error, about) in bad.items():
        yield Case(f"carry-{case}", "6.2", "carry", about, {**given, "carry": encode(altered)}, error)
    double = sealed_under_another(raw, site, desk.members["Fergus"])
    yield Case(
        "carry-body-under-another-secret",
        "6.2",
        "carry",
        "The note commits to one secret and is sealed under another, which is carried: only newcomers could read it.",
        {**given, "note": encode(double), "carry": encode(author.carry("Callum", double, OTHER))},
        "CannotOpen",
    )
    same = {**given, "carry_statement": encode(desk.statements[0]), "carry_seed": encode(cast.seed(desk, "Callum", 1))}
    own = Certificate.parse(callum.certificate)
    first = Statement.parse(desk.statements[0])
    into_own = make_carry(site, callum.counsellor, own, first, Note.parse(raw), author.secret(raw, 1))
    yield Case("carry-own-epoch", "6.2", "carry", "Into the note's own epoch.", {**same, "carry": encode(into_own)}, "BadChain")
    yield Case(
        "carry-note-altered", "6.2", "carry", "The note's signature fails.", {**given, "note": encode(flip(raw, -1))}, "BadSignature"
    )


def sealed_under_another(raw: bytes, site: Site, writer: Member) -> bytes:
    """The note with a body that OTHER opens, and its own secret does not."""
    head = raw[:HEAD]
    body = seal(note_key(OTHER, Note.parse(raw).salt, head), ZERO_NONCE, head, pad_json(NoteText("For you alone.").json()))
    return forge.signed_note(site, writer, edit(raw, HEAD, body))


def by_chance(later: Statement, site: bytes, raw: bytes, secret: bytes) -> bytes:
    """An encapsulation with coins of its own."""
    info = label("carry") + site + hashed("note", raw) + u32(2)
    return forge.wrapped_by_chance(later.kem_public, info, secret)


def lists(cast: Cast, author: Author) -> Iterator[Case]:
    """What a list of notes says as a whole."""
    one = author.note("Fergus", "One.", 1)
    two = author.note("Callum", "Two.", 1, [one])
    beside = author.note("Moira", "Beside two.", 1, [one])
    three = author.note("Callum", "Three.", 2, [two, beside])
    backdated = author.note("Fergus", "He admitted everything.", 1, [two])
    envelopes = [Envelope.parse(raw) for raw in cast.talk.envelopes]
    acks = Ack(2, envelopes[2].envelope_hash), Ack(2, envelopes[3].envelope_hash)
    seen = author.note("Callum", "I have read all of it.", 2, [three], acks)
    thread = Maker(cast, cast.goes_on(cast.talk), "Callum").input["answer"]
    cut = {**thread, "envelopes": thread["envelopes"][:2], "days": thread["days"][:2]}
    good = author.carry("Callum", one)
    second = author.carry("Moira", one)

    def case(name: str, about: str, notes: list[tuple[bytes, list[bytes]]], side: str = "Callum", talk: Any = thread) -> Case:
        listed = [{"note": encode(raw), "day": "2026-09-04", "carries": [encode(each) for each in given]} for raw, given in notes]
        reader = cast.counsellor(author.desk, side)
        if side == "Isla":
            grants = [grant for grant in reader["me"]["grants"] if grant["epoch"] == 2]
            reader = {**reader, "me": {**reader["me"], "grants": grants}}
        answer = {"notes": listed, "certificates": author.desk.certificates()}
        where = {**cast.where(), "reader": reader, "conversation": encode(author.subject), "thread": talk, "today": author.desk.today}
        return Case(f"notes-{name}", "6.2", "notes", about, {**where, "answer": answer})

    bare: list[tuple[bytes, list[bytes]]] = [(raw, []) for raw in (one, two, beside, three)]
    claims: list[tuple[bytes, list[bytes]]] = [(one, []), (two, []), (backdated, []), (beside, []), (three, [])]
    yield case("graph", "Two name the same, which is no fault; the first is by Fergus, who has left.", bare)
    yield case("carried", "A carry stands: no other is wanting.", [(one, [good])])
    yield case("carry-bad", "The carry that stands does not open: another is made.", [(one, [flip(good, 600)])])
    yield case(
        "newcomer",
        "Isla has only the second epoch: what is not carried does not open to her.",
        [(one, [good]), (two, []), (three, [])],
        "Isla",
    )
    yield case("newcomer-second-carry", "The first carry does not open, the second does.", [(one, [flip(good, -1), second])], "Isla")
    yield case("off-the-roster", "Fergus has left: he reads on, and carries nothing.", [(one, []), (two, [])], "Fergus")
    yield case("note-missing", "A named note is absent.", [(one, []), (three, [])])
    yield case("note-moved", "A named note stands after the one that names it.", [(two, []), (one, [])])
    yield case("repeated", "A note comes again.", [(one, []), (one, []), (two, [])])
    yield case("late", "A note of the first epoch that none of the second names.", [*bare, (backdated, [])])
    yield case("late-in-its-place", "The same, put where it claims to be from.", claims)
    yield case(
        "late-unknown",
        "Isla cannot tell: a note that does not open to her may name it.",
        [(one, [good]), (beside, []), (three, [])],
        "Isla",
    )
    yield case("messages", "Its writer had read what stands here.", [*bare, (seen, [])])
    yield case("message-missing", "Its writer had read messages that are not here.", [*bare, (seen, [])], talk=cut)
    yield case("no-thread", "Nothing is compared with a thread that was not read.", [*bare, (seen, [])], talk=None)
    yield case("altered", "One bit of a note.", [(flip(one, 5000), []), (two, [])])
    yield case("none", "No notes.", [])
