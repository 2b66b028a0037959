"""Who may what, address by address: everything below /desk/. A new address has no place here, and fails the test until somebody decides.

`Row(who, methods)`: these roles get through with these methods. Anybody else is sent to sign in, to set up a second step, or refused; a
method that is not named gets through for nobody.
"""

from dataclasses import dataclass

from tests.messaging.desk.roles.admins_rows import ADMINS_ROWS

NOBODY = "nobody signed in"
NO_FACTOR = "a counsellor without a second step"
COUNSELLOR, KEY_HOLDER, LEAD, ADMIN = "a counsellor", "a key-holder", "a lead", "an admin"
ROLES = (NOBODY, NO_FACTOR, COUNSELLOR, KEY_HOLDER, LEAD, ADMIN)

STAFF = frozenset({COUNSELLOR, KEY_HOLDER, LEAD, ADMIN})
DESK = frozenset({COUNSELLOR, KEY_HOLDER, LEAD})
LEADS = frozenset({LEAD, ADMIN})
ADMINS = frozenset({ADMIN})
OWN = STAFF | {NO_FACTOR}  # Pages of one's own account, which hold nothing of anybody else.
ANYBODY = OWN | {NOBODY}
HOLDER = frozenset({COUNSELLOR})  # Whose the row in the address is: the conversation, the absence.


@dataclass(frozen=True)
class Row:
    """Who gets through, with which methods."""

    who: frozenset[str]
    methods: str = "GET"


Rows = Row | tuple[Row, ...]  # Several, where not everybody who reads may send.
READ, FORM, SEND = "GET", "GET POST", "POST"

API: dict[str, Rows] = {
    "desk/api/me": Row(DESK),
    "desk/api/vault": Row(DESK, SEND),
    "desk/api/vault/challenges": Row(DESK, SEND),
    "desk/api/vault/passkeys": Row(DESK, SEND),
    "desk/api/vault/passkeys/out": Row(DESK, SEND),
    "desk/api/vault/records": Row(DESK, SEND),
    "desk/api/vault/renewal": Row(DESK, SEND),
    "desk/api/vault/renewal/sheet": Row(DESK, SEND),
    "desk/api/vault/renewal/done": Row(DESK, SEND),
    "desk/api/vault/grants": Row(DESK, SEND),
    "desk/api/vault/sheet": Row(DESK, SEND),
    "desk/api/epochs": Row(DESK, FORM),  # Opening one is the signer's: test_only_a_key_holder_opens_an_epoch.
    "desk/api/epochs/<int:number>/confirmation": Row(DESK, SEND),  # Whose word counts: test_one_key_holder_cannot_take_the_desk.
    "desk/api/conversations": Row(DESK),
    "desk/api/conversations/<str:id>": Row(DESK),
    "desk/api/conversations/<str:id>/envelopes": Row(DESK, SEND),
    "desk/api/conversations/<str:id>/claim": Row(DESK, SEND),
    "desk/api/conversations/<str:id>/release": Row(HOLDER, SEND),
    "desk/api/work": Row(DESK, FORM),
    "desk/api/signals": Row(DESK, FORM),
    "desk/api/work/break": Row(DESK, SEND),
    "desk/api/conversations/<str:id>/close": Row(DESK, SEND),
    "desk/api/conversations/<str:id>/snooze": Row(DESK, SEND),
    "desk/api/conversations/<str:id>/stay-on": Row(HOLDER, SEND),
    "desk/api/talks": Row(DESK, SEND),
    "desk/api/conversations/<str:id>/live/take": Row(DESK, SEND),  # Whom it is offered to: test_a_live_talk_is_offered_and_taken.
    "desk/api/conversations/<str:id>/live/decline": Row(DESK, SEND),
    "desk/api/conversations/<str:id>/live/end": Row(DESK, SEND),  # Whose it is: test_a_live_talk_ends.
    "desk/api/conversations/<str:id>/hand-over": Row(DESK, SEND),
    "desk/api/conversations/<str:id>/flag": Row(DESK, SEND),
    "desk/api/conversations/<str:id>/flag/opened": Row(frozenset({LEAD}), SEND),
    "desk/api/conversations/<str:id>/block": Row(DESK, SEND),
    "desk/api/conversations/<str:id>/notes": Row(DESK, FORM),
    "desk/api/conversations/<str:id>/notes/carries": Row(DESK, "POST"),
    "desk/api/conversations/<str:id>/presence": Row(DESK, SEND),
    "desk/api/conversations/<str:id>/live": Row(HOLDER, SEND),
    "desk/api/live": Row(DESK, SEND),
    "desk/api/conversations/<str:id>/take-over": Row(frozenset({LEAD}), SEND),
    "desk/api/conversations/<str:id>/disclosures": Row(DESK, FORM),
    "desk/api/disclosures/<str:id>": Row(DESK, SEND),  # Approving is a lead's: test_a_breach_takes_two_people.
    "desk/api/saved-replies": Row(DESK, FORM),
    "desk/api/saved-replies/earlier": Row(DESK),
    "desk/api/saved-replies/<str:id>": Row(DESK, "DELETE"),
    "desk/api/saved-replies/<str:id>/carries": Row(DESK, "POST"),
    "desk/api/colleagues": Row(DESK),
    # There is nothing: anybody with a second step may hear so, by any method.
    "desk/api/^": Row(ANYBODY - {NO_FACTOR}, "GET POST PUT DELETE"),
}

ACCOUNT: dict[str, Rows] = {
    "desk/account/login/": Row(ANYBODY, FORM),
    "desk/account/logout/": Row(OWN, FORM),
    "desk/account/inactive/": Row(ANYBODY, READ),
    "desk/account/signup/": Row(ANYBODY, FORM),  # It says that nobody signs up.
    "desk/account/everywhere/": Row(OWN, SEND),
    "desk/account/reauthenticate/": Row(OWN, FORM),
    "desk/account/password/": Row(OWN, FORM),
    "desk/account/security/": Row(OWN, READ),
    "desk/account/security/authenticate/": Row(OWN, FORM),  # For nobody signed in: only on the way in, after the password.
    "desk/account/security/reauthenticate/": Row(OWN, FORM),
    "desk/account/security/totp/activate/": Row(OWN, FORM),
    "desk/account/security/totp/deactivate/": Row(OWN, FORM),
    "desk/account/security/recovery-codes/": Row(OWN, READ),
    "desk/account/security/recovery-codes/generate/": Row(OWN, FORM),
    "desk/account/security/recovery-codes/download/": Row(OWN, FORM),
    "desk/account/security/webauthn/": Row(OWN, READ),
    "desk/account/security/webauthn/add/": Row(OWN, FORM),
    "desk/account/security/webauthn/reauthenticate/": Row(OWN, FORM),
    "desk/account/security/webauthn/keys/<int:pk>/remove/": Row(OWN, FORM),
    "desk/account/security/webauthn/keys/<int:pk>/edit/": Row(OWN, FORM),
    "desk/account/security/webauthn/login/": Row(OWN, FORM),  # For nobody signed in: the sign-in page's script alone asks for it.
    "desk/invitation/<str:token>/": Row(ANYBODY, FORM),
}

PAGES: dict[str, Rows] = {
    "desk/": Row(STAFF),
    "desk/vault/": Row(DESK),
    "desk/keys/": Row(STAFF),
    "desk/keys/renewals/<int:renewal_id>/": Row(ADMINS),
    "desk/keys/requests/<int:request_id>/": Row(ADMINS),
    "desk/keys/vaults/<int:member_id>/forget/": Row(ADMINS, SEND),
    "desk/keys/statements.json": Row(STAFF),
    "desk/keys/certificates/": Row(ADMINS, SEND),
    "desk/audit/": Row(LEADS),
    "desk/audit/audit.csv": Row(LEADS),
    "desk/audit/opened/": Row(LEADS),
    "desk/hours/": Row(LEADS),
    "desk/hours/close/": Row(LEADS, SEND),
    "desk/hours/closures/<int:closure_id>/end/": Row(LEADS, SEND),
    "desk/hours/busy/": Row(LEADS, SEND),
    "desk/status/": Row(LEADS),
    "desk/status/alerts/": Row(LEADS, SEND),
    "desk/disclosures/": Row(LEADS),
    "desk/counts/": Row(LEADS),
    "desk/counts/counts.csv": Row(LEADS),
    "desk/reports/": Row(LEADS),
    "desk/reports/<slug:report>.csv": Row(LEADS),
    "desk/help/": Row(STAFF),
    "desk/help/<slug:chapter>/": Row(STAFF),
    "desk/people/": Row(ADMINS, FORM),
    "desk/people/<int:account_id>/leave/": Row(ADMINS, FORM),
    "desk/people/<int:account_id>/sign-out/": Row(ADMINS, SEND),
    "desk/people/<int:account_id>/invite/": Row(ADMINS, SEND),
    **dict.fromkeys(("desk/waiting/", "desk/heard/"), Row(STAFF)),
    **{
        f"desk/waiting/{each}/": Row(LEADS, SEND) for each in ("<int:change_id>/confirm", "hide/<slug:number>", "vaults/<int:forgotten_id>")
    },
    "desk/waiting/<int:change_id>/stop/": Row(STAFF, SEND),  # Whose change it is: test_a_change_takes_two_people_and_a_day.
    "desk/waiting/voice/<int:account_id>/": Row(frozenset({LEAD}), SEND),  # An admin, where there is no lead.
}

ROTA: dict[str, Rows] = {
    "desk/rota/": Row(STAFF),
    "desk/rota/copy/": Row(LEADS, SEND),
    "desk/rota/make/": Row(LEADS, SEND),
    "desk/rota/publish/": Row(LEADS, SEND),
    "desk/rota/shifts/add/": Row(LEADS, FORM),
    "desk/rota/shifts/<int:shift_id>/": (Row(STAFF), Row(LEADS, SEND)),
    "desk/rota/shifts/<int:shift_id>/remove/": Row(LEADS, SEND),
    "desk/rota/patterns/": Row(LEADS, FORM),
    "desk/rota/patterns/<int:pattern_id>/end/": Row(LEADS, SEND),
    "desk/rota/minimum/": Row(LEADS, FORM),
    "desk/rota/minimum/<int:minimum_id>/remove/": Row(LEADS, SEND),
    "desk/rota/gaps/": Row(STAFF),
    "desk/rota/gaps/fill/": Row(LEADS),
    "desk/rota/open/": Row(STAFF),
    "desk/rota/open/take/": Row(DESK, SEND),
    "desk/rota/open/ask/": Row(LEADS, SEND),
    "desk/rota/open/requests/<int:shift_request_id>/withdraw/": Row(DESK, SEND),
    "desk/rota/open/requests/<int:shift_request_id>/approve/": Row(frozenset({LEAD}), SEND),
    "desk/rota/open/requests/<int:shift_request_id>/refuse/": Row(frozenset({LEAD}), SEND),
    "desk/rota/swaps/": Row(STAFF),
    "desk/rota/swaps/<int:offer_id>/approve/": Row(frozenset({LEAD}), SEND),
    "desk/rota/swaps/<int:offer_id>/refuse/": Row(frozenset({LEAD}), SEND),
    "desk/rota/swaps/<int:offer_id>/end/": Row(frozenset({LEAD}), SEND),
    "desk/rota/absences/": Row(LEADS),
    "desk/rota/absences/add/": Row(STAFF, FORM),
    "desk/rota/absences/<int:absence_id>/remove/": Row(LEADS | HOLDER, SEND),
    "desk/rota/mine/": Row(DESK),
    "desk/rota/mine/shifts/<int:shift_id>/swap/": Row(DESK, FORM),
    "desk/rota/mine/shifts/<int:shift_id>/cover/": Row(DESK, SEND),
    "desk/rota/mine/offers/<int:offer_id>/withdraw/": Row(DESK, SEND),
    "desk/rota/mine/offers/<int:offer_id>/accept/": Row(DESK, SEND),
    "desk/rota/mine/offers/<int:offer_id>/decline/": Row(DESK, SEND),
    "desk/rota/mine/offers/<int:offer_id>/unaccept/": Row(DESK, SEND),
    "desk/rota/mine/offers/<int:offer_id>/take/": Row(DESK, SEND),
    "desk/rota/plan/": Row(LEADS, FORM),
    "desk/rota/plan/discard/": Row(LEADS, SEND),
    "desk/rota/mine/availability/": Row(DESK, FORM),
    "desk/rota/mine/availability/<int:availability_id>/remove/": Row(DESK, SEND),
    "desk/rota/mine/most-hours/": Row(DESK, SEND),
    "desk/rota/mine/reminders/": Row(DESK, SEND),
    "desk/rota/mine/calendar/": Row(DESK, SEND),
    "desk/rota/mine/calendar/end/": Row(DESK, SEND),
}

ADMINS_OTHER: dict[str, Rows] = {
    "desk/admin/": Row(ADMINS, FORM),
    "desk/admin/login/": Row(ADMINS, FORM),
    "desk/admin/logout/": Row(ADMINS, FORM),
    "desk/admin/password_change/": Row(ADMINS, FORM),
    "desk/admin/password_change/done/": Row(ADMINS, READ),
    "desk/admin/autocomplete/": Row(frozenset()),  # No page uses it.
    "desk/admin/jsi18n/": Row(ADMINS, READ),
    "desk/admin/r/<path:content_type_id>/<path:object_id>/": Row(ADMINS, FORM),
    "desk/admin/helpline/advert/<int:pk>/made/<slug:name>": Row(ADMINS, FORM),
    "desk/admin/helpline/page/<int:pk>/recording": Row(ADMINS, SEND),
    "desk/admin/helpline/page/<int:pk>/recording/<str:whole>/<int:number>": Row(ADMINS, SEND),
    "desk/admin/^(?P<app_label>helpline|messaging)/$": Row(ADMINS, FORM),
    "desk/admin/(?P<url>.*)$": Row(ADMINS, FORM),
}


def _of_admin(rows: str, may: str) -> dict[str, Rows]:
    here, some = f"desk/admin/{rows}/", {action: ADMINS if action in may.split() else frozenset[str]() for action in ("add", "delete")}
    change = Row(ADMINS, FORM) if "change" in may else (Row(ADMINS), Row(frozenset(), SEND))
    return {
        here: Row(ADMINS, FORM),
        f"{here}add/": Row(some["add"], FORM),
        f"{here}<path:object_id>/history/": Row(ADMINS, FORM),
        f"{here}<path:object_id>/delete/": Row(some["delete"], FORM),
        f"{here}<path:object_id>/change/": change,
        f"{here}<path:object_id>/": Row(ADMINS, FORM),
    }


TABLE: dict[str, Rows] = {
    **API,
    **ACCOUNT,
    **PAGES,
    **ROTA,
    **ADMINS_OTHER,
    **{route: row for rows, may in ADMINS_ROWS.items() for route, row in _of_admin(rows, may).items()},
}


def may(route: str, method: str) -> frozenset[str] | None:
    """Which roles get through; None where the method is not taken."""
    rows = TABLE[route]
    taken = [row.who for row in (rows if isinstance(rows, tuple) else (rows,)) if method in row.methods.split()]
    return frozenset().union(*taken) if taken else None
