"""Weeks, months, quarters, the first months of a year: one rule a family, an example above each pattern."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from extractors import calendar
from extractors.date_parts import (
    COUNT,
    COUNTS,
    DASH,
    MONTH,
    MONTH_NUMBER,
    OPTIONAL_PORTION,
    QUARTER,
    QUARTERS,
    SHIFTED_UNIT,
    SHIFTS,
    TENSE,
    YEAR,
    YEAR_OF,
    lacks_today,
    month_number,
    portion,
    shifted_month_year,
    verbose,
    year_of,
)
from extractors.date_phrase import Rule

if TYPE_CHECKING:
    import re
    from datetime import date

    from extractors.calendar import Stretch


def _month(match: re.Match[str], today: date | None) -> Stretch | None:
    if lacks_today(match, today):
        return None
    year = year_of(match, today)
    month = calendar.of_month(month_number(match["month"]), year, portion(match))
    if match["first"] is None:
        return month
    return calendar.join(calendar.of_month(month_number(match["first"]), None), month)


# "tháng 6", "cuối tháng 8/2022", "T5/2017", "tháng 3.2017", "tháng 1-5/2017", "tháng Tám năm ngoái"
_MONTH = verbose(
    rf"""{OPTIONAL_PORTION}(?:tháng[ ]|t(?=[0-9]{{1,2}}[/-](?:19|20)[0-9]{{2}}))
    (?:(?P<first>{MONTH})(?:{DASH}|[ ](?:đến|tới)[ ]
        |(?:,[ ]{MONTH}){{0,9}}(?:,[ ]|[ ]và[ ])
            (?={MONTH}(?:[ ]?[/.–-][ ]?|,?[ ](?:của[ ])?năm[ ]){YEAR})
        |[ ]và[ ](?={MONTH_NUMBER}(?:[,;)\n]|[.](?![0-9])|$)))(?={MONTH}))?
    (?P<month>{MONTH})(?!\w|[.,/-][0-9]{{1,3}}(?![0-9]))(?:{YEAR_OF})?{TENSE}"""
)

# "1/2017", "06.2016" after a preposition or in brackets
_FIGURE_MONTH = verbose(
    rf"(?P<portion>)(?P<first>(?!))?(?P<month>{MONTH_NUMBER})[/.-](?P<slash_year>(?:19|20)[0-9]{{2}})(?!\w|[.,/:-][0-9]|[/-])"
)


def _shifted_month(match: re.Match[str], today: date | None) -> Stretch | None:
    if today is None:
        return None
    year, month = shifted_month_year(match["shift"], today)
    return calendar.of_month(month, year, portion(match))


def _unit_before(match: re.Match[str], _today: date | None) -> Stretch | None:
    return {"tháng": calendar.of_month(1), "quý": calendar.of_quarter(1), "quí": calendar.of_quarter(1)}[
        match["unit"]
    ]


# "tháng trước đó": the one before a month that was named
_UNIT_BEFORE = verbose(
    r"(?P<unit>tháng|qu[ýí])[ ](?:ngay[ ])?(?:trước[ ]đó|liền[ ](?:kề[ ])?trước(?:[ ]đó)?)(?!\w)"
)

# "tháng trước", "đầu tháng này", "tháng vừa qua"
_SHIFTED_MONTH = verbose(rf"{OPTIONAL_PORTION}tháng[ ](?P<shift>{SHIFTED_UNIT})")


def _days_of_month(match: re.Match[str], today: date | None) -> Stretch | None:
    month = _month(match, today)
    count = int(match["count"])
    if month is None or not 1 <= count <= 28:
        return None
    if match["end"] == "đầu":
        return replace(month, last=(month.last[0], count))
    last = monthrange(month.to_year or 2001, month.last[0])[1]
    return replace(month, first=(month.first[0], last - count + 1))


# "15 ngày đầu tháng 1/2017"
_DAYS_OF_MONTH = verbose(
    rf"""(?P<count>[0-9]{{1,2}})[ ]ngày[ ](?P<end>đầu|cuối)(?:[ ]của)?[ ]tháng[ ]
    (?P<portion>)(?P<first>(?!))?(?P<month>{MONTH})(?:{YEAR_OF})?{TENSE}(?!\w)"""
)


def _quarter(match: re.Match[str], today: date | None) -> Stretch | None:
    if lacks_today(match, today):
        return None
    year = year_of(match, today)
    quarter = calendar.of_quarter(_quarter_number(match["quarter"]), year, portion(match))
    if match["first"] is None:
        return quarter
    return calendar.join(calendar.of_quarter(_quarter_number(match["first"])), quarter)


def _quarter_number(written: str) -> int:
    return QUARTERS.get(written) or int(written)


# "quý I", "quí III/2017", "Q2/2021", "đầu quý II năm 2018", "quý I và II/2017", "quý III, IV năm nay"
_QUARTER = verbose(
    rf"""{OPTIONAL_PORTION}(?:qu[ýí][ ]|q(?=[1-4][/-](?:19|20)))
    (?:(?P<first>{QUARTER})(?:{DASH}|[ ]?[+&,][ ]?(?=[iv1-4])|[ ](?:và|đến|tới)[ ])(?={QUARTER}))?
    (?P<quarter>{QUARTER})(?!\w|[.,-][0-9]{{1,3}}(?![0-9]))(?:{YEAR_OF})?{TENSE}"""
)


def _shifted_quarter(match: re.Match[str], today: date | None) -> Stretch | None:
    if today is None:
        return None
    year, quarter = divmod(4 * today.year + (today.month - 1) // 3 + SHIFTS[match["shift"]], 4)
    return calendar.of_quarter(quarter + 1, year, portion(match))


# "quý trước", "cuối quý này"
_SHIFTED_QUARTER = verbose(rf"{OPTIONAL_PORTION}qu[ýí][ ](?P<shift>{SHIFTED_UNIT})")


def _months_of_year(match: re.Match[str], today: date | None) -> Stretch | None:
    if lacks_today(match, today):
        return None
    written = match["count"]
    count = (COUNTS.get(written) or int(written)) if written else 1
    count *= 1 if match["unit"] == "tháng" else 3
    if not 1 <= count <= 12:
        return None
    year = year_of(match, today)
    if match.groupdict().get("vague"):
        return calendar.of_year(year, "start" if match["end"] == "đầu" else "end")
    if match["end"] in ("cuối", "còn lại"):
        return calendar.of_months(13 - count, 12, year)
    return calendar.of_months(1, count, year)


# "6 tháng đầu năm", "sáu tháng cuối năm 2017", "9 tháng đầu 2016", "2 quý đầu năm nay", "quý cuối năm"
_MONTHS_OF_YEAR = verbose(
    rf"""(?:(?P<count>{COUNT})[ ]|(?P<vague>(?:những|các|mấy)[ ]))?
    (?P<unit>tháng|qu[ýí])[ ](?P<end>đầu|cuối|còn[ ]lại)(?:[ ](?:tiên|cùng))?
    (?:{YEAR_OF}|[ ](?:của[ ])?năm(?!\w))"""
)

# "5 tháng năm 2017", "9 tháng/2016", "9 tháng của năm ngoái"
_MONTHS_SO_FAR = verbose(rf"(?P<count>{COUNT})[ ](?P<unit>tháng)(?P<end>){YEAR_OF}")

# "9 tháng qua", "6 tháng" (the year so far, where that is plain)
_CUMULATIVE = verbose(
    rf"(?P<count>{COUNT})[ ](?P<unit>tháng)(?:[ ](?P<end>đầu|cuối|qua)(?!\w))?(?![ ]?[0-9/])"
)


def _same_period(match: re.Match[str], today: date | None) -> Stretch | None:
    """The year (12 months of it, until the days are known); None of a year is one year back."""
    if lacks_today(match, today):
        return None
    months = (COUNTS.get(match["count"]) or int(match["count"])) if match["count"] else 12
    if not 1 <= months <= 12:
        return None
    return calendar.of_months(1, months, year_of(match, today), "part" if match["count"] else "year")


# "cùng kỳ năm trước", "cùng kỳ 2016", "9 tháng cùng kỳ năm 2015", "cùng kỳ"
_SAME_PERIOD = verbose(
    rf"""(?:(?P<count>{COUNT})[ ]tháng[ ])?cùng[ ]kỳ(?:{YEAR_OF})?
    (?![ ](?:các|nhiều|những|tháng|tuần|quý|hằng|hàng|lịch))"""
)
# "cùng thời điểm năm trước", "cùng thời gian này năm ngoái", "cùng tháng năm 2016"
_SAME_POINT = verbose(
    rf"(?P<count>(?!))?cùng[ ](?:thời[ ](?:điểm|gian)|giai[ ]đoạn|tháng|quý)(?:[ ]này)?(?:[ ]vào)?{YEAR_OF}"
)


_SEASONS = {"xuân": 3, "hè": 6, "hạ": 6, "thu": 9, "đông": 12}


def of_season(match: re.Match[str], today: date | None) -> Stretch | None:
    """Three months by the weather service's count: summer is June to August, winter begins in December."""
    if lacks_today(match, today):
        return None
    first, year = _SEASONS[match["season"]], year_of(match, today)
    last = (first + 1) % 12 + 1
    return calendar.Stretch("season", (first, 1), (last, 0), year, year and year + (last < first))


# "mùa hè năm ngoái", "mùa xuân 2019"; "Hội báo Xuân 2019" is an edition, no season
_SEASON = verbose(rf"mùa[ ](?P<season>xuân|hè|hạ|thu|đông){YEAR_OF}")


def _week(match: re.Match[str], today: date | None) -> Stretch | None:
    if today is None:
        return None
    return calendar.of_week(today + timedelta(weeks=SHIFTS[match["shift"]]), portion(match))


# "tuần trước", "đầu tuần này", "cuối tuần qua"
_WEEK = verbose(rf"{OPTIONAL_PORTION}tuần[ ](?P<shift>{SHIFTED_UNIT})")

NUMBER_RULES = (
    Rule("months_of_year", 0.97, _MONTHS_OF_YEAR, _months_of_year, "running_year"),
    Rule("months_so_far", 0.9, _MONTHS_SO_FAR, _months_of_year),
    Rule("cumulative", 0.75, _CUMULATIVE, _months_of_year, "cumulative"),
    Rule("same_period", 0.85, _SAME_PERIOD, _same_period, "same_period"),
    Rule("same_point", 0.8, _SAME_POINT, _same_period, "same_period"),
    Rule("figure_month", 0.85, _FIGURE_MONTH, _month, "company"),
    Rule("days_of_month", 0.9, _DAYS_OF_MONTH, _days_of_month),
)
"""Rules of what starts with a figure."""
WORD_RULES = (
    *NUMBER_RULES[:5],
    Rule("month", 0.95, _MONTH, _month),
    Rule("shifted_month", 0.9, _SHIFTED_MONTH, _shifted_month),
    Rule("unit_before", 0.8, _UNIT_BEFORE, _unit_before, "unit_before"),
    Rule("quarter", 0.95, _QUARTER, _quarter),
    Rule("shifted_quarter", 0.9, _SHIFTED_QUARTER, _shifted_quarter),
    Rule("week", 0.8, _WEEK, _week),
    Rule("season", 0.7, _SEASON, of_season),
)
"""Rules of what starts with a word, a number in words among them."""
