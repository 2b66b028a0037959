"""What the lead is told of waits, demand and load: sums of weeks and quarters of a year that are over, small ones hidden."""

from messaging.reports.build import DeskReports, ReportData, build_reports
from messaging.reports.read import read_report_data

__all__ = ["DeskReports", "ReportData", "build_reports", "read_report_data"]
