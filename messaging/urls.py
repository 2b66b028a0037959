"""The addresses of messages: the person's interface, the desk's interface, and the desk's pages."""

from django.urls import include, path, re_path

from messaging import api, desk_api
from messaging.endpoints import nothing_here
from messaging.views import kept

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
    ELSE,
]

DESK = [
    path("me", desk_api.me_address, name="me"),
    path("vault", desk_api.vault_address, name="vault"),
    path("vault/passkeys", desk_api.passkeys_address, name="passkeys"),
    path("epochs", desk_api.epochs_address, name="epochs"),
    path("conversations", desk_api.conversations_address, name="conversations"),
    path("conversations/<str:id>", desk_api.conversation_address, name="conversation"),
    path("conversations/<str:id>/envelopes", desk_api.envelopes_address, name="envelopes"),
    path("conversations/<str:id>/claim", desk_api.claim_address, name="claim"),
    path("conversations/<str:id>/release", desk_api.release_address, name="release"),
    ELSE,
]

# A public page like helpline's own, and in every language as they are.
PAGES = [path("kept", kept.kept, name="kept")]

urlpatterns = [
    path("api/v1/", include((PERSON, "api"))),
    path("api/", include([ELSE])),
    path("desk/api/", include((DESK, "desk-api"))),
    path("desk/", include("messaging.desk_urls")),
]
