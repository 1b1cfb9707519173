"""The date that a figure holds for: in its own item, in the head of its list, or in the passage before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from extractors import passages
from extractors.status import dates_in, reference_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.facts import Date, Span
    from extractors.document import Document

_COMPARED = re.compile(
    r"(?:so[ ]với|so|cùng[ ]kỳ|thay[ ]vì|hơn|bằng)[ ]{1,2}(?:(?:mức|thời điểm|của|cuối|đầu)[ ]{1,2}){0,2}\Z",
    re.IGNORECASE,
)
# what stands between a figure and the date that follows it and still belongs to it
_AT_ONCE = re.compile(r"[ ]{1,2}(?:(?:trong|vào|của|ở|cho)[ ]{1,2})?", re.IGNORECASE)
_COMPARES = re.compile(r"(?:so[ ]với[ ]|so[ ])?cùng[ ]kỳ", re.IGNORECASE)
_FOLLOWS = re.compile(
    r"[^.,;:()0-9\n]{0,70}?[ ](?:trong|vào|năm|đến|tới|cho[ ]đến|cho[ ]đến[ ]tận|tận|từ|của|cùng)?[ ]{0,2}\Z"
)


def period_at(document: Document, span: Span, dates: Sequence[Date]) -> str | None:
    """The surface of the date that the figure at the span holds for, or None."""
    if not dates:
        return None
    text = document.text
    sentence, item = document.sentence_at(span.start), passages.item_before(document, span.start)
    own = _last(document, dates, item.start, span.start)
    following = _following(document, span, dates)
    if following and (own is None or own.start < _clause_start(text, item.start, span.start)):
        return following.text
    if following and _AT_ONCE.fullmatch(text, span.end, following.start):
        return following.text
    found = own or _last(document, dates, sentence.start, item.start) or _carried(document, span, dates)
    return found.text if found else None


def _carried(document: Document, span: Span, dates: Sequence[Date]) -> Date | None:
    """The deadline that an earlier sentence of the passage sets; where the figure is compared with "cùng kỳ",
    the period that was spoken of last."""
    today = reference_day(document, dates)
    compares = _COMPARES.search(
        document.text, span.end, min(span.end + 40, document.sentence_at(span.start).end)
    )
    for sentence in passages.before(document, span.start):
        found = _last(document, dates, sentence.start, sentence.end)
        if found:
            is_deadline = found.modifier == "by" and (today is None or found.end_date > today)
            return found if is_deadline or compares else None
    return None


def _clause_start(text: str, start: int, end: int) -> int:
    return max(start, text.rfind(",", start, end))


def _last(document: Document, dates: Sequence[Date], start: int, end: int) -> Date | None:
    """The last date in [start, end) that is not a mere yardstick or the day of an event."""
    for number in range(bisect_left(dates, end, key=lambda found: found.start) - 1, -1, -1):
        if dates[number].start < start:
            return None
        if _is_period(document, dates[number]):
            return dates[number]
    return None


def _following(document: Document, span: Span, dates: Sequence[Date]) -> Date | None:
    after = passages.item_after(document, span.end)
    for found in dates_in(dates, span.end, after.end):
        if _is_period(document, found) and _FOLLOWS.fullmatch(document.text, span.end, found.start):
            return found
        return None
    return None


def _is_period(document: Document, found: Date) -> bool:
    front = document.text[max(0, found.start - 24) : found.start]
    if _COMPARED.search(front):
        return False
    return found.start_date != found.end_date or bool(re.search(r"(?:đến|tới)[ ]{1,2}\Z", front))
