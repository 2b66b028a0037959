"""`manage.py drill` says what it cannot do before it starts anything."""

import pytest
from django.core.management import CommandError, call_command

from config.management.commands.drill import FAULTS


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"faults": "beat,flood"}, "There is no fault called flood. There are web-process, "),
        ({"faults": ""}, "There is no fault called "),
        ({"seconds": 3600.0}, "more than two hours"),
        ({"faults": "broker-cut", "cut": 7000.0}, "more than two hours"),
        ({"rate": 0.0}, "--rate must be more than nothing"),
        ({"talks": 0}, "--talks must be more than nothing"),
        ({"faults": "beat", "seconds": -1.0}, "--seconds must be more than nothing"),
    ],
)
def test_a_drill_that_cannot_be(options: dict[str, object], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("drill", **options)
    assert len(set(FAULTS)) == 15
