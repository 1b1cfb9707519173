"""The words and dates that tell what shall be from what is: "phấn đấu đạt", "đã đạt", "đến năm 2030".

Words stand in `lexicons/status_cues.csv`: what they say (`status`), whether a passage goes on under them
(`carries`) and how far they reach (`reach`: their clause or the sentence).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from extractors import wordlists

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from corpus.facts import Date, Span, Status
    from extractors.document import Document

_COMPARED = re.compile(
    r"(?:(?:so[ ]với|so|cùng[ ]kỳ|từ|kể[ ]từ)[ ]{1,2}(?:cuối[ ]|đầu[ ])?"
    r"|(?:tính|lũy[ ]kế)[ ](?:đến|tới)[ ](?:hết[ ])?)\Z",
    re.IGNORECASE,
)
# "vượt 7% so với dự toán đến năm 2040"
_WITH_A_PLAN = re.compile(
    r"so[ ]với[ ](?:quy[ ]hoạch|kế[ ]hoạch|mục[ ]tiêu|chỉ[ ]tiêu|dự[ ]kiến)(?!\w)", re.IGNORECASE
)
# "giá giao tháng 9/2021": the month of a contract
_CONTRACT = re.compile(
    r"(?<!\w)(?:giao|kỳ[ ]hạn|đáo[ ]hạn)[ ](?:trong[ ]|vào[ ])?(?=tháng|quý)", re.IGNORECASE
)
# "so với dự báo trước đó là 7%": the figure that was forecast
_IS_SAID = re.compile(r"[ ](?:là|ở[ ]mức)[ ]", re.IGNORECASE)
# "dự báo tăng trưởng ... đã giảm từ": the forecast changed, which makes it no fact
_FORECAST_CHANGED = re.compile(
    r"(?<!\w)dự[ ]báo[ ][^.,;:]{0,80}?[ ]đã[ ](?:[^\W\d_]+[ ]){0,3}?(?:giảm|tăng|hạ|nâng|điều[ ]chỉnh)(?!\w)",
    re.IGNORECASE,
)
# "phải đạt 80%, ..." reaches no further than its clause; a list of figures is one clause
_CLAUSE_END = re.compile(
    r"\((?![A-ZĐ&]{2,10}\))|[:“”\"]|,(?![ ][0-9])|[ ]nhưng[ ]|[ ]trong[ ]đó[ ]|[ ]rằng(?!\w)|[ ]sau[ ]khi[ ]"
)
_REACH = 500
"""Code points in front of a figure (or at the end of a sentence before) in which its cue may stand."""
_FIRST = 50
"""How many dates are asked for the day an article without a publish date speaks on."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue at [start, end); `reach`: the last offset at which it still holds."""

    start: int
    end: int
    status: Status
    carries: bool
    reach: int = 0


def nearest(document: Document, span: Span, dates: Sequence[Date], *, carrying: bool = False) -> Cue | None:
    """The last cue inside the span; `carrying`: of those that hold beyond their own sentence."""
    cues = (*_words(document, span), *_deadlines(document, span, dates))
    fitting = (cue for cue in cues if cue.carries or cue.status == "actual" or not carrying)
    return max(fitting, key=lambda cue: cue.end, default=None)


def speaks_of_the_past(document: Document, item: Span, dates: Sequence[Date]) -> bool:
    """Whether the item names a time that is over, other than as a yardstick."""
    today = reference_day(document, dates)
    return today is not None and any(
        found.end_date < today and not _is_compared(document, found)
        for found in dates_in(dates, item.start, item.end)
    )


def future_follows(document: Document, span: Span, dates: Sequence[Date]) -> bool:
    """Whether a time to come stands near the head of the span, other than as a yardstick."""
    today = reference_day(document, dates)
    return any(
        is_future(found, today)
        and not _is_compared(document, found)
        and not _WITH_A_PLAN.search(document.text, span.start, found.start)
        for found in dates_in(dates, span.start, min(span.end, span.start + 60))
    )


def reference_day(document: Document, dates: Sequence[Date]) -> date | None:
    """The day the article speaks on: its publish date, else the latest single day that it names."""
    single = (found.start_date for found in dates[:_FIRST] if found.start_date == found.end_date)
    return document.article.published or max(single, default=None)


def dates_in(dates: Sequence[Date], start: int, end: int) -> Iterator[Date]:
    """The dates that begin in [start, end); the dates are in reading order."""
    for number in range(bisect_left(dates, start, key=lambda found: found.start), len(dates)):
        if dates[number].start >= end:
            return
        yield dates[number]


def _words(document: Document, span: Span) -> Iterator[Cue]:
    """The cues inside the span that still hold at its end."""
    sentence = document.sentence_at(span.start)
    start, end = max(span.start, span.end - _REACH) - sentence.start, span.end - sentence.start
    cues = _cues_of(document.text[sentence.start : sentence.end])
    for number in range(bisect_right(cues, end, key=lambda cue: cue.end) - 1, -1, -1):
        cue = cues[number]
        if cue.start < start:
            return
        if cue.reach >= end:
            yield Cue(cue.start + sentence.start, cue.end + sentence.start, cue.status, cue.carries)


@lru_cache(maxsize=128)
def _cues_of(text: str) -> tuple[Cue, ...]:
    """The cues of a sentence, which is asked again for each figure of its passage."""
    return tuple(_cues_in(text))


def _cues_in(text: str) -> Iterator[Cue]:
    breaks = [found.span() for found in _CLAUSE_END.finditer(text)]
    changed = [found.span() for found in _FORECAST_CHANGED.finditer(text)]
    for cue, start, end in _phrases().all_in(text):
        if text.endswith("% ", 0, start):  # "đạt 85% chỉ tiêu": the aim is what is measured against
            continue
        if _COMPARED.search(text, max(0, start - 16), start) and not _IS_SAID.match(text, end):
            continue
        row = _cues()[cue]
        told = any(first < start < last for first, last in changed)
        if row["status"] == "none" or (told and row["status"] == "actual"):
            continue
        status: Status = "target" if row["status"] == "target" else "actual"
        after = bisect_left(breaks, (end, 0))
        stops = row["reach"] == "clause" and after < len(breaks)
        reach = breaks[after][1] - 1 if stops else len(text)
        yield Cue(start, end, status, row["carries"] == "yes", reach)


def _deadlines(document: Document, span: Span, dates: Sequence[Date]) -> Iterator[Cue]:
    for found in dates_in(dates, span.start, span.end):
        if is_future(found, reference_day(document, dates)) and not _is_compared(document, found):
            yield Cue(found.start, found.end, "target", carries=True)


def is_future(found: Date, today: date | None) -> bool:
    """Whether the date lies ahead; without a day to count from: whether it is a deadline."""
    if today is None:
        return found.modifier == "by" and (found.end_date - found.start_date).days >= 27
    return found.start_date > today or (found.modifier in ("by", "before") and found.end_date > today)


def _is_compared(document: Document, found: Date) -> bool:
    """Whether the date is only the yardstick: "so với năm 2015"; or a contract's."""
    begin = max(0, found.start - 16)
    compared = _COMPARED.search(document.text, begin, found.start)
    return bool(compared or _CONTRACT.search(document.text, begin, found.start + 6))


@lru_cache(maxsize=512)
def words_in(text: str) -> tuple[str, ...]:
    """All cue words of a text in lower case, whatever they say and wherever they reach."""
    return tuple(sorted({cue for cue, _, _ in _phrases().all_in(text)}))


@cache
def _cues() -> dict[str, dict[str, str]]:
    return {row["cue"]: row for row in wordlists.rows("status_cues")}


@cache
def _phrases() -> wordlists.Phrasebook:
    return wordlists.Phrasebook({cue: cue for cue in _cues()})
