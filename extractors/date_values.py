"""The unit of the calendar that an interval is one of, and the interval written as a TIMEX3 value.

TIMEX3 (ISO-TimeML): "2021-06-15", "2021-W23", "2021-W23-WE", "2021-06", "2021-Q2", "2021-H1", "2021-SU",
"2021", "198" (the 1980s), "19" (the twentieth century); from one to another: "2021-06-15/2021-06-20".
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from corpus.facts import Grain
    from extractors.calendar import Interval
    from extractors.date_phrase import Phrase

_DAY = timedelta(days=1)
_MONTHS: dict[int, Grain] = {1: "month", 3: "quarter", 6: "half", 12: "year"}
_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}
"""By the month in which they begin."""


def grain(phrase: Phrase, interval: Interval) -> Grain:
    """The unit of the calendar that the interval is exactly one of, else "period"."""
    named = phrase.stretch.grain if phrase.stretch is not None else None
    if named in ("decade", "century", "season"):
        return named
    if interval.start == interval.end:
        return "day"
    if named == "week":
        days, weekday = (interval.end - interval.start).days + 1, interval.start.weekday()
        return "week" if (days, weekday) == (7, 0) else "weekend" if (days, weekday) == (2, 5) else "period"
    months = _whole_months(interval)
    unit = _MONTHS.get(months, "period")
    return unit if months and (interval.start.month - 1) % months == 0 else "period"


def value(grain: Grain, interval: Interval) -> str:
    """The interval as TIMEX3 writes it."""
    start, end = interval.start, interval.end
    if grain == "day":
        return start.isoformat()
    if grain == "period":
        return f"{_edge(start, interval)}/{_edge(end, interval)}"
    if grain in ("week", "weekend"):
        year, week, _ = start.isocalendar()
        return f"{year:04d}-W{week:02d}" + ("-WE" if grain == "weekend" else "")
    if grain == "decade":
        return f"{start.year // 10:03d}"
    if grain == "century":
        return f"{(end.year - 1) // 100:02d}"
    part = {
        "month": f"-{start.month:02d}",
        "quarter": f"-Q{start.month // 3 + 1}",
        "season": f"-{_SEASONS.get(start.month, 'SP')}",
        "half": f"-H{start.month // 6 + 1}",
    }
    return f"{start.year:04d}{part.get(grain, '')}"


def _whole_months(interval: Interval) -> int:
    """How many months the interval is, from a first to a last of the month; 0: it is none such."""
    start, end = interval.start, interval.end
    if start.day != 1 or not _is_last_of_month(end):
        return 0
    return 12 * (end.year - start.year) + end.month - start.month + 1


def _is_last_of_month(day: date) -> bool:
    return (day.month, day.day) == (12, 31) or (day + _DAY).day == 1


def _edge(day: date, interval: Interval) -> str:
    """An end of the interval, no finer than the interval is cut."""
    months = _whole_months(interval)
    if months and months % 12 == 0 and interval.start.month == 1:
        return f"{day.year:04d}"
    return f"{day.year:04d}-{day.month:02d}" if months else day.isoformat()
