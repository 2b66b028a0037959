"""Four leads decide on the same proposals at the same moment, two each way, and one is taken back: each has one outcome, noted once."""

from collections import Counter

import pytest

from helpline.models import Account
from messaging.disclosures.steps import decide_disclosure, withdraw_disclosure
from messaging.http.problems import Problem
from messaging.models import Disclosure, DisclosureEvent
from messaging.protocol.peer.disclosures import Decision, seal_decision
from messaging.protocol.wire import Note
from tests.messaging.disclosures.disclosing import proposed
from tests.world.desk import NOON, Desk, open_helpline, send
from tests.world.person import AtDesk
from tests.world.together import together

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]
LEADS = ("Una", "Vera", "Wren", "Zoe")


def decision(desk: Desk, name: str, row: Disclosure) -> Note:
    content = Decision(name < "W", row.note_hash, "I have read it.", (True,))
    subject = row.conversation.conversation_id
    return Note.parse(seal_decision(desk.site, desk.keys[name], desk.certificates[name], desk.statements[-1], subject, content))


def test_each_is_decided_once() -> None:
    desk = open_helpline("Moira", *LEADS)
    Account.objects.update(role=Account.Role.LEAD)
    moira = AtDesk(desk, "Moira")
    for _ in range(3):
        proposed(moira, send().conversation)
    rows = list(Disclosure.objects.select_related("conversation"))
    tries = [(name, row, decision(desk, name, row)) for row in rows for name in LEADS]

    def takes(what: tuple[str, Disclosure, Note | None]) -> bool:
        name, row, note = what
        try:
            if note is None:
                withdraw_disclosure(desk.members[name], row.public_id, at=NOON)
            else:
                approves = name < "W"
                decide_disclosure(desk.members[name], row.public_id, row.note_hash, note, approves=approves, site=desk.site.site, at=NOON)
        except Problem as problem:
            if problem.name != "conflict":
                raise
            return False
        return True

    assert Counter(together(takes, [*tries, ("Moira", rows[0], None)])).get(True, 0) in {3, 4}
    for row in Disclosure.objects.all():
        decided = DisclosureEvent.objects.filter(procedure=row.public_id, step__in=["approved", "refused"])
        # What was agreed to can be taken back, and what is taken back cannot be decided.
        assert decided.count() == (0 if row.decided_by_id is None else 1)
        last = DisclosureEvent.objects.filter(procedure=row.public_id).latest("pk")
        assert (last.step, row.state == "withdrawn") == (row.state, last.step == "withdrawn")
    assert Disclosure.objects.filter(decided_by=None).count() <= 1
