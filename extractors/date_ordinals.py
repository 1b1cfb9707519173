"""The first, the last, the n-th of a longer stretch: "tuần cuối cùng của tháng 10"."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from extractors import calendar, date_months, date_years
from extractors.date_parts import COUNTS, verbose
from extractors.date_phrase import Phrase
from extractors.date_weekdays import WEEKDAY, weekday_number

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from extractors.calendar import Grain, Interval, Stretch

_PLACES = COUNTS | {"nhất": 1, "nhì": 2, "tư": 4}
# "tuần đầu tiên của", "ngày cuối cùng trong", "thứ Sáu đầu tiên của", "tuần thứ 23 của", "tuần 23"
_HEAD = verbose(
    rf"""(?P<unit>ngày|tuần|tháng|qu[ýí]|{WEEKDAY})[ ]
    (?:(?P<first>đầu[ ]tiên|(?<=tuần[ ])đầu(?=[ ](?:của[ ])?tháng))
      |(?P<last>cuối[ ]cùng|cuối(?=[ ]của)|(?<=tuần[ ])cuối(?=[ ]tháng))
      |thứ[ ](?P<place>nhất|hai|ba|tư|bốn|năm|sáu|[0-9]{{1,2}})
      |(?<=tuần[ ])(?P<week>[0-9]{{1,2}})(?=[ ](?:của[ ])?năm[ ]))
    (?:[ ](?:của|trong|vào))?[ ]"""
)
_CONTAINERS = tuple(
    rule
    for rule in (*date_months.WORD_RULES, *date_years.WORD_RULES)
    if rule.name in ("month", "shifted_month", "quarter", "shifted_quarter", "year", "shifted_year")
)


# "ngày đầu tiên của năm": where nothing but a date is written, the running one
_RUNNING = verbose(r"(?P<unit>tuần|tháng|năm)(?:[ ]này)?(?!\w)")


def read_ordinal(lower: str, offset: int, today: date | None, *, lone: bool = False) -> Phrase | None:
    """The phrase that starts at the offset, if it tells a unit of a longer stretch by its place."""
    head = _HEAD.match(lower, offset)
    if head is None:
        return None
    options = (rule.at(lower, head.end(), today) for rule in _CONTAINERS)
    whole = max(filter(None, options), key=lambda phrase: phrase.end, default=None)
    if whole is None and lone:
        whole = _running(lower, head.end(), today)
    if whole is None or whole.stretch is None:
        return None
    whole_days, guessed = _placed(whole.stretch, today)
    stretch = _unit(head, whole_days) if whole_days else None
    return Phrase(
        start=offset,
        end=whole.end,
        rule="date.ordinal",
        confidence=0.85,
        stretch=stretch,
        basis="published" if guessed else whole.basis,
    )


def _running(lower: str, offset: int, today: date | None) -> Phrase | None:
    """The week, month or year of today, that a phrase calls by its unit alone."""
    match = _RUNNING.match(lower, offset)
    if match is None or today is None:
        return None
    stretch = {
        "tuần": calendar.of_week(today),
        "tháng": calendar.of_month(today.month, today.year),
        "năm": calendar.of_year(today.year),
    }[match["unit"]]
    return Phrase(
        start=offset,
        end=match.end(),
        rule="date.running",
        confidence=0.7,
        stretch=stretch,
        basis="published",
    )


def _placed(stretch: Stretch, today: date | None) -> tuple[Interval | None, bool]:
    """The days of the stretch, in the year nearest to today where it says none; and whether it said none."""
    if stretch.complete or today is None:
        return stretch.interval(), False
    year = calendar.nearest_year(stretch, today, None)
    return (stretch.in_year(year).interval() if year else None), True


def _unit(head: re.Match[str], whole: Interval) -> Stretch | None:
    units = list(_units(head["unit"], whole))
    if head["first"]:
        place = 0
    elif head["last"]:
        place = len(units) - 1
    else:
        written = head["place"] or head["week"]
        place = (_PLACES.get(written) or int(written)) - 1
    if head["unit"] == "tuần" and (whole.end - whole.start).days > 100 and not head["last"]:
        return _iso_week(whole.start.year, place + 1)
    return units[place] if 0 <= place < len(units) else None


def _iso_week(year: int, week: int) -> Stretch | None:
    try:
        return calendar.of_week(date.fromisocalendar(year, week, 1))
    except ValueError:
        return None


def _units(unit: str, whole: Interval) -> Iterator[Stretch]:
    """The days, weeks, months, quarters or such weekdays of a stretch."""
    if unit == "tháng" or unit.startswith("qu"):
        size: int = 1 if unit == "tháng" else 3
        grain: Grain = "month" if size == 1 else "quarter"
        for month in range(whole.start.month, whole.end.month + 1, size):
            yield calendar.of_months(month, month + size - 1, whole.start.year, grain)
        return
    if unit == "tuần":
        yield from _weeks(whole)
        return
    weekday = None if unit == "ngày" else weekday_number(unit)
    day = whole.start
    while day <= whole.end:
        if weekday is None or day.weekday() == weekday:
            yield calendar.of_dates("day", day, day)
        day += timedelta(days=1)


def _weeks(whole: Interval) -> Iterator[Stretch]:
    """Sevens of days from the first on; the last week of a stretch is its last seven days."""
    day = whole.start
    while day + timedelta(days=6) <= whole.end:
        yield calendar.of_dates("week", day, day + timedelta(days=6))
        day += timedelta(days=7)
    yield calendar.of_dates("week", whole.end - timedelta(days=6), whole.end)
