"""A table as a file for a spreadsheet."""

import csv
from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpResponse


def csv_response(name: str, rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """The rows, the head among them, as `name`.csv."""
    headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    response = HttpResponse(content_type="text/csv; charset=utf-8", headers=headers)
    writer = csv.writer(response)
    for row in rows:
        writer.writerow([safe_csv_cell(value) for value in row])
    return response


def safe_csv_cell(value: Any) -> str:
    """A text that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
