"""Pure: from a calendar, a rota and an instant to what may be said. It knows no Django, no clock, and no database."""

from helpline.calendar.availability import Availability, ChannelState, compute_availability
from helpline.calendar.intervals import Interval
from helpline.calendar.opening import Calendar, Closure, Hours, SpecialDay
from helpline.calendar.public_holidays import HolidayCorrection, PublicHolidays
from helpline.calendar.working_time import add_working_time, working_time, working_time_ago

__all__ = [
    "Availability",
    "Calendar",
    "ChannelState",
    "Closure",
    "HolidayCorrection",
    "Hours",
    "Interval",
    "PublicHolidays",
    "SpecialDay",
    "add_working_time",
    "compute_availability",
    "working_time",
    "working_time_ago",
]
