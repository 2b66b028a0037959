"""What each table that refers to an inbox is for, column by column, in sentences for the person it is about (PROTOCOL §7.8).

A column that is not here is told as set or not set, whatever is in it, and a test fails until it is here.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from messaging.inbox.stored_data_shapes import EPOCH, NUMBER, OF_CONVERSATION, OF_INBOX, StoredColumn, StoredTable
from messaging.inbox.stored_talk_words import READS, TALK

INBOX = StoredTable(
    _("Your inbox"),
    _("This is what your eight words lead to. There is one row."),
    {
        "id": NUMBER,
        "inbox_id": StoredColumn(_("The name of your inbox. It is made from the lock and the key below, not from your name.")),
        "kem_public": StoredColumn(_("A lock. We lock our replies with it, and only your words can open them.")),
        "sign_public": StoredColumn(_("Half of a key. We use it to check that it is you coming back. It does not give your words away.")),
        "tag_public": StoredColumn(
            _("Half of another key. With it you and each counsellor can check that no one else writes in your name.")
        ),
        "made_on": StoredColumn(_("The day you first wrote to us. We do not keep the time of day.")),
    },
)

CONVERSATION = StoredTable(
    _("Your conversation"),
    _("This shows where your conversation has got to. There is one row."),
    {
        "id": NUMBER,
        "conversation_id": StoredColumn(_("The name of your conversation. Your browser made it up at random.")),
        "inbox_id": OF_INBOX,
        "state": StoredColumn(_("Where it has got to: waiting, assigned (a counsellor has it), answered or closed.")),
        "member_id": StoredColumn(
            _("If this is set, a counsellor has your conversation, or had it last. We do not show who: that is about them."), shown=False
        ),
        "released_by_id": StoredColumn(
            _("If this is set, a counsellor gave your conversation back, so someone else will get it. We do not show who."), shown=False
        ),
        "received": StoredColumn(_("How many messages you sent.")),
        "received_hash": StoredColumn(_("A fingerprint of your last message, made while it was locked. It shows if a message is lost.")),
        "sent": StoredColumn(_("How many replies we sent.")),
        "sent_hash": StoredColumn(_("A fingerprint of our last reply, made while it was locked. All zeros means that there is no reply.")),
        "shown": StoredColumn(_("How many of your messages were handed to the counsellor.")),
        "seen": StoredColumn(_("How many of them were handed over before our last reply.")),
        "unrouted_since": StoredColumn(_("When your message started to wait for a counsellor. We wipe this when someone has it.")),
        "waiting_since": StoredColumn(_("When you started to wait for an answer. We wipe this when we have answered.")),
        "due_at": StoredColumn(_("The time by which we said that we would answer. We wipe this when we have answered.")),
        "reminded": StoredColumn(_("How many times we told someone that you are still waiting: 0, 1 or 2.")),
        "keep_days": StoredColumn(_("How many days you chose to keep it after the last message. If it is not set, our own rule applies.")),
        "newest_on": StoredColumn(_("The day of the last message, yours or ours. We count from that day how long to keep it.")),
        "snoozed_until": StoredColumn(_("If there is a time here, the counsellor will look at your conversation again then.")),
        "handed_by_id": StoredColumn(
            _("If this is set, your conversation went from one counsellor to another. We do not show who: that is about them."), shown=False
        ),
        "flagged": StoredColumn(_("Whether a counsellor asked the lead of the helpline to look at your conversation too."), shown=False),
        "flag_reason": StoredColumn(_("If this is set, it is the reason why. We do not show which: ask the counsellor."), shown=False),
        "flagged_by_id": StoredColumn(
            _("If this is set, a counsellor asked the lead to look. We do not show who: that is about them."), shown=False
        ),
        "flag_told": StoredColumn(_("How many times we told someone that a lead should look: 0, 1, 2 or 3.")),
        "flag_told_at": StoredColumn(_("If this is set, no lead has looked yet, so we tell more people after a few minutes."), shown=False),
        "flag_opened_by_id": StoredColumn(_("If this is set, a lead has looked. We do not show who: that is about them."), shown=False),
        "flag_opened_at": StoredColumn(_("If this is set, a lead has looked. We do not show when: that is about them."), shown=False),
        "blocked_until": StoredColumn(_("If there is a time here, you cannot write to us until then.")),
        "kept_until": StoredColumn(
            _("If there is a time here, your counsellor is staying on after their hours to answer you, until then.")
        ),
    },
)

DRAFT = StoredTable(
    _("What you kept to finish later, locked"),
    _("This is a message that you began and did not send. There is one row, if you kept something."),
    {
        "id": NUMBER,
        "inbox_id": OF_INBOX,
        "draft": StoredColumn(_("What you wrote. It is locked, and only your eight words can open it. We cannot.")),
        "deleted_on": StoredColumn(_("The day on which we delete it, if you have not sent it or kept it again.")),
    },
)

OPENING = StoredTable(
    _("The key to your messages, locked"),
    _("There is one row for each of the helpline’s locks that was used. The helpline gets a new lock every few weeks."),
    {
        "id": NUMBER,
        "conversation_id": OF_CONVERSATION,
        "epoch_id": EPOCH,
        "opening": StoredColumn(_("The key to your messages. It is locked. You and our counsellors can open it. The server cannot.")),
        "opening_hash": StoredColumn(_("A fingerprint of the locked key.")),
    },
)

ENVELOPE = StoredTable(
    _("The messages, locked"),
    _("There is one row for each message, yours and ours."),
    {
        "id": NUMBER,
        "conversation_id": OF_CONVERSATION,
        "direction": StoredColumn(_("Who sent it: 1 is you, 2 is us.")),
        "sequence": StoredColumn(_("Its place. Your first message is 1, your second is 2. Our replies count from 1 too.")),
        "epoch_id": EPOCH,
        "envelope": StoredColumn(
            _("The message, locked. It is always the same size, however much was written. The server cannot open it.")
        ),
        "envelope_hash": StoredColumn(_("A fingerprint of the locked message.")),
        "received_on": StoredColumn(_("The day it came. We do not keep the time of day.")),
    },
)

EVENT = StoredTable(
    _("Who was to answer, and why"),
    _("There is a row for each time your conversation went to a counsellor or was answered. The server cannot read it. It only counts."),
    {
        "id": NUMBER,
        "conversation_id": OF_CONVERSATION,
        "kind": StoredColumn(_("What happened, in one word. The reason below says more.")),
        "member_id": StoredColumn(_("If this is set, it was about one counsellor. We do not show who: that is about them."), shown=False),
        "at": StoredColumn(_("When it happened. When we answer, we wipe the times of everything before that, and keep only the days.")),
        "why": StoredColumn(_("The reason, in the server’s own words. It says nothing about what you wrote.")),
    },
)

NOTE = StoredTable(
    _("Our counsellors’ notes, locked"),
    _("Counsellors can leave a note for each other. There is one row for each."),
    {
        "id": NUMBER,
        "conversation_id": OF_CONVERSATION,
        "epoch_id": EPOCH,
        "note": StoredColumn(
            _("The note, locked. Only our counsellors can open it. We do not show it: they wrote it for each other."), shown=False
        ),
        "note_hash": StoredColumn(_("A fingerprint of the locked note. We do not show it either."), shown=False),
        "written_on": StoredColumn(_("The day it was written.")),
    },
)

CARRY = StoredTable(
    _("Keys of our counsellors’ notes, locked again"),
    _("When the helpline has a new lock, the key of each note is locked again with it. There is one row for each time."),
    {
        "id": NUMBER,
        "note_id": StoredColumn(_("The number of the note’s own row."), shown=False),
        "epoch_id": EPOCH,
        "certificate_id": StoredColumn(_("Which counsellor’s browser did it. We do not show who: that is about them."), shown=False),
        "carry": StoredColumn(_("The key, locked. It has nothing of the note in it. We do not show it."), shown=False),
    },
)

DISCLOSURE = StoredTable(
    _("If we ever had to break confidentiality"),
    _(
        "Our confidentiality terms say when this could happen. Two of us must agree to it. We never show these "
        "rows here, so nobody can see from this page if there is one."
    ),
    {
        "id": NUMBER,
        "public_id": StoredColumn(_("A name for the row, made up at random."), shown=False),
        "conversation_id": OF_CONVERSATION,
        "state": StoredColumn(_("How far it went: asked for, agreed to, refused, taken back, done or too late."), shown=False),
        "reason": StoredColumn(_("Why, as one of three codes."), shown=False),
        "telling": StoredColumn(
            _("Whether you are told first. We only leave that out if telling you would put someone in danger."), shown=False
        ),
        "epoch_id": StoredColumn(_("Which of the helpline’s locks was used."), shown=False),
        "recipient": StoredColumn(_("Who would be told, as one of three codes: the police are one of them."), shown=False),
        "places": StoredColumn(_("The numbers of the messages that would be passed on, not their words."), shown=False),
        "note": StoredColumn(_("What was asked for, locked. Only our counsellors can open it. The server cannot."), shown=False),
        "note_hash": StoredColumn(_("A fingerprint of what was locked."), shown=False),
        "decision": StoredColumn(_("Why it was agreed to or refused, locked in the same way."), shown=False),
        "approved_hash": StoredColumn(_("The same fingerprint again, if a second one of us agreed to exactly this text."), shown=False),
        "proposed_by_id": StoredColumn(_("Who asked for it. That is about them."), shown=False),
        "proposed_account_id": StoredColumn(_("The account they used. That is about them too."), shown=False),
        "decided_by_id": StoredColumn(_("Who agreed to it or refused. It is never the same counsellor."), shown=False),
        "decided_account_id": StoredColumn(_("The account they used. It is never the same one."), shown=False),
        "carried_by_id": StoredColumn(_("Who passed it on. It is one of the two."), shown=False),
        "sent_before": StoredColumn(_("How many replies we had sent by then."), shown=False),
        "proposed_at": StoredColumn(_("When it was asked for."), shown=False),
        "expires_at": StoredColumn(_("The time after which it is too late to do it."), shown=False),
    },
    kept_back=True,
)

SESSION = StoredTable(
    _("Where your conversation is open now"),
    _(
        "There is one row for each page that has it open. Closing it wipes the row. If you forget to close it, we wipe the row after "
        "about 30 minutes."
    ),
    {
        "id": NUMBER,
        "token_hash": StoredColumn(_("A fingerprint of the pass that this page was given. We do not keep the pass.")),
        "inbox_id": OF_INBOX,
        "used_at": StoredColumn(_("When the page last asked us for something. We wipe it with the row.")),
    },
)

TABLES: Mapping[str, StoredTable] = {
    "messaging_inbox": INBOX,
    "messaging_draft": DRAFT,
    "messaging_conversation": CONVERSATION,
    "messaging_talk": TALK,
    "messaging_conversationread": READS,
    "messaging_opening": OPENING,
    "messaging_envelope": ENVELOPE,
    "messaging_routingevent": EVENT,
    "messaging_desknote": NOTE,
    "messaging_notecarry": CARRY,
    "messaging_disclosure": DISCLOSURE,
    "messaging_session": SESSION,
}


def is_table_kept_back(table: str) -> bool:
    """Whether no row of it is ever told. What nobody has decided about is told, column by column, as set or not set."""
    return table in TABLES and TABLES[table].kept_back


def is_column_shown(table: str, column: str) -> bool:
    """Whether the person sees what is in it. What nobody has decided about stays closed."""
    declared = TABLES[table].columns.get(column) if table in TABLES else None
    return declared is not None and declared.shown
