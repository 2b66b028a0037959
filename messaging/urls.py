"""The addresses of messages: the person's interface, the desk's interface, and the desk's pages."""

from django.urls import include, path, re_path

from messaging.desk import actions_api, notes_api, talks_api
from messaging.desk import api as desk_api
from messaging.desk import live_api as desk_live_api
from messaging.disclosures import api as disclosures_api
from messaging.http.endpoint import endpoint, no_such_endpoint
from messaging.inbox import api as inbox_api
from messaging.inbox import live_api as inbox_live_api
from messaging.inbox import talk_api
from messaging.inbox import views as inbox_views
from messaging.keys import api as keys_api
from messaging.members import api as members_api
from messaging.monitoring import views as monitoring_views
from messaging.release import views as release_views

# Whatever else is asked for below an interface is answered in the interface's way.
ELSE = re_path(r"^", no_such_endpoint)

PERSON = [
    path("desk", endpoint(GET=inbox_api.get_desk_keys), name="desk"),
    path("challenges", endpoint(POST=inbox_api.post_challenge), name="challenges"),
    path("sessions", endpoint(POST=inbox_api.post_session, DELETE=inbox_api.delete_session), name="sessions"),
    path("messages", endpoint(POST=inbox_api.post_first_message), name="messages"),
    path("drafts", endpoint(POST=inbox_api.post_first_draft), name="drafts"),
    path("inbox", endpoint(GET=inbox_api.get_inbox, DELETE=inbox_api.delete_inbox), name="inbox"),
    path("inbox/envelopes", endpoint(POST=inbox_api.post_next_message), name="envelopes"),
    path(
        "inbox/draft",
        endpoint(GET=inbox_api.get_draft, POST=inbox_api.post_draft, DELETE=inbox_api.delete_kept_draft),
        name="draft",
    ),
    path("inbox/live", endpoint(POST=inbox_live_api.post_own_live_ticket), name="live"),
    path(
        "inbox/live/request",
        endpoint(GET=talk_api.get_talk, POST=talk_api.post_talk, DELETE=talk_api.delete_talk),
        name="talk",
    ),
    path("inbox/kept", endpoint(GET=inbox_api.get_stored_data), name="kept"),
    path("inbox/retention", endpoint(GET=inbox_api.get_retention, POST=inbox_api.post_retention), name="retention"),
    ELSE,
]

DESK = [
    path("me", endpoint(GET=keys_api.get_own_keys), name="me"),
    path("vault", endpoint(POST=keys_api.post_vault), name="vault"),
    path("vault/challenges", endpoint(POST=keys_api.post_vault_challenge), name="vault-challenges"),
    path("vault/records", endpoint(POST=keys_api.post_passphrase_record), name="vault-records"),
    path("vault/passkeys", endpoint(POST=keys_api.post_passkey_record), name="passkeys"),
    path("vault/passkeys/out", endpoint(POST=keys_api.post_passkey_out), name="passkeys-out"),
    path("vault/renewal", endpoint(POST=keys_api.post_renewal), name="vault-renewal"),
    path("vault/renewal/sheet", endpoint(POST=keys_api.post_renewal_sheet), name="vault-renewal-sheet"),
    path("vault/renewal/done", endpoint(POST=keys_api.post_renewal_done), name="vault-renewal-done"),
    path("vault/grants", endpoint(POST=keys_api.post_own_grants), name="vault-grants"),
    path("vault/sheet", endpoint(POST=keys_api.post_vault_sheet), name="vault-sheet"),
    path("epochs", endpoint(GET=keys_api.get_grant_candidates, POST=keys_api.post_epoch), name="epochs"),
    path("epochs/<int:number>/confirmation", endpoint(POST=keys_api.post_confirmation), name="confirmation"),
    path("work", endpoint(GET=members_api.get_workload, POST=members_api.post_capacity), name="work"),
    path("signals", endpoint(GET=members_api.get_signals, POST=members_api.post_signals), name="signals"),
    path("work/break", endpoint(POST=members_api.post_break), name="break"),
    path("live", endpoint(POST=desk_live_api.post_bell_ticket), name="bell"),
    path("conversations", endpoint(GET=desk_api.get_desk_conversations), name="conversations"),
    path("conversations/<str:id>", endpoint(GET=desk_api.get_conversation), name="conversation"),
    path("conversations/<str:id>/envelopes", endpoint(POST=desk_api.post_reply), name="envelopes"),
    path("conversations/<str:id>/claim", endpoint(POST=desk_api.post_claim), name="claim"),
    path("conversations/<str:id>/release", endpoint(POST=desk_api.post_release), name="release"),
    path("conversations/<str:id>/close", endpoint(POST=actions_api.post_close), name="close"),
    path("conversations/<str:id>/snooze", endpoint(POST=actions_api.post_snooze), name="snooze"),
    path("conversations/<str:id>/stay-on", endpoint(POST=actions_api.post_stay_on), name="stay-on"),
    path("conversations/<str:id>/hand-over", endpoint(POST=actions_api.post_hand_over), name="hand-over"),
    path("conversations/<str:id>/take-over", endpoint(POST=actions_api.post_take_over), name="take-over"),
    path("conversations/<str:id>/flag", endpoint(POST=actions_api.post_flag), name="flag"),
    path("conversations/<str:id>/flag/opened", endpoint(POST=actions_api.post_flag_opened), name="flag-opened"),
    path("conversations/<str:id>/block", endpoint(POST=actions_api.post_block), name="block"),
    path("talks", endpoint(POST=talks_api.post_talks), name="talks"),
    path("conversations/<str:id>/live/take", endpoint(POST=talks_api.post_talk_taken), name="talk-taken"),
    path("conversations/<str:id>/live/decline", endpoint(POST=talks_api.post_talk_declined), name="talk-declined"),
    path("conversations/<str:id>/live/end", endpoint(POST=talks_api.post_talk_ended), name="talk-ended"),
    path("conversations/<str:id>/notes", endpoint(GET=notes_api.get_notes, POST=notes_api.post_note), name="notes"),
    path("conversations/<str:id>/notes/carries", endpoint(POST=notes_api.post_note_carry), name="note-carries"),
    path("conversations/<str:id>/live", endpoint(POST=desk_live_api.post_live_ticket), name="live"),
    path("conversations/<str:id>/presence", endpoint(POST=actions_api.post_presence), name="presence"),
    path(
        "conversations/<str:id>/disclosures",
        endpoint(GET=disclosures_api.get_disclosures, POST=disclosures_api.post_disclosure),
        name="disclosures",
    ),
    path("disclosures/<str:id>", endpoint(POST=disclosures_api.post_disclosure_step), name="disclosure"),
    path("saved-replies", endpoint(GET=notes_api.get_saved_replies, POST=notes_api.post_saved_reply), name="saved-replies"),
    path("saved-replies/earlier", endpoint(GET=notes_api.get_earlier_replies), name="earlier-replies"),
    path("saved-replies/<str:id>", endpoint(DELETE=notes_api.delete_saved_reply), name="saved-reply"),
    path("saved-replies/<str:id>/carries", endpoint(POST=notes_api.post_saved_reply_carry), name="saved-reply-carries"),
    path("colleagues", endpoint(GET=actions_api.get_colleagues), name="colleagues"),
    ELSE,
]

# A public page like helpline's own, and in every language as they are.
PAGES = [path("kept", inbox_views.stored_data_view, name="kept")]

urlpatterns = [
    path("metrics", monitoring_views.metrics_view, name="metrics"),
    path(".well-known/helpline-manifest.json", release_views.release_view, name="release"),
    path("api/v1/", include((PERSON, "api"))),
    path("api/", include([ELSE])),
    path("desk/api/", include((DESK, "desk-api"))),
    path("desk/", include("messaging.desk_urls")),
]
