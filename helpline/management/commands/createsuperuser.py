"""`manage.py createsuperuser`: the first admin, as Django makes one; the password has to be good, and the trail has a line of it."""

import os
from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db import transaction

from helpline.audit import record_audit
from helpline.clock import now
from helpline.models import Account
from helpline.models.audit import Action, Kind

PASSWORD = "DJANGO_SUPERUSER_PASSWORD"  # noqa: S105 - the variable's name, which is Django's


class Command(createsuperuser.Command):
    """Django takes any password where nobody is asked for it (`--noinput`); this does not."""

    def handle(self, *arguments: Any, **options: Any) -> None:
        given = os.environ.get(PASSWORD)
        if not options["interactive"] and given is not None:
            try:
                validate_password(given)
            except ValidationError as error:
                raise CommandError(f"{PASSWORD}: {' '.join(error.messages)}") from error
        with transaction.atomic():
            before = set(Account.objects.values_list("pk", flat=True))
            super().handle(*arguments, **options)
            for account in Account.objects.exclude(pk__in=before):
                record_audit(None, Action.ADDED, "account", kind=Kind.PEOPLE, at=now(), row=account.pk, about=account)
