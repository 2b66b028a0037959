"""Form fields that more than one room uses."""

from datetime import date
from typing import Any

from django import forms


class DayField(forms.DateField):
    """A day as a browser's own field writes it; what is no day is not put back, for that field cannot hold it."""

    input_formats = ["%Y-%m-%d"]

    def prepare_value(self, value: Any) -> Any:
        try:
            return value.isoformat() if isinstance(value, date) else date.fromisoformat(str(value)).isoformat()
        except ValueError:
            return ""
