"""The figures and dates of a sentence that are no part of a noun phrase, and what its figures count.

Read once a sentence: every percentage of it asks for them again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import numerals, phrases, topics, units
from extractors.status import dates_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.facts import Date
    from extractors.document import Document

_LEVEL = re.compile(r"(?:mức|mức[ ]độ|cấp|cấp[ ]độ|loại|hạng)[ ](?:[0-9],[ ]|[0-9][ ]và[ ])?\Z")
_FIGURE = re.compile(
    rf"{numerals.NOT_INSIDE}{numerals.NUMBER}(?:[ ]{{1,2}}(?P<scale>{numerals.SCALE}))?"
    rf"(?:/{numerals.NUMBER})?(?:[ ]?%)?"
)
# "12 triệu người mắc bệnh", "300 hộ nghèo": measures of people, whom a share may be a share of
_PEOPLE = frozenset(("người", "hộ", "ca", "vụ"))


@dataclass(frozen=True, slots=True)
class Figures:
    """`holes`: dates, and figures with their units; `counts`: the noun phrases counted; in reading order."""

    sentence: Span
    holes: tuple[Span, ...]
    counts: tuple[Span, ...]

    def holes_before(self, offset: int) -> tuple[Span, ...]:
        """The holes that begin before the offset."""
        return self.holes[: bisect_left(self.holes, offset, key=lambda hole: hole.start)]

    def counted(self, start: int, end: int) -> Span | None:
        """The last noun phrase counted that begins in [start, end)."""
        place = bisect_left(self.counts, end, key=lambda count: count.start) - 1
        return self.counts[place] if place >= 0 and self.counts[place].start >= start else None


def read(document: Document, sentence: Span, dates: Sequence[Date]) -> Figures:
    """The figures of one sentence; `dates` are those of the article in reading order."""
    text, known = document.text, list(dates_in(dates, sentence.start, sentence.end))
    holes: list[Span] = [Span(found.start, found.end) for found in known]
    counts: list[Span] = []
    for figure in _FIGURE.finditer(text, sentence.start, sentence.end):
        front = max(sentence.start, figure.start() - 12)
        if topics.hole_at(known, figure.start()) or _LEVEL.search(text, front, figure.start()):
            continue
        counted, end = _counted(text, figure, sentence.end)
        if counted:
            counts.append(counted)
        holes.append(Span(figure.start(), end))
    return Figures(sentence, tuple(sorted(holes, key=lambda hole: hole.start)), tuple(counts))


def _counted(text: str, figure: re.Match[str], end: int) -> tuple[Span | None, int]:
    """What the figure counts, if it counts anything; and where the figure with its unit ends."""
    if text[figure.end() - 1] == "%":
        return None, figure.end()
    unit = units.after(text, figure.end(), end, scale=figure["scale"])
    if unit is None:
        return None, figure.end()
    if unit.kind != "count" and unit.name not in _PEOPLE:
        whole = units.total(text, unit, end)
        return None, whole[0].end if whole else unit.end
    counted = phrases.after(text, figure.end(), end, full=True)
    return counted, counted.end if counted else unit.end
