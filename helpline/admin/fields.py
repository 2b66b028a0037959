"""Times of day as people write them."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError


class MinuteOfDay(forms.Field):
    """09:00 on the page, 540 in the row; 24:00 is the midnight that ends the day."""

    def __init__(self, **named: Any) -> None:
        named.setdefault("help_text", "Such as 09:00, by the clock on the wall. 24:00 is the midnight that ends the day.")
        super().__init__(widget=forms.TextInput(attrs={"size": 6, "inputmode": "numeric"}), **named)

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,2})[:.](\d\d)", text, re.ASCII)
        minutes = int(found[1]) * 60 + int(found[2]) if found and int(found[2]) < 60 else -1
        if not 0 <= minutes <= 1440:
            raise ValidationError("Enter the time of day as hours and minutes, such as 09:00.")
        return minutes

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 60:02}:{value % 60:02}" if isinstance(value, int) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares minutes: Django hands over what the row has, and reads what was typed by `to_python`."""
        return super().has_changed(initial, data)
