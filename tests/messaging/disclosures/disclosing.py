"""Proposals and decisions as browsers seal them, with the protocol's Python peer."""

from messaging.models import Disclosure, DisclosureEvent
from messaging.protocol.encoding import encode, hashed
from messaging.protocol.peer.disclosures import Decision, Proposal, seal_decision, seal_disclosure
from messaging.protocol.peer.documents import Check, disclosed_document, own_checks
from messaging.protocol.peer.threads import read_as_desk
from tests.world.desk import NOON, day
from tests.world.person import AtDesk, Person, kind_of

WHY = "She names her school, and says that he comes tonight."


def proposal(who: AtDesk, conversation: bytes, *, telling: str = "risk") -> dict[str, object]:
    """The body of a proposal to tell the police of the person's first message."""
    desk, name, places = who.desk, who.name, ((1, 1),)
    text, checks = "A text on another conversation.", tuple[Check, ...]((True,))
    if any(conversation):
        thread = read_as_desk(desk.site, desk.unlocked(name), who.answer(conversation), day(NOON))
        checks = own_checks(places, thread.items)
        text = disclosed_document("harm-child", "police", "Leith", places, checks, thread.items)
    content = Proposal("harm-child", "police", telling, "Leith", WHY, places, checks, hashed("document", text.encode()))
    note = seal_disclosure(desk.site, desk.keys[name], desk.certificates[name], desk.statements[-1], conversation, content)
    codes = {"reason": content.reason, "recipient": content.recipient, "telling": telling}
    return {**codes, "messages": [list(place) for place in places], "note": encode(note)}


def proposed(who: AtDesk, conversation: bytes, *, telling: str = "risk") -> str:
    """Its id, once the server has it."""
    answer = who.call("POST", f"conversations/{encode(conversation)}/disclosures", proposal(who, conversation, telling=telling))
    assert answer.status_code == 201, answer.content
    return str(answer.json()["id"])


def row() -> Disclosure:
    """The newest one."""
    return Disclosure.objects.latest("pk")


def decided(who: AtDesk, conversation: bytes, *, agrees: bool) -> str:
    """A sealed decision on the newest one."""
    desk, name = who.desk, who.name
    newest = Disclosure.objects.order_by("-pk").values_list("note_hash", flat=True).first()
    decision = Decision(agrees, newest or bytes(32), "I have read it.", (True,))
    return encode(seal_decision(desk.site, desk.keys[name], desk.certificates[name], desk.statements[-1], conversation, decision))


def steps_of() -> list[tuple[str, str | None]]:
    """Every step in the log, oldest first: what, and who."""
    events = DisclosureEvent.objects.order_by("pk").select_related("member__counsellor")
    return [(each.step, each.member.counsellor.display_name if each.member else None) for each in events]


def takes(who: AtDesk, id_: str, step: str, *, digest: str | None = None, decision: str | None = None) -> str:
    """The state it is in then, or the problem."""
    answer = who.call("POST", f"disclosures/{id_}", {"step": step, "hash": digest or encode(row().note_hash), "decision": decision})
    return str(answer.json()["state"]) if answer.status_code == 200 else kind_of(answer)


def kept_of(person: Person) -> dict[str, object]:
    """The rows that the person is told of, but for the session that asks."""
    tables = person.call("GET", "inbox/kept").json()["tables"]
    return {table["table"]: table["rows"] for table in tables if table["table"] != "messaging_session"}
