"""The instants of the small rota: a Sunday evening, and the Monday after it."""

from datetime import timedelta

from tests.world.instants import utc

# A Sunday evening; the Monday after it is an ordinary one.
AT = utc("2026-11-01 18:00")
NINE, ONE, FIVE = utc("2026-11-02 09:00"), utc("2026-11-02 13:00"), utc("2026-11-02 17:00")
DAY = timedelta(days=1)
