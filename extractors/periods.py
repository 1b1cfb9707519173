"""The date that a figure holds for: beside it, in its own item, in the head of its list, or in the passage.

What it is compared with is none ("so với quý I"), nor the day of an event, nor a date that stands beside
another figure ("từ 8% (2013) xuống 4%").
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from extractors import passages, respective, undated
from extractors.status_cues import dates_in, reference_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.facts import Date, Span, Status
    from extractors.document import Document

_COMPARED = re.compile(
    r"(?:so[ ]với|so|cùng[ ]kỳ|thay[ ]vì|hơn|bằng)[ ]{1,2}"
    r"(?:(?:mức|tăng|giảm|cùng|thời[ ]điểm|của|cuối|đầu|quy[ ]hoạch|kế[ ]hoạch|dự[ ]toán|ước|thực[ ]hiện)"
    r"[ ]{1,2}){0,3}\Z"
    # "so với số vụ đã xảy ra trong năm 2019"
    r"|(?<!\w)(?:so[ ]với|so)[ ](?:số|lượng|mức|con[ ]số|kết[ ]quả|tổng|giá|sản[ ]lượng"
    r"|doanh[ ]thu|kim[ ]ngạch)"
    r"[^.,;:()0-9%\n]{1,60}[ ](?:trong|của|vào|ở)[ ]{1,2}\Z"
    r"|(?<!\w)hơn[ ](?:nhiều|hẳn)[ ](?:so[ ]với[ ])?\Z"
    # "gấp đôi năm 2015"
    r"|(?<!\w)gấp[ ](?:đôi|rưỡi|ba|[0-9][0-9,]{0,4}[ ]lần|nhiều[ ]lần)[ ](?:so[ ]với[ ])?(?:của[ ])?\Z",
    re.IGNORECASE,
)
_COMPARED_REACH = 90
"""Code points in front of a date in which it may be said that a figure is compared with it."""
_AND = re.compile(r"[ ]{1,2}và[ ]{1,2}", re.IGNORECASE)
# what stands between a figure and the date that follows it and still belongs to it
_AT_ONCE = re.compile(
    r"[ ]{1,2}(?:[(](?:đến|tới)[ ](?:hết[ ])?|[(]?(?:(?:trong|vào|của|ở|cho)[ ]{1,2})?)", re.IGNORECASE
)
# "cùng kỳ năm trước (7,4%)", "quý I là 5%"
_JUST_BEFORE = re.compile(
    r"[ ]?[(]|[ ](?:(?:chỉ|mới|ước|là|đạt|tăng|giảm|ở[ ]mức|hơn|gần|khoảng)[ ]){1,3}", re.IGNORECASE
)
# "giá vàng giao tháng 12": when it is handed over
_DELIVERED = re.compile(r"(?<!\w)(?:giao|kỳ[ ]hạn)[ ](?:trong[ ])?\Z", re.IGNORECASE)
_SO = re.compile(r"(?:so[ ]với|so)[ ]{1,2}\Z", re.IGNORECASE)
_OTHERS = re.compile(
    r"(?:%(?:/[ ]?năm)?|phần[ ]trăm)[ ]{1,2}[(]?(?:(?:trong|vào|của|ở|cho)[ ]{1,2})?\Z", re.IGNORECASE
)
_SAME_TIME = re.compile(
    r"cùng[ ](?:kỳ|thời[ ]điểm)|(?:năm|tháng|quý|tuần)[ ](?:trước|ngoái)\Z", re.IGNORECASE
)
_CHANGED = re.compile(r"(?<!\w)(?:tăng(?![ ]trưởng)|giảm)(?!\w)[^;:()\n]{0,60}\Z", re.IGNORECASE)
_COMPARES = re.compile(r"(?:so[ ]với[ ]|so[ ])?cùng[ ]kỳ", re.IGNORECASE)
# between a figure and a date that it is compared with, or that another statement is about
_BASE = re.compile(
    r"so[ ]với|[ ](?:rằng|thì|trong[ ]khi(?:[ ]đó)?|còn)[ ]|cho[ ]biết|cùng[ ]kỳ|kể[ ]từ|(?:đề|đặt)[ ]ra"
    r"|(?:cao|thấp)[ ](?:hơn|nhất)",
    re.IGNORECASE,
)
# "tăng 5% và đến năm 2020 sẽ tăng 8%": the date begins what comes next
_NEXT = re.compile(r"[ ](?:và|còn|nhưng|rồi)[ ](?:(?:đến|tới|từ|trong|sang|vào)[ ])?", re.IGNORECASE)
_FOLLOWS = re.compile(
    r"(?:[^.,;:()0-9\n]{0,60}?(?:,(?![^%\n]{0,60}?(?:mục[ ]tiêu|tăng|giảm|đạt))|[ ]và)[ ]"
    r"[^.,;:()0-9\n]{0,60}?[0-9][0-9,.]{0,6}[ ]?%)?"
    r"(?:[^.,;:()0-9\n]{0,40}?[)]?,?[ ]tương[ ](?:đương|ứng)[^;:()%\n]{0,40}?)?"
    r"[^.,;:()0-9\n]{0,70}?[ ](?:trong|vào|năm|đến|tới|cho[ ]đến|cho[ ]đến[ ]tận|tận|từ|của|cùng)?[ ]{0,2}\Z",
    re.IGNORECASE,
)
# what stands in front of a day that a figure may hold for: "đến ngày 6/2", "chốt phiên 23/10"
_OF_DAY = re.compile(
    r"(?:đến|tới|từ|trước|thời[ ]điểm|phiên|kết[ ]thúc(?:[ ]vào)?)[ ]{1,2}(?:[0-9]{1,2}[ ]giờ[ ])?\Z",
    re.IGNORECASE,
)
# what stands in front of a date that a sentence is set in: "Theo Bộ X, trong [5 tháng đầu năm], ..."
_LEAD = re.compile(
    r"(?:(?:[^,]{0,90}[ ](?:cho[ ](?:thấy|biết|hay)|rằng),?|(?:cũng[ ])?theo[ ][^,]{1,90},|[^,]{1,20},)[ ])?"
    r"(?:(?:trong|tính|đến|tới|hết|vào|riêng|chung|chỉ|lũy[ ]kế|kể|ngay|cả|bước|sang|kết[ ]thúc|qua)"
    r"(?:[ ]|\Z)){0,4}",
    re.IGNORECASE,
)
_TAKES_APART = re.compile(r"trong[ ](?:đó|số[ ](?:đó|này))(?!\w)", re.IGNORECASE)
_DIGIT = re.compile(r"[0-9]")
# a sentence that turns away from what was said
_TURNS = re.compile(r"(?:Tuy[ ]nhiên|Tuy[ ]vậy|Thế[ ]nhưng|Nhưng)(?!\w)")
_AT_ONCE_REACH = 24
"""Code points behind a figure in which a date begins that belongs to it at once."""
_MOST_BACK = 3
"""Sentences back in a passage that the date set at the head of one still holds for."""


def period_at(document: Document, span: Span, dates: Sequence[Date], status: Status) -> str | None:
    """The surface of the date that the figure at the span holds for, or None."""
    text = document.text
    if behind := _AT_ONCE.match(text, span.end):
        if undated.SOMETIME.match(text, behind.end()):
            return None
        if time := undated.right_behind(text, behind.end()):
            return time
    item = passages.item_before(document, span.start)
    near = _beside(document, span, dates) or _following(document, span, dates, item)
    if near:
        return _joined(text, dates, near, span) or undated.written(text, near)
    return _before(document, span, dates, status)


def _before(document: Document, span: Span, dates: Sequence[Date], status: Status) -> str | None:
    """What the words in front say of when: those of the item, of the head of its list, of the passage."""
    text, sentence = document.text, document.sentence_at(span.start)
    item = passages.item_before(document, span.start)
    own = _last(document, dates, item.start, span.start)
    if own and (joined := _joined(text, dates, own, span)):
        return joined
    found = own or _in_head(document, dates, sentence.start, item.start)
    start = max(span.start - undated.NEAR, found.end + 2 if found else sentence.start)
    if undated.SOMETIME.search(text, start, span.start):
        return None
    if time := undated.beside(text, sentence, span, found):
        return time
    found = found or (_carried(document, span, dates, status) if dates else None)
    return undated.written(text, found) if found else None


def _joined(text: str, dates: Sequence[Date], own: Date, span: Span) -> str | None:
    """The surface of two dates that one figure holds for ("năm nay và năm 2018"), or of the one that it is
    of where there is a figure for each ("lần lượt 5% và 6%")."""
    number = bisect_left(dates, own.start, key=lambda found: found.start)
    first = dates[number - 1] if number and own.end <= span.start else None
    if first is None or not _AND.fullmatch(text, first.end, own.start):
        return None
    if place := respective.place_of(text, span.start, own.end):
        return (first, own)[place.number].text if place.total == len((first, own)) else None
    return text[first.start : own.end]


def _in_head(document: Document, dates: Sequence[Date], start: int, end: int) -> Date | None:
    """The date that the head of a list sets for its items: one in front of the first percentage, or one that
    an item before opens with."""
    text = document.text
    first = text.find("%", start, end)
    for found in reversed(list(_periods(document, dates, start, end))):
        item = text.rfind(";", start, found.start) + 1
        if found.start < first or first < 0 or (item and _LEAD.fullmatch(text[item : found.start].strip())):
            return found
    return None


def _beside(document: Document, span: Span, dates: Sequence[Date]) -> Date | None:
    """The date right behind the figure, or right in front of it and its bracket or verb."""
    text = document.text
    for found in dates_in(dates, span.end, span.end + _AT_ONCE_REACH):
        if _AT_ONCE.fullmatch(text, span.end, found.start) and not _is_base(text, span, found):
            return found
    number = bisect_left(dates, span.start, key=lambda found: found.start) - 1
    if number < 0 or not _JUST_BEFORE.fullmatch(text, dates[number].end, span.start):
        return None
    last = dates[number]
    bracket = "(" in text[last.end : span.start]
    compared = _SO.search(text, max(0, last.start - 10), last.start)
    is_day = last.start_date == last.end_date or _DELIVERED.search(text, max(0, last.start - 14), last.start)
    return None if is_day or (compared and not bracket) else last


def _is_base(text: str, span: Span, found: Date) -> bool:
    """Whether the date behind the figure is what it is compared with ("tăng 5% năm trước"), or begins the
    next sentence of a text that lost its full stop."""
    beside = not text[span.end : found.start].strip(" (")
    same = (
        beside and _SAME_TIME.match(found.text) and _CHANGED.search(text, max(0, span.start - 60), span.start)
    )
    return bool(same) or text[found.start].isupper()


def _carried(document: Document, span: Span, dates: Sequence[Date], status: Status) -> Date | None:
    """What the passage before sets: a deadline, or the date at the head of a sentence or of a list.

    For a sentence that takes the one before apart ("Trong đó") or compares with "cùng kỳ" the period spoken
    of last.
    """
    text, sentence = document.text, document.sentence_at(span.start)
    if _TURNS.match(text, sentence.start):
        return None
    today = reference_day(document, dates)
    compares = _COMPARES.search(text, span.end, min(span.end + 40, sentence.end))
    for back, earlier in enumerate(passages.before(document, span.start)):
        found = _last(document, dates, earlier.start, earlier.end)
        if found and found.modifier == "by" and (today is None or found.end_date > today):
            return found if status == "target" else None
        if found and (compares or (not back and _TAKES_APART.match(text, sentence.start))):
            return found
        if back >= _MOST_BACK or undated.SOMETIME.search(
            text, earlier.start, min(earlier.end, earlier.start + undated.NEAR)
        ):
            return None
        if head := _set_at_head(document, earlier, dates):
            return head if head.start_date != head.end_date else None
    return None


def _set_at_head(document: Document, sentence: Span, dates: Sequence[Date]) -> Date | None:
    """The date that a sentence opens with ("Trong quý I, ...") or leads to its list with ("tháng 6: ...")."""
    text = document.text
    colon = text.find(":", sentence.start, sentence.end)
    for found in _periods(document, dates, sentence.start, sentence.end):
        front = text[sentence.start : found.start]
        introduces = found.end <= colon and "(" not in front and ". " not in text[found.end : colon]
        sets = (
            found.modifier != "since" and not _DIGIT.search(front) and (_LEAD.fullmatch(front) or introduces)
        )
        return found if sets else None
    return None


def _clause_start(text: str, start: int, end: int) -> int:
    return max(start, text.rfind(",", start, end))


def _last(document: Document, dates: Sequence[Date], start: int, end: int) -> Date | None:
    """The last date in [start, end) that is no yardstick, nor the day of an event, nor another figure's."""
    for number in range(bisect_left(dates, end, key=lambda found: found.start) - 1, -1, -1):
        if dates[number].start < start:
            return None
        if _is_period(document, dates, number):
            if _stands_beside_another(document.text, dates[number]):
                return _set_at_head(document, document.sentence_at(start), dates)
            if not _is_shut_in(document.text, dates[number], end):
                return dates[number]
    return None


def _stands_beside_another(text: str, found: Date) -> bool:
    """Whether the date stands right behind another percentage: "từ [8% năm 2015] xuống 5%"."""
    beside = _OTHERS.search(text, max(0, found.start - 24), found.start)
    return bool(beside) and not text[found.start].isupper()


def _is_shut_in(text: str, found: Date, end: int) -> bool:
    """Whether the date stands in a bracket with a percentage, closed before `end`."""
    bracket = text.rfind("(", max(0, found.start - 60), found.start)
    closed = text.find(")", found.end, min(end, found.end + 60)) if bracket >= 0 else -1
    return closed >= 0 and ")" not in text[bracket : found.start] and "%" in text[bracket:closed]


def _periods(document: Document, dates: Sequence[Date], start: int, end: int) -> Iterator[Date]:
    first = bisect_left(dates, start, key=lambda found: found.start)
    for number in range(first, len(dates)):
        if dates[number].start >= end:
            return
        if _is_period(document, dates, number):
            yield dates[number]


def _following(document: Document, span: Span, dates: Sequence[Date], item: Span) -> Date | None:
    """The date that follows the figure, unless one stands nearer in front, in its clause."""
    after = passages.item_after(document, span.end)
    first = bisect_left(dates, span.end, key=lambda found: found.start)
    if first == len(dates) or dates[first].start >= after.end or not _is_period(document, dates, first):
        return None
    start, text = dates[first].start, document.text
    base = _BASE.search(text, span.end, start) or _NEXT.fullmatch(text, span.end, start)
    if base or _is_base(text, span, dates[first]):
        return None
    if not _FOLLOWS.fullmatch(text, span.end, start):
        return None
    own = _last(document, dates, item.start, span.start)
    nearer = own is not None and own.start >= _clause_start(text, item.start, span.start)
    return None if nearer else dates[first]


def _is_period(document: Document, dates: Sequence[Date], number: int) -> bool:
    """Whether the date is a span of time, or a day that something runs from or to, and is no yardstick."""
    found, text = dates[number], document.text
    if _is_compared(text, dates, number) or _DELIVERED.search(text, max(0, found.start - 14), found.start):
        return False
    front = text[max(0, found.start - 24) : found.start]
    return found.start_date != found.end_date or bool(_OF_DAY.search(front))


def _is_compared(text: str, dates: Sequence[Date], number: int) -> bool:
    """Whether the figure is compared with the date: "so với quý I", "cao hơn tháng 4 và quý I"."""
    for place in range(number, max(-1, number - 3), -1):
        if _COMPARED.search(text, max(0, dates[place].start - _COMPARED_REACH), dates[place].start):
            return True
        if not place or not _AND.fullmatch(text, dates[place - 1].end, dates[place].start):
            return False
    return False
