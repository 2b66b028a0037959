"""The addresses of messages: the person's interface, the desk's interface, and the desk's pages."""

from django.urls import include, path, re_path

from messaging import api, desk_api, desk_disclosures_api, desk_work, desk_work_api
from messaging.endpoints import nothing_here
from messaging.views import kept, metrics, release

# Whatever else is asked for below an interface is answered in the interface's way.
ELSE = re_path(r"^", nothing_here)

PERSON = [
    path("desk", api.desk_address, name="desk"),
    path("challenges", api.challenges_address, name="challenges"),
    path("sessions", api.sessions_address, name="sessions"),
    path("messages", api.messages_address, name="messages"),
    path("inbox", api.inbox_address, name="inbox"),
    path("inbox/envelopes", api.envelopes_address, name="envelopes"),
    path("inbox/kept", api.kept_address, name="kept"),
    path("inbox/retention", api.retention_address, name="retention"),
    ELSE,
]

DESK = [
    path("me", desk_api.me_address, name="me"),
    path("vault", desk_api.vault_address, name="vault"),
    path("vault/passkeys", desk_api.passkeys_address, name="passkeys"),
    path("epochs", desk_api.epochs_address, name="epochs"),
    path("work", desk_work.work_address, name="work"),
    path("signals", desk_work.signals_address, name="signals"),
    path("work/break", desk_work.break_address, name="break"),
    path("conversations", desk_api.conversations_address, name="conversations"),
    path("conversations/<str:id>", desk_api.conversation_address, name="conversation"),
    path("conversations/<str:id>/envelopes", desk_api.envelopes_address, name="envelopes"),
    path("conversations/<str:id>/claim", desk_api.claim_address, name="claim"),
    path("conversations/<str:id>/release", desk_api.release_address, name="release"),
    path("conversations/<str:id>/close", desk_work_api.close_address, name="close"),
    path("conversations/<str:id>/snooze", desk_work_api.snooze_address, name="snooze"),
    path("conversations/<str:id>/stay-on", desk_work_api.stay_on_address, name="stay-on"),
    path("conversations/<str:id>/hand-over", desk_work_api.hand_over_address, name="hand-over"),
    path("conversations/<str:id>/take-over", desk_work_api.take_over_address, name="take-over"),
    path("conversations/<str:id>/flag", desk_work_api.flag_address, name="flag"),
    path("conversations/<str:id>/flag/opened", desk_work_api.flag_opened_address, name="flag-opened"),
    path("conversations/<str:id>/block", desk_work_api.block_address, name="block"),
    path("conversations/<str:id>/notes", desk_work_api.notes_address, name="notes"),
    path("conversations/<str:id>/presence", desk_work_api.presence_address, name="presence"),
    path("conversations/<str:id>/disclosures", desk_disclosures_api.disclosures_address, name="disclosures"),
    path("disclosures/<str:id>", desk_disclosures_api.disclosure_address, name="disclosure"),
    path("saved-replies", desk_work_api.saved_replies_address, name="saved-replies"),
    path("saved-replies/earlier", desk_work_api.earlier_replies_address, name="earlier-replies"),
    path("saved-replies/<str:id>", desk_work_api.saved_reply_address, name="saved-reply"),
    path("colleagues", desk_work_api.colleagues_address, name="colleagues"),
    ELSE,
]

# A public page like helpline's own, and in every language as they are.
PAGES = [path("kept", kept.kept, name="kept")]

urlpatterns = [
    path("metrics", metrics.metrics, name="metrics"),
    path(".well-known/helpline-manifest.json", release.release, name="release"),
    path("api/v1/", include((PERSON, "api"))),
    path("api/", include([ELSE])),
    path("desk/api/", include((DESK, "desk-api"))),
    path("desk/", include("messaging.desk_urls")),
]
