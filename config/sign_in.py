"""Our forms in the place of allauth's: the same fields, with errors that name them."""

ACCOUNT_FORMS = {
    "login": "helpline.staff.sign_in_forms.LoginForm",
    "change_password": "helpline.staff.sign_in_forms.ChangePasswordForm",
    "reauthenticate": "helpline.staff.sign_in_forms.PasswordAgainForm",
}
MFA_FORMS = {
    "authenticate": "helpline.staff.sign_in_forms.CodeForm",
    "reauthenticate": "helpline.staff.sign_in_forms.CodeAgainForm",
    "activate_totp": "helpline.staff.sign_in_forms.FirstCodeForm",
    "add_webauthn": "helpline.staff.sign_in_forms.AddPasskeyForm",
    "edit_webauthn": "helpline.staff.sign_in_forms.RenamePasskeyForm",
}
