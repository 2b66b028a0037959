"""What the lead is told of waits, demand and load: sums of weeks and quarters of a year that are over, small ones hidden."""

from messaging.queries.reports.everything import Everything, Read, everything
from messaging.queries.reports.rows import read

__all__ = ["Everything", "Read", "everything", "read"]
