"""Dates that hang on another one: "cùng kỳ năm trước", "cùng ngày", "năm trước" beside a year."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from extractors.calendar import Stretch
from extractors.date_context import placed
from extractors.date_sentences import sentence_start

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractors.date_phrase import Phrase

_NEAR_BY = 8
"""Phrases looked through for the period that is compared."""

_WHOLE_YEARS = ("year", "years", "decade", "century")


class _Period(NamedTuple):
    """Days that another phrase is compared with, and the phrase that names them."""

    days: Stretch
    phrase: Phrase


def compared(lower: str, phrases: Sequence[Phrase], known: Sequence[Phrase | None]) -> list[Phrase | None]:
    """The known phrases, with those that hang on another one placed beside it."""
    settled = list(known)
    for number, phrase in enumerate(phrases):
        if phrase.anchor == "same_period":
            near = [*_in_bracket(lower, phrase, settled[number + 1 : number + 2]), *_before(number, settled)]
            settled[number] = _same_period(lower, phrase, near)
        elif phrase.anchor == "same_day":
            settled[number] = _same_day(phrase, _before(number, settled))
        elif phrase.anchor == "year_before":
            settled[number] = _year_before(lower, phrase, _before(number, settled))
        elif phrase.rule == "date.shifted_year" and _says_before(lower, phrase):
            earlier = _year_before(lower, phrase, _before(number, settled))
            settled[number] = earlier or settled[number]
    return settled


def _before(number: int, settled: Sequence[Phrase | None]) -> list[Phrase]:
    """The placed phrases before that number, the nearest first."""
    near = settled[max(0, number - _NEAR_BY) : number]
    return [other for other in reversed(near) if other is not None]


def _same_day(phrase: Phrase, before: Sequence[Phrase]) -> Phrase | None:
    """ "Cùng ngày": the one day that was named last."""
    for other in before:
        if other.stretch is not None and other.stretch.grain == "day":
            one_day = other.stretch.first == other.stretch.last
            return placed(phrase, other.stretch, other.as_basis()) if one_day else None
    return None


def _says_before(lower: str, phrase: Phrase) -> bool:
    return lower.endswith("trước", phrase.start, phrase.end)


def _in_bracket(lower: str, phrase: Phrase, after: Sequence[Phrase | None]) -> list[Phrase]:
    """The period that a bracket names right after: "so với cùng kỳ (quý I tăng ...)"."""
    opened = lower.startswith(" (", phrase.end)
    return [other for other in after if opened and other is not None and other.start == phrase.end + 2]


def _same_period(lower: str, phrase: Phrase, before: Sequence[Phrase]) -> Phrase | None:
    """The days of the period before it, in the year that it says; in the year before where it says none."""
    stretch = phrase.stretch
    if stretch is None:
        return None
    bare, counted = not stretch.complete, stretch.grain == "part"  # "9 tháng cùng kỳ" counts its months
    begin = sentence_start(lower, phrase.start) if bare else 0
    base = _base([other for other in before if other.start >= begin], shorter_only=bare)
    if base is None or base.days.to_year is None:
        return placed(phrase, stretch) if counted else None
    year = base.days.to_year - 1 if bare or _says_before(lower, phrase) else stretch.to_year
    days = stretch if counted else base.days
    return None if year is None else placed(phrase, days.in_year(year), base.phrase.as_basis())


def _base(before: Sequence[Phrase], *, shorter_only: bool) -> _Period | None:
    """The nearest period that is shorter than a year, else the nearest year."""
    periods = [period for other in before if (period := _period(other)) is not None]
    shorter = [period for period in periods if period.days.grain not in _WHOLE_YEARS]
    usable = shorter if shorter_only else shorter or periods
    return usable[0] if usable else None


def _period(phrase: Phrase) -> _Period | None:
    """The days that a figure beside the phrase holds for; "tính đến 20/6" is the year up to that day."""
    stretch = phrase.stretch
    if stretch is None or phrase.anchor == "same_period" or phrase.rule == "date.running_year":
        return None
    if stretch.grain != "day":
        return _Period(stretch, phrase)
    if phrase.modifier != "by":
        return None
    return _Period(Stretch("part", (1, 1), stretch.last, stretch.to_year, stretch.to_year), phrase)


def _year_before(lower: str, phrase: Phrase, before: Sequence[Phrase]) -> Phrase | None:
    """ "Năm 2015 ... tăng so với năm trước": counted from the year that the sentence speaks of."""
    year = next(_years_of_sentence(lower, phrase, before), None)
    if year is None or year.days.to_year is None or phrase.stretch is None:
        return None
    return placed(phrase, phrase.stretch.in_year(year.days.to_year - 1), year.phrase.as_basis())


def _years_of_sentence(lower: str, phrase: Phrase, before: Sequence[Phrase]) -> Iterator[_Period]:
    begin = sentence_start(lower, phrase.start)
    for other in before:
        stretch = other.stretch
        if other.start >= begin and other.rule == "date.year" and stretch and stretch.grain == "year":
            yield _Period(stretch, other)
