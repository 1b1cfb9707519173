"""Years that an expression leaves out: from what stands near it, the title, or the day of publication."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from extractors import calendar
from extractors.date_evidence import Evidence
from extractors.date_guards import set_beside_a_year_ago, summed_up
from extractors.date_sentences import is_compared, sentence_start, tense_before

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from extractors.calendar import Stretch
    from extractors.date_phrase import Basis, Phrase, Tense

# Between the members of a list, which share the year of the last: "ngày 6/6 và 9/6/2017".
_LIST = re.compile(
    r"(?:[ ]?[,;][ ]|[ ]?[,;]?[ ](?:và|hoặc|hay|với|đến|tới|sang)[ ]|[ ]?[-–][ ]?)(?:từ[ ]|trong[ ]|hết[ ])?"
)
_LONGEST_GAP = 16
_OPENING = 14
"""A year that opens its sentence ("Trong năm 2016, ...") governs it; so many characters may stand before."""
_YEARS_BY_NAME = ("date.year", "date.shifted_year")
_NEAR_BY = 12
"""Phrases looked through for the one that opens the sentence."""
_NEAR_ENOUGH = 60
"""Days from publication within which the nearest year is right whatever the tense says."""
_OF_ONE_STORY = 45
"""Days between two days of one story."""
_MONTHS_ALONE = 4
"""Fewer months may be any: "trong 3 tháng đã có 300 hộ"."""
_HANGS_ON_ANOTHER = ("same_period", "same_day", "year_before", "unit_before")


class _Year(NamedTuple):
    """A year that a phrase left out, and what says it."""

    year: int
    basis: Basis


def placed(phrase: Phrase, stretch: Stretch | None, basis: Basis = None) -> Phrase | None:
    """The phrase with its days and what gave them; None where they can't be told or don't exist."""
    interval = stretch.interval() if stretch is not None else None
    if interval is None:
        return None
    return replace(phrase, stretch=stretch, interval=interval, basis=basis or phrase.basis)


class Context:
    """What the years of one article's phrases are drawn from."""

    def __init__(
        self, lower: str, phrases: Sequence[Phrase], today: date | None, title_year: int | None = None
    ) -> None:
        """`lower`: the text in lower case; `today`: the day of publication."""
        self._lower = lower
        self._phrases = phrases
        self._today = today
        self._title_year = title_year
        self._evidence = Evidence(phrase for phrase in phrases if not is_compared(lower, phrase.start))

    def settled(self) -> list[Phrase | None]:
        """For each phrase itself with its days, or None; "cùng kỳ" is left to `date_comparisons`."""
        known: list[Phrase | None] = [
            None if phrase.anchor in _HANGS_ON_ANOTHER else placed(phrase, phrase.stretch)
            for phrase in self._phrases
        ]
        for number in reversed(range(len(known))):  # a list takes its year from its last member
            if known[number] is None:
                known[number] = self._dated(number, known)
        return known

    def _dated(self, number: int, known: Sequence[Phrase | None]) -> Phrase | None:
        phrase = self._phrases[number]
        stretch = phrase.stretch
        if stretch is None or stretch.complete or phrase.anchor in _HANGS_ON_ANOTHER:
            return None
        if phrase.anchor == "cumulative" and not self._plainly_cumulative(phrase, stretch):
            return None
        found = self._year(number, phrase, stretch, known)
        return None if found is None else placed(phrase, stretch.in_year(found.year), found.basis)

    def _year(
        self, number: int, phrase: Phrase, stretch: Stretch, known: Sequence[Phrase | None]
    ) -> _Year | None:
        if self._lower.startswith(" cùng năm", phrase.end):
            return _said(self._evidence.year_before(phrase.start))
        if phrase.tense is None:
            near = self._list_year(number, stretch, known) or self._opening_year(number)
            near = near or self._said_for_the_same_days(phrase, stretch)
            if near is not None:
                return near
        if self._today is None:
            return self._year_of_article(phrase)
        return self._year_of_today(number, stretch, self._today)

    def _year_of_article(self, phrase: Phrase) -> _Year | None:
        titled = _Year(self._title_year, "title") if self._title_year else None
        return _said(self._evidence.likely_year(phrase.start, titled is not None)) or titled

    def _year_of_today(self, number: int, stretch: Stretch, today: date) -> _Year | None:
        phrase = self._phrases[number]
        if phrase.anchor in ("running_year", "cumulative"):
            return _Year(today.year, "published")
        past: Tense | None = "past" if self._lower.endswith("hồi ", 0, phrase.start) else None
        year = calendar.nearest_year(stretch, today, phrase.tense or past)
        if phrase.tense is None and _far(stretch, year, today):
            tense = tense_before(self._lower, phrase.start)
            if tense is None and (told := self._year_of_story(number, stretch)):
                return told
            year = calendar.nearest_year(stretch, today, tense) if tense else year
        return None if year is None else _Year(year, "published")

    def _year_of_story(self, number: int, stretch: Stretch) -> _Year | None:
        """That of the full day before, where this one follows it by some weeks: "6/12/2016 ... 18/12".

        Asked only where the year of publication would make it a day to come.
        """
        if self._today is None or not _to_come(stretch, self._today):
            return None
        before = self._phrases[max(0, number - _NEAR_BY) : number]
        days = (one for one in reversed(before) if one.stretch and one.stretch.grain == "day")
        told = (one for one in days if not self._lower.endswith("sinh ", 0, one.start))
        opening = next((one for one in told if one.stretch and one.stretch.complete), None)
        begun = opening.stretch.interval() if opening and opening.stretch else None
        if begun is None or opening is None or stretch.grain != "day":
            return None
        for year in (begun.end.year, begun.end.year + 1):
            then = stretch.in_year(year).interval()
            if then is not None and 0 <= (then.start - begun.end).days <= _OF_ONE_STORY:
                return _Year(year, opening.as_basis())
        return None

    def _list_year(self, number: int, stretch: Stretch, known: Sequence[Phrase | None]) -> _Year | None:
        if number + 1 >= len(known):
            return None
        phrase, after = self._phrases[number], known[number + 1]
        if after is None or after.stretch is None or after.stretch.grain != stretch.grain:
            return None
        gap = after.start - phrase.end
        if gap > _LONGEST_GAP or not _LIST.fullmatch(self._lower, phrase.end, after.start):
            return None
        return _Year(after.stretch.from_year, after.as_basis()) if after.stretch.from_year else None

    def _opening_year(self, number: int) -> _Year | None:
        begin = sentence_start(self._lower, self._phrases[number].start)
        for other in reversed(self._phrases[max(0, number - _NEAR_BY) : number]):
            if other.start < begin:
                return None
            if other.start - begin <= _OPENING and other.stretch is not None and other.rule in _YEARS_BY_NAME:
                return _said(other)
        return None

    def _said_for_the_same_days(self, phrase: Phrase, stretch: Stretch) -> _Year | None:
        if phrase.anchor not in ("named", "company", "cumulative"):
            return None
        found = _said(self._evidence.same_days(stretch, phrase.start))
        far = self._today is not None and found is not None and abs(found.year - self._today.year) > 1
        return None if far else found

    def _plainly_cumulative(self, phrase: Phrase, stretch: Stretch) -> bool:
        """ "9 tháng qua": the year so far, where the article or the day of publication bears it out."""
        if (stretch.first, stretch.last) in self._evidence.months_of_year:
            return True
        if self._today is None:
            return False
        months = stretch.last[0] - stretch.first[0] + 1
        passed = self._today.month - 1 or 12
        if set_beside_a_year_ago(phrase, self._lower) or summed_up(phrase, self._lower):
            return passed - 1 <= months <= passed + 1
        if self._lower.endswith("qua", phrase.start, phrase.end):
            return months >= 3 and passed - 1 <= months <= passed
        return months >= _MONTHS_ALONE and months == passed


def _said(phrase: Phrase | None) -> _Year | None:
    """The year that a phrase of the article says."""
    if phrase is None or phrase.stretch is None or phrase.stretch.to_year is None:
        return None
    return _Year(phrase.stretch.to_year, phrase.as_basis())


def _to_come(stretch: Stretch, today: date) -> bool:
    interval = stretch.in_year(today.year).interval()
    return interval is not None and interval.start > today


def _far(stretch: Stretch, year: int | None, today: date) -> bool:
    """Whether the stretch is so far from today in its nearest year that the tense has a say."""
    interval = stretch.in_year(year).interval() if year is not None else None
    return interval is not None and interval.days_from(today) > _NEAR_ENOUGH
