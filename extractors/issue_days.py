"""The dates of an article as days of issue: where they stand, and how much of a date they say."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus.facts import Date

_YEARS = re.compile(r"(?:19|20)[0-9]{2}")
_OF_NUMBER = re.compile(r"/(?P<year>(?:19[4-9]|20[0-4])[0-9])/")


class Calendar:
    """The dates of an article by where they begin and end."""

    def __init__(self, dates: Iterable[Date]) -> None:
        """In any order."""
        self._by_end = sorted(dates, key=lambda found: found.end)
        self._ends = [found.end for found in self._by_end]
        self._by_start = {found.start: found for found in self._by_end}

    def starting(self, offset: int) -> Date | None:
        """The longest date that begins at the offset."""
        return self._by_start.get(offset)

    def last_between(self, start: int, end: int) -> Date | None:
        """The last date that ends in front of `end`, if it does not begin in front of `start`."""
        place = bisect_right(self._ends, end) - 1
        found = self._by_end[place] if place >= 0 else None
        return found if found and found.start >= start else None


def said(date: Date) -> str | None:
    """The day, or the month or year where only that is said; None for other intervals."""
    start, end = date.start_date, date.end_date
    if start == end:
        return start.isoformat()
    if start.day != 1 or start.year != end.year or end.day != monthrange(end.year, end.month)[1]:
        return None
    if start.month == end.month:
        return f"{start.year:04}-{start.month:02}"
    return f"{start.year:04}" if (start.month, end.month) == (1, 12) else None


def said_beside(date: Date, number: str | None) -> str | None:
    """The same behind a number, whose year a date without one is of ("56/2017/NĐ-CP ngày 9/5")."""
    day = said(date)
    of_number = _OF_NUMBER.search(number) if number else None
    if day is None or of_number is None or len(day) == len("2017") or _YEARS.search(date.text):
        return day
    return of_number["year"] + day[len("2017") :]
