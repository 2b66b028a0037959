"""Rules of openings, envelopes and tags, and of reading a thread (PROTOCOL §3 to §5.2)."""

from messaging.protocol.peer import answers, envelopes, openings, plaintext, tags, threads
from messaging.protocol.peer.receipts import Receipts
from tests.parts.rules import Rule

OPENINGS = {
    "K depends on the epoch's statement": Rule(
        openings.person_secret,
        "_epoch_context(site, conversation, statement)",
        "site.site + conversation + u32(statement.number)",
        "opening-first-person",
    ),
    "an opening is of this conversation": Rule(
        openings.demand_authentic,
        "(opening.inbox_id, opening.conversation, opening.epoch)",
        "(opening.inbox_id, where.conversation, opening.epoch)",
        "opening-later-desk-new-life",
    ),
    "an opening names the statement": Rule(
        openings.demand_authentic, "opening.statement_hash != statement.statement_hash", "False", "opening-desks-desk-statement"
    ),
    "an opening is signed": Rule(
        openings.demand_authentic, "key is None or not opening.signed_by(site.site, key)", "key is None", "opening-desks-desk-no-signature"
    ),
    "who opens is on the roster": Rule(
        openings.demand_authentic,
        "writer is not None and statement.covered_by(writer)",
        "writer is not None",
        "opening-desks-person-not-on-roster",
    ),
    "an opening commits to K": Rule(
        openings.secret_of_opening, "if not compare_digest(", "if False and not compare_digest(", "opening-desks-desk-commitment"
    ),
    "both wraps are what K gives": Rule(openings._wraps_hold, "return all(", "return True or all(", "opening-desks-desk-to-desk-by-chance"),
    "the desk's wrap is what K gives": Rule(
        openings._wraps_hold,
        "is_wrap(*to[role], infos[role], secret) for role in roles",
        "is_wrap(*to[role], infos[role], secret) for role in roles[1:]",
        "opening-desks-desk-to-desk-by-chance",
    ),
    "the person's wrap is what K gives": Rule(
        openings._wraps_hold,
        "is_wrap(*to[role], infos[role], secret) for role in roles",
        "is_wrap(*to[role], infos[role], secret) for role in roles[:1]",
        "opening-desks-desk-to-person-by-chance",
    ),
    "a person opens first": Rule(
        threads._read_openings,
        "not thread.life and opening.direction == FROM_DESK",
        "False",
        "thread-two-epochs-opened-by-desk-first-withheld-person",
    ),
    "one that fails costs itself": Rule(threads._read_openings, "continue", "break", "thread-first-epoch-not-granted-desk"),
}
ENVELOPES = {
    "a day that the server says is a date": Rule(answers.thread_answer, " and all(map(is_day, days))", "", "thread-day-with-a-line-desk"),
    "a day of the person's own is a date": Rule(
        plaintext.read_plaintext, "day is not None and not is_day(day)", "False", "plaintext-day-line"
    ),
    "the person's answer has the person's keys": Rule(
        threads.read_as_person, "(given.kem_public, given.sign_public, given.tag_public) != own or ", "", "thread-other-kem-public-person"
    ),
    "the inbox id vouches for its keys": Rule(
        threads.read_as_desk,
        " or given.inbox_id != inbox_id_of(given.kem_public, given.sign_public, given.tag_public)",
        "",
        "thread-other-inbox-id-desk",
    ),
    "an envelope stands where it says": Rule(
        envelopes.open_envelope, "if found != (", "if False and found != (", "envelope-desk-other-conversation"
    ),
    "an envelope names the one before": Rule(
        threads._open, "envelope.previous if chain.loose else chain.previous", "envelope.previous", "thread-other-branch-desk"
    ),
    "after one that failed the next is read": Rule(
        threads._open, "envelope.previous if chain.loose else chain.previous", "chain.previous", "thread-dropped-first-desk"
    ),
    "an envelope is of its opening's epoch": Rule(
        threads._open,
        "opened.opening.epoch, envelope.opening_hash",
        "envelope.epoch, envelope.opening_hash",
        "thread-moved-to-older-epoch-person",
    ),
    "an envelope is of this conversation": Rule(
        threads._open,
        "thread.answer.conversation, envelope.direction",
        "envelope.conversation, envelope.direction",
        "thread-sealed-for-another-desk",
    ),
    "no epoch comes after a newer one": Rule(
        envelopes.open_envelope, "envelope.epoch < oldest_epoch", "False", "envelope-person-older-epoch"
    ),
    "no reply is older than what it acknowledges": Rule(
        threads._items, "acknowledged is not None and acknowledged > envelope.epoch", "False", "thread-older-than-a-failed-one-desk"
    ),
    "who replies is on the roster": Rule(envelopes.writer_of, " or not statement.covered_by(writer)", "", "envelope-desk-certificate-ends"),
    "a reply is signed": Rule(
        envelopes.writer_of, "not envelope.signed_by(site.site, writer)", "False", "envelope-desk-ciphertext-flipped"
    ),
    "a gap is told": Rule(
        threads._items, 'items.append(Warning("out-of-order", direction, chain.next))', "pass", "thread-dropped-first-desk"
    ),
    "nothing is shown twice": Rule(
        threads._items, "if envelope.sequence < chain.next:\n            return items", "pass", "thread-lower-sequence-is-acknowledged-desk"
    ),
    "reading goes on past what failed": Rule(
        threads._items, "_pass_over(chain, raw, envelope.sequence)", "pass", "thread-other-conversation-desk"
    ),
    "reading goes on past a gap": Rule(
        threads._items, "chain.next, chain.loose = envelope.sequence, True", "return items", "thread-dropped-first-desk"
    ),
    "an altered envelope is told": Rule(
        threads._items, 'items.append(Warning("altered", direction, chain.next))', "pass", "thread-malformed-of-another-sequence-desk"
    ),
    "what failed is named with who signed it": Rule(
        threads._items, "_signer(site, thread, envelope)", "None", "thread-first-epoch-not-granted-desk"
    ),
    "what nobody vouches for is told": Rule(threads._items, "if vouched is False:", "if False:", "thread-somebody-unnamed-person"),
    "what came late is told": Rule(
        threads._items, "if persons and envelope.epoch < thread.chains[FROM_DESK].epoch:", "if False:", "thread-late-and-missing-desk"
    ),
    "what was acknowledged and is absent is told": Rule(
        threads._items, " or (ack > 0 and not stands)", "", "thread-ack-before-it-came-person"
    ),
    "an acknowledgement never goes back": Rule(threads._items, "ack < receipts.acknowledged or ", "", "thread-ack-goes-back-desk"),
    "what is never acknowledged is told": Rule(threads._items, "if unseen is not None:", "if False:", "thread-not-seen-by-person-desk"),
    "a reply that had not read what stands before it says so": Rule(
        threads._items, "receipts.first_unread(others, ack), vouched", "None, vouched", "thread-ack-goes-back-desk"
    ),
    "a thread without a first message is told": Rule(
        threads._read, 'not any(raw[2:3] == b"\\1" for raw in thread.answer.envelopes)', "False", "thread-no-envelopes-desk"
    ),
    "not-seen waits for the second": Rule(
        Receipts.note, "self.told < unseen <= self.stood", "self.told < unseen", "thread-ack-goes-back-desk"
    ),
    "not-seen is told once": Rule(Receipts.note, "self.told < unseen", "unseen", "thread-not-seen-once-desk"),
    "a receipt needs what it names": Rule(
        Receipts.note, "acknowledged if stands else 0", "acknowledged", "thread-ack-before-it-came-person"
    ),
}
TAGS = {
    "the person checks every tag": Rule(
        tags.PersonsView.vouched, "keys is not None and compare_digest(", "True or compare_digest(", "tags-another-wrong"
    ),
    "a counsellor checks their own tag": Rule(
        tags.DesksView.vouched,
        "compare_digest(persons_tag(key, envelope.header, envelope.ciphertext), envelope.tag(place))",
        "True",
        "tags-missing",
    ),
    "places that nobody has are zeros": Rule(
        tags.DesksView.vouched, " and not any(envelope.tags[TAG * len(statement.roster) :])", "", "tags-place-of-nobody"
    ),
    "a missing certificate makes nobody a newcomer": Rule(tags.DesksView.vouched, "else False", "else None", "tags-own-unnamed"),
    "a key of low order makes no tag": Rule(tags.DesksView.vouched, "key is not None and ", "key is None or ", "tags-inbox-low-order"),
    "a tag is of its conversation": Rule(tags.tag_key, "where.conversation + ", "", "tags-another-wrong"),
    "a tag is of its epoch": Rule(tags.tag_key, "u32(statement.number) + statement.statement_hash + ", "", "tags-another-wrong"),
}
RULES: dict[str, Rule] = {**OPENINGS, **ENVELOPES, **TAGS}
