"""The figures and dates of a sentence that are no part of a noun phrase, and what its figures count.

Read once a sentence: every percentage of it asks for them again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from corpus.facts import Span
from extractors import numerals, phrases, units
from extractors.status_cues import dates_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.facts import Date
    from extractors.document import Document

_LEVEL = re.compile(
    r"(?:mức|mức[ ]độ|cấp|cấp[ ]độ|loại|hạng|lớp|quận|gói[ ]thầu|vành[ ]đai|hữu[ ]hạn)"
    r"[ ](?:[0-9],[ ]|[0-9][ ]và[ ])?\Z",
    re.IGNORECASE,
)
# "kỳ hạn 5 năm"
_TERM = re.compile(r"[ ](?:năm|tháng|tuần|ngày)(?!\w)")
# "gói thầu 8A", "trẻ 5 tuổi"
_OF_NOUN = re.compile(r"[A-Z](?!\w)|[ ]tuổi(?!\w)")
_FIGURE = re.compile(
    rf"{numerals.NOT_INSIDE}{numerals.NUMBER}(?:[ ]{{1,2}}(?P<scale>{numerals.SCALE}))?"
    rf"(?:/{numerals.NUMBER}|[ ]?[-–][ ]?{numerals.NUMBER}(?=[ ]?%))?(?P<percent>[ ]?%(?:/[ ]?\w{{2,5}})?)?"
)
# "12 triệu người mắc bệnh", "300 hộ nghèo", "5 lượt khách": measures whom a share may be a share of
_PEOPLE = frozenset(("người", "hộ", "ca", "vụ", "lượt"))


@dataclass(frozen=True, slots=True)
class Hole(Span):
    """A date, a percentage, or an amount with its unit; `counted`: the noun phrase that an amount counts."""

    kind: Literal["date", "percent", "amount"]
    counted: Span | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The holes of a sentence in reading order, and where they begin; `listed` keeps the listed words that
    have been read in it: every percentage reads the same clauses."""

    sentence: Span
    holes: tuple[Hole, ...]
    starts: tuple[int, ...]
    listed: dict[int, tuple[str, int]] = field(default_factory=dict)

    def holes_before(self, offset: int) -> tuple[Hole, ...]:
        """The holes that begin before the offset."""
        return self.holes[: bisect_left(self.starts, offset)]

    def hole_at(self, offset: int) -> Hole | None:
        """The hole that covers the offset."""
        number = bisect_right(self.starts, offset) - 1
        return self.holes[number] if number >= 0 and offset < self.holes[number].end else None


def read(document: Document, sentence: Span, dates: Sequence[Date]) -> Figures:
    """The figures of one sentence; `dates` are those of the article in reading order."""
    text = document.text
    known = [Hole(found.start, found.end, "date") for found in dates_in(dates, sentence.start, sentence.end)]
    when = _figures(sentence, known)
    holes: list[Hole] = list(known)
    for figure in _FIGURE.finditer(text, sentence.start, sentence.end):
        front = max(sentence.start, figure.start() - 12)
        is_level = figure[0].isdecimal() and (
            _LEVEL.search(text, front, figure.start()) or _OF_NOUN.match(text, figure.end())
        )
        if when.hole_at(figure.start()) or is_level:
            continue
        holes.append(_hole(text, figure, sentence.end))
    return _figures(sentence, holes)


def _figures(sentence: Span, holes: Sequence[Hole]) -> Figures:
    ordered = tuple(sorted(holes, key=lambda hole: hole.start))
    return Figures(sentence, ordered, tuple(hole.start for hole in ordered))


def _hole(text: str, figure: re.Match[str], end: int) -> Hole:
    """The figure with its unit, and what it counts, if it counts anything."""
    if figure["percent"]:
        return Hole(figure.start(), figure.end(), "percent")
    unit = units.after(text, figure.end(), end, scale=figure["scale"])
    if unit is None:
        term = _TERM.match(text, figure.end()) if text.endswith("hạn ", 0, figure.start()) else None
        return Hole(figure.start(), term.end() if term else figure.end(), "amount")
    if unit.kind != "count" and unit.name not in _PEOPLE:
        whole = units.total(text, unit, end)
        return Hole(figure.start(), whole[0].end if whole else unit.end, "amount")
    counted = phrases.after(text, figure.end(), end, full=True)
    return Hole(figure.start(), counted.end if counted else unit.end, "amount", counted)
