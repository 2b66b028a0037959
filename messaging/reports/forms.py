"""The form that chooses the days of the reports."""

from helpline.statistics.forms import DaysForm


class ReportDaysForm(DaysForm):
    """The days whose reports are shown: a year and a day at most."""

    most_days = 367
