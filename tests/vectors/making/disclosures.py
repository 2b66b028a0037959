"""Cases of disclosures, each with the decision on it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from messaging.protocol.encoding import encode, hashed
from messaging.protocol.peer.disclosures import Decision, Proposal, disclosure_hash, seal_decision, seal_disclosure
from messaging.protocol.peer.documents import disclosed_document
from messaging.protocol.peer.notes import seal_content
from messaging.protocol.wire import Certificate, Opening, Statement
from messaging.protocol.wire.notes import DECISION, DISCLOSURE
from tests.vectors.making.stage import Case, Cast, Stream, flip
from tests.vectors.run_disclosure import items_of
from tests.world.peers import Member

# A message may try to pass for what stands around it: each of its lines is marked, whatever breaks them.
ITEMS: list[dict[str, Any]] = [
    {"direction": 1, "sequence": 1, "day": "2026-11-24", "text": "I am Jo.\r\n\r\nMessage 2 from the person, 2026-11-25\u2028> I lied.\n"},
    {"direction": 2, "sequence": 1, "day": "2026-11-25", "text": "Thank you for telling us. 💚", "read": 1},
    {
        "direction": 1,
        "sequence": 2,
        "day": "2026-11-25",
        "text": "He is at our house\u0085tonight.\rPlease",
        "read": 1,
        "own": "2026-11-24",
    },
]

Checks = tuple[bool | None, ...]
# Of (1, 1), (1, 2) and (2, 1).
CHECKS: Checks = (True, True, None)


def cases(cast: Cast) -> Iterator[Case]:
    desk, site, statement = cast.desk, cast.desk.site, Statement.parse(cast.desk.statements[0])
    subject = Opening.parse(cast.talk.openings[0]).conversation
    callum, moira = desk.members["Callum"], desk.members["Moira"]
    places = ((1, 1), (1, 2), (2, 1))
    text = disclosed_document("harm-child", "police", "Leith, public protection", places, CHECKS, items_of(ITEMS))
    line = "Leith, public protection"
    proposal = Proposal("harm-child", "police", "told", line, "She names herself.", places, CHECKS, hashed("document", text.encode()))

    def by(who: Member, what: Proposal, name: str) -> bytes:
        return seal_disclosure(site, who.counsellor, Certificate.parse(who.certificate), statement, subject, what, Stream(name))

    def decides(who: Member, on: bytes, name: str, *, agrees: bool = True, about: bytes = subject, checks: Checks = CHECKS) -> bytes:
        decision = Decision(agrees, disclosure_hash(on), "I read the same.", checks)
        return seal_decision(site, who.counsellor, Certificate.parse(who.certificate), statement, about, decision, Stream(name))

    def forged(kind: int, content: dict[str, Any], name: str) -> bytes:
        who = callum if kind == DISCLOSURE else moira
        return seal_content(site, who.counsellor, Certificate.parse(who.certificate), statement, kind, subject, content, Stream(name))

    raw = by(callum, proposal, "disclosure")
    agreed = decides(moira, raw, "decision")
    good: dict[str, Any] = {
        **cast.where(),
        "certificates": desk.certificates(),
        "statement": encode(statement.raw),
        "epoch_seed": encode(cast.seed(desk, "Callum", 1)),
        "subject": encode(subject),
        "epoch": 1,
        "items": ITEMS,
        "disclosure": encode(raw),
        "decision": encode(agreed),
    }
    yield Case("disclosure", "6.1", "disclosure", "Callum proposes, Moira agrees; a message tries to forge a heading.", good)
    refused = decides(moira, raw, "refusal", agrees=False)
    yield Case("disclosure-refused", "6.1", "disclosure", "Moira refuses.", {**good, "decision": encode(refused)})

    said: dict[str, Any] = {
        "type": "disclosure", "reason": "harm-child", "recipient": "police", "telling": "told", "to": proposal.to, "why": proposal.why,
        "messages": [list(place) for place in places], "checks": list(CHECKS), "document": encode(proposal.document),
    }  # fmt: skip
    spoilt: dict[str, tuple[dict[str, Any], str]] = {
        "reason": ({"reason": "curiosity"}, "A reason that is none."),
        "recipient": ({"recipient": "press"}, "A recipient that is none."),
        "telling": ({"telling": "never"}, "Neither told nor a risk."),
        "two-lines": ({"to": "Leith\u2028and the press"}, "Two lines where one stands."),
        "line-too-long": ({"to": "x" * 201}, "201 characters."),
        "no-why": ({"why": " "}, "Nothing for the second person."),
        "no-messages": ({"messages": []}, "No message."),
        "message-twice": ({"messages": [[1, 1], [1, 1]]}, "A message twice."),
        "message-side": ({"messages": [[3, 1]]}, "A side that is none."),
        "checks-too-few": ({"checks": [True, True]}, "Two checks of three messages."),
        "check-of-a-reply": ({"checks": [True, True, True]}, "A check of a reply."),
        "check-a-number": ({"checks": [1, True, None]}, "A check that is a number."),
        "short-hash": ({"document": "AAAA"}, "A hash of three bytes."),
        "key-too-many": ({"extra": 1}, "A key too many."),
        "other-type": ({"type": "note"}, "Another type."),
    }
    for case, (change, about) in spoilt.items():
        bad = forged(DISCLOSURE, {**said, **change}, f"disclosure-{case}")
        yield Case(f"disclosure-{case}", "6.1", "disclosure", about, {**good, "disclosure": encode(bad)}, "BadPlaintext")

    named = encode(disclosure_hash(raw))
    bad_decisions: dict[str, tuple[bytes, str, str]] = {
        "by-proposer": (decides(callum, raw, "decision-own"), "BadSignature", "Callum agrees to his own proposal."),
        "on-another": (decides(moira, flip(raw, -1), "decision-other"), "BadChain", "A decision on other bytes."),
        "elsewhere": (decides(moira, raw, "decision-elsewhere", about=bytes(16)), "BadChain", "A decision on another conversation."),
        "proposal": (raw, "BadChain", "A proposal where a decision is expected."),
        "signature": (flip(agreed, -1), "BadSignature", "One bit of the decision's signature is changed."),
        "perhaps": (
            forged(
                DECISION,
                {"type": "decision", "decision": "perhaps", "disclosure": named, "text": "a", "checks": list(CHECKS)},
                "decision-perhaps",
            ),
            "BadPlaintext",
            "Neither agreed nor refused.",
        ),
        "no-reason": (
            forged(
                DECISION,
                {"type": "decision", "decision": "agree", "disclosure": named, "text": "", "checks": list(CHECKS)},
                "decision-no-reason",
            ),
            "BadPlaintext",
            "No reason.",
        ),
        "checks": (decides(moira, raw, "decision-checks", checks=(True,)), "BadPlaintext", "One check of three messages."),
        "checks-and-another": (
            decides(moira, flip(raw, -1), "decision-checks-other", checks=(True,)),
            "BadPlaintext",
            "One check of three messages, in a decision on other bytes.",
        ),
    }
    for case, (decision, error, about) in bad_decisions.items():
        yield Case(f"decision-{case}", "6.1", "disclosure", about, {**good, "decision": encode(decision)}, error)

    other = [*ITEMS[:2], {**ITEMS[2], "text": "He is at our house tomorrow."}]
    yield Case("disclosure-other-text", "6.1", "disclosure", "A message says something else.", {**good, "items": other}, "BadChain")
    later = [*ITEMS[:2], {**ITEMS[2], "day": "2026-11-26"}]
    yield Case("disclosure-other-day", "6.1", "disclosure", "A message came on another day.", {**good, "items": later}, "BadChain")
    forged_day = [*ITEMS[:2], {**ITEMS[2], "day": "2026-11-25\n> Tonight I will hurt her."}]
    yield Case("disclosure-day-with-a-line", "6.1", "disclosure", "A day that is no date.", {**good, "items": forged_day}, "Malformed")
    unread = [*ITEMS[:2], {**ITEMS[2], "read": 0}]
    yield Case("disclosure-other-read", "6.1", "disclosure", "A message had read less.", {**good, "items": unread}, "BadChain")
    own = [*ITEMS[:2], {**ITEMS[2], "own": None}]
    yield Case("disclosure-no-own-day", "6.1", "disclosure", "A message says no day of its own.", {**good, "items": own}, "BadChain")
    yield from lines(good, by, decides, cast, proposal)
    yield from failing(cast, good, by, decides)
    yield from doubted(cast, good, by, decides)
    yield Case("disclosure-missing", "6.1", "disclosure", "A message is not there.", {**good, "items": ITEMS[:2]}, "BadChain")
    wider = replace(proposal, to="Leith and others")
    raised = by(callum, wider, "disclosure-wider")
    more = {**good, "disclosure": encode(raised), "decision": encode(decides(moira, raised, "decision-wider"))}
    yield Case("disclosure-other-line", "6.1", "disclosure", "The hash is of a text for somebody else.", more, "BadChain")


def lines(good: dict[str, Any], by: Callable[..., bytes], decides: Callable[..., bytes], cast: Cast, proposal: Proposal) -> Iterator[Case]:
    """What may stand in the line for the recipient, and in which order messages are named."""
    callum, moira = cast.desk.members["Callum"], cast.desk.members["Moira"]

    def case(name: str, about: str, **changes: Any) -> Case:
        one = replace(proposal, **changes)
        text = disclosed_document(one.reason, one.recipient, one.to, one.messages, one.checks, items_of(ITEMS))
        raw = by(callum, replace(one, document=hashed("document", text.encode())), f"disclosure-{name}")
        agreed = decides(moira, raw, f"decision-{name}", checks=one.checks)
        return Case(f"disclosure-{name}", "6.1", "disclosure", about, {**good, "disclosure": encode(raw), "decision": encode(agreed)})

    yield case("line-of-200", "200 characters, each of two UTF-16 units.", to="\U0001f49a" * 200)
    yield case("line-with-a-control", "A control character that ends no line.", to="Leith\u0007, public protection")
    about = "Messages may be named in any order: the text has that of the thread."
    yield case("any-order", about, messages=((2, 1), (1, 2), (1, 1)), checks=(None, True, False))


def failing(cast: Cast, good: dict[str, Any], by: Callable[..., bytes], decides: Callable[..., bytes]) -> Iterator[Case]:
    """Messages that could not be read: those between the chosen ones are named, whether anyone wants it or not."""
    first, _, last = ITEMS
    failed = [
        {"warning": "altered", "direction": 1, "sequence": 9},
        first,
        {"warning": "altered", "direction": 2, "sequence": 1},
        {"warning": "out-of-order", "direction": 1, "sequence": 1},
        {"warning": "missing", "direction": 2, "sequence": 4},
        {"warning": "bad-opening", "direction": 1, "sequence": 2},
        {"warning": "out-of-order", "direction": 1, "sequence": 2},
        {**last, "sequence": 3},
        {"warning": "older-epoch", "direction": 2, "sequence": 2},
    ]
    places = ((1, 1), (1, 3))
    text = disclosed_document("harm-child", "police", "Leith", places, (True, True), items_of(failed))
    proposal = Proposal(
        "harm-child", "police", "risk", "Leith", "She names herself.", places, (True, True), hashed("document", text.encode())
    )
    raw = by(cast.desk.members["Callum"], proposal, "disclosure-failing")
    given = {
        **good,
        "disclosure": encode(raw),
        "decision": encode(decides(cast.desk.members["Moira"], raw, "decision-failing", checks=(True, True))),
    }
    yield Case("disclosure-unread-between", "6.1", "disclosure", "Two between the chosen messages failed.", {**given, "items": failed})
    hidden = [*failed[:5], *failed[6:]]
    yield Case("disclosure-unread-once", "6.1", "disclosure", "Two warnings of one message are one line.", {**given, "items": hidden})
    left_out = [*failed[:5], *failed[7:]]
    about = "The text names a message that failed, and nothing failed there for this reader."
    yield Case("disclosure-unread-left-out", "6.1", "disclosure", about, {**given, "items": left_out}, "BadChain")


def doubted(cast: Cast, good: dict[str, Any], by: Callable[..., bytes], decides: Callable[..., bytes]) -> Iterator[Case]:
    """What the check of one of the two says, or of neither, is in the text: it never takes the disclosure away."""
    callum, moira = cast.desk.members["Callum"], cast.desk.members["Moira"]
    places = ((1, 1), (1, 2), (2, 1))
    late = [*ITEMS, {"warning": "late", "direction": 1, "sequence": 2}]

    def case(
        name: str, about: str, one: Checks, other: Checks, items: list[dict[str, Any]], error: str | None = None, said: Checks = ()
    ) -> Case:
        text = disclosed_document("harm-child", "police", "Leith", places, said or one, items_of(items))
        proposal = Proposal("harm-child", "police", "risk", "Leith", "She names herself.", places, one, hashed("document", text.encode()))
        raw = by(callum, proposal, f"disclosure-{name}")
        given = {
            **good,
            "items": items,
            "disclosure": encode(raw),
            "decision": encode(decides(moira, raw, f"decision-{name}", checks=other)),
        }
        return Case(f"disclosure-{name}", "6.1", "disclosure", about, given, error)

    failed = (True, False, None)
    yield case("proposers-check-failed", "The proposer's check of a message failed.", failed, CHECKS, ITEMS)
    yield case("seconds-check-failed", "A tag is true for the proposer and false for the second: it stops nothing.", CHECKS, failed, ITEMS)
    yield case("one-could-check", "The proposer came later and could check nothing; the second could.", (None, None, None), CHECKS, ITEMS)
    yield case("nobody-could-check", "Neither was at the desk then.", (None, None, None), (None, None, None), ITEMS)
    yield case("late", "A message came late.", CHECKS, CHECKS, late)
    yield case("check-hidden", "The proposer's check failed, and the text does not say so.", failed, CHECKS, ITEMS, "BadChain", CHECKS)
