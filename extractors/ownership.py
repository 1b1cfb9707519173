"""One owner for each number: what one kind has taken no later kind may take."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from dataclasses import dataclass

from corpus.facts import Span


@dataclass(frozen=True, slots=True, order=True)
class Claim(Span):
    """A stretch of figures with the kind of fact that asked for it."""

    kind: str


class Ownership:
    """The stretches of a text whose figures already belong to a fact.

    Claim the figures (`942/QĐ-TTg`, `15/6`, `86/193`), not the whole surface: a ranking's surface may
    hold a date ("tăng 1 bậc so với năm 2017"), but each figure has one reading. Who asks for what is owned
    already is remembered, so that a fact can be explained by what lost to it.
    """

    def __init__(self) -> None:
        """Nothing is owned."""
        self.asking = ""
        self.refused: set[Claim] = set()
        self._claims: list[Claim] = []

    def claim(self, start: int, end: int) -> None:
        """Takes [start, end) for the kind that is asking; claiming what is owned is the caller's mistake."""
        if not self.free(start, end):
            raise ValueError(f"[{start}, {end}) is owned already")
        insort(self._claims, Claim(start, end, self.asking))

    def free(self, start: int, end: int) -> bool:
        """Whether nothing in [start, end) is owned."""
        place = bisect_right(self._claims, start, key=_start)
        behind = place < len(self._claims) and self._claims[place].start < end
        if behind or (place and self._claims[place - 1].end > start):
            self.refused.add(Claim(start, end, self.asking))
            return False
        return True

    def within(self, span: Span) -> list[Claim]:
        """What is owned inside a span, in order."""
        first = bisect_left(self._claims, span.start, key=_start)
        last = bisect_left(self._claims, span.end, key=_start)
        return self._claims[first:last]


def _start(claim: Claim) -> int:
    return claim.start
