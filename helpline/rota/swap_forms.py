"""The form with which a counsellor asks for a swap."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from helpline.calendar import Interval
from helpline.models import Counsellor, Shift
from helpline.rota.form_fields import PersonField
from helpline.rota.forms import RotaForm
from helpline.rota.wording import channel_words, rota_span_words

# As far as one looks for a shift to get in return.
AHEAD = timedelta(weeks=8)


class SwapForm(RotaForm):
    """Who is asked, someone or everyone; and, in an exchange, which shift of theirs comes back."""

    offered_to = PersonField("Who do you want to ask?", required=False, empty_label="Everyone")
    in_return = forms.ModelChoiceField(
        Shift.objects.none(),
        label="Which shift do you want in return?",
        required=False,
        empty_label="None: I only want to give mine away",
        error_messages={"invalid_choice": "Choose one of the shifts in the list."},
    )

    def __init__(self, *arguments: Any, asked_by: int, at: datetime, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.fields["offered_to"].queryset = PersonField.offered(without=asked_by)  # type: ignore[attr-defined]
        others = Shift.objects.filter(
            Counsellor.answering("counsellor__"), state=Shift.State.PUBLISHED, starts_at__gt=at, starts_at__lt=at + AHEAD
        ).exclude(counsellor=asked_by)
        field = self.fields["in_return"]
        field.queryset = others.select_related("counsellor__account").order_by("counsellor__display_name", "starts_at")  # type: ignore[attr-defined]
        field.label_from_instance = self._words  # type: ignore[attr-defined]

    def _words(self, shift: Shift) -> str:
        when = rota_span_words(Interval(shift.starts_at, shift.ends_at), self.zone)
        return f"{shift.counsellor}: {when}, {channel_words(shift.channel)}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        whom, back = cleaned.get("offered_to"), cleaned.get("in_return")
        if back is not None and whom is not None and back.counsellor_id != whom.pk:
            self.add_error("in_return", f"Choose a shift of {whom}, or ask {back.counsellor} instead.")
        elif back is not None:
            cleaned["offered_to"] = back.counsellor
        return cleaned
