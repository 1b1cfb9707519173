"""Years and spans of them: one rule a family, an example above each pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors import calendar, date_words
from extractors.date_parts import (
    COUNT,
    OPTIONAL_PORTION,
    PORTION,
    PORTIONS,
    SHIFTED_YEAR,
    SHIFTS,
    TO,
    YEAR,
    portion,
    verbose,
)
from extractors.date_phrase import Rule
from extractors.date_words import YEAR_WORDS

if TYPE_CHECKING:
    import re
    from datetime import date

    from extractors.calendar import Stretch


def _year(match: re.Match[str], _today: date | None) -> Stretch | None:
    if match.groupdict().get("year_words"):
        return calendar.of_year(date_words.year(match["year_words"]), portion(match))
    return calendar.of_year(int(match["year"]), portion(match))


def _year_with_portion(match: re.Match[str], today: date | None) -> Stretch | None:
    if match["portion_of"]:
        return calendar.of_year(int(match["year"]), PORTIONS[match["portion_of"]])
    return _year(match, today)


# "năm 2020", "cuối năm 2016", "nửa đầu 2017", "năm hai nghìn không trăm hai mươi mốt"
_YEAR = verbose(
    rf"""(?:{OPTIONAL_PORTION}(?:cả[ ]|trọn[ ])?năm[ ]{{0,2}}|(?P<portion_of>{PORTION})[ ](?=(?:19|20)))
    (?:(?P<year>{YEAR})(?![.][0-9]|,(?!(?:19|20)[0-9]{{2}}(?![0-9]))[0-9])
      |(?<=năm[ ])(?P<year_words>{YEAR_WORDS})(?![ ](?:trăm|triệu|tỷ|tỉ|mươi)))"""
)


def _shifted_year(match: re.Match[str], today: date | None) -> Stretch | None:
    return calendar.of_year(today.year + SHIFTS[match["shift"]], portion(match)) if today else None


# "năm nay", "đầu năm ngoái", "nửa cuối năm nay", "cả năm nay"
_SHIFTED_YEAR = verbose(rf"{OPTIONAL_PORTION}(?:cả[ ]|trọn[ ])?năm[ ](?P<shift>{SHIFTED_YEAR})")


# "năm trước đó", "năm liền trước": the one before a year that the sentence names
_YEAR_BEFORE = verbose(r"(?P<portion>)năm[ ](?:trước[ ]đó|liền[ ](?:kề[ ])?trước(?:[ ]đó)?)(?!\w)")


def _running_year(match: re.Match[str], _today: date | None) -> Stretch | None:
    return calendar.of_year(None, portion(match))


# "cuối năm", "nửa đầu năm", "cả năm"
_RUNNING_YEAR = verbose(
    rf"(?:(?P<portion>{PORTION})|cả|trọn)[ ]năm(?!\w|[ ]?[0-9]{{4}}|[ ](?:học|thứ|đầu|tuổi))"
)


def _so_far(match: re.Match[str], today: date | None) -> Stretch | None:
    if match["year"] and (today is None or int(match["year"]) != today.year):
        return calendar.of_year(int(match["year"]), "start")
    if today is None:
        return None
    start = today.replace(day=1) if match["unit"] == "tháng" else today.replace(month=1, day=1)
    return calendar.of_dates("part", start, today)


# "đầu năm đến nay", "đầu tháng tới nay"
_SO_FAR = verbose(
    rf"""đầu[ ](?P<unit>năm|tháng)(?:[ ](?:nay|(?P<year>{YEAR})))?[ ](?:cho[ ])?(?:đến|tới)[ ]
    (?:thời[ ]điểm[ ])?(?:hiện[ ])?(?P<shift>nay)(?!\w)"""
)

_SHORT_YEAR = r"[0-9]{2}(?![0-9]|[/.,-][0-9])"

_NAMED = (
    r"(?:giai[ ]đoạn|tài[ ]kh(?:óa|oá)|thời[ ]kỳ|nhiệm[ ]kỳ|niên[ ](?:khóa|khoá|độ|vụ)|mùa[ ]giải"
    r"|năm[ ](?:học|tài[ ]chính|tài[ ]khóa|tài[ ]khoá))"
)


def _years(match: re.Match[str], _today: date | None) -> Stretch | None:
    first = int(match["first"])
    if match["short"]:
        last = first // 100 * 100 + int(match["short"])
        return calendar.of_years(first, last) if first < last <= first + 10 else None
    end = calendar.mended_end(first, int(match["last"]))
    return calendar.of_years(first, end) if end is not None else None


# "giai đoạn 2021-2025", "giai đoạn tái cấu trúc 2014 - 2016", "nhiệm kỳ 2021 - 2026", "năm học 2016/17"
_YEARS = verbose(
    rf"""(?:{_NAMED}(?:[ ][^\W\d]{{1,12}}|[ ][0-9]{{1,2}}(?=[ ]năm)){{0,3}}[ ]\(?
        |(?:{COUNT}[ ])?(?:những[ ]|các[ ])?năm[ ])?
    (?:từ[ ])?(?:năm[ ])?(?P<first>{YEAR})(?:{TO}|[ ]?/[ ]?)
    (?:năm[ ])?(?:(?P<last>{YEAR})|(?P<short>{_SHORT_YEAR}))
    (?!\w|[.,/-][0-9])"""
)

# "năm học 2021", "nhiệm kỳ 2021", "giai đoạn 2021"
_NAMED_YEAR = verbose(rf"{_NAMED}[ ](?P<portion>)(?P<year>{YEAR})(?!\w|[.,/-][0-9])")

_ROMAN = {"i": 1, "v": 5, "x": 10}


def _decade(match: re.Match[str], _today: date | None) -> Stretch | None:
    first = int(match["decade"])
    if first < 100:
        century = match["century"] or "trước"
        first += 1900 if century == "trước" else 100 * _century_number(century) - 100
    until = int(match["until"]) % 100 - first % 100 if match["until"] else 0
    return calendar.of_years(first, first + max(until, 0) + 9, "years" if until else "decade")


# "những năm 1990", "thập niên 90 của thế kỷ trước"
_DECADE = verbose(
    r"""(?:(?:đầu|giữa|cuối)[ ])?(?:những[ ]năm|thập[ ](?:niên|kỷ)(?:[ ]những[ ]năm)?)[ ]
    (?P<decade>(?:18|19|20)?[1-9]0|(?:19|20)00)(?!\w|[.,/][0-9])
    (?:[ ]?[-–][ ]?(?P<until>(?:19)?[1-9]0)(?!\w|[.,/-][0-9]))?
    (?:[ ](?:của[ ])?thế[ ]kỷ[ ](?P<century>trước|[12]?[0-9]|[ivx]{1,5})(?!\w))?"""
)


def _century(match: re.Match[str], _today: date | None) -> Stretch | None:
    number = _century_number(match["century"])
    if not 1 <= number <= 22:
        return None
    first, last = 100 * number - 99, 100 * number
    if match["half"]:
        return calendar.of_years(*((first, last - 50) if match["half"] == "đầu" else (last - 49, last)))
    return calendar.of_years(first, last, "century")


def _century_number(written: str) -> int:
    if written.isdecimal():
        return int(written)
    values = [_ROMAN[letter] for letter in written]
    return sum(-value if value < max(values[place:]) else value for place, value in enumerate(values))


# "thế kỷ XIX", "thế kỷ 17", "nửa đầu thế kỷ 20"
_CENTURY = verbose(
    r"(?:nửa[ ](?P<half>đầu|cuối|sau)[ ])?thế[ ]kỷ[ ](?:thứ[ ])?"
    r"(?P<century>[0-9]{1,2}|[ivx]{1,5})(?!\w|[.,/-][0-9])"
)

# "2025" where it is plainly a year
_BARE_YEAR = verbose(r"(?P<portion>)(?P<year>(?:19|20)[0-9]{2})(?!\w|[.,/:][0-9]|[-–][0-9])")

NUMBER_RULES = (
    Rule("years", 0.9, _YEARS, _years),
    Rule("bare_year", 0.8, _BARE_YEAR, _year, "company"),
)
"""Rules of what starts with a figure."""
WORD_RULES = (
    NUMBER_RULES[0],
    Rule("year", 0.97, _YEAR, _year_with_portion),
    Rule("shifted_year", 0.9, _SHIFTED_YEAR, _shifted_year),
    Rule("year_before", 0.8, _YEAR_BEFORE, _running_year, "year_before"),
    Rule("running_year", 0.8, _RUNNING_YEAR, _running_year, "running_year"),
    Rule("so_far", 0.9, _SO_FAR, _so_far),
    Rule("named_year", 0.9, _NAMED_YEAR, _year),
    Rule("decade", 0.8, _DECADE, _decade),
    Rule("century", 0.8, _CENTURY, _century),
)
"""Rules of what starts with a word."""
