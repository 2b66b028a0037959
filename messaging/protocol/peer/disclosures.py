"""The rare breach of confidentiality, by two people: what would leave, the proposal, and the decision on it (PROTOCOL §6.1)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from messaging.protocol.encoding import FROM_DESK, HASH, Malformed, decode, encode, hashed
from messaging.protocol.peer.documents import AUTHORS, BREAKS, REASONS, RECIPIENTS, Check, Place, both_checks, disclosed_document
from messaging.protocol.peer.errors import BadChain, BadPlaintext, BadSignature
from messaging.protocol.peer.keys import Counsellor, Site
from messaging.protocol.peer.notes import open_content, seal_content
from messaging.protocol.peer.primitives import Random, random_bytes
from messaging.protocol.peer.text import is_text
from messaging.protocol.wire import Certificate, Statement
from messaging.protocol.wire.notes import DECISION, DISCLOSURE

MOST_MESSAGES = 50
LONGEST_LINE = 200
TELLINGS = ("told", "risk")


@dataclass(frozen=True)
class Proposal:
    """What someone proposes to pass on: codes, to whom exactly, which messages by (direction, sequence), and the hash of the very text.

    `why` is for the second person alone; `checks` are the proposer's, as many as messages.
    """

    reason: str
    recipient: str
    telling: str
    to: str
    why: str
    messages: tuple[Place, ...]
    checks: tuple[Check, ...]
    document: bytes

    def check(self) -> None:
        """Raises BadPlaintext."""
        codes = self.reason in REASONS and self.recipient in RECIPIENTS and self.telling in TELLINGS
        line = is_text(self.to) and len(self.to) <= LONGEST_LINE and not BREAKS.search(self.to)
        places = 1 <= len(self.messages) <= MOST_MESSAGES and len(set(self.messages)) == len(self.messages)
        if not codes or not line or not is_text(self.why) or not places:
            raise BadPlaintext("its codes, words or messages")
        demand_checks(self.messages, self.checks)


def demand_checks(messages: tuple[Place, ...], checks: object) -> tuple[Check, ...]:
    """One for each message, and none of a reply; raises BadPlaintext."""
    values: Any = checks
    if (
        not isinstance(values, list | tuple)
        or len(values) != len(messages)
        or any(each is not None and type(each) is not bool for each in values)
    ):
        raise BadPlaintext("its checks")
    if any(each is not None for place, each in zip(messages, values, strict=True) if place[0] == FROM_DESK):
        raise BadPlaintext("a check of a reply")
    return tuple(values)


@dataclass(frozen=True)
class Decision:
    """What the second person decided, on the proposal of this hash, and why; `checks` are theirs, of the proposal's messages."""

    agrees: bool
    disclosure: bytes
    text: str
    checks: tuple[Check, ...]


@dataclass(frozen=True)
class DeskReaders:
    """With what the desk's readers open what is sealed on a conversation."""

    site: Site
    epoch_seed: bytes
    statement: Statement
    certificates: Mapping[bytes, Certificate]
    conversation: bytes


def disclosure_hash(raw: bytes) -> bytes:
    """What a decision names, and the server remembers: over the sealed bytes, so it tells nothing of what is in them."""
    return hashed("disclosure", raw)


def seal_disclosure(
    site: Site,
    writer: Counsellor,
    certificate: Certificate,
    statement: Statement,
    conversation: bytes,
    proposal: Proposal,
    random: Random = random_bytes,
) -> bytes:
    """9,527 bytes. Raises TooLong, BadPlaintext."""
    proposal.check()
    content = {
        "type": "disclosure",
        "reason": proposal.reason,
        "recipient": proposal.recipient,
        "telling": proposal.telling,
        "to": proposal.to,
        "why": proposal.why,
        "messages": [list(place) for place in proposal.messages],
        "checks": list(proposal.checks),
        "document": encode(proposal.document),
    }
    return seal_content(site, writer, certificate, statement, DISCLOSURE, conversation, content, random)


def seal_decision(
    site: Site,
    writer: Counsellor,
    certificate: Certificate,
    statement: Statement,
    conversation: bytes,
    decision: Decision,
    random: Random = random_bytes,
) -> bytes:
    """9,527 bytes. Raises TooLong, BadPlaintext."""
    if not is_text(decision.text):
        raise BadPlaintext("no text")
    does = "agree" if decision.agrees else "refuse"
    content = {
        "type": "decision",
        "decision": does,
        "disclosure": encode(decision.disclosure),
        "text": decision.text,
        "checks": list(decision.checks),
    }
    return seal_content(site, writer, certificate, statement, DECISION, conversation, content, random)


def open_disclosure(desk: DeskReaders, raw: bytes) -> tuple[Proposal, Certificate]:
    """The proposal, and its author's certificate.

    Raises:
        Malformed, BadChain, BadSignature, CannotOpen, BadPlaintext.
    """
    content, writer = open_content(desk.site, desk.epoch_seed, desk.statement, desk.certificates, DISCLOSURE, desk.conversation, raw)
    keys = {"type", "reason", "recipient", "telling", "to", "why", "messages", "checks", "document"}
    if content.get("type") != "disclosure" or content.keys() != keys:
        raise BadPlaintext("its type or keys")
    codes = [str(content[name]) for name in ("reason", "recipient", "telling") if isinstance(content[name], str)]
    if len(codes) != 3:
        raise BadPlaintext("its codes")
    reason, recipient, telling = codes
    messages, document = _places(content["messages"]), _hash(content["document"])
    checks = demand_checks(messages, content["checks"])
    proposal = Proposal(reason, recipient, telling, content["to"], content["why"], messages, checks, document)
    proposal.check()
    return proposal, writer


def _places(value: Any) -> tuple[Place, ...]:
    pairs: list[Any] = value if isinstance(value, list) else [None]
    for pair in pairs:
        if not isinstance(pair, list) or len(pair) != 2 or any(type(one) is not int for one in pair):
            raise BadPlaintext("its messages")
        if pair[0] not in AUTHORS or not 1 <= pair[1] < 2**32:
            raise BadPlaintext("its messages")
    return tuple((pair[0], pair[1]) for pair in pairs)


def _hash(value: Any) -> bytes:
    try:
        return decode(value, HASH)
    except Malformed as error:
        raise BadPlaintext("its hash") from error


def check_document(proposal: Proposal, items: Iterable[object]) -> str:
    """The text that would leave, made again from the thread as this reader has it. Raises BadChain unless it is as proposed."""
    text = _document(proposal, proposal.checks, items)
    if hashed("document", text.encode()) != proposal.document:
        raise BadChain("the text is not the one that was proposed")
    return text


def leaving_document(proposal: Proposal, second: tuple[Check, ...], items: Iterable[object]) -> str:
    """The text that leaves, or would leave: what was proposed, with what the second person's own checks add. Raises as check_document."""
    thread = list(items)
    check_document(proposal, thread)
    return _document(proposal, both_checks(proposal.checks, second), thread)


def _document(proposal: Proposal, checks: tuple[Check, ...], items: Iterable[object]) -> str:
    return disclosed_document(proposal.reason, proposal.recipient, proposal.to, proposal.messages, checks, items)


def open_decision(
    desk: DeskReaders, raw: bytes, disclosure: bytes, proposer: Certificate, messages: tuple[Place, ...]
) -> tuple[Decision, str]:
    """The decision on the disclosure with this hash, and who made it; never the counsellor who proposed it, under whatever certificate.

    Raises:
        Malformed, BadChain, BadSignature, CannotOpen, BadPlaintext.
    """
    content, writer = open_content(desk.site, desk.epoch_seed, desk.statement, desk.certificates, DECISION, desk.conversation, raw)
    if writer.counsellor_id == proposer.counsellor_id or writer.sign_public == proposer.sign_public:
        raise BadSignature("decided by whoever proposed it")
    does, text = content.get("decision"), content.get("text")
    if content.keys() != {"type", "decision", "disclosure", "text", "checks"} or content["type"] != "decision" or not is_text(text):
        raise BadPlaintext("its type, keys or text")
    if does not in ("agree", "refuse"):
        raise BadPlaintext("its decision")
    checks = demand_checks(messages, content["checks"])
    decision = Decision(does == "agree", _hash(content["disclosure"]), str(text), checks)
    if decision.disclosure != disclosure:
        raise BadChain("a decision on something else")
    return decision, writer.display_name
