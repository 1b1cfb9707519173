"""A date expression as it was read: where it stands and what stretch of the calendar it names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corpus.facts import Modifier, Span

if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from datetime import date

    from extractors.calendar import Interval, Stretch

Tense = Literal["past", "future"]
Anchor = Literal[
    "named", "running_year", "cumulative", "same_period", "same_day", "year_before", "unit_before", "company"
]
"""What the years of a phrase hang on, where it does not say them.

`named`: a date near it or today; `running_year`: "cuối năm"; `cumulative`: "9 tháng", the year so far, if
such a thing is plain; `same_period`: "cùng kỳ", `same_day`: "cùng ngày", another phrase's days;
`year_before`: "năm trước đó", `unit_before`: "tháng trước đó", that before another phrase's;
`company`: "15/6" is a date only beside another one or a preposition.
"""
Basis = Span | Literal["published", "title"] | None
"""What places a phrase: another of the article, the day of publication, the title; None: its own words."""

_FROM_TODAY = ("shift", "shifted_year", "next_year", "shifted_month", "week")
"""Groups of words that count from the day of publication."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase(Span):
    """An expression that may still lack its year; `interval` stands once that is settled."""

    start: int
    end: int
    rule: str
    confidence: float
    stretch: Stretch | None
    anchor: Anchor = "named"
    tense: Tense | None = None
    modifier: Modifier | None = None
    interval: Interval | None = None
    basis: Basis = None

    def as_basis(self) -> Basis:
        """What another phrase rests on that takes its year from this one."""
        return self.basis or Span(self.start, self.end)


def counts_from_today(match: re.Match[str]) -> bool:
    """Whether the match has words such as "năm ngoái", "tuần trước"."""
    groups = match.re.groupindex
    return any(name in groups and match[name] for name in _FROM_TODAY)


@dataclass(frozen=True, slots=True)
class Rule:
    """One family of forms: its pattern over lower-cased text, and what a match of it is worth."""

    name: str
    confidence: float
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], date | None], Stretch | None]
    anchor: Anchor = "named"

    def at(self, lower: str, offset: int, today: date | None) -> Phrase | None:
        """The phrase that starts at the offset; its stretch is None where nothing can be made of it."""
        match = self.pattern.match(lower, offset)
        if match is None:
            return None
        groups = match.groupdict()
        tense: Tense | None = "past" if groups.get("past") else "future" if groups.get("future") else None
        return Phrase(
            start=offset,
            end=match.end(),
            rule=f"date.{self.name}",
            confidence=self.confidence,
            stretch=self.read(match, today),
            anchor=self.anchor,
            tense=tense,
            basis="published" if counts_from_today(match) else None,
        )
