"""The very text that would leave the helpline when confidentiality is broken (PROTOCOL §6.1)."""

import re
from collections.abc import Iterable

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


def disclosed_document(reason: str, recipient: str, to: str, messages: Iterable[Place], items: Iterable[object]) -> str:
    """The chosen messages that held, in the order of the thread, and a line for each that failed between them: none can leave it out.

    Raises:
        BadChain: a message is not there; Malformed: its day is no date (what a server says stands beside what people wrote).
    """
    wanted, thread = set(messages), list(items)
    chosen = [item for item in thread if isinstance(item, Message) and (item.direction, item.sequence) in wanted]
    if len(chosen) != len(wanted) or any(item.content.type == "unknown" for item in chosen):
        raise BadChain("a message that is to be passed on is not there")
    demand(all(is_day(item.day) for item in chosen), "a day that is no date")
    head = f"Passed on by a confidential helpline\n\nTo: {RECIPIENTS[recipient]}, {to}\nWhy: {REASONS[reason]}\n"
    return head + "".join(_parts(chosen, thread))


def _parts(chosen: list[Message], thread: list[object]) -> Iterable[str]:
    there = {(item.direction, item.sequence) for item in thread if isinstance(item, Message)}
    places = [place for place, item in enumerate(thread) if any(item is one for one in chosen)]
    for item in thread[places[0] : places[-1] + 1] if places else []:
        if isinstance(item, Message) and any(item is one for one in chosen):
            yield _quoted(item)
        elif isinstance(item, Warning) and item.warning not in BESIDE and (item.direction, item.sequence) not in there:
            there.add((item.direction, item.sequence))
            yield f"\n[message {item.sequence} from {AUTHORS[item.direction]} could not be read]\n"


def _quoted(item: Message) -> str:
    """Each line is marked, so that nothing in a message can pass for what stands around it."""
    lines = "".join(f"> {line}\n" for line in BREAKS.split(item.content.text))
    other = AUTHORS[3 - item.direction]
    read = f"had read message {item.content.ack.sequence} from {other}" if item.content.ack.sequence else f"had read nothing from {other}"
    own = f"; written, by the person's own clock, on {item.content.day}" if item.content.day and item.direction == FROM_PERSON else ""
    return f"\nMessage {item.sequence} from {AUTHORS[item.direction]}; {read}{own}; received, by the server's clock, on {item.day}\n{lines}"
