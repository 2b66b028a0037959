"""Pure: from a calendar, a rota and an instant to what may be said. It knows no Django, no clock, and no database."""

from helpline.calendar.availability import Availability, State, compute_availability
from helpline.calendar.intervals import Interval
from helpline.calendar.opening import Calendar, Closure, Hours, SpecialDay
from helpline.calendar.public_holidays import Change, Holidays
from helpline.calendar.working_time import add_working_time, working_time, working_time_ago

__all__ = [
    "Availability",
    "Calendar",
    "Change",
    "Closure",
    "Holidays",
    "Hours",
    "Interval",
    "SpecialDay",
    "State",
    "add_working_time",
    "compute_availability",
    "working_time",
    "working_time_ago",
]
