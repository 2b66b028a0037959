"""The very text that would leave the helpline when confidentiality is broken (PROTOCOL §6.1)."""

import re
from collections.abc import Iterable, Mapping, Sequence

from messaging.protocol.encoding import FROM_PERSON, demand
from messaging.protocol.peer.dates import is_day
from messaging.protocol.peer.errors import BadChain
from messaging.protocol.peer.warnings import BESIDE, Message, Warning  # noqa: A004 - as in warnings.py

BREAKS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
REASONS = {
    "harm-child": "What was written says who somebody is, and a young person is at risk of serious harm.",
    "harm-self": "What was written says who somebody is, and the person who wrote is at risk of serious harm.",
    "harm-other": "What was written says who somebody is, and somebody else is at risk of serious harm.",
}
RECIPIENTS = {"police": "The police", "social-work": "Social services", "emergency": "The emergency services"}
AUTHORS = {1: "the person", 2: "the helpline"}
Place = tuple[int, int]
# Whether one reader's check says that the person wrote it (§4.6); None where that reader has nothing to check, and for the desk's.
Check = bool | None
DOUBTS: dict[Check, str] = {
    True: "",
    False: "[not vouched for: a check that the person wrote this message failed]\n",
    None: "[not checked: nobody who passes this on could check that the person wrote this message]\n",
}
LATE = "[late: sealed with an older key than a reply before it, so someone else may have written it]\n"


def own_checks(messages: Iterable[Place], items: Iterable[object]) -> tuple[Check, ...]:
    """What this reader's thread says of each message."""
    found = {(item.direction, item.sequence): item.vouched for item in items if isinstance(item, Message)}
    return tuple(found.get(place) for place in messages)


def both_checks(one: Sequence[Check], other: Sequence[Check]) -> tuple[Check, ...]:
    """Of two readers: failed where either failed, and checked where either could check."""
    return tuple(False if False in pair else True if True in pair else None for pair in zip(one, other, strict=True))


def disclosed_document(
    reason: str, recipient: str, to: str, messages: Sequence[Place], checks: Sequence[Check], items: Iterable[object]
) -> str:
    """The chosen messages that held, in the order of the thread, and a line for each that failed between them: none can leave it out.

    `checks` are as many as `messages`, in their order.

    Raises:
        BadChain: a message is not there; Malformed: its day is no date (what a server says stands beside what people wrote).
    """
    wanted, thread = set(messages), list(items)
    chosen = [item for item in thread if isinstance(item, Message) and (item.direction, item.sequence) in wanted]
    if len(chosen) != len(wanted) or any(item.content.type == "unknown" for item in chosen):
        raise BadChain("a message that is to be passed on is not there")
    demand(all(is_day(item.day) for item in chosen), "a day that is no date")
    head = f"Passed on by a confidential helpline\n\nTo: {RECIPIENTS[recipient]}, {to}\nWhy: {REASONS[reason]}\n"
    return head + "".join(_parts(dict(zip(messages, checks, strict=True)), chosen, thread))


def _parts(checks: Mapping[Place, Check], chosen: list[Message], thread: list[object]) -> Iterable[str]:
    late = {(item.direction, item.sequence) for item in thread if isinstance(item, Warning) and item.warning == "late"}
    there = {(item.direction, item.sequence) for item in thread if isinstance(item, Message)}
    places = [place for place, item in enumerate(thread) if any(item is one for one in chosen)]
    for item in thread[places[0] : places[-1] + 1] if places else []:
        if isinstance(item, Message) and any(item is one for one in chosen):
            place = item.direction, item.sequence
            yield _quoted(item, (DOUBTS[checks[place]] if item.direction == FROM_PERSON else "") + (LATE if place in late else ""))
        elif isinstance(item, Warning) and item.warning not in BESIDE and (item.direction, item.sequence) not in there:
            there.add((item.direction, item.sequence))
            yield f"\n[message {item.sequence} from {AUTHORS[item.direction]} could not be read]\n"


def _quoted(item: Message, doubts: str) -> str:
    """Each line is marked, so that nothing in a message can pass for what stands around it."""
    lines = "".join(f"> {line}\n" for line in BREAKS.split(item.content.text))
    other = AUTHORS[3 - item.direction]
    read = f"had read message {item.content.ack.sequence} from {other}" if item.content.ack.sequence else f"had read nothing from {other}"
    own = f"; written, by the person's own clock, on {item.content.day}" if item.content.day and item.direction == FROM_PERSON else ""
    head = f"Message {item.sequence} from {AUTHORS[item.direction]}; {read}{own}; received, by the server's clock, on {item.day}"
    return f"\n{head}\n{doubts}{lines}"
