"""What the lead is told of waits, demand and load: sums of weeks and quarters of a year that are over, small ones hidden."""

from messaging.reports.build import Everything, Read, everything
from messaging.reports.read import read

__all__ = ["Everything", "Read", "everything", "read"]
