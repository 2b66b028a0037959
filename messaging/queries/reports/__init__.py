"""What the lead is told of waits, demand and load: sums by the week or the quarter of a year, small ones hidden. In fifteen queries."""

from messaging.queries.reports.everything import Everything, everything

__all__ = ["Everything", "everything"]
