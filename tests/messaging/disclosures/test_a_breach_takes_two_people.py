"""A breach of confidentiality, over the desk's interface: every state and refusal, what the two logs say, and no content in any of it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from helpline.models import Account, AuditEntry
from messaging.disclosures.steps import expire_disclosures
from messaging.housekeeping import tidy_up
from messaging.http.timestamps import rfc3339_or_null
from messaging.models import Disclosure, DisclosureEvent, RoutingEvent
from messaging.models.disclosure import EXPIRES_AFTER
from messaging.protocol.encoding import decode, encode
from messaging.protocol.peer.disclosures import disclosure_hash
from tests.messaging.disclosures.disclosing import WHY, decided, kept_of, proposal, proposed, row, steps_of, takes
from tests.world.desk import NOON, Desk
from tests.world.person import AtDesk, Person, all_rows, kind_of, set_clock

pytestmark = pytest.mark.django_db


def to_decide(who: AtDesk) -> list[bool]:
    """Of each conversation in their list of disclosures: whether it waits for them."""
    return [line["decide"] for line in who.call("GET", "conversations").json()["disclosures"]]


def test_two_people_agree_the_person_is_told_and_one_of_the_two_carries_it_out(
    person: Person, moira: AtDesk, lead: AtDesk, conversation: bytes
) -> None:
    id_ = proposed(moira, conversation, telling="told")
    assert lead.where(conversation) == {"disclosures"}
    assert (to_decide(moira), to_decide(lead)) == ([False], [True])
    assert takes(lead, id_, "approve", decision=decided(lead, conversation, agrees=True)) == "approved"
    assert "disclosures" in moira.where(conversation) & lead.where(conversation)
    assert (to_decide(moira), to_decide(lead)) == ([False], [False])
    assert takes(moira, id_, "disclose") == "not-told"
    moira.reply(conversation, "We have to pass on what you wrote.")
    assert [takes(moira, id_, "disclose") for _ in range(2)] == ["disclosed", "disclosed"]
    assert takes(lead, id_, "disclose") == "conflict"
    assert "disclosures" not in moira.where(conversation) | lead.where(conversation)
    assert steps_of() == [("proposed", "Moira"), ("approved", "Callum"), ("disclosed", "Moira")]
    assert {(each.reason, each.recipient, each.places) for each in DisclosureEvent.objects.all()} == {("harm-child", "police", "1:1")}
    trail = AuditEntry.objects.filter(what="disclosure").order_by("pk").values_list("account__name", "action", "row", "fields")
    assert list(trail) == [("Moira", "added", id_, "state"), ("Callum", "changed", id_, "state"), ("Moira", "changed", id_, "state")]


def test_the_second_person_can_carry_it_out_as_well(moira: AtDesk, lead: AtDesk, conversation: bytes) -> None:
    id_ = proposed(moira, conversation)
    takes(lead, id_, "approve", decision=decided(lead, conversation, agrees=True))
    # Also one who is no lead any more.
    Account.objects.update(role=Account.Role.COUNSELLOR)
    (told,) = lead.call("GET", f"conversations/{encode(conversation)}/disclosures").json()["disclosures"]
    assert (told["role"], told["note"] is None) == ("second", False)
    assert takes(lead, id_, "disclose") == "disclosed"


def test_what_the_desk_is_told_of_it(moira: AtDesk, lead: AtDesk, desk: Desk, conversation: bytes) -> None:
    id_ = proposed(moira, conversation)
    with CaptureQueriesContext(connection) as queries:
        answer = lead.call("GET", f"conversations/{encode(conversation)}/disclosures").json()
    own = [query for query in queries if "disclosure" in query["sql"] or "certificate" in query["sql"]]
    assert len(own) == 3
    (told,) = answer["disclosures"]
    assert told.pop("note") == encode(bytes(row().note))
    assert told == {
        "id": id_, "state": "proposed", "reason": "harm-child", "recipient": "police", "telling": "risk", "messages": [[1, 1]],
        "role": None, "proposed_by": "Moira", "decided_by": None, "carried_by": None, "told": False,
        "expires_at": rfc3339_or_null(row().expires_at), "decision": None,
    }  # fmt: skip
    assert answer["certificates"] == [encode(desk.certificates["Moira"].raw)]
    Account.objects.update(role=Account.Role.COUNSELLOR)
    (of_others,) = lead.call("GET", f"conversations/{encode(conversation)}/disclosures").json()["disclosures"]
    assert (of_others["state"], of_others["note"]) == ("proposed", None)


def test_a_refusal_gives_its_reason_to_whoever_proposed_it_and_another_can_be_proposed(
    moira: AtDesk, lead: AtDesk, conversation: bytes
) -> None:
    id_ = proposed(moira, conversation)
    refusal = decided(lead, conversation, agrees=False)
    assert [takes(lead, id_, "refuse", decision=refusal) for _ in range(2)] == ["refused", "refused"]
    (told,) = moira.call("GET", f"conversations/{encode(conversation)}/disclosures").json()["disclosures"]
    assert (told["state"], told["decided_by"], told["decision"]) == ("refused", "Callum", refusal)
    assert [takes(moira, id_, step) for step in ("withdraw", "disclose")] == ["conflict", "conflict"]
    assert takes(lead, id_, "approve", decision=decided(lead, conversation, agrees=True)) == "conflict"
    assert proposed(moira, conversation) != id_


def test_it_is_taken_back_before_and_after_it_was_agreed_to_and_its_text_is_gone(moira: AtDesk, lead: AtDesk, conversation: bytes) -> None:
    first = proposed(moira, conversation)
    assert takes(lead, first, "withdraw") == "not-allowed"
    assert takes(moira, first, "withdraw") == "withdrawn"
    second = proposed(moira, conversation)
    takes(lead, second, "approve", decision=decided(lead, conversation, agrees=True))
    assert [takes(moira, second, "withdraw") for _ in range(2)] == ["withdrawn", "withdrawn"]
    assert takes(moira, second, "disclose") == "conflict"
    assert not Disclosure.objects.exclude(note=None, decision=None).exists()


def test_nobody_is_both(desk: Desk, moira: AtDesk, lead: AtDesk, conversation: bytes) -> None:
    """Not by the member, not by the account, and not in the database itself."""
    id_ = proposed(lead, conversation)
    assert takes(lead, id_, "approve", decision=decided(lead, conversation, agrees=True)) == "not-allowed"
    assert takes(moira, id_, "approve", decision=decided(moira, conversation, agrees=True)) == "not-allowed"
    # Moira's place at the desk goes to the account that proposed.
    accounts = {name: desk.members[name].counsellor.account for name in ("Moira", "Callum")}
    spare = Account.objects.create_user("spare@example.org", None, name="Spare")
    for name, account in (("Callum", spare), ("Moira", accounts["Callum"])):
        desk.members[name].counsellor.account = account
        desk.members[name].counsellor.save()
    again = AtDesk(desk, "Moira")
    assert takes(again, id_, "approve", decision=decided(again, conversation, agrees=True)) == "not-allowed"
    found = row()
    forged = {"state": "approved", "approved_hash": found.note_hash, "sent_before": 0, "decision": found.note}
    for member, account in (("Callum", spare), ("Moira", accounts["Callum"])):
        with pytest.raises(IntegrityError), transaction.atomic():
            Disclosure.objects.update(**forged, decided_by=desk.members[member], decided_account=account)
    assert steps_of() == [("proposed", "Callum")]


@pytest.mark.postgres
def test_the_database_keeps_what_was_proposed_and_every_step(moira: AtDesk, lead: AtDesk, conversation: bytes) -> None:
    id_ = proposed(moira, conversation)
    takes(lead, id_, "approve", decision=decided(lead, conversation, agrees=True))
    found = row()
    other = bytes([found.note_hash[0] ^ 1]) + found.note_hash[1:]
    changes: list[dict[str, object]] = [
        {"reason": "harm-self"}, {"recipient": "emergency"}, {"telling": "told"}, {"places": "1:2"}, {"note_hash": other},
        {"note": found.decision}, {"decision": found.note}, {"proposed_by": found.decided_by_id}, {"state": "proposed"},
        {"decided_by": found.proposed_by_id},
        {"approved_hash": other}, {"state": "disclosed"}, {"state": "expired"},
    ]  # fmt: skip
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            Disclosure.objects.update(**change)
    takes(moira, id_, "disclose")
    with pytest.raises(IntegrityError), transaction.atomic():
        Disclosure.objects.update(state="approved", carried_by=None)
    for spoil in (DisclosureEvent.objects.all().delete, lambda: DisclosureEvent.objects.update(step="expired")):
        with pytest.raises(IntegrityError), transaction.atomic():
            spoil()
    assert len(steps_of()) == 3


def test_it_runs_out_before_and_after_it_was_agreed_to(moira: AtDesk, lead: AtDesk, conversation: bytes) -> None:
    id_ = proposed(moira, conversation)
    later = NOON + EXPIRES_AFTER + timedelta(hours=1)
    set_clock(later)
    assert takes(lead, id_, "approve", decision=decided(lead, conversation, agrees=True)) == "conflict"
    assert (lead.where(conversation), row().state) == (set(), "proposed")
    (told,) = lead.call("GET", f"conversations/{encode(conversation)}/disclosures").json()["disclosures"]
    assert (told["state"], told["note"]) == ("expired", None)
    # The next one need not wait for the worker.
    first, second = row().pk, proposed(moira, conversation)
    assert Disclosure.objects.values_list("state", "note").get(pk=first) == ("expired", None)
    takes(lead, second, "approve", decision=decided(lead, conversation, agrees=True))
    tidy_up(at=later + EXPIRES_AFTER / 2)
    assert row().state == "approved"
    later += EXPIRES_AFTER + timedelta(hours=1)
    set_clock(later)
    assert takes(moira, second, "disclose") == "conflict"
    assert expire_disclosures(at=later) == 1
    assert steps_of()[-1] == ("expired", None)


def test_a_proposal_is_refused_and_changes_nothing(desk: Desk, moira: AtDesk, lead: AtDesk, conversation: bytes) -> None:
    other = Person()
    elsewhere = decode(other.write_first().json()["conversation"])
    good = proposal(moira, conversation)
    before = all_rows()
    path = f"conversations/{encode(conversation)}/disclosures"

    def refused(who: AtDesk = moira, where: str = path, **changed: object) -> str:
        return kind_of(who.call("POST", where, {**good, **changed}))

    wrong: list[dict[str, object]] = [
        {"reason": "because"}, {"recipient": "press"}, {"telling": "never"}, {"reason": 1}, {"messages": []}, {"messages": None},
        {"messages": [[1, 2]]}, {"messages": [[2, 1]]}, {"messages": [[3, 1]]}, {"messages": [[1, 0]]}, {"messages": [[1, 1], [1, 1]]},
        {"messages": [[1, True]]}, {"messages": [[1]]},
        {"note": "AAAA"}, {"note": decided(moira, conversation, agrees=True)},
    ]  # fmt: skip
    for changed in wrong:
        assert kind_of(moira.call("POST", path, {**good, **changed})) == "malformed", changed
    raw = decode(str(good["note"]))
    assert refused(where=f"conversations/{encode(elsewhere)}/disclosures") == "malformed"
    assert refused(where=f"conversations/{encode(bytes(16))}/disclosures", note=proposal(moira, bytes(16))["note"]) == "not-found"
    assert refused(note=encode(raw[:1239] + b"text " * 1641 + b"end" + raw[9447:])) == "not-sealed"
    assert refused(note=encode(raw[:-1] + bytes([raw[-1] ^ 1]))) == "bad-proof"
    assert refused(note=proposal(lead, conversation)["note"]) == "not-certified"
    assert all_rows() == before
    # A counsellor who has not this conversation; a lead may.
    Account.objects.update(role=Account.Role.COUNSELLOR)
    assert kind_of(lead.call("POST", path, proposal(lead, conversation))) == "not-yours"
    Account.objects.filter(pk=desk.members["Callum"].counsellor.account_id).update(role=Account.Role.LEAD)
    assert moira.call("POST", path, good).status_code == 201
    assert moira.call("POST", path, good).status_code == 200
    assert kind_of(lead.call("POST", path, proposal(lead, conversation))) == "conflict"
    assert Disclosure.objects.count() == 1


def test_a_decision_is_refused_and_changes_nothing(desk: Desk, moira: AtDesk, lead: AtDesk, conversation: bytes) -> None:
    id_ = proposed(moira, conversation)
    good, wrong = decided(lead, conversation, agrees=True), encode(bytes(32))
    before = all_rows()
    assert takes(lead, encode(bytes(16)), "approve", decision=good) == "not-found"
    assert takes(lead, id_, "approve", digest=wrong, decision=good) == "conflict"
    assert takes(lead, id_, "approve", decision=None) == "malformed"
    assert takes(lead, id_, "approve", decision=str(proposal(lead, conversation)["note"])) == "malformed"
    assert takes(lead, id_, "approve", decision=decided(lead, bytes(16), agrees=True)) == "malformed"
    assert takes(lead, id_, "approve", decision=decided(moira, conversation, agrees=True)) == "not-certified"
    assert takes(lead, id_, "withdraw", decision=good) == "malformed"
    assert takes(lead, id_, "publish") == "malformed"
    assert takes(moira, id_, "disclose") == "conflict"
    assert takes(lead, id_, "disclose") == "not-allowed"
    assert all_rows() == before
    takes(lead, id_, "approve", decision=good)
    assert takes(moira, id_, "disclose", digest=wrong) == "conflict"


def test_the_server_keeps_no_content_the_person_sees_no_sign_and_it_goes_with_the_thread(
    person: Person, moira: AtDesk, lead: AtDesk, conversation: bytes
) -> None:
    moira.answer(conversation)
    kept = kept_of(person)
    routed = RoutingEvent.objects.count()
    id_ = proposed(moira, conversation)
    takes(lead, id_, "approve", decision=decided(lead, conversation, agrees=True))
    assert disclosure_hash(bytes(row().note)) == row().note_hash
    everything = b"".join(str(value).encode() for rows in all_rows().values() for line in rows for value in line)
    for words in (b"I am worried", WHY.encode(), b"Leith"):
        assert words not in everything
    assert kept_of(person) == kept
    assert kept["messaging_disclosure"] == []
    assert RoutingEvent.objects.count() == routed
    person.call("DELETE", "inbox")
    assert not Disclosure.objects.exists()
    assert len(steps_of()) == 2
    assert takes(moira, id_, "disclose", digest=encode(bytes(32))) == "not-found"
