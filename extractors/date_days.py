"""Days: "chiều thứ Tư, ngày 15/6/2021", put together from part of the day, relative day, weekday and date."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors.calendar import join, of_dates, of_day
from extractors.date_guards import is_named, is_term
from extractors.date_parts import (
    DASH,
    DAY,
    MONTH,
    MONTH_NUMBER,
    PART_OF_DAY,
    RELATIVE_DAY,
    SHIFTED_UNIT,
    TENSE,
    YEAR_OF,
    full_year,
    lacks_today,
    month_number,
    shifted_day,
    shifted_month_year,
    year_of,
)
from extractors.date_phrase import Basis, Phrase, Tense, counts_from_today
from extractors.date_weekdays import WEEKDAY_PHRASE, is_weekday, read_weekday
from extractors.date_words import DAY_WORDS, below_hundred

if TYPE_CHECKING:
    from datetime import date

    from extractors.calendar import Stretch

_SEPARATOR = (
    r"(?P<sep>[/.–-]|[ ]/[ ]?|/[ ]|[ ][.–-][ ](?=[01]?[0-9][ ][.–-][ ](?:19|20)[0-9]{2}(?![0-9]))"
    r"|[ ](?=[01]?[0-9](?:[ ](?:19|20)[0-9]{2}(?![0-9])|[,)])))"
)
# "27 và 28", "27, 28 và 29", "27-28", "27 đến ngày 28": several days of one month; "mười lăm".
_DAYS = rf"""(?P<first>{DAY}|{DAY_WORDS}(?=[ ]tháng[ ]))(?:(?:,[ ]{DAY}){{0,6}}
    (?:,?[ ]và[ ](?:ngày[ ])?|{DASH}|[ ](?:đến|tới)[ ](?:hết[ ])?(?:ngày[ ])?|,[ ])(?P<last>{DAY}))?"""
# "/6", "/6/2021", "-6-21", " tháng 6 năm 2021", " tháng này"
_MONTH_AND_YEAR = rf"""(?:
    (?:{_SEPARATOR}(?P<month>{MONTH_NUMBER})
      |[ ]{{1,3}}(?:tháng[ ]{{1,3}}|th(?:g|áng)?[ .]{{0,2}}(?=[0-9]))(?P<month_word>{MONTH}))
    (?:{YEAR_OF}|(?P=sep)(?P<short_year>[0-9]{{2}})(?!\w|[/.-][0-9])|(?!\w|(?P=sep)[0-9]))
  | [ ]tháng[ ](?P<shifted_month>{SHIFTED_UNIT})
)"""
_DATE = re.compile(
    rf"(?P<lead>(?:ngày[ ]{{1,3}})?(?:mùng|mồng)[ ]|ngày[ ]{{1,3}}|hôm[ ])?{_DAYS}{_MONTH_AND_YEAR}{TENSE}",
    re.VERBOSE,
)
_ISO = re.compile(
    r"(?:ngày[ ])?(?P<year>(?:19|20)[0-9]{2})(?P<sep>[-/.])(?P<month>0[1-9]|1[0-2])(?P=sep)"
    r"(?P<day>[0-3][0-9])(?![\w-]|[/.][0-9])"
)
_PART = re.compile(rf"{PART_OF_DAY}(?!\w)")
_RELATIVE = re.compile(RELATIVE_DAY)
_RELATIVE_AFTER_PART = re.compile(rf"(?:{RELATIVE_DAY}|(?:nay|qua|mai|kia|mốt)(?!\w))")
# Between the parts: "sáng nay (29/9)", "hôm nay, ngày 21/10".
_GLUE = re.compile(r"[ ]?,[ ]{1,2}|[ ]?\(|[ ]{1,2}")
_LUNAR = re.compile(r"[ ]\(?(?:âm[ ]lịch|al\b|tết)")
# "cùng ngày", "tối cùng ngày"; no "cùng ngày 15/6", "sinh cùng ngày tháng"
_SAME_DAY = re.compile(rf"(?:{PART_OF_DAY}[ ])?cùng[ ]ngày(?![\w]|[ ](?:[0-9]|tháng|với|giờ|sinh|âm|thứ))")
_COUNTED = re.compile(
    r"[ ](?:lần|giờ(?![ ](?:việt|hà nội|địa|mỹ|quốc|gmt))|tiếng|triệu|nghìn|tỷ|tỉ"
    r"|đồng(?!\w|[ ](?:thời|ý|loạt|bộ|chí|hành))|kg|lượt|phút|viên|ly|cốc|bữa|chuyến|người|ngày|%)"
)

Pieces = dict[str, re.Match[str]]


def read_day(text: str, lower: str, offset: int, today: date | None, *, lone: bool = False) -> Phrase | None:
    """The day phrase that starts at the offset, as long as its parts follow each other.

    `lone`: nothing but dates is to be expected, so that "20-11" is one.
    """
    pieces, end = _pieces(lower, offset)
    if "date" in pieces and len(pieces) > 1 and _is_lunar(pieces["date"], lower):
        end = max(piece.end() for name, piece in pieces.items() if name != "date")
        del pieces["date"]  # "hôm nay, mùng 10 tháng Giêng"
    span = Span(offset, end)
    if "date" in pieces:
        return _calendar_phrase(pieces, lower, span, today, lone)
    if "relative" in pieces:
        day = shifted_day(pieces["relative"][0], today) if today else None
        return _phrase(span, "relative_day", 0.9, of_dates("day", day, day) if day else None, "published")
    if "weekday" in pieces and is_weekday(text, lower, pieces["weekday"], after_part="part" in pieces):
        return _phrase(span, "weekday", 0.7, read_weekday(pieces["weekday"], today), "published")
    return None


def _pieces(lower: str, offset: int) -> tuple[Pieces, int]:
    """The parts that stand one after the other from the offset on, and where they end."""
    pieces: Pieces = {}
    end = offset
    for name, pattern in (
        ("part", _PART),
        ("relative", _RELATIVE),
        ("weekday", WEEKDAY_PHRASE),
        ("date", _DATE),
    ):
        fitting = _RELATIVE_AFTER_PART if name == "relative" and pieces else pattern
        if (found := _next(fitting, lower, end, glued=bool(pieces))) is not None:
            pieces[name], end = found
    if "date" in pieces and "weekday" not in pieces and lower.startswith(" (", end):  # "ngày 15/6 (thứ Tư)"
        found = _next(WEEKDAY_PHRASE, lower, end, glued=True)
        end = found[1] if found else end
    return pieces, end


def _next(pattern: re.Pattern[str], lower: str, at: int, *, glued: bool) -> tuple[re.Match[str], int] | None:
    """The next part and where it ends, its bracket included."""
    glue = _GLUE.match(lower, at) if glued else None
    if glued and glue is None:
        return None
    piece = pattern.match(lower, glue.end() if glue else at)
    if piece is None:
        return None
    if glue and "(" in glue[0]:
        return (piece, piece.end() + 1) if lower.startswith(")", piece.end()) else None
    return piece, piece.end()


def _calendar_phrase(pieces: Pieces, lower: str, span: Span, today: date | None, lone: bool) -> Phrase | None:
    match = pieces["date"]
    stretch = None if _is_lunar(match, lower) else _calendar_day(match, today)
    tense: Tense | None = "past" if match["past"] else "future" if match["future"] else None
    complete = stretch is not None and stretch.complete
    plain = complete or len(pieces) > 1 or (match["lead"] and match["sep"] != "-")
    if not plain and _COUNTED.match(lower, span.end):
        return _phrase(span, "count", 0, None)
    bare = not lone and len(pieces) == 1 and not (match["lead"] or match["month_word"] or match["slash_year"])
    dashed = (match["sep"] or "").strip() not in ("/", ".")
    if bare and dashed and not (is_term(lower, span.start, span.end) or is_named(lower, span.start)):
        return None
    return Phrase(
        start=span.start,
        end=span.end,
        rule="date.day_month_year" if complete else "date.day_month",
        confidence=0.8 if bare else 0.95,
        stretch=stretch,
        anchor="company" if bare else "named",
        tense=tense,
        basis="published" if counts_from_today(match) else None,
    )


def _phrase(span: Span, rule: str, confidence: float, stretch: Stretch | None, basis: Basis = None) -> Phrase:
    return Phrase(
        start=span.start,
        end=span.end,
        rule=f"date.{rule}",
        confidence=confidence,
        stretch=stretch,
        basis=basis,
    )


def _is_lunar(match: re.Match[str], lower: str) -> bool:
    """Whether it is a day of the moon, as every day of tháng Giêng is."""
    return match["month_word"] == "giêng" or _LUNAR.match(lower, match.end()) is not None


def _calendar_day(match: re.Match[str], today: date | None) -> Stretch | None:
    if lacks_today(match, today):
        return None
    year = full_year(int(match["short_year"])) if match["short_year"] else year_of(match, today)
    if not match["shifted_month"]:
        month = month_number(match["month"] or match["month_word"])
    elif today is None:
        return None
    else:
        year, month = shifted_month_year(match["shifted_month"], today)
    written = match["first"]
    first = int(written) if written.isdecimal() else below_hundred(written)
    last = int(match["last"]) if match["last"] else first
    if match["last"] and last <= first:
        return None
    return join(of_day(first, month, year), of_day(last, month, year))


def read_iso(lower: str, offset: int) -> Phrase | None:
    """A day as machines write it: "2017-06-15"."""
    match = _ISO.match(lower, offset)
    if match is None:
        return None
    stretch = of_day(int(match["day"]), int(match["month"]), int(match["year"]))
    return _phrase(Span(offset, match.end()), "iso", 0.95, stretch)


def read_same_day(lower: str, offset: int) -> Phrase | None:
    """ "Cùng ngày", "tối cùng ngày": the day that is spoken of (`date_comparisons` finds it)."""
    match = _SAME_DAY.match(lower, offset)
    if match is None:
        return None
    return replace(_phrase(Span(offset, match.end()), "same_day", 0.7, of_day(1, 1)), anchor="same_day")
