"""The lead's reports: plots, the same numbers in tables, and each table as a file."""

from messaging.views.reports.page import reports, table

__all__ = ["reports", "table"]
