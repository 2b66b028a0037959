"""The desk's pages, below /desk/. The interface that their scripts speak to is `messaging.desk.api`'s."""

from allauth.account import views as account
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from helpline.announcements import views as announcements_views
from helpline.staff import audit_views, help_views
from helpline.staff import views as staff_views
from helpline.statistics import views as statistics_views
from messaging.desk import views as desk_views
from messaging.disclosures import views as disclosures_views
from messaging.keys import views as keys_views
from messaging.members import views as members_views
from messaging.monitoring import views as monitoring_views
from messaging.reports import views as reports_views

# Only what is used of allauth: no sign-up (its page says so), no change of address, no reset by email. An admin invites again.
ACCOUNT = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("everywhere/", staff_views.everywhere, name="account_everywhere"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("security/webauthn/login/", staff_views.passkey, name="mfa_login_webauthn"),
    path("security/", include("allauth.mfa.urls")),
]

PAGES: list[URLPattern | URLResolver] = [
    path("", desk_views.desk, name="conversations"),
    path("vault/", desk_views.vault, name="vault"),
    path("keys/", keys_views.keys, name="keys"),
    path("keys/requests/<int:request_id>/", keys_views.certificate_request, name="certificate-request"),
    path("keys/vaults/<int:member_id>/forget/", keys_views.forget, name="forget-vault"),
    path("keys/statements.json", keys_views.statements, name="key-statements"),
    path("keys/certificates/", keys_views.certificates, name="certificates"),
    path("audit/", audit_views.audit, name="audit"),
    path("audit/audit.csv", audit_views.table, name="audit-table"),
    path("hours/", announcements_views.hours, name="hours"),
    path("hours/close/", announcements_views.close, name="hours-close"),
    path("hours/closures/<int:closure_id>/end/", announcements_views.reopen, name="hours-reopen"),
    path("hours/busy/", announcements_views.busy, name="hours-busy"),
    path("status/", monitoring_views.status, name="status"),
    path("status/alerts/", monitoring_views.alerts, name="status-alerts"),
    path("disclosures/", disclosures_views.disclosures, name="disclosures"),
    path("counts/", statistics_views.counts, name="counts"),
    path("counts/counts.csv", statistics_views.table, name="counts-table"),
    path("reports/", reports_views.reports, name="reports"),
    path("reports/<slug:report>.csv", reports_views.table, name="reports-table"),
    path("rota/", include("helpline.rota.urls")),
    path("people/", members_views.people, name="people"),
    path("people/<int:account_id>/leave/", members_views.leave, name="leave"),
    path("people/<int:account_id>/sign-out/", members_views.sign_out, name="sign-out"),
    path("people/<int:account_id>/invite/", members_views.invite_again, name="invite-again"),
    path("help/", help_views.help_page, name="help"),
    path("help/<slug:chapter>/", help_views.help_page, name="help-chapter"),
    path("invitation/<str:token>/", staff_views.invitation, name="invitation"),
]

urlpatterns = [
    path("account/", include(ACCOUNT)),
    path("admin/", admin.site.urls),
    path("", include((PAGES, "desk"))),
]
