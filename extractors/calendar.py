"""Stretches of the calendar: what a date expression denotes before and after its year is known."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

MonthDay = tuple[int, int]
"""Month and day of the month; day 0 is the last day of that month."""

Grain = Literal["day", "week", "month", "quarter", "part", "season", "year", "years", "decade", "century"]
Portion = Literal["start", "middle", "end", "first_half", "second_half"]

_OTHER_YEAR = 30
"""Days by which the running year is favoured over its neighbours."""
_YEARS = ("year", "decade", "century")
_THIRDS: dict[Portion, int] = {"start": 0, "middle": 1, "end": 2}


@dataclass(frozen=True, slots=True)
class Interval:
    """The days from `start` to `end`, inclusive."""

    start: date
    end: date

    def days_from(self, day: date) -> int:
        """How far the day lies outside the interval; 0 inside."""
        return max((self.start - day).days, (day - self.end).days, 0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one day of a year to another; a year that was not said is None.

    "15/6" is (6, 15) to (6, 15) without a year, "giai đoạn 2021-2025" is (1, 1) 2021 to (12, 31) 2025.
    """

    grain: Grain
    first: MonthDay
    last: MonthDay
    from_year: int | None = None
    to_year: int | None = None

    @property
    def complete(self) -> bool:
        """Whether the stretch says its own years."""
        return self.from_year is not None and self.to_year is not None

    @property
    def wraps(self) -> bool:
        """Whether it runs over the turn of a year ("28/12 - 3/1")."""
        return self.first > _clamped(self.last)

    def interval(self) -> Interval | None:
        """The days themselves; None without a year, for days that don't exist and for ends before starts."""
        if self.from_year is None or self.to_year is None:
            return None
        try:
            start, end = _day(self.from_year, self.first), _day(self.to_year, self.last)
        except ValueError:
            return None
        return Interval(start, end) if start <= end else None

    def in_year(self, year: int) -> Stretch:
        """The same days of the year in which the stretch ends."""
        return Stretch(self.grain, self.first, self.last, year - self.wraps, year)


def _clamped(moment: MonthDay) -> MonthDay:
    return (moment[0], moment[1] or 31)


def _day(year: int, moment: MonthDay) -> date:
    month, day = moment
    return date(year, month, day or monthrange(year, month)[1])


def of_dates(grain: Grain, start: date, end: date) -> Stretch:
    """A stretch whose days are known."""
    return Stretch(grain, (start.month, start.day), (end.month, end.day), start.year, end.year)


def of_day(day: int, month: int, year: int | None = None) -> Stretch:
    """One day of a month."""
    return Stretch("day", (month, day), (month, day), year, year)


def of_months(first: int, last: int, year: int | None = None, grain: Grain = "part") -> Stretch:
    """Whole months of one year."""
    return Stretch(grain, (first, 1), (last, 0), year, year)


def of_month(month: int, year: int | None = None, portion: Portion | None = None) -> Stretch:
    """A month, or its days 1-10, 11-20, 21-end, or 1-15, 16-end."""
    start, end = {
        None: (1, 0), "start": (1, 10), "middle": (11, 20), "end": (21, 0),
        "first_half": (1, 15), "second_half": (16, 0),
    }[portion]  # fmt: skip
    return Stretch("month", (month, start), (month, end), year, year)


def of_quarter(quarter: int, year: int | None = None, portion: Portion | None = None) -> Stretch:
    """A quarter, or its first, second or third month."""
    first = 3 * quarter - 2
    if portion in _THIRDS:
        return of_months(first + _THIRDS[portion], first + _THIRDS[portion], year)
    return of_months(first, first + 2, year, "quarter")


def of_year(year: int | None, portion: Portion | None = None) -> Stretch:
    """A year, its months 1-4, 5-8, 9-12, or one of its halves."""
    first, last = {
        None: (1, 12), "start": (1, 4), "middle": (5, 8), "end": (9, 12),
        "first_half": (1, 6), "second_half": (7, 12),
    }[portion]  # fmt: skip
    return of_months(first, last, year, "part" if portion else "year")


def of_years(first: int, last: int, grain: Grain = "years") -> Stretch:
    """Whole years."""
    return Stretch(grain, (1, 1), (12, 31), first, last)


def of_week(day: date, portion: Portion | None = None) -> Stretch:
    """The week (Monday to Sunday) that holds the day; its first two, its middle, its last two days."""
    monday = day - timedelta(days=day.weekday())
    start, end = {"start": (0, 1), "middle": (2, 4), "end": (5, 6)}.get(portion or "", (0, 6))
    return of_dates("week", monday + timedelta(days=start), monday + timedelta(days=end))


def shifted_month(day: date, months: int) -> tuple[int, int]:
    """(year, month) so many months after the day's month."""
    year, month = divmod(12 * day.year + day.month - 1 + months, 12)
    return year, month + 1


def join(left: Stretch, right: Stretch) -> Stretch:
    """From the start of one to the end of the other; a year that one lacks is carried over from the other."""
    grain: Grain = "years" if left.grain == right.grain and left.grain in _YEARS else left.grain
    turn = left.first > _clamped(right.last)
    from_year, to_year = left.from_year, right.to_year
    if from_year is None and right.from_year is not None:
        from_year = right.from_year - turn
    if to_year is None and left.to_year is not None:
        to_year = left.to_year + turn
    return Stretch(grain, left.first, right.last, from_year, to_year)


def mended_end(start: int, end: int) -> int | None:
    """The end year that was meant where a range runs backwards: one digit was mistyped (2019-2010: 2020)."""
    if end >= start:
        return end
    written = f"{end:04d}"
    options = (
        int(written[:place] + digit + written[place + 1 :]) for place in range(4) for digit in "0123456789"
    )
    return min((year for year in options if start < year <= start + 15), default=None)


def nearest_year(stretch: Stretch, today: date, tense: Literal["past", "future"] | None) -> int | None:
    """The year that puts the stretch nearest to today on the right side of it; the running year is favoured.

    None where no year near today has such a day.
    """
    best: tuple[int, int] | None = None
    for year in (today.year, today.year - 1, today.year + 1):
        interval = stretch.in_year(year).interval()
        if interval is None:
            continue
        if (tense == "past" and interval.start > today) or (tense == "future" and interval.end < today):
            continue
        cost = interval.days_from(today) + (0 if year == today.year else _OTHER_YEAR)
        if cost <= _OTHER_YEAR:
            return year
        best = min(best, (cost, year)) if best else (cost, year)
    return best[1] if best else None
