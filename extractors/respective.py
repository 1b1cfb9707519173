"""Figures given in the order of what they are of: "giá xăng và giá dầu tăng lần lượt 5% và 6%"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import clauses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.facts import Percentage

_CUE = re.compile(r"(?:lần[ ]lượt|tương[ ]ứng)(?!\w)", re.IGNORECASE)
# "giảm 5% và 6%", "là 84%, 85% và trên 90,35%"
_FIGURE = r"[0-9][0-9.,]{0,11}[ ]?%"
_SERIES = re.compile(
    rf"[^0-9%;()\n]{{0,30}}{_FIGURE}"
    rf"(?:(?:,|[ ]và|,[ ]và)[ ](?:(?:trên|gần|hơn|khoảng|dưới)[ ])?{_FIGURE}){{1,6}}",
    re.IGNORECASE,
)
# "... tăng 5% và giảm 2%": a pair of figures, one for each side
_PAIR = re.compile(
    rf"{_FIGURE}[ ]và[ ](?:tăng|giảm)[ ](?P<second>{_FIGURE})(?![ ](?:về|so)(?!\w))", re.IGNORECASE
)
_PAIR_REACH = 30
"""Code points on either side of a figure that a pair may take."""
_PASSAGE = 300
"""Code points between two pairs of one list."""
_JOINT = re.compile(r",[ ](?:và[ ])?|[ ]và[ ]")
_REACH = 120
"""Code points in front of a figure in which its series begins."""


@dataclass(frozen=True, slots=True)
class Place(Span):
    """The series that a figure stands in, from its cue on: the figure's `number` in it, of `total`."""

    number: int
    total: int


def place_of(text: str, start: int, left: int) -> Place | None:
    """The place in its series of the figure at `start`; nothing is read in front of `left`."""
    for cue in _CUE.finditer(text, max(left, start - _REACH), start):
        series = _SERIES.match(text, cue.end())
        if series and start < series.end():
            number = text.count("%", cue.end(), start)
            return Place(cue.start(), series.end(), number, series[0].count("%"))
    return None


def side(text: str, start: int, earlier: Sequence[Percentage]) -> str | None:
    """What the figure is of as one of a pair, behind a pair that named its sides: "nhựa tăng 5% về số hộ và
    9% về số vốn; gỗ tăng 6% và tăng 8%"."""
    pairs = _PAIR.finditer(text, max(0, start - _PAIR_REACH), start + _PAIR_REACH)
    starts = next((pair for pair in map(_starts, pairs) if start in pair), ())
    number = starts.index(start) if starts else 0
    if not starts or len(earlier) < number + 2:
        return None
    first, second = earlier[-2 - number], earlier[-1 - number]
    named = all(each.subject and clauses.measure_at(each.subject, 0) for each in (first, second))
    if not named or first.subject == second.subject or starts[0] - second.end > _PASSAGE:
        return None
    return (first, second)[number].subject


def _starts(pair: re.Match[str]) -> tuple[int, ...]:
    return pair.start(), pair.start("second")


def part(subject: str, place: Place) -> str:
    """The part of a joint subject that the figure is of; the whole where its parts are not as many, or where
    the later ones can't stand alone ("tỷ lệ ủng hộ đề án và lộ trình")."""
    parts = _JOINT.split(subject)
    if len(parts) != place.total:
        return subject
    hangs = clauses.measure_at(subject, 0) and not clauses.measure_at(parts[place.number], 0)
    return subject if hangs else parts[place.number]
