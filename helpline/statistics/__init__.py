"""How often, for a campaign's owner; never who. Plain sums by day and part of a day, written some time after what they count.

A request only adds one to a sum in this process's memory (`sums`). A thread writes the sums to the database a while later, all of them at
once and in an order of their own (`rows`), so that a row's place and the time of its writing say nothing about any one visit or message.
What is shown of them leaves out small numbers (`small`), so that nobody is recognised in them (`report`).
"""

from helpline.statistics.counter import (
    count_advert_visit,
    count_page_visit,
    count_sent_message,
    count_start,
    flush_counts,
    forget_counts,
    start_counting,
)
from helpline.statistics.is_visit import is_visit

__all__ = [
    "count_advert_visit",
    "count_page_visit",
    "count_sent_message",
    "count_start",
    "flush_counts",
    "forget_counts",
    "is_visit",
    "start_counting",
]
