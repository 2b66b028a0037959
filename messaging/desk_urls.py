"""The desk's pages, below /desk/. The interface that their scripts speak to is `messaging.desk.api`'s."""

from allauth.account import views as account
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from helpline.announcements import views as announcements_views
from helpline.staff import audit_views, help_views
from helpline.staff import views as staff_views
from helpline.statistics import views as statistics_views
from messaging.desk import opened_views
from messaging.desk import views as desk_views
from messaging.disclosures import views as disclosures_views
from messaging.keys import views as keys_views
from messaging.members import views as members_views
from messaging.members import waiting_views
from messaging.monitoring import views as monitoring_views
from messaging.reports import views as reports_views

# Only what is used of allauth: no sign-up (its page says so), no change of address, no reset by email. An admin invites again.
ACCOUNT = [
    path("login/", account.login, name="account_login"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("signup/", account.signup, name="account_signup"),
    path("everywhere/", staff_views.sign_out_everywhere_view, name="account_everywhere"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/", account.password_change, name="account_change_password"),
    path("security/webauthn/login/", staff_views.passkey_sign_in_view, name="mfa_login_webauthn"),
    path("security/", include("allauth.mfa.urls")),
]

PAGES: list[URLPattern | URLResolver] = [
    path("", desk_views.desk_view, name="conversations"),
    path("vault/", desk_views.vault_view, name="vault"),
    path("keys/", keys_views.keys_view, name="keys"),
    path("keys/requests/<int:request_id>/", keys_views.certificate_request_view, name="certificate-request"),
    path("keys/renewals/<int:renewal_id>/", keys_views.renewal_request_view, name="renewal-request"),
    path("keys/vaults/<int:member_id>/forget/", keys_views.forget_vault_view, name="forget-vault"),
    path("keys/statements.json", keys_views.key_statements_view, name="key-statements"),
    path("keys/certificates/", keys_views.add_certificates_view, name="certificates"),
    path("audit/", audit_views.audit_trail_view, name="audit"),
    path("audit/opened/", opened_views.opened_view, name="opened"),
    path("audit/audit.csv", audit_views.audit_csv_view, name="audit-table"),
    path("hours/", announcements_views.announcements_view, name="hours"),
    path("hours/close/", announcements_views.announce_closure_view, name="hours-close"),
    path("hours/closures/<int:closure_id>/end/", announcements_views.end_closure_view, name="hours-reopen"),
    path("hours/busy/", announcements_views.announce_busy_view, name="hours-busy"),
    path("status/", monitoring_views.status_view, name="status"),
    path("status/alerts/", monitoring_views.choose_alerts_view, name="status-alerts"),
    path("disclosures/", disclosures_views.disclosures_view, name="disclosures"),
    path("counts/", statistics_views.statistics_view, name="counts"),
    path("counts/counts.csv", statistics_views.statistics_csv_view, name="counts-table"),
    path("reports/", reports_views.reports_view, name="reports"),
    path("reports/<slug:report>.csv", reports_views.report_csv_view, name="reports-table"),
    path("rota/", include("helpline.rota.urls")),
    path("people/", members_views.staff_list_view, name="people"),
    path("people/<int:account_id>/leave/", members_views.offboard_view, name="leave"),
    path("people/<int:account_id>/sign-out/", members_views.sign_out_account_view, name="sign-out"),
    path("people/<int:account_id>/invite/", members_views.invite_again_view, name="invite-again"),
    path("waiting/", waiting_views.waiting_view, name="waiting"),
    path("waiting/<int:change_id>/confirm/", waiting_views.confirm_change_view, name="confirm-change"),
    path("waiting/<int:change_id>/stop/", waiting_views.stop_change_view, name="stop-change"),
    path("waiting/hide/<slug:number>/", waiting_views.hide_number_view, name="hide-number"),
    path("waiting/vaults/<int:forgotten_id>/", waiting_views.bring_vault_back_view, name="bring-vault-back"),
    path("waiting/voice/<int:account_id>/", waiting_views.confirm_voice_view, name="confirm-voice"),
    path("heard/", waiting_views.heard_view, name="heard"),
    path("help/", help_views.help_view, name="help"),
    path("help/<slug:chapter>/", help_views.help_view, name="help-chapter"),
    path("invitation/<str:token>/", staff_views.invitation_view, name="invitation"),
]

urlpatterns = [
    path("account/", include(ACCOUNT)),
    path("admin/", admin.site.urls),
    path("", include((PAGES, "desk"))),
]
