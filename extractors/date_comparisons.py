"""Dates that hang on another one: "cùng kỳ năm trước", "cùng ngày", "cả năm", "năm trước" beside a year."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from extractors.calendar import Stretch, of_month, of_quarter
from extractors.date_context import placed
from extractors.date_sentences import is_compared, sentence_start

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from extractors.date_phrase import Phrase

_NEAR_BY = 8
"""Phrases looked through for the period that is compared."""

_WHOLE_YEARS = ("year", "years", "decade", "century")
_WHOLE = ("cả ", "trọn ")
# "tại thời điểm 31/12/2020", "tính đến 20/6": a day that stands for the year up to it
_AS_OF = re.compile(
    r"(?<!\w)(?:thời[ ]điểm|(?:tính|l(?:ũy|uỹ)[ ]kế|cộng[ ]dồn)[ ](?:đến|tới))[ ]"
    r"(?:ngày[ ]|hết[ ]|cuối[ ])?$"
)
_AS_OF_REACH = 24
_LONGEST_PASSAGE = 400
"""Characters over which a period goes on to be spoken of."""
_NAMED_UNITS = ("date.month", "date.figure_month", "date.quarter")
# "xa mục tiêu 6% của cả năm": no period that a figure holds for
_GOAL = re.compile(
    r"(?<!\w)(?:mục[ ]tiêu|kế[ ]hoạch|chỉ[ ]tiêu|dự[ ]toán)(?!\w)(?:[^.,;\n]|[.,](?=[0-9])){0,30}$"
)
_GOAL_REACH = 48
_SENTENCE_GAP = 4
"""More than the full stop and spaces between two sentences."""


class _Period(NamedTuple):
    """Days that another phrase is compared with, and the phrase that names them."""

    days: Stretch
    phrase: Phrase


def compared(
    lower: str, phrases: Sequence[Phrase], known: Sequence[Phrase | None], today: date | None
) -> list[Phrase | None]:
    """The known phrases, with those that hang on another one placed beside it."""
    settled = list(known)
    for number, phrase in enumerate(phrases):
        before = _before(number, settled)
        if phrase.anchor == "same_period":
            near = [*_in_bracket(lower, phrase, settled[number + 1 : number + 2]), *before]
            settled[number] = _same_period(lower, phrase, near, today)
        elif phrase.anchor == "same_day":
            settled[number] = _same_day(phrase, before)
        elif phrase.anchor == "unit_before" or _unit_compared(lower, phrase, before):
            settled[number] = _unit_before(phrase, before) or settled[number]
        elif phrase.anchor == "year_before":
            settled[number] = _year_before(lower, phrase, before)
        elif phrase.rule == "date.shifted_year" and _says_before(lower, phrase):
            settled[number] = _year_before(lower, phrase, before) or settled[number]
        elif _is_whole(lower, phrase):
            settled[number] = _whole_year(lower, phrase, before) or settled[number]
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


def _unit_before(phrase: Phrase, before: Sequence[Phrase]) -> Phrase | None:
    """ "Tháng trước đó": the one before the month (the quarter) that was named last."""
    if phrase.stretch is None:
        return None
    grain = phrase.stretch.grain
    for other in before:
        if other.stretch is None or other.stretch.grain != grain or other.interval is None:
            continue
        last = other.interval.start - timedelta(days=1)
        if grain == "month":
            return placed(phrase, of_month(last.month, last.year), other.as_basis())
        return placed(phrase, of_quarter((last.month + 2) // 3, last.year), other.as_basis())
    return None


def _unit_compared(lower: str, phrase: Phrase, before: Sequence[Phrase]) -> bool:
    """ "Giá tháng 2 giảm so với tháng trước": counted from the month that the sentence speaks of."""
    bare = lower[phrase.start : phrase.end] in ("tháng trước", "quý trước", "quí trước")
    if not bare or not is_compared(lower, phrase.start) or not before or phrase.stretch is None:
        return False
    begin = sentence_start(lower, phrase.start)
    return any(one.start >= begin and one.rule in _NAMED_UNITS for one in before)


def _says_before(lower: str, phrase: Phrase) -> bool:
    return lower.endswith("trước", phrase.start, phrase.end)


def _in_bracket(lower: str, phrase: Phrase, after: Sequence[Phrase | None]) -> list[Phrase]:
    """The period that a bracket names right after: "so với cùng kỳ (quý I tăng ...)"."""
    opened = lower.startswith(" (", phrase.end)
    return [other for other in after if opened and other is not None and other.start == phrase.end + 2]


def _same_period(lower: str, phrase: Phrase, before: Sequence[Phrase], today: date | None) -> Phrase | None:
    """The days of the period before it, in the year that it says; in the year before where it says none."""
    stretch = phrase.stretch
    if stretch is None:
        return None
    bare, counted = not stretch.complete, stretch.grain == "part"  # "9 tháng cùng kỳ" counts its months
    base = _said_again(lower, phrase, before) or _base(lower, phrase, before, bare=bare)
    base = base or (_year_over(lower, phrase, before, today) if bare else None)
    if base is None or base.days.to_year is None:
        return placed(phrase, stretch) if counted else None
    year = base.days.to_year - 1 if bare or _says_before(lower, phrase) else stretch.to_year
    days = stretch if counted else base.days
    return None if year is None else placed(phrase, days.in_year(year), base.phrase.as_basis())


def _base(lower: str, phrase: Phrase, before: Sequence[Phrase], *, bare: bool) -> _Period | None:
    """The nearest period of its sentence that is not a mere year, else the year of its sentence.

    Without either, the period that was spoken of last; for a `bare` "cùng kỳ" one that is no mere year.
    """
    periods = [period for other in before if (period := _period(lower, other)) is not None]
    begin = sentence_start(lower, phrase.start)
    near = [period for period in periods if period.phrase.start >= begin]
    shorter = [period for period in near if _is_plain_period(lower, period)]
    if phrase.rule == "date.same_point" and (day := _day(lower, phrase, before)):
        return day
    if bare and not shorter:
        shorter = [period for period in periods if _is_near(lower, period, phrase)]
    if shorter or bare:
        return shorter[0] if shorter else None
    return next(iter(near or periods), None)


def _said_again(lower: str, phrase: Phrase, before: Sequence[Phrase]) -> _Period | None:
    """The period that another "cùng kỳ" of the passage is compared with, if no period is named since."""
    begin = sentence_start(lower, phrase.start)
    begin = begin if phrase.stretch and phrase.stretch.complete else phrase.start - _LONGEST_PASSAGE
    for other in before:
        if other.start < begin or "\n" in lower[other.end : phrase.start]:
            return None
        if other.anchor == "same_period" and other.stretch is not None:
            days = other.stretch
            told = days.to_year and days.grain not in _WHOLE_YEARS
            return _Period(days.in_year(days.to_year + 1), other) if told and days.to_year else None
        if _period(lower, other):
            return None
    return None


def _day(lower: str, phrase: Phrase, before: Sequence[Phrase]) -> _Period | None:
    """The one day of the sentence, or named last as a point in time, that "cùng thời điểm" is of."""
    begin = sentence_start(lower, phrase.start)
    for other in before:
        if other.stretch is None or is_compared(lower, other.start) or other.anchor == "same_period":
            continue
        as_of = _AS_OF.search(lower, max(0, other.start - _AS_OF_REACH), other.start)
        if other.start < begin and not as_of:
            return None
        return _Period(other.stretch, other) if other.stretch.grain == "day" else None
    return None


def _year_over(lower: str, phrase: Phrase, before: Sequence[Phrase], today: date | None) -> _Period | None:
    """The year of its sentence, if it is over: "năm 2015 quỹ tăng 22% so với cùng kỳ"."""
    begin = sentence_start(lower, phrase.start)
    for other in before:
        over = other.interval is not None and today is not None and other.interval.end < today
        if other.start >= begin and other.rule == "date.year" and (period := _period(lower, other)):
            return period if over and period.days.grain == "year" else None
    return None


def _is_near(lower: str, period: _Period, phrase: Phrase) -> bool:
    """Whether the period, no mere year, is spoken of in the same paragraph and not long before."""
    apart = phrase.start - period.phrase.end
    return (
        apart < _LONGEST_PASSAGE
        and _is_plain_period(lower, period)
        and "\n" not in lower[period.phrase.end : phrase.start]
    )


def _is_plain_period(lower: str, period: _Period) -> bool:
    return period.days.grain not in _WHOLE_YEARS or _is_whole(lower, period.phrase)


def _is_whole(lower: str, phrase: Phrase) -> bool:
    """Whether it is "cả năm", and not a third or half of a year."""
    return phrase.rule == "date.running_year" and lower.startswith(_WHOLE, phrase.start)


def _period(lower: str, phrase: Phrase) -> _Period | None:
    """The days that a figure beside the phrase holds for; "tính đến 20/6" is the year up to that day."""
    stretch = phrase.stretch
    if stretch is None or phrase.anchor == "same_period" or is_compared(lower, phrase.start):
        return None
    if phrase.rule == "date.running_year" and not _is_whole(lower, phrase):
        return None
    if _is_whole(lower, phrase) and _GOAL.search(lower, max(0, phrase.start - _GOAL_REACH), phrase.start):
        return None
    as_of = _AS_OF.search(lower, max(0, phrase.start - _AS_OF_REACH), phrase.start)
    if stretch.grain not in ("day", "month") or (stretch.grain == "month" and not as_of):
        return _Period(stretch, phrase)
    if phrase.modifier != "by" and not as_of:
        return None
    return _Period(Stretch("part", (1, 1), stretch.last, stretch.to_year, stretch.to_year), phrase)


def _year_before(lower: str, phrase: Phrase, before: Sequence[Phrase]) -> Phrase | None:
    """ "Năm 2015 ... tăng so với năm trước": counted from the year that the sentence speaks of."""
    begin = sentence_start(lower, phrase.start)
    base = _spoken_of(lower, before, begin)
    if base is None or base.days.to_year is None or phrase.stretch is None:
        return None
    return placed(phrase, phrase.stretch.in_year(base.days.to_year - 1), base.phrase.as_basis())


def _whole_year(lower: str, phrase: Phrase, before: Sequence[Phrase]) -> Phrase | None:
    """ "Quý IV/2020 ..., cả năm ...": the year of the period that this sentence or the last one speaks of."""
    begin = sentence_start(lower, max(0, sentence_start(lower, phrase.start) - _SENTENCE_GAP))
    base = _spoken_of(lower, before, begin)
    if base is None or base.days.to_year is None or phrase.stretch is None:
        return None
    return placed(phrase, phrase.stretch.in_year(base.days.to_year), base.phrase.as_basis())


def _spoken_of(lower: str, before: Sequence[Phrase], begin: int) -> _Period | None:
    """The nearest period from an offset on; a comparison's own base is none."""
    near = (_period(lower, other) for other in before if other.start >= begin)
    return next((period for period in near if period is not None and period.days.grain != "years"), None)
