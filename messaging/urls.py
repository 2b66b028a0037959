"""The addresses of messages: the person's interface, the desk's interface, and the desk's pages."""

from django.urls import include, path, re_path

from messaging.desk import actions_api
from messaging.desk import api as desk_api
from messaging.disclosures import api as disclosures_api
from messaging.http.endpoint import nothing_here
from messaging.inbox import api as inbox_api
from messaging.inbox import views as inbox_views
from messaging.keys import api as keys_api
from messaging.members import api as members_api
from messaging.monitoring import views as monitoring_views
from messaging.release import views as release_views

# Whatever else is asked for below an interface is answered in the interface's way.
ELSE = re_path(r"^", nothing_here)

PERSON = [
    path("desk", inbox_api.desk_address, name="desk"),
    path("challenges", inbox_api.challenges_address, name="challenges"),
    path("sessions", inbox_api.sessions_address, name="sessions"),
    path("messages", inbox_api.messages_address, name="messages"),
    path("inbox", inbox_api.inbox_address, name="inbox"),
    path("inbox/envelopes", inbox_api.envelopes_address, name="envelopes"),
    path("inbox/kept", inbox_api.kept_address, name="kept"),
    path("inbox/retention", inbox_api.retention_address, name="retention"),
    ELSE,
]

DESK = [
    path("me", keys_api.me_address, name="me"),
    path("vault", keys_api.vault_address, name="vault"),
    path("vault/passkeys", keys_api.passkeys_address, name="passkeys"),
    path("epochs", keys_api.epochs_address, name="epochs"),
    path("work", members_api.work_address, name="work"),
    path("signals", members_api.signals_address, name="signals"),
    path("work/break", members_api.break_address, name="break"),
    path("conversations", desk_api.conversations_address, name="conversations"),
    path("conversations/<str:id>", desk_api.conversation_address, name="conversation"),
    path("conversations/<str:id>/envelopes", desk_api.envelopes_address, name="envelopes"),
    path("conversations/<str:id>/claim", desk_api.claim_address, name="claim"),
    path("conversations/<str:id>/release", desk_api.release_address, name="release"),
    path("conversations/<str:id>/close", actions_api.close_address, name="close"),
    path("conversations/<str:id>/snooze", actions_api.snooze_address, name="snooze"),
    path("conversations/<str:id>/stay-on", actions_api.stay_on_address, name="stay-on"),
    path("conversations/<str:id>/hand-over", actions_api.hand_over_address, name="hand-over"),
    path("conversations/<str:id>/take-over", actions_api.take_over_address, name="take-over"),
    path("conversations/<str:id>/flag", actions_api.flag_address, name="flag"),
    path("conversations/<str:id>/flag/opened", actions_api.flag_opened_address, name="flag-opened"),
    path("conversations/<str:id>/block", actions_api.block_address, name="block"),
    path("conversations/<str:id>/notes", actions_api.notes_address, name="notes"),
    path("conversations/<str:id>/presence", actions_api.presence_address, name="presence"),
    path("conversations/<str:id>/disclosures", disclosures_api.disclosures_address, name="disclosures"),
    path("disclosures/<str:id>", disclosures_api.disclosure_address, name="disclosure"),
    path("saved-replies", actions_api.saved_replies_address, name="saved-replies"),
    path("saved-replies/earlier", actions_api.earlier_replies_address, name="earlier-replies"),
    path("saved-replies/<str:id>", actions_api.saved_reply_address, name="saved-reply"),
    path("colleagues", actions_api.colleagues_address, name="colleagues"),
    ELSE,
]

# A public page like helpline's own, and in every language as they are.
PAGES = [path("kept", inbox_views.kept, name="kept")]

urlpatterns = [
    path("metrics", monitoring_views.metrics, name="metrics"),
    path(".well-known/helpline-manifest.json", release_views.release, name="release"),
    path("api/v1/", include((PERSON, "api"))),
    path("api/", include([ELSE])),
    path("desk/api/", include((DESK, "desk-api"))),
    path("desk/", include("messaging.desk_urls")),
]
