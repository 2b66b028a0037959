"""`manage.py sendtestemail`, which says whether a mail server took it."""

from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import sendtestemail


class Command(sendtestemail.Command):
    """Django's, which ends well where no email is ever sent."""

    def handle(self, *arguments: Any, **options: Any) -> None:
        if not settings.SENDS_EMAIL:
            raise CommandError("Nothing was sent: this installation sends no email. Set HELPLINE_EMAIL_HOST.")
        try:
            super().handle(*arguments, **options)
        except (OSError, SMTPException) as error:
            raise CommandError(f"Nothing was sent: the mail server did not accept it ({type(error).__name__}: {error}).") from error
        self.stdout.write("The mail server accepted it. Check that it arrives, and that it is not in the spam folder.")
