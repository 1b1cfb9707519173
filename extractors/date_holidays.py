"""Feasts and days of the moon: "mùng 2 Tết", "Giáng sinh 2020", "ngày 10 tháng 3 âm lịch năm 2019".

Vietnam's lunar calendar goes by UTC+7 and differs from the Chinese one in some years (Tết 2007, 2030).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from lunar_vn import SUPPORTED_YEAR_RANGE, convert_lunar_to_solar, convert_solar_to_lunar

from extractors import calendar, wordlists
from extractors.date_parts import MONTH_WORD, YEAR_OF, lacks_today, month_number, verbose, year_of
from extractors.date_phrase import Phrase, counts_from_today

if TYPE_CHECKING:
    from datetime import date

    from extractors.calendar import Stretch

_NEW_YEAR = {"tết": 1, "giêng": 1, "chạp": 12}
_YEAR = rf"(?:{YEAR_OF})?"
_LUNAR = r"(?:[ ](?:âm[ ]lịch|al)(?!\w)|[ ]\((?:âm[ ]lịch|al)\))?"
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
    {_LUNAR}{_YEAR}{_LUNAR}(?!\w)"""
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
    return _of_moon(day, 12 if eve else month, year_of(match, today), today, eve=eve)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else month_number(written)


def _of_moon(
    day: int, month: int, year: int | None, today: date | None, *, eve: bool = False
) -> Stretch | None:
    """The day in the lunar year that begins in the year (`eve`: ends in it), else the nearest to today."""
    if year is not None:
        years: tuple[int, ...] = (year,)
    else:
        years = (today.year - 1, today.year, today.year + 1) if today else ()
    days = [found for near in years if (found := _solar(day, month, near - eve)) is not None]
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


def read_lunar_day(lower: str, offset: int, today: date | None, *, lone: bool = False) -> Phrase | None:
    """A day of the moon; in running text only at Tết or with its year, as others come back every year."""
    match = _LUNAR_DAY.match(lower, offset)
    if match is None or _EVERY_YEAR.match(lower, match.end()):
        return None
    dated = counts_from_today(match) or year_of(match, today) is not None
    if not (lone or dated or match["tết"]):
        return None
    return Phrase(
        start=offset,
        end=match.end(),
        rule="date.lunar_day",
        confidence=0.8,
        stretch=_lunar_day(match, today),
        basis=None if dated and not counts_from_today(match) else "published",
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
    month, day, year = int(row["month"]), int(row["day"]), year_of(match, today)
    lunar = row["calendar"] == "lunar"
    return Phrase(
        start=offset,
        end=match.end(),
        rule="date.feast",
        confidence=0.8,
        stretch=_of_moon(day, month, year, today) if lunar else calendar.of_day(day, month, year),
        basis="published" if counts_from_today(match) or (lunar and year is None) else None,
    )
