"""Rules of what is read again, and of writing (PROTOCOL §5.3, §5.4)."""

from messaging.protocol.peer import again, writing
from tests.parts.rules import Rule

CONTINUATION = {
    "what is read again is the same conversation": Rule(
        again.demand_continuation,
        "(before.inbox_id, before.answer.conversation) != (after.inbox_id, after.answer.conversation)",
        "False",
        "thread-again-other-conversation-desk",
    ),
    "what is read again has the same openings first": Rule(
        again.demand_continuation,
        '_demand_prefix(before.answer.openings, after.answer.openings, "openings")',
        "pass",
        "thread-again-opening-desk",
    ),
    "what is read again has the same envelopes first": Rule(
        again.demand_continuation,
        '_demand_prefix(_of(before, direction), _of(after, direction), "envelopes")',
        "pass",
        "thread-again-cut-desk",
    ),
    "what is read again has the same statements": Rule(
        again.demand_continuation,
        "any(number in known and known[number].raw != statement.raw for number, statement in before.statements.items())",
        "False",
        "thread-again-forked-to-come-person",
    ),
    "the desk of before stands in what is read again": Rule(
        again.demand_continuation, "stands is None or stands.raw != before.desk.statement.raw or ", "", "thread-again-epoch-skipped-desk"
    ),
    "the desk is never an older one again": Rule(
        again.demand_continuation, " or after.desk.epoch < before.desk.epoch", "", "thread-again-earlier-day-desk"
    ),
    "a page that writes first takes no older desk": Rule(
        again.desk_follows, "if other.number <= one.number:", "if False:", "desk-again-itself"
    ),
    "a page that writes first takes only the next": Rule(
        again.desk_follows, "if other.previous != one.statement_hash:", "if False:", "desk-again-loose"
    ),
    "a desk's chain only grows": Rule(
        again.demand_chain_goes_on,
        "number not in after.chain or after.chain[number].raw != statement.raw",
        "False",
        "open-desk-again-forked-and-confirmed",
    ),
    "a desk's epoch never goes back": Rule(
        again.demand_chain_goes_on,
        "before.desk is not None and after.desk is not None and after.desk.epoch < before.desk.epoch",
        "False",
        "open-desk-again-confirmation-gone",
    ),
}
WRITING = {
    "nothing is sealed without a desk of today": Rule(writing._ready, "thread.desk is None", "False", "write-no-epoch-and-no-opening-desk"),
    "nothing is sealed before the person's opening": Rule(writing._ready, "not thread.life", "False", "write-no-opening-desk"),
    "nothing is sealed for an older desk": Rule(
        writing._ready, "thread.desk.epoch < newest", "False", "write-older-desk-and-too-long-desk"
    ),
    "the person signs nothing made from text": Rule(
        writing.sign_first, "+ opening_hash", '+ opening_hash + decode(first["envelope"])', "first-message"
    ),
    "nobody off the roster seals": Rule(
        writing.seal_from_desk, " or not desk.statement.covered_by(open_desk.certificate)", "", "write-off-the-roster-desk"
    ),
}
RULES: dict[str, Rule] = {**CONTINUATION, **WRITING}
