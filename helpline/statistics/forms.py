"""The desk's forms. Every error names its field and says what to do."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from helpline.statistics.report import MOST_DAYS
from helpline.web.form_fields import DayField, StaffForm


class DaysForm(StaffForm):
    """The days whose counts are shown; both belong to them."""

    most_days = MOST_DAYS

    first = DayField(
        label=_("First day"),
        error_messages={
            "required": _("Enter the first day."),
            "invalid": _("Enter the first day as year, month and day, such as 2026-11-25."),
        },
    )
    last = DayField(
        label=_("Last day"),
        error_messages={
            "required": _("Enter the last day."),
            "invalid": _("Enter the last day as year, month and day, such as 2026-11-25."),
        },
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for name in ("first", "last"):
            day = cleaned.get(name)
            if day and not 2000 <= day.year < 2100:
                self.add_error(name, _("Enter a day from 2000 to 2099."))
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("last", _("Enter a last day that is not before the first day."))
            elif (last - first).days >= self.most_days:
                self.add_error(
                    "first", _("Enter a first day that is at most %(days)s days before the last day.") % {"days": self.most_days - 1}
                )
        return cleaned
