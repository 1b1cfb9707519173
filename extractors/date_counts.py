"""Times counted from now: "2 ngày trước", "cách đây 3 tuần", "một năm rưỡi nữa", "3 tháng tới".

In running text the annotation guide takes them for durations or vague; `date_lone` reads them where
they are all that is written. Back and forth is a day ("3 tuần trước": 21 days ago), the time that went
by or comes is whole units of the calendar without the running one ("3 tháng tới").
"""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import TYPE_CHECKING

from extractors import calendar
from extractors.date_parts import verbose
from extractors.date_phrase import Rule
from extractors.date_words import DAY_WORDS, below_hundred

if TYPE_CHECKING:
    import re

    from extractors.calendar import Stretch

_COUNT = rf"(?:[0-9]{{1,3}}(?![0-9])|{DAY_WORDS})"
_COUNT_OR_HALF = rf"(?:nửa|{_COUNT})"
_UNIT = (
    r"(?:thập[ ](?:kỷ|niên)|thế[ ]kỷ|năm|qu[ýí]|tháng|tuần(?:[ ]lễ)?|ngày|hôm|bữa|giờ|tiếng|phút|giây)(?!\w)"
)
_COUNTED = verbose(rf"(?P<count>{_COUNT_OR_HALF})[ ](?P<unit>{_UNIT})(?P<half>[ ]rưỡi)?")
_COUNTS = rf"{_COUNT_OR_HALF}[ ]{_UNIT}(?:[ ]rưỡi)?(?:(?:,?[ ](?:và[ ])?){_COUNT}[ ]{_UNIT}){{0,4}}"
_MONTHS = {"tháng": 1, "quý": 3, "quí": 3, "năm": 12, "thập kỷ": 120, "thập niên": 120, "thế kỷ": 1200}
_DAYS = {"ngày": 1, "hôm": 1, "bữa": 1, "tuần": 7, "tuần lễ": 7}
_HOURS = {"giờ": 1, "tiếng": 1}
_HALF_A_MONTH = 15

# "cách đây 3 tuần", "1 năm 2 tháng trước", "hai ngày trước đây"
_AGO = verbose(
    rf"""(?:(?:cách|trước)[ ](?:đây|nay)[ ](?:khoảng[ ]|hơn[ ]|gần[ ])?(?P<since>{_COUNTS})(?:[ ]trước)?
    |(?P<ago>{_COUNTS})[ ](?:(?:về[ ])?trước(?:[ ]đây)?|cách[ ]đây))"""
)
# "3 ngày nữa", "sau 2 tuần", "trong 3 ngày nữa", "4 ngày sau"
_AHEAD = verbose(
    rf"(?:(?:sau|trong)[ ])?(?P<left>{_COUNTS})[ ](?:nữa|sau|kể[ ]từ[ ]nay)|sau[ ](?P<after>{_COUNTS})"
)
# "3 tháng tới", "hai tuần sắp tới"; "2 năm vừa qua", "5 ngày gần đây"
_WINDOW = verbose(
    rf"""(?:trong[ ])?(?:vòng[ ])?(?P<count>{_COUNT})[ ](?P<unit>{_UNIT})[ ]
    (?:(?P<coming>tới|sắp[ ]tới|tới[ ]đây|tiếp[ ]theo|kế[ ]tiếp|tiếp)
      |vừa[ ]qua|vừa[ ]rồi|gần[ ]đây|qua)(?!\w)"""
)


def _ago(match: re.Match[str], today: date | None) -> Stretch | None:
    return _shifted(match["since"] or match["ago"], today, -1)


def _ahead(match: re.Match[str], today: date | None) -> Stretch | None:
    return _shifted(match["left"] or match["after"], today, 1)


def _shifted(counts: str, today: date | None, sign: int) -> Stretch | None:
    if today is None:
        return None
    months, days = _lengths(counts)
    year, month = calendar.shifted_month(today, sign * months)
    if not MINYEAR + 2 < year < MAXYEAR - 2:
        return None
    last = calendar.of_month(month, year).interval()
    day = date(year, month, min(today.day, last.end.day if last else 28)) + timedelta(days=sign * days)
    return calendar.of_dates("day", day, day)


def _lengths(counts: str) -> tuple[int, int]:
    """Months and days; hours make days where there are enough of them, half a month is 15 days."""
    months = days = hours = 0
    for counted in _COUNTED.finditer(counts):
        unit = counted["unit"]
        halves = 1 if counted["count"] == "nửa" else 2 * _number(counted["count"]) + bool(counted["half"])
        months += halves * _MONTHS.get(unit, 0) // 2
        days += halves * _DAYS.get(unit, 0) // 2 + (halves % 2) * _HALF_A_MONTH * (unit == "tháng")
        hours += halves * _HOURS.get(unit, 0)
    return months, days + hours // 48


def _window(match: re.Match[str], today: date | None) -> Stretch | None:
    count, unit = _number(match["count"]), match["unit"]
    sign = 1 if match["coming"] else -1
    if today is None or count == 0:
        return None
    if unit in _MONTHS:
        return _months_from_now(sign * count, _MONTHS[unit], today)
    size = _DAYS.get(unit, 1)
    begin = today - timedelta(days=today.weekday()) if size == 7 else today
    ends = sorted((begin + timedelta(days=sign * size), begin + timedelta(days=sign * size * count)))
    return calendar.of_dates("week" if size == 7 else "day", ends[0], ends[1] + timedelta(days=size - 1))


def _months_from_now(count: int, size: int, today: date) -> Stretch | None:
    """So many months, quarters, years (of `size` months) before or after the running one."""
    running = (12 * today.year + today.month - 1) // size
    first, last = (running + 1, running + count) if count > 0 else (running + count, running - 1)
    (from_year, from_month), (to_year, to_month) = divmod(first * size, 12), divmod((last + 1) * size - 1, 12)
    if not MINYEAR < from_year <= to_year < MAXYEAR:
        return None
    return calendar.Stretch("part", (from_month + 1, 1), (to_month + 1, 0), from_year, to_year)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else below_hundred(written)


COUNTED_RULES = (
    Rule("ago", 0.8, _AGO, _ago),
    Rule("ahead", 0.8, _AHEAD, _ahead),
    Rule("window", 0.7, _WINDOW, _window),
)
