"""A text that is nothing but one date expression: a byline, a cell, a question ("2 tuần trước", "20-11").

What running text needs as a proof that a date is meant - a preposition, a capital, a bracket - is not
asked for here, and times counted from now ("3 tháng trước"), which are no dates there, are read.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from extractors import calendar, date_months, date_years
from extractors.date_counts import COUNTED_RULES
from extractors.date_days import read_day
from extractors.date_holidays import read_feast, read_lunar_day, read_lunar_month
from extractors.date_ordinals import read_ordinal
from extractors.date_parts import (
    DAY,
    MONTH_NUMBER,
    OPTIONAL_PORTION,
    PART_OF_DAY,
    PORTION,
    PORTIONS,
    SHIFTED_UNIT,
    SHIFTED_YEAR,
    SHIFTS,
    YEAR_OF,
    full_year,
    portion,
    verbose,
    year_of,
)
from extractors.date_phrase import Rule
from extractors.date_weekdays import WEEKDAY, weekday_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.calendar import Stretch
    from extractors.date_phrase import Basis, Phrase

_LONGEST = 80
_TIME = (
    r"(?:[0-2]?[0-9](?:[:hg][0-5]?[0-9]?|[ ]?giờ(?:[ ][0-5]?[0-9])?(?:[ ]phút)?)(?::[0-5][0-9])?"
    r"(?:[ ]?(?:am|pm|sa|ch|sáng|trưa|chiều|tối|đêm)(?!\w))?)"
)
_WORD_BEFORE = (
    r"(?:vào|lúc|hồi|từ|kể|tính|cho|đến|tới|trước|khoảng|gần|đúng|dịp|cả|tầm|suốt|hết"
    r"|trong(?![ ](?:vòng|[0-9]))"
    r"|cập[ ]nhật|đăng)"
)
_BEFORE = re.compile(rf"(?:{_WORD_BEFORE}[ ]|{_TIME}[ ,]|[-–,(|:][ ]?|[ ]){{0,6}}")
_WORDS_BEFORE = re.compile(rf"(?:{_WORD_BEFORE}[ ]){{1,4}}")
_FROM_NOW = re.compile(r"từ[ ](?P<now>nay)[ ](?:cho[ ])?(?:đến|tới)[ ](?:hết[ ])?")
_AFTER = re.compile(
    rf"(?:(?:[ ]?[-–,|(][ ]?|[ ](?:vào[ ])?(?:lúc[ ])?){_TIME}(?:[ ]?\(?gmt[+-]?[0-9]{{0,2}}\)?)?)?"
    r"[ .,;:!?)]{0,4}"
)


def read_lone(text: str, lower: str, today: date | None) -> Phrase | None:
    """The one expression that the text is, but for prepositions, times of day and full stops around it."""
    if len(lower) > _LONGEST or "\n" in lower:
        return None
    for start in _starts(lower):
        for phrase in _readings(text, lower, start, today):
            if phrase.stretch is not None and _AFTER.fullmatch(lower, phrase.end):
                return phrase
    return _from_now(text, lower, today)


def _starts(lower: str) -> Iterator[int]:
    """After the words in front, an hour among them or left to the expression: "5 giờ trước"."""
    starts = (match.end() for pattern in (_BEFORE, _WORDS_BEFORE) if (match := pattern.match(lower)))
    yield from dict.fromkeys((*starts, 0))


def _from_now(text: str, lower: str, today: date | None) -> Phrase | None:
    """ "Từ nay đến cuối năm": from the day of publication on."""
    match = _FROM_NOW.match(lower)
    if match is None or today is None:
        return None
    for phrase in _readings(text, lower, match.end(), today):
        if phrase.stretch is not None and _AFTER.fullmatch(lower, phrase.end):
            whole = calendar.join(calendar.of_dates("part", today, today), phrase.stretch)
            return replace(phrase, start=match.start("now"), stretch=whole, basis="published")
    return None


def _readings(text: str, lower: str, start: int, today: date | None) -> Iterator[Phrase]:
    """All rules on the same text, those for lone expressions first; none is held back by its company."""
    named = (
        read_feast(lower, start, today),
        read_ordinal(lower, start, today, lone=True),
        read_lunar_day(lower, start, today, lone=True),
        read_lunar_month(lower, start, today),
    )
    yield from filter(None, named)
    for rule in _RULES:
        if phrase := rule.at(lower, start, today):
            yield replace(phrase, anchor="named", basis=_basis(rule, phrase))
    if day := read_day(text, lower, start, today, lone=True):
        yield day


def _basis(rule: Rule, phrase: Phrase) -> Basis:
    return "published" if rule in _FROM_TODAY else phrase.basis


def _upcoming(written: str, today: date) -> date:
    """The next such weekday after today."""
    number = 6 if written == "cn" else weekday_number(re.sub(r"^t[.]?(?=[2-7])", "thứ ", written)) or 0
    return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)


def _weekday(match: re.Match[str], today: date | None) -> Stretch | None:
    if today is None:
        return None
    first = _upcoming(match["from"], _day_before_weekday(match, today))
    last = _upcoming(match["to"], first) if match["to"] else first
    return calendar.of_dates("day", first, last)


def _day_before_weekday(match: re.Match[str], today: date) -> date:
    """The day after which the first such weekday is meant."""
    if match["week"]:
        return today + timedelta(days=7 * SHIFTS[match["week"]] - today.weekday() - 1)
    if match["gone"]:
        return today - timedelta(days=8)
    if match["day"] in ("hôm ", "bữa "):
        return today - timedelta(days=7)
    return today - timedelta(days=bool(match["this"]))


_SHORT = rf"(?:{WEEKDAY}|t[.]?[2-7]|cn)"
# "thứ hai", "T2", "CN tuần này", "thứ năm này", "thứ hai đến thứ sáu tuần sau", "thứ bảy rồi"
_WEEKDAY = verbose(
    rf"""(?P<day>(?:ngày|hôm|bữa)[ ])?(?P<from>{_SHORT})
    (?:(?:[ ](?:đến|tới)[ ]|[ ]?-[ ]?)(?P<to>{_SHORT}))?
    (?:[ ](?:tuần[ ](?P<week>{SHIFTED_UNIT})|(?P<this>này)|(?:sắp[ ])?tới|sau
        |(?P<gone>(?:vừa[ ])?(?:rồi|qua)|trước)))?(?!\w)"""
)


def _day(match: re.Match[str], today: date | None) -> Stretch | None:
    return calendar.of_day(int(match["day"]), int(match["month"]), year_of(match, today))


_MONTH_MARK = r"(?:tháng|thg|th|t)[ .]{0,2}"
# "T2, 12/03/2018", "15 Th3 2019", "15 thg 3", "ngày15/8/2021"
_SHORT_DAY = verbose(
    rf"(?:{_SHORT}[ ]?,?[ ]|ngày)?(?P<day>{DAY})(?:[ ]?{_MONTH_MARK}|[/.-])"
    rf"(?P<month>{MONTH_NUMBER})(?:{YEAR_OF})?"
)
# "tháng 3 15, 2019"
_MONTH_FIRST = verbose(rf"{_MONTH_MARK}(?P<month>{MONTH_NUMBER})[ ](?P<day>{DAY})(?:{YEAR_OF})?")
# "2019-3-5", "2019/03/15"
_YEAR_FIRST = verbose(
    r"(?P<year>(?:19|20)[0-9]{2})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})"
)


def _month(match: re.Match[str], today: date | None) -> Stretch | None:
    return calendar.of_month(int(match["month"]), year_of(match, today), portion(match))


# "Thg 3 2019", "đầu th3/2019"
_SHORT_MONTH = verbose(rf"{OPTIONAL_PORTION}{_MONTH_MARK}(?P<month>{MONTH_NUMBER})(?:{YEAR_OF})?")
# "2020-02"
_YEAR_MONTH = verbose(rf"(?P<portion>)(?P<year>(?:19|20)[0-9]{{2}})[-/](?P<month>{MONTH_NUMBER})")


def _day_of_month(match: re.Match[str], today: date | None) -> Stretch | None:
    return calendar.of_day(int(match["day"]), today.month, today.year) if today else None


# "ngày 15", "mùng 5"
_DAY_OF_MONTH = verbose(rf"(?:ngày|hôm|(?:ngày[ ])?(?:mùng|mồng))[ ](?P<day>{DAY})")


def _running(match: re.Match[str], today: date | None) -> Stretch | None:
    if today is None:
        return None
    portion = PORTIONS[match["portion"]]
    if match["unit"] == "tuần":
        return calendar.of_week(today, portion)
    return calendar.of_month(today.month, today.year, portion)


# "cuối tuần", "đầu tháng"
_RUNNING = verbose(rf"(?P<portion>{PORTION})[ ](?P<unit>tuần|tháng)(?!\w)")


def _same_of(match: re.Match[str], today: date | None) -> Stretch | None:
    if today is None:
        return None
    shift, weeks = SHIFTS[match["shift"]], match["of"] == "tuần"
    year, month = calendar.shifted_month(today, shift * {"tuần": 0, "tháng": 1, "năm": 12}[match["of"]])
    if match["unit"] == "tháng":
        return calendar.of_month(month, year)
    day = (
        today + timedelta(weeks=shift)
        if weeks
        else date(year, month, min(today.day, monthrange(year, month)[1]))
    )
    return calendar.of_week(day) if match["unit"] == "tuần" else calendar.of_dates("day", day, day)


# "tháng này năm ngoái", "ngày này tuần sau", "giờ này năm trước"
_SAME_OF = verbose(
    rf"(?P<unit>giờ|ngày|hôm|tuần|tháng)[ ](?:này|nay)[ ](?:của[ ])?(?P<of>tuần|tháng|năm)[ ]"
    rf"(?P<shift>{SHIFTED_UNIT}|{SHIFTED_YEAR})"
)


def _next(match: re.Match[str], today: date | None) -> Stretch | None:
    if today is None:
        return None
    part = PORTIONS[match["portion"]] if match["portion"] else None
    if match["unit"] == "tuần":
        return calendar.of_week(today + timedelta(weeks=1), part)
    if match["unit"] == "năm":
        return calendar.of_year(today.year + 1, part)
    year, month = calendar.shifted_month(today, 1)
    return calendar.of_month(month, year, part)


# "sang năm", "qua tuần", "giữa sang năm"
_NEXT = verbose(rf"(?:(?P<portion>{PORTION})[ ])?(?:sang|qua)[ ](?P<unit>tuần|tháng|năm)(?!\w)")


def _shifted_century(match: re.Match[str], today: date | None) -> Stretch | None:
    if today is None:
        return None
    first = (today.year - 1) // 100 * 100 + 1 + 100 * SHIFTS[match["shift"]]
    return calendar.of_years(first, first + 99, "century")


# "thế kỷ trước"
_SHIFTED_CENTURY = verbose(rf"thế[ ]kỷ[ ](?P<shift>{SHIFTED_UNIT})")


def _now(_match: re.Match[str], today: date | None) -> Stretch | None:
    return calendar.of_dates("day", today, today) if today else None


# "bây giờ", "ngay lúc này", "3 giờ chiều": the day of publication
_NOW = verbose(rf"(?:ngay[ ])?(?:bây[ ]giờ|lúc[ ]này|hiện[ ](?:tại|nay|giờ))(?!\w)|{_TIME}(?!\w)")


def _near_day(match: re.Match[str], today: date | None) -> Stretch | None:
    if today is None:
        return None
    day = today + timedelta(days={"mai": 1, "mốt": 2}[match["day"]])
    return calendar.of_dates("day", day, day)


# "mai", "mốt", "buổi sáng mai"
_NEAR_DAY = verbose(rf"(?:(?:(?:buổi|ban)[ ])?{PART_OF_DAY}[ ])?(?P<day>mai|mốt)(?!\w)")


def _short_year(match: re.Match[str], _today: date | None) -> Stretch | None:
    return calendar.of_year(full_year(int(match["short"])))


# "năm 99"
_SHORT_YEAR = verbose(r"năm[ ]['’]?(?P<short>[0-9]{2})(?![0-9])")

# "mùa hè"
_SEASON = verbose(r"mùa[ ](?P<season>xuân|hè|hạ|thu|đông)(?!\w)")

_FROM_TODAY = (
    *COUNTED_RULES,
    Rule("weekday", 0.6, _WEEKDAY, _weekday),
    Rule("day_of_month", 0.6, _DAY_OF_MONTH, _day_of_month),
    Rule("running", 0.6, _RUNNING, _running),
    Rule("same_of", 0.7, _SAME_OF, _same_of),
    Rule("next", 0.8, _NEXT, _next),
    Rule("shifted_century", 0.7, _SHIFTED_CENTURY, _shifted_century),
    Rule("now", 0.7, _NOW, _now),
    Rule("relative_day", 0.8, _NEAR_DAY, _near_day),
)
"""Rules of what counts from today."""
_RULES = (
    *_FROM_TODAY,
    Rule("day_month", 0.8, _SHORT_DAY, _day),
    Rule("day_month", 0.8, _MONTH_FIRST, _day),
    Rule("iso", 0.9, _YEAR_FIRST, _day),
    Rule("month", 0.8, _SHORT_MONTH, _month),
    Rule("month", 0.8, _YEAR_MONTH, _month),
    Rule("year", 0.6, _SHORT_YEAR, _short_year),
    Rule("season", 0.6, _SEASON, date_months.of_season),
    *date_months.WORD_RULES,
    *date_months.NUMBER_RULES,
    *date_years.WORD_RULES,
    *date_years.NUMBER_RULES,
)
