"""Rules of notes and carries, and of what leaves the helpline (PROTOCOL §6)."""

from messaging.protocol.peer import carries, desk_notes, disclosures, documents, notes
from tests.parts.rules import Rule

NOTES = {
    "a note is about this conversation": Rule(
        notes.check_note, "(note.kind, note.subject, note.epoch) != (kind, subject, statement.number)", "False", "note-other-subject"
    ),
    "who writes a note is on the roster": Rule(notes.check_note, " or not statement.covered_by(author)", "", "note-not-on-roster"),
    "a note is signed": Rule(notes.check_note, " or not note.signed_by(site.site, author)", "", "carry-note-altered"),
    "a note commits to its K": Rule(
        notes.demand_commitment,
        "not compare_digest(note_commitment(site, secret, note.kind, note.subject, statement), note.commitment)",
        "False",
        "note-commitment-to-another",
    ),
    "a note's commitment names the statement": Rule(notes.note_commitment, " + statement.statement_hash", "", "note-other-statement"),
    "a carry is of this note": Rule(carries.demand_carry_of, "carry.note_hash != note.note_hash", "False", "carry-other-note"),
    "a carry goes into a later epoch": Rule(carries.demand_carry_of, " or carry.epoch <= note.epoch", "", "carry-own-epoch"),
    "a carry is into this epoch": Rule(carries.secret_by_carry, "carry.epoch != statement.number", "False", "carry-other-epoch"),
    "who carries is on the roster": Rule(carries.check_carry, " or not statement.covered_by(carrier)", "", "carry-off-roster"),
    "a carry is signed": Rule(carries.check_carry, " or not carry.signed_by(site.site, carrier)", "", "carry-other-counsellor"),
    "a carry gives the author's K": Rule(
        carries.secret_by_carry, "demand_commitment(site, secret, note_statement, note)", "pass", "carry-body-under-another-secret"
    ),
    "a carry is the one wrap that K gives": Rule(
        carries.secret_by_carry,
        "not primitives.is_wrap(carry.to_desk, statement.kem_public, info, secret)",
        "False",
        "carry-wrap-by-chance",
    ),
    "a note is of an epoch of the chain": Rule(desk_notes._read, "if statement is None:", "if False:", "notes-of-an-unconfirmed-epoch"),
    "a note that does not open is told": Rule(
        desk_notes._read, 'shown.warnings.append("does-not-open")', "pass", "notes-acknowledges-without-a-thread"
    ),
    "who wrote what does not open is named": Rule(
        desk_notes._read,
        "shown.writer, shown.left = author.display_name, has_left(desk, author)",
        "pass",
        "notes-acknowledges-without-a-thread",
    ),
    "an author who has left is shown as such": Rule(desk_notes.has_left, "return desk", "return False and desk", "notes-carried"),
    "a note stands once": Rule(desk_notes.read_notes, 'if hashed("note", raw) in stood:\n            continue', "pass", "notes-repeated"),
    "a note that is named and absent is told": Rule(
        desk_notes._compare, "any(named not in stood for named in content.previous)", "False", "notes-altered"
    ),
    "a message that a note names and is absent is told": Rule(
        desk_notes._compare, "thread is not None and any(", "False and any(", "notes-message-missing"
    ),
    "a note that nobody after it names is late": Rule(desk_notes._late, "if later and not closed", "if False and not closed", "notes-late"),
    "nobody is called late while a note is absent": Rule(desk_notes._late, "return late\n    for", "pass\n    for", "notes-note-missing"),
    "nobody is called late while a note does not open": Rule(
        desk_notes._late, " and not closed", "", "notes-acknowledges-without-a-thread"
    ),
    "naming goes through others": Rule(desk_notes._named_from, "todo += [by_hash[each]] if each in by_hash else []", "pass", "notes-graph"),
    "the next note does not name what came late": Rule(desk_notes._heads, ' and "late" not in one.shown.warnings', "", "notes-late"),
    "the next note names no more than the heads": Rule(desk_notes._heads, " and one.hash not in named", "", "notes-graph"),
    "the next note names only what is signed": Rule(desk_notes._heads, "one.author and ", "", "notes-altered"),
    "a carry that opens is not made twice": Rule(
        desk_notes.wanting_carry, "return None\n    return make_carry", "pass\n    return make_carry", "notes-carried"
    ),
    "a carry that does not open is made again": Rule(
        desk_notes.wanting_carry, " and _by_carry(site, desk, certificates, note, raw) is not None", "", "notes-carry-bad"
    ),
    "nobody off the roster carries": Rule(
        desk_notes.wanting_carry,
        "if not desk.desk.statement.covered_by(desk.certificate):\n        return None",
        "pass",
        "notes-off-the-roster",
    ),
}
DOCUMENTS = {
    "a day in a document is a date": Rule(
        documents.disclosed_document,
        'demand(all(is_day(item.day) for item in chosen), "a day that is no date")',
        "pass",
        "disclosure-day-with-a-line",
    ),
    "every line of a message is marked": Rule(
        documents._quoted, "for line in BREAKS.split(item.content.text)", "for line in [item.content.text]", "decision-by-proposer"
    ),
    "a message that could not be read is named": Rule(documents._parts, "yield f", "f", "disclosure-unread-between"),
    "a document says what is not vouched for": Rule(
        documents._parts, "DOUBTS[checks[place]] if item.direction == FROM_PERSON else", "''if True else", "disclosure-check-hidden"
    ),
    "a document says what came late": Rule(documents._parts, "LATE if place in late else", "'' if True else", "disclosure-late"),
    "the second person's text is the very one": Rule(
        disclosures.check_document, 'hashed("document", text.encode()) != proposal.document', "False", "disclosure-check-hidden"
    ),
    "another person decides": Rule(
        disclosures.open_decision,
        "writer.counsellor_id == proposer.counsellor_id or writer.sign_public == proposer.sign_public",
        "False",
        "decision-by-proposer",
    ),
    "a decision is on this proposal": Rule(disclosures.open_decision, "decision.disclosure != disclosure", "False", "decision-on-another"),
    "the second person's check counts": Rule(
        documents.both_checks, "False if False in pair else", "False if pair[0] is False else", "disclosure-seconds-check-failed"
    ),
}
RULES: dict[str, Rule] = {**NOTES, **DOCUMENTS}
