"""Feasts and days of the moon: "mùng 2 Tết", "Giáng sinh 2020", "ngày 10 tháng 3 âm lịch năm 2019".

Vietnam's lunar calendar goes by UTC+7 and differs from the Chinese one in some years (Tết 2007, 2030).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from lunar_vn import SUPPORTED_YEAR_RANGE, convert_lunar_to_solar, convert_solar_to_lunar

from extractors import calendar, wordlists
from extractors.date_parts import MONTH, MONTH_WORD, YEAR_OF, lacks_today, month_number, verbose, year_of
from extractors.date_phrase import Phrase, counts_from_today
from extractors.date_sexagenary import NAMED, year_named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from extractors.calendar import Stretch

_WEEKDAYS = {"thursday": 3, "sunday": 6}
_NEW_YEAR = {"tết": 1, "giêng": 1, "chạp": 12}
_YEAR = rf"(?:{YEAR_OF})?"
_LUNAR_MARK = r"(?:[ ](?:âm[ ]lịch|al)(?!\w)|[ ]\((?:âm[ ]lịch|al)\))"
_LUNAR = rf"{_LUNAR_MARK}?"
_EVERY_YEAR = re.compile(r"[ ](?:hằng|hàng|mỗi)[ ]năm")

# "mùng 2 Tết", "mồng Một Tết năm 2017", "30 Tết", "rằm tháng Giêng năm nay", "23 tháng Chạp",
# "ngày 10/3 âm lịch", "15 tháng 8 (âm lịch) năm 2020"
_LUNAR_DAY = verbose(
    rf"""(?:ngày[ ])?(?:(?P<new>mùng|mồng)[ ])?
    (?:(?P<full>rằm)|(?P<day>30|[12][0-9]|0?[1-9](?![0-9])|{MONTH_WORD}))
    (?:[ ](?P<tết>tết)(?:[ ]nguyên[ ]đán)?(?!\w)
      |[ ]tháng[ ](?P<named>giêng|chạp)(?!\w)
      |(?:/|[ ]tháng[ ])(?P<month>1[0-2]|0?[1-9](?![0-9])|{MONTH_WORD})
        (?=[ ]\(?(?:âm[ ]lịch|al\b)|.{{0,9}}âm[ ]lịch))
    {NAMED}{_LUNAR}{_YEAR}{_LUNAR}(?!\w)"""
)


def _lunar_day(match: re.Match[str], today: date | None) -> Stretch | None:
    """A day of the moon in the year that is said; at Tết, which has one meaning, in the nearest."""
    if lacks_today(match, today):
        return None
    month = _NEW_YEAR.get(match["tết"] or match["named"] or "") or month_number(match["month"])
    day = 15 if match["full"] else _number(match["day"])
    eve = bool(match["tết"]) and day > 20
    if (match["new"] and day > 10) or (match["tết"] and not (eve or match["new"])):
        return None
    return _of_moon(day, 12 if eve else month, _year_said(match, today), today, eve=eve)


def _year_said(match: re.Match[str], today: date | None) -> int | None:
    year = year_of(match, today)
    return year if year is not None else year_named(match, today)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else month_number(written)


def _of_moon(
    day: int, month: int, year: int | None, today: date | None, *, eve: bool = False
) -> Stretch | None:
    """The day in the lunar year that begins in the year (`eve`: ends in it), else the nearest to today."""
    return _nearest(lambda near: _solar(day, month, near - eve), year, today)


def _nearest(day_in: Callable[[int], date | None], year: int | None, today: date | None) -> Stretch | None:
    """The day of that year; without a year the one nearest to today."""
    if year is not None:
        years: tuple[int, ...] = (year,)
    else:
        years = (today.year - 1, today.year, today.year + 1) if today else ()
    days = [found for near in years if (found := day_in(near)) is not None]
    if not days:
        return None
    nearest = min(days, key=lambda found: abs((found - today).days)) if today else days[0]
    return calendar.of_dates("day", nearest, nearest)


def _solar(day: int, month: int, year: int) -> date | None:
    first, last = SUPPORTED_YEAR_RANGE
    if not first <= year < last:
        return None
    found = convert_lunar_to_solar(day, month, year)
    exists = convert_solar_to_lunar(found.day, found.month, found.year).day == day
    return found if exists else None  # not every month has a 30th


# "tháng Chạp", "tháng 7 âm lịch năm 2020"
_LUNAR_MONTH = verbose(rf"tháng[ ](?:(?P<named>chạp)|(?P<month>{MONTH}){_LUNAR_MARK}){_YEAR}(?!\w)")


def read_lunar_month(lower: str, offset: int, today: date | None) -> Phrase | None:
    """A month of the moon, where nothing but a date is to be expected; its year begins with Tết."""
    match = _LUNAR_MONTH.match(lower, offset)
    if match is None or lacks_today(match, today):
        return None
    month = 12 if match["named"] else month_number(match["month"])
    first = _of_moon(1, month, year_of(match, today), today)
    days = first.interval() if first else None
    if days is None:
        return None
    stretch = calendar.of_dates("month", days.start, _end_of_moon(days.start))
    return Phrase(
        start=offset,
        end=match.end(),
        rule="date.lunar_month",
        confidence=0.7,
        stretch=stretch,
        basis="published",
    )


def _end_of_moon(first: date) -> date:
    """The 30th day of the lunar month that begins on `first`, or its 29th where it has no more."""
    last = first + timedelta(days=29)
    whole = convert_solar_to_lunar(last.day, last.month, last.year).day == 30
    return last if whole else last - timedelta(days=1)


def read_lunar_day(lower: str, offset: int, today: date | None, *, lone: bool = False) -> Phrase | None:
    """A day of the moon; in running text only at Tết or with its year, as others come back every year."""
    match = _LUNAR_DAY.match(lower, offset)
    if match is None or _EVERY_YEAR.match(lower, match.end()):
        return None
    dated = counts_from_today(match) or _year_said(match, today) is not None
    if not (lone or dated or match["tết"]):
        return None
    return Phrase(
        start=offset,
        end=match.end(),
        rule="date.lunar_day",
        confidence=0.8,
        stretch=_lunar_day(match, today),
        basis=None if year_of(match, today) is not None and not counts_from_today(match) else "published",
    )


@cache
def _feast_pattern() -> re.Pattern[str]:
    names = wordlists.alternation(row["variant"] for row in wordlists.rows("holidays"))
    lead = r"(?:(?:ngày|dịp|đêm|lễ|kỷ[ ]niệm|đại[ ]lễ)[ ]){0,3}"
    return verbose(
        rf"{lead}(?P<name>{names})(?!\w)(?:[ ]\(?(?P<said>[0-9]{{1,2}}[/-][0-9]{{1,2}})\)?)?{_YEAR}"
    )


def read_feast(lower: str, offset: int, today: date | None) -> Phrase | None:
    """A feast by its name: "Giáng sinh 2020", "Quốc khánh 2/9 năm nay"."""
    match = _feast_pattern().match(lower, offset)
    if match is None:
        return None
    days = {row["variant"]: row for row in wordlists.rows("holidays")}
    row = days[match["name"]]
    year = year_of(match, today)
    movable = row["calendar"] != "solar"
    return Phrase(
        start=offset,
        end=match.end(),
        rule="date.feast",
        confidence=0.8,
        stretch=_feast_day(row, year, today),
        basis="published" if counts_from_today(match) or (movable and year is None) else None,
    )


def _feast_day(row: Mapping[str, str], year: int | None, today: date | None) -> Stretch | None:
    """Calendar `solar`, `lunar`, `eve` (the day before that lunar one); a weekday: the n-th of a month."""
    month, day = int(row["month"]), int(row["day"])
    match row["calendar"]:
        case "solar":
            return calendar.of_day(day, month, year)
        case "lunar":
            return _of_moon(day, month, year, today)
        case "eve":
            return _nearest(lambda near: _day_before(_solar(day, month, near)), year, today)
        case weekday:
            place = _WEEKDAYS[weekday]
            return _nearest(lambda near: _nth(place, day, month, near), year, today)


def _day_before(day: date | None) -> date | None:
    return day - timedelta(days=1) if day else None


def _nth(weekday: int, number: int, month: int, year: int) -> date:
    """The n-th Sunday (6), Thursday (3) of a month."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
