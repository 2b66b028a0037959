"""The desk's pages, below /desk/. The interface that their scripts speak to is `messaging.desk_api`'s."""

from allauth.account import views as account
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from messaging.views import audit, counts, desk, disclosures, hours, invitation, keys, people, reports, sessions, status

# Only what is used of allauth: no sign-up (its page says so), no change of address, no reset by email. An admin invites again.
ACCOUNT = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("everywhere/", sessions.everywhere, name="account_everywhere"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("security/webauthn/login/", sessions.passkey, name="mfa_login_webauthn"),
    path("security/", include("allauth.mfa.urls")),
]

PAGES: list[URLPattern | URLResolver] = [
    path("", desk.desk, name="conversations"),
    path("vault/", desk.vault, name="vault"),
    path("keys/", keys.keys, name="keys"),
    path("keys/requests/<int:request_id>/", keys.certificate_request, name="certificate-request"),
    path("keys/vaults/<int:member_id>/forget/", keys.forget, name="forget-vault"),
    path("keys/statements.json", keys.statements, name="key-statements"),
    path("keys/certificates/", keys.certificates, name="certificates"),
    path("audit/", audit.audit, name="audit"),
    path("audit/audit.csv", audit.table, name="audit-table"),
    path("hours/", hours.hours, name="hours"),
    path("hours/close/", hours.close, name="hours-close"),
    path("hours/closures/<int:closure_id>/end/", hours.reopen, name="hours-reopen"),
    path("hours/busy/", hours.busy, name="hours-busy"),
    path("status/", status.status, name="status"),
    path("status/alerts/", status.alerts, name="status-alerts"),
    path("disclosures/", disclosures.disclosures, name="disclosures"),
    path("counts/", counts.counts, name="counts"),
    path("counts/counts.csv", counts.table, name="counts-table"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<slug:report>.csv", reports.table, name="reports-table"),
    path("rota/", include("messaging.rota_urls")),
    path("people/", people.people, name="people"),
    path("people/<int:account_id>/leave/", people.leave, name="leave"),
    path("people/<int:account_id>/sign-out/", people.sign_out, name="sign-out"),
    path("people/<int:account_id>/invite/", people.invite_again, name="invite-again"),
    path("invitation/<str:token>/", invitation.invitation, name="invitation"),
]

urlpatterns = [
    path("account/", include(ACCOUNT)),
    path("admin/", admin.site.urls),
    path("", include((PAGES, "desk"))),
]
