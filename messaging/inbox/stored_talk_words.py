"""How the rows of a live talk, and of who opened a conversation, are explained (PROTOCOL §7.8)."""

from django.utils.translation import gettext_lazy as _

from messaging.inbox.stored_data_shapes import NUMBER, OF_CONVERSATION, StoredColumn, StoredTable

TALK = StoredTable(
    _("Your live talk, or your wish for one"),
    _("There is one row while you wait for a live talk or have one. We delete it ten minutes after the end."),
    {
        "id": NUMBER,
        "conversation_id": OF_CONVERSATION,
        "state": StoredColumn(_("How it stands: waiting, offered to a counsellor, taken or ended.")),
        "asked_at": StoredColumn(_("When you asked for it.")),
        "member_id": StoredColumn(_("If this is set, it was about one counsellor. We do not show who: that is about them."), shown=False),
        "offered_at": StoredColumn(_("When we offered it to the counsellor who is asked now.")),
        "passed": StoredColumn(_("Which counsellors had no time. We do not show who: that is about them."), shown=False),
        "taken_at": StoredColumn(_("When a counsellor took it.")),
        "active_at": StoredColumn(_("When one of you last wrote.")),
        "closes_at": StoredColumn(_("When live talk closes. A talk may go on for twenty minutes after that.")),
        "ended": StoredColumn(_("How it ended, in one word.")),
        "ended_at": StoredColumn(_("When it ended.")),
    },
)

READS = StoredTable(
    _("Who opened your conversation"),
    _("There is one row for each day on which a counsellor opened it. So nobody here can read in it unseen."),
    {
        "id": NUMBER,
        "conversation_id": OF_CONVERSATION,
        "member_id": StoredColumn(_("A counsellor. We do not show who: that is about them."), shown=False),
        "read_on": StoredColumn(_("The day. We do not keep the time of day.")),
    },
)
