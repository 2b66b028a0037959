"""The addresses of messages: the person's interface, the desk's interface, and the desk's pages."""

from django.urls import include, path, re_path

from messaging.desk import actions_api
from messaging.desk import api as desk_api
from messaging.disclosures import api as disclosures_api
from messaging.http.endpoint import endpoint, nothing_here
from messaging.inbox import api as inbox_api
from messaging.inbox import views as inbox_views
from messaging.keys import api as keys_api
from messaging.members import api as members_api
from messaging.monitoring import views as monitoring_views
from messaging.release import views as release_views

# Whatever else is asked for below an interface is answered in the interface's way.
ELSE = re_path(r"^", nothing_here)

PERSON = [
    path("desk", endpoint(GET=inbox_api.desk), name="desk"),
    path("challenges", endpoint(POST=inbox_api.challenge), name="challenges"),
    path("sessions", endpoint(POST=inbox_api.open_, DELETE=inbox_api.end), name="sessions"),
    path("messages", endpoint(POST=inbox_api.first), name="messages"),
    path("inbox", endpoint(GET=inbox_api.read, DELETE=inbox_api.delete), name="inbox"),
    path("inbox/envelopes", endpoint(POST=inbox_api.send), name="envelopes"),
    path("inbox/kept", endpoint(GET=inbox_api.kept), name="kept"),
    path("inbox/retention", endpoint(GET=inbox_api.retention, POST=inbox_api.choose_retention), name="retention"),
    ELSE,
]

DESK = [
    path("me", endpoint(GET=keys_api.me), name="me"),
    path("vault", endpoint(POST=keys_api.vault), name="vault"),
    path("vault/passkeys", endpoint(POST=keys_api.passkey_vault), name="passkeys"),
    path("epochs", endpoint(GET=keys_api.candidates, POST=keys_api.epoch), name="epochs"),
    path("work", endpoint(GET=members_api.work, POST=members_api.choose), name="work"),
    path("signals", endpoint(GET=members_api.signals, POST=members_api.choose_how), name="signals"),
    path("work/break", endpoint(POST=members_api.pause), name="break"),
    path("conversations", endpoint(GET=desk_api.conversations), name="conversations"),
    path("conversations/<str:id>", endpoint(GET=desk_api.conversation), name="conversation"),
    path("conversations/<str:id>/envelopes", endpoint(POST=desk_api.envelope), name="envelopes"),
    path("conversations/<str:id>/claim", endpoint(POST=desk_api.take), name="claim"),
    path("conversations/<str:id>/release", endpoint(POST=desk_api.give_back), name="release"),
    path("conversations/<str:id>/close", endpoint(POST=actions_api.close_it), name="close"),
    path("conversations/<str:id>/snooze", endpoint(POST=actions_api.snooze_it), name="snooze"),
    path("conversations/<str:id>/stay-on", endpoint(POST=actions_api.stay), name="stay-on"),
    path("conversations/<str:id>/hand-over", endpoint(POST=actions_api.hand_it_over), name="hand-over"),
    path("conversations/<str:id>/take-over", endpoint(POST=actions_api.take_it_over), name="take-over"),
    path("conversations/<str:id>/flag", endpoint(POST=actions_api.flag_it), name="flag"),
    path("conversations/<str:id>/flag/opened", endpoint(POST=actions_api.look_at_flag), name="flag-opened"),
    path("conversations/<str:id>/block", endpoint(POST=actions_api.block_it), name="block"),
    path("conversations/<str:id>/notes", endpoint(GET=actions_api.notes, POST=actions_api.add_note), name="notes"),
    path("conversations/<str:id>/presence", endpoint(POST=actions_api.presence), name="presence"),
    path(
        "conversations/<str:id>/disclosures",
        endpoint(GET=disclosures_api.of_conversation, POST=disclosures_api.propose_one),
        name="disclosures",
    ),
    path("disclosures/<str:id>", endpoint(POST=disclosures_api.step), name="disclosure"),
    path("saved-replies", endpoint(GET=actions_api.all_saved, POST=actions_api.save), name="saved-replies"),
    path("saved-replies/earlier", endpoint(GET=actions_api.earlier_saved), name="earlier-replies"),
    path("saved-replies/<str:id>", endpoint(POST=actions_api.reseal, DELETE=actions_api.forget_saved), name="saved-reply"),
    path("colleagues", endpoint(GET=actions_api.others), name="colleagues"),
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
