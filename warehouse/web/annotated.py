"""A text with facts marked in it: paragraphs of plain pieces and of marks, which may hold further marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Fact = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact with the pieces of text that state it; `first` where these begin, `last` where they end.

    A fact that reaches over the end of another is marked in several places, each with a Mark of its own.
    """

    fact: Fact
    pieces: tuple[str | Mark, ...]
    first: bool
    last: bool


class _Stretch(NamedTuple):
    start: int
    end: int
    fact: Fact


def paragraphs(text: str, facts: Iterable[Fact]) -> list[list[str | Mark]]:
    """The paragraphs of a text, each in pieces; spans of facts count the code points of the text."""
    waiting = sorted(
        (_Stretch(fact["span_start"], fact["span_end"], fact) for fact in facts),
        key=lambda one: (one.start, -one.end),
    )
    made: list[list[str | Mark]] = []
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        inside, waiting = _within(waiting, end)
        made.append(list(_pieces(text, start, end, inside)))
        start = end + 1
        waiting = [one._replace(start=max(one.start, start)) for one in waiting if one.end > start]
    return [pieces for pieces in made if pieces]


def _pieces(text: str, start: int, end: int, stretches: Sequence[_Stretch]) -> Iterator[str | Mark]:
    """A part of a text; the stretches are within it and in order, the longer of two with one start first."""
    waiting = list(stretches)
    while waiting:
        outer = waiting.pop(0)
        if outer.start > start:
            yield text[start : outer.start]
        inside, waiting = _within(waiting, outer.end)
        yield Mark(
            outer.fact,
            tuple(_pieces(text, outer.start, outer.end, inside)),
            first=outer.start == outer.fact["span_start"],
            last=outer.end == outer.fact["span_end"],
        )
        start = outer.end
    if start < end:
        yield text[start:end]


def _within(stretches: Sequence[_Stretch], end: int) -> tuple[list[_Stretch], list[_Stretch]]:
    """What stands before a place, and what stands behind it; what reaches over it is cut in two."""
    before = [one._replace(end=min(one.end, end)) for one in stretches if one.start < end]
    behind = [one._replace(start=max(one.start, end)) for one in stretches if one.end > end]
    return before, sorted(behind, key=lambda one: (one.start, -one.end))
