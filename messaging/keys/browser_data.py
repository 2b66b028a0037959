"""What a desk page gives its script: who is at it, and which passkeys the account has."""

from allauth.mfa.models import Authenticator

from messaging.hub.rings import live_key
from messaging.models import DeskMember
from messaging.protocol.encoding import encode


def account_passkeys(member: DeskMember) -> list[str]:
    """The ids of the account's passkeys, so that the browser can ask one of them for a vault's key."""
    found = Authenticator.objects.filter(user_id=member.counsellor.account_id, type=Authenticator.Type.WEBAUTHN)
    credentials = (key.wrap().authenticator_data.credential_data for key in found)
    return [encode(credential.credential_id) for credential in credentials if credential]


def browser_key_data(page: str, member: DeskMember) -> dict[str, object]:
    """What the page's script reads from `<main>`, which trusts it with nothing: no key is here."""
    return {
        "page": page,
        "counsellor": encode(member.public_id),
        "display_name": member.counsellor.display_name,
        "live": bool(live_key()),
        "passkeys": " ".join(account_passkeys(member)),
    }
