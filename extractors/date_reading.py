"""From text to phrases: finds where a date may start, lets the rules read it, joins the ends of ranges."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors import date_guards, date_months, date_years, literals
from extractors.calendar import join
from extractors.date_days import read_day, read_iso, read_same_day
from extractors.date_holidays import read_lunar_day
from extractors.date_lone import read_lone
from extractors.date_ordinals import read_ordinal
from extractors.date_parts import TO

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from extractors.date_phrase import Phrase
    from extractors.ownership import Ownership

_DAY_WORDS = "ngày|sáng|trưa|chiều|tối|đêm|khuya|rạng|hôm|hồi|bữa|thứ|chủ nhật|mùng|mồng"
_SPAN_WORDS = (
    "tháng|năm|quý|quí|tuần|giai đoạn|tài khóa|tài khoá|nhiệm kỳ|niên khóa|niên khoá|niên độ|niên vụ|thời kỳ"
    "|mùa|thế kỷ|thập niên|thập kỷ|những năm|những tháng|những quý|những quí|các năm|các tháng|các quý"
    "|các quí|mấy tháng|mấy quý|mấy quí|cả năm|trọn năm|cùng|đầu|giữa|cuối|nửa|thượng tuần|trung tuần"
    "|hạ tuần"
)
_COUNT_WORDS = "một|hai|ba|bốn|sáu|bảy|tám|chín|mười"
_DAY_PATTERN, _SPAN_PATTERN = (re.sub(r" (\w+)", r"(?=[ ]\1)", words) for words in (_DAY_WORDS, _SPAN_WORDS))
# What a date may start with: a word for a day or anything longer, a figure that is no tail of another.
_ANCHOR = re.compile(
    rf"""
    (?<![\w/]) (?:
        (?P<day>{_DAY_PATTERN}|nửa(?=[ ]đêm[ ]))
      | (?P<span>{_SPAN_PATTERN}|t(?=[0-9]{{1,2}}[/-](?:19|20)[0-9]{{2}})|q(?=[1-4][/-](?:19|20)[0-9]{{2}})
          |(?:{_COUNT_WORDS})(?=[ ](?:tháng|năm[ ][12]|qu[ýí]|một[ ]tháng)))
    )(?=[ 0-9])
    | (?P<number> (?:(?<![\w.,/:])(?<![0-9][-–])
        | (?<=/[0-9][-–]) | (?<=/[0-9]{{2}}[-–]) | (?<=/[0-9]{{4}}[-–])
        | (?<=[^\W\d][.,]))
        (?=[0-9]{{1,2}}(?:[ ]?[/.–—-]|,[ ]|[ ](?:th|qu|n|đến|tới|và|tết|các|[0-9]))
          |(?:1[0-9]|20|21)[0-9]{{2}}(?![0-9])))
    | (?<=[^\W\d][-–/])(?P<year>(?:19|20)[0-9]{{2}})
    """,
    re.VERBOSE,
)
_WORDS = tuple(f"{_DAY_WORDS}|{_SPAN_WORDS}|{_COUNT_WORDS}".split("|"))
_FIGURE = re.compile(r"[0-9]+")
_NUMBER_RULES = (*date_months.NUMBER_RULES, *date_years.NUMBER_RULES)
_WORD_RULES = (*date_months.WORD_RULES, *date_years.WORD_RULES)
_FIGURES = re.compile(r"[0-9](?:[0-9/.–-]{0,30}[0-9])?")
# "từ 0h ngày 1/7 đến 24h ngày 15/7"
_RANGE = re.compile(rf"{TO}(?:[0-9]{{1,2}}[ ]?(?:h|giờ)(?:[0-9]{{2}})?[ ])?")
_LONGEST_GAP = 16
_GRAIN_SIZE = {
    "day": 0, "week": 1, "month": 2, "quarter": 3, "part": 3, "year": 4, "years": 4,
    "decade": 4, "century": 5,
}  # fmt: skip


def read(text: str, owned: Ownership, today: date | None) -> list[Phrase]:
    """The date phrases of a text in order, not overlapping, ranges joined; years may still be missing."""
    lower = literals.lowered(text)
    if (lone := read_lone(text, lower, today)) is not None:
        return [lone] if _free(text, owned, lone) else []
    phrases = [phrase for phrase in _phrases(text, lower, today) if _free(text, owned, phrase)]
    return [phrase for phrase in _joined(phrases, lower) if _stands(phrase, lower)]


def figures(text: str, phrase: Phrase) -> Iterator[tuple[int, int]]:
    """The figures of the phrase, which no other kind may read again."""
    return (match.span() for match in _FIGURES.finditer(text, phrase.start, phrase.end))


def _phrases(text: str, lower: str, today: date | None) -> Iterator[Phrase]:
    at = 0
    for start in _starts(lower):
        anchor = _ANCHOR.match(lower, start) if start >= at else None
        phrase = _longest(text, lower, anchor, today) if anchor else None
        if phrase is None:
            continue
        at = phrase.end
        if phrase.stretch is not None:
            yield phrase


def _starts(lower: str) -> list[int]:
    """Where a figure or one of the words begins."""
    figures = (match.start() for match in _FIGURE.finditer(lower))
    found = {start - lower.startswith(("t", "q"), max(0, start - 1), start) for start in figures}  # "T5/2017"
    return sorted(found | literals.starts(lower, _WORDS))


def _longest(text: str, lower: str, anchor: re.Match[str], today: date | None) -> Phrase | None:
    """The longest reading of what starts at the anchor that nothing around it forbids."""
    start = anchor.start()
    options: list[Phrase | None] = []
    if anchor["span"]:
        options = [rule.at(lower, start, today) for rule in _WORD_RULES]
        options += [read_ordinal(lower, start, today), read_same_day(lower, start)]
    elif anchor["day"]:
        options = [*_days(text, lower, start, today), read_ordinal(lower, start, today)]
        options.append(read_same_day(lower, start))
    elif anchor["year"]:
        options = [rule.at(lower, start, today) for rule in date_years.NUMBER_RULES]
    else:
        options = _days(text, lower, start, today)
        options += [rule.at(lower, start, today) for rule in _NUMBER_RULES]
    fitting = [phrase for phrase in options if phrase and date_guards.allowed(phrase, lower)]
    return max(fitting, key=lambda phrase: (phrase.end, phrase.stretch is not None), default=None)


def _days(text: str, lower: str, start: int, today: date | None) -> list[Phrase | None]:
    return [
        read_day(text, lower, start, today),
        read_iso(lower, start),
        read_lunar_day(lower, start, today),
    ]


def _free(text: str, owned: Ownership, phrase: Phrase) -> bool:
    return all(owned.free(start, end) for start, end in figures(text, phrase))


def _joined(phrases: list[Phrase], lower: str) -> Iterator[Phrase]:
    left: Phrase | None = None
    for right in phrases:
        if left is None:
            left = right
        elif (whole := _range(left, right, lower)) is not None:
            left = whole
        else:
            yield left
            left = right
    if left is not None:
        yield left


def _range(left: Phrase, right: Phrase, lower: str) -> Phrase | None:
    """One phrase of two ends: "ngày 17/7 đến ngày 25/7/2017", "cuối 2015 đến giữa 2016"."""
    if right.start - left.end > _LONGEST_GAP or not _RANGE.fullmatch(lower, left.end, right.start):
        return None
    if left.stretch is None or right.stretch is None or left.rule == "date.range":
        return None
    sizes = _GRAIN_SIZE.get(left.stretch.grain), _GRAIN_SIZE.get(right.stretch.grain)
    if None in sizes or left.rule == "date.so_far" or "same_period" in (left.anchor, right.anchor):
        return None
    if left.stretch.grain != right.stretch.grain and left.stretch.complete != right.stretch.complete:
        return None
    stretch = join(left.stretch, right.stretch)
    if stretch.complete and stretch.interval() is None:
        return None
    return replace(
        left,
        end=right.end,
        rule="date.range",
        stretch=stretch,
        anchor="named",
        tense=right.tense or left.tense,
        basis=left.basis or right.basis,
    )


def _stands(phrase: Phrase, lower: str) -> bool:
    """Whether bare figures are backed by what stands around them, and no day of every year is meant."""
    if phrase.stretch and not phrase.stretch.complete and date_guards.recurs(phrase, lower):
        return False
    return (
        phrase.rule == "date.bare_year"
        or phrase.anchor != "company"
        or date_guards.keeps_company(phrase, lower)
    )
