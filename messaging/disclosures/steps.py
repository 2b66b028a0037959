"""Two people break confidentiality, or do not: propose, approve or refuse, withdraw, disclose (PROTOCOL §8.9).

Each step is one conditional update, with its line in both logs in the same transaction; the second changes nothing, and is told.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, OuterRef, Q, Subquery

from helpline.audit import record_audit
from helpline.models.audit import Action, Kind
from helpline.staff.recipients import lead_accounts
from messaging.conversations.locking import lock_for_holder
from messaging.desk_notices import queue_desk_notice
from messaging.http.problems import Problem
from messaging.hub.rings import ring_desk
from messaging.keys.note_checks import demand_sealed_note, demand_signed_note
from messaging.models import Conversation, DeskMember, DeskNotice, Disclosure, DisclosureEvent, DisclosureState
from messaging.models.disclosure import EXPIRES_AFTER, OPEN, Telling
from messaging.protocol.encoding import ID, demand, encode, hashed, within
from messaging.protocol.wire import Note
from messaging.protocol.wire.notes import DECISION, DISCLOSURE

MOST_MESSAGES = 50
State = DisclosureState
MessageRef = tuple[int, int]
SENT = Subquery(Conversation.objects.filter(pk=OuterRef("conversation")).values("sent")[:1])


@dataclass(frozen=True)
class ProposedDisclosure:
    """What the server may know of a proposal: codes of those there are, and which messages by (direction, sequence).

    The sealed note has them too.
    """

    reason: str
    recipient: str
    telling: str
    places: tuple[MessageRef, ...]

    def check(self) -> None:
        """Raises Malformed unless it names messages, not too many, ascending."""
        with within("messages"):
            demand(1 <= len(self.places) <= MOST_MESSAGES and list(self.places) == sorted(set(self.places)), "the messages of a disclosure")

    @property
    def written(self) -> str:
        """As it is kept: "1:3,2:1"."""
        return ",".join(f"{direction}:{sequence}" for direction, sequence in self.places)


def propose_disclosure(
    member: DeskMember, conversation_id: bytes, note: Note, what: ProposedDisclosure, *, lead: bool, site: bytes, at: datetime
) -> tuple[Disclosure, bool]:
    """What is proposed, by the counsellor who has the conversation or by a lead, and whether it is new: the same sealed bytes again
    change nothing.

    Raises:
        Malformed: codes that are none, messages that are not there, a note of another kind or on something else.
        Problem: not-sealed, not-found, not-yours, conflict while another is open, closed, epoch-changed, not-certified, bad-proof.
    """
    what.check()
    with within("note"):
        demand((note.kind, note.subject) == (DISCLOSURE, conversation_id), "the proposal is on something else")
    demand_sealed_note(note)
    digest = hashed("disclosure", note.raw)
    with transaction.atomic():
        conversation = lock_for_holder(member, conversation_id, lead=lead)
        before = Disclosure.objects.filter(note_hash=digest, conversation=conversation, proposed_by=member).first()
        if before is not None:
            return before, False
        heads = {1: conversation.received, 2: conversation.sent}
        with within("messages"):
            demand(all(1 <= sequence <= heads.get(direction, 0) for direction, sequence in what.places), "a message that is not there")
        demand_signed_note(member, note, site=site, at=at)
        expire_disclosures(Q(conversation=conversation), at=at)  # One that has run out stands in nobody's way, however late the worker is.
        try:
            with transaction.atomic():
                made = Disclosure.objects.create(
                    public_id=secrets.token_bytes(ID),
                    conversation=conversation,
                    reason=what.reason,
                    recipient=what.recipient,
                    telling=what.telling,
                    places=what.written,
                    epoch_id=note.epoch,
                    note=note.raw,
                    note_hash=digest,
                    proposed_by=member,
                    proposed_account=member.counsellor.account,
                    proposed_at=at,
                    expires_at=at + EXPIRES_AFTER,
                )
        except IntegrityError:
            raise Problem("conflict", "There is already a disclosure in progress here.") from None
        _note(made, State.PROPOSED, member, at)
        queue_desk_notice(DeskNotice.Kind.DECIDE, lead_accounts(besides=made.proposed_account_id))
    return made, True


def decide_disclosure(
    member: DeskMember, disclosure_id: bytes, digest: bytes, note: Note, *, approves: bool, site: bytes, at: datetime
) -> Disclosure:
    """The second person agrees to the proposal of this hash, or refuses it, in a sealed note of their own. The view lets leads alone.

    Raises:
        Malformed: a note of another kind or on something else.
        Problem: not-sealed, not-found; not-allowed, to the counsellor who proposed it; conflict, when it is no longer proposed, or is
        another one;
            closed, epoch-changed, not-certified, bad-proof.
    """
    with within("decision"):
        demand(note.kind == DECISION, "this is no decision")
    demand_sealed_note(note)
    with transaction.atomic():
        row = _found(disclosure_id)
        with within("decision"):
            demand(note.subject == row.conversation.conversation_id, "the decision is on something else")
        # By the account as well: a counsellor who was given another's account is no second person.
        if member.pk == row.proposed_by_id or member.counsellor.account_id == row.proposed_account_id:
            raise Problem("not-allowed", "This takes a second person.")
        demand_signed_note(member, note, site=site, at=at)
        written: dict[str, object] = {"decided_by": member, "decided_account": member.counsellor.account, "decision": note.raw}
        if approves:
            written |= {"approved_hash": F("note_hash"), "sent_before": SENT, "expires_at": at + EXPIRES_AFTER}
        step = State.APPROVED if approves else State.REFUSED
        return _step(row, step, (State.PROPOSED,), member, at, same=Q(note_hash=digest), mine=Q(decided_by=member), written=written)


def withdraw_disclosure(member: DeskMember, disclosure_id: bytes, *, at: datetime) -> Disclosure:
    """The proposer takes it back, also after it was agreed to. Its sealed text is deleted.

    Raises:
        Problem: not-found; not-allowed, to anyone else; conflict, when it is over already.
    """
    with transaction.atomic():
        row = _found(disclosure_id)
        if row.proposed_by_id != member.pk:
            raise Problem("not-allowed", "Only the person who proposed it can withdraw it.")
        return _step(row, State.WITHDRAWN, OPEN, member, at, mine=Q(proposed_by=member), written={"note": None, "decision": None})


def carry_out_disclosure(member: DeskMember, disclosure_id: bytes, digest: bytes, *, at: datetime) -> Disclosure:
    """One of the two has the text made in their browser now, after the person was told where they are to be.

    Raises:
        Problem: not-found; not-allowed, to anyone else; not-told; conflict, when it is not agreed to, has expired, or is another one.
    """
    with transaction.atomic():
        row = _found(disclosure_id)
        if member.pk not in {row.proposed_by_id, row.decided_by_id}:
            raise Problem("not-allowed", "Only the person who proposed it, or the person who agreed, can do this.")
        if row.state == State.APPROVED and not person_was_told(row):
            raise Problem("not-told", "The person must be told first, in a signed message.")
        same, mine = Q(approved_hash=digest), Q(carried_by=member)
        return _step(row, State.DISCLOSED, (State.APPROVED,), member, at, same=same, mine=mine, written={"carried_by": member})


def person_was_told(row: Disclosure) -> bool:
    """Whether the person was told, or is not to be. What they were told the server cannot read: only that something was sent since."""
    return row.telling == Telling.RISK or row.written_since(row.conversation.sent)


def expire_disclosures(which: Q | None = None, *, at: datetime) -> int:
    """Expires overdue disclosures (these, or all), deletes their sealed text, and returns how many."""
    over = Disclosure.objects.filter(which or Q(), state__in=OPEN, expires_at__lte=at)
    count = 0
    for row in list(over[:200]):
        with transaction.atomic():
            if over.filter(pk=row.pk).update(state=State.EXPIRED, note=None, decision=None):
                _note(row, State.EXPIRED, None, at)
                count += 1
    return count


def _found(disclosure_id: bytes) -> Disclosure:
    row = Disclosure.objects.select_related("conversation").filter(public_id=disclosure_id).first()
    if row is None:
        raise Problem("not-found", "There is no such disclosure. The person may have deleted the conversation.")
    return row


def _step(
    row: Disclosure,
    to: State,
    before: tuple[State, ...],
    member: DeskMember,
    at: datetime,
    *,
    same: Q = Q(),  # noqa: B008 - a question is never changed
    mine: Q,
    written: dict[str, object],
) -> Disclosure:
    """One conditional update of the row's own columns; doing it twice is doing it once."""
    done = Disclosure.objects.filter(same, pk=row.pk, state__in=before, expires_at__gt=at).update(state=to, **written)
    if done:
        row.refresh_from_db()
        _note(row, to, member, at)
    elif not Disclosure.objects.filter(same, mine, pk=row.pk, state=to).exists():
        raise Problem("conflict", "It has changed: someone decided, it has expired, or it is a different one. Check again.")
    else:
        row.refresh_from_db()
    return row


def _note(row: Disclosure, step: State, member: DeskMember | None, at: datetime) -> None:
    """In the log of disclosures, with its codes, and as one line among all changes."""
    codes = {"reason": row.reason, "recipient": row.recipient, "telling": row.telling, "places": row.places}
    ring_desk()
    DisclosureEvent.objects.create(at=at, procedure=row.public_id, step=step, member=member, note_hash=row.note_hash, **codes)
    if member is not None:
        action = Action.ADDED if step == State.PROPOSED else Action.CHANGED
        record_audit(member.counsellor.account, action, "disclosure", kind=Kind.OTHER, at=at, row=encode(row.public_id), fields=["state"])
