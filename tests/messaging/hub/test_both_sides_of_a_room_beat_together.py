"""Both sides of a room are sent something at the same moments, and rooms share few of them."""

from hypothesis import given
from hypothesis import strategies as st

from messaging.hub.pace import MOMENTS, Pace

PACE = Pace()
INSTANTS = st.floats(0, 1e6)


@given(room=st.binary(min_size=16, max_size=16), one=INSTANTS, other=INSTANTS)
def test_whenever_they_sat_down(room: bytes, one: float, other: float) -> None:
    first, second = PACE.second_beat(room, after=one), PACE.second_beat(room, after=other)
    beats = (first - second) / PACE.beat
    assert abs(beats - round(beats)) < 1e-6
    for beat, sat in ((first, one), (second, other)):
        assert 0.5 * PACE.beat - 1e-6 <= beat - sat <= 1.5 * PACE.beat + 1e-6


def test_a_moment_names_no_room() -> None:
    moments = {PACE.second_beat(bytes([number]) * 16, after=0) % PACE.beat for number in range(256)}
    assert len(moments) == MOMENTS == 4
