"""Times of day as people write them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class MinuteOfDay(forms.Field):
    """09:00 on the page, 540 in the row. Where something ends, `ends`, 00:00 and 24:00 both are the midnight that comes."""

    def __init__(self, *, ends: bool = False, **named: Any) -> None:
        self.ends = ends
        midnight = " 00:00 means midnight at the end of the day." if ends else ""
        named.setdefault("help_text", f"Clock time, such as 09:00.{midnight}")
        super().__init__(widget=forms.TextInput(attrs={"size": 6, "inputmode": "numeric"}), **named)

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,2})[:.](\d\d)", text, re.ASCII)
        minutes = int(found[1]) * 60 + int(found[2]) if found and int(found[2]) < 60 else -1
        if not 0 <= minutes <= 1440 or (minutes == 1440 and not self.ends):
            raise ValidationError("Enter the time of day as hours and minutes, such as 09:00.")
        return minutes or (1440 if self.ends else 0)

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 60:02}:{value % 60:02}" if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares minutes: Django hands over what the row has, and reads what was typed by `to_python`."""
        return super().has_changed(initial, data)
