"""What every iCalendar file of ours ends with."""

from datetime import datetime, timedelta

import icalendar


def calendar_bytes(file: icalendar.Calendar) -> bytes:
    """The file's bytes. One without any event gets a time zone that changes nothing: RFC 5545 (section 3.6) wants one component or more."""
    if not file.subcomponents:
        standard = icalendar.TimezoneStandard()
        standard.add("dtstart", datetime(1970, 1, 1))  # noqa: DTZ001 - a local time, as the format has it
        standard.add("tzoffsetfrom", timedelta())
        standard.add("tzoffsetto", timedelta())
        zone = icalendar.Timezone()
        zone.add("tzid", "UTC")
        zone.add_component(standard)
        file.add_component(zone)
    return bytes(file.to_ical())
