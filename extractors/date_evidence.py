"""The years that an article itself says, found again by place and by days in logarithmic time."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from extractors.calendar import MonthDay, Stretch
    from extractors.date_phrase import Phrase

_NOT_OF_ONE_YEAR = ("week", "years", "decade", "century")


class Evidence:
    """What the phrases of one article that say their year tell about those that don't."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        """Phrases in the order of the text; those without a year are passed over."""
        self._days: list[Phrase] = []
        self._years: list[Phrase] = []
        self._same: dict[tuple[MonthDay, MonthDay], list[Phrase]] = {}
        self.months_of_year: set[tuple[MonthDay, MonthDay]] = set()
        for phrase in phrases:
            self._take(phrase)

    def _take(self, phrase: Phrase) -> None:
        stretch = phrase.stretch
        if stretch is None or phrase.anchor == "same_period":
            return
        if phrase.rule == "date.months_of_year":
            self.months_of_year.add((stretch.first, stretch.last))
        if not stretch.complete or stretch.grain in _NOT_OF_ONE_YEAR:
            return
        if stretch.grain == "year":
            self._years.append(phrase)
        else:
            self._days.append(phrase)
            self._same.setdefault((stretch.first, stretch.last), []).append(phrase)

    def same_days(self, stretch: Stretch, offset: int) -> Phrase | None:
        """The nearest phrase that names the same days with their year."""
        said = self._same.get((stretch.first, stretch.last), [])
        place = bisect_left(said, offset, key=_start)
        return min(
            said[max(0, place - 1) : place + 1], key=lambda near: abs(near.start - offset), default=None
        )

    def year_before(self, offset: int) -> Phrase | None:
        """The phrase that said a year last before the offset, with a day or month rather than alone."""
        return _last(self._days, offset) or _last(self._years, offset)

    def likely_year(self, offset: int, titled: bool) -> Phrase | None:
        """The phrase to take a year from where nothing else tells one; None: rather from the title.

        A day or month before it, else the latest after it that is no term ("từ 1/1/2018"), else a year.
        """
        if (before := _last(self._days, offset)) or titled:
            return before
        told = [phrase for phrase in self._days if phrase.modifier is None] or self._days
        latest = max(told, key=_year, default=None)
        return latest or _last(self._years, offset) or next(iter(self._years), None)


def _last(said: list[Phrase], offset: int) -> Phrase | None:
    place = bisect_left(said, offset, key=_start)
    return said[place - 1] if place else None


def _year(phrase: Phrase) -> int:
    return (phrase.stretch.to_year or 0) if phrase.stretch else 0


def _start(phrase: Phrase) -> int:
    return phrase.start
