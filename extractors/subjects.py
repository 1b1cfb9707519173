"""What a share is a share of: the noun phrase behind the figure, or the one its clause is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import passages, phrases, topics
from extractors.status import dates_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.facts import Date, Percentage
    from extractors.document import Document
    from extractors.figures import Figures

# "chiếm 20% GDP", "bằng 38% tổng số bác sĩ": the subject stands in front, what follows is the whole
_EQUATES = re.compile(
    r"(?<!\w)(?:chiếm|bằng|đạt|tương[ ]đương|đóng[ ]góp|là|mức|lên|xuống|còn|vượt|tới|đến|tăng[ ]trưởng|góp)"
    r"(?:[ ](?:chỉ|được|có|đến|tới|khoảng|hơn|trên|gần|dưới|mức|xấp[ ]xỉ|chưa|không|quá|tối[ ]thiểu|tối[ ]đa"
    r"|ít[ ]nhất|bình[ ]quân)){0,6}"
    r"[ ]{1,2}\Z",
    re.IGNORECASE,
)
_HAVE = re.compile(
    r"(?:có|còn|dành|với|có[ ]đến|có[ ]tới)[ ](?:đến[ ]|tới[ ]|khoảng[ ]|hơn[ ]|gần[ ])*\Z", re.IGNORECASE
)
_WHOLE = re.compile(
    r"[ ]{0,2}(?:GDP|GRDP|GNI|kế[ ]hoạch|dự[ ]toán|so[ ]với|cùng[ ]kỳ|công[ ]suất|vốn[ ]điều[ ]lệ|chỉ[ ]tiêu"
    r"|mục[ ]tiêu)(?!\w)",
    re.IGNORECASE,
)
# "đáp ứng được 39% tổng nhu cầu": here the whole is what is spoken of
_REACHES = re.compile(
    r"(?:đáp[ ]ứng|giải[ ]quyết|xử[ ]lý|hoàn[ ]thành|giải[ ]ngân|thu|cắt|giảm)(?:[ ]được)?[ ]\Z",
    re.IGNORECASE,
)
# "tăng 5% về lượng nhưng giảm 2% về giá trị": each figure names its own side
_ASKED = re.compile(
    r"[ ](?:được[ ](?:hỏi|khảo[ ]sát|phỏng[ ]vấn|điều[ ]tra)|tham[ ]gia[ ](?:khảo[ ]sát|trả[ ]lời)"
    r"|trả[ ]lời[ ]khảo[ ]sát)(?!\w)"
)
_IN_TERMS_OF = re.compile(
    r"[ ]{1,2}(?:về|theo)[ ]{1,2}(?=lượng|khối[ ]lượng|giá|trị[ ]giá|số|kim[ ]ngạch|doanh|sản)"
)
_CUT = re.compile(r",(?![ ](?:trung|dài)[ ])|[ ](?:và|nhưng)(?=[ ])")
# "73% (58.587) ý kiến"
_ASIDE = re.compile(r"[ ]?[(][0-9][^()]{0,20}[)]")
_SIDE = re.compile(r"(?<!\w)(?:lượng|giá)(?!\w)", re.IGNORECASE)
_PAREN = re.compile(r"[(][^()0-9]{0,30}\Z")
_REACH = 300
"""Code points in front of a figure in which its subject may stand."""
_FIGURES = 6
"""Figures and dates before a figure that are looked over for its subject."""


def subject_at(
    document: Document, span: Span, known: Figures, dates: Sequence[Date], before: Percentage | None
) -> str | None:
    """The surface of what the figure at the span measures; `before`: the percentage before it.

    `known` are the figures of its sentence.
    """
    text, sentence = document.text, known.sentence
    front = text[max(sentence.start, span.start - 50) : span.start]
    if side := _in_terms_of(text, span, sentence, before):
        return side
    after = _behind(text, span, sentence, front)
    if after and (_HAVE.search(front) or not _EQUATES.search(front)):
        return text[after.start : after.end]
    found = _in_front(document, span, known, dates, before)
    if found:
        return text[found.start : found.end]
    if before and before.subject:
        return before.subject
    return text[after.start : after.end] if after else None


def _in_terms_of(text: str, span: Span, sentence: Span, before: Percentage | None) -> str | None:
    """The other side of what was spoken of: after "khối lượng gạo tăng 5%", "giảm 3% về giá trị"."""
    side = _IN_TERMS_OF.match(text, span.end, sentence.end)
    if side is None or before is None or not before.subject or not _SIDE.search(before.subject):
        return None
    named = phrases.after(text, side.end(), sentence.end)
    if named is None or text[named.start : named.end].split(" ", maxsplit=1)[0] in before.subject:
        return None
    return text[named.start : named.end]


def _behind(text: str, span: Span, sentence: Span, front: str) -> Span | None:
    """The noun phrase behind the figure, unless it is the whole of which the figure is a part."""
    if _WHOLE.match(text, span.end, span.end + 30):
        return None
    aside = _ASIDE.match(text, span.end, sentence.end)
    after = phrases.after(text, aside.end() if aside else span.end, sentence.end, full=True)
    whole = after is not None and text.startswith("tổng", after.start)
    if after is None or (whole and not _REACHES.search(front) and not _HAVE.search(front)):
        return None
    asked = _ASKED.match(text, after.end, sentence.end)
    return Span(after.start, asked.end()) if asked else after


def _in_front(
    document: Document, span: Span, known: Figures, dates: Sequence[Date], before: Percentage | None
) -> Span | None:
    text, sentence = document.text, known.sentence
    holes = known.holes_before(span.start)
    reach = max(span.start - _REACH, holes[-_FIGURES].end if len(holes) > _FIGURES else 0)
    left = max(sentence.start, reach)
    item = max(passages.item_before(document, span.start).start, left)
    paren = _PAREN.search(text, max(sentence.start, span.start - 32), span.start)
    if paren and before and _follows_date(paren.start(), dates):
        return None
    if paren and (counted := known.counted(max(left, paren.start() - 80), span.start)):
        return counted
    if before and before.subject and _goes_on(text, Span(before.end, span.start), holes, dates):
        return None
    found = topics.before(text, item, span.start, holes)
    counted = known.counted(max(item, span.start - 120), span.start)
    if counted and (found is None or counted.start > found.start):
        return _fuller(text, counted, item, holes)
    if found is None and item > left:
        return topics.before(text, left, item, holes)
    return found


def _fuller(text: str, counted: Span, left: int, holes: Sequence[Span]) -> Span:
    """What is counted; where that is one bare word ("77 triệu người"), what the clause says they are."""
    if " " in text[counted.start : counted.end]:
        return counted
    return topics.before(text, left, counted.start, holes) or counted


def _follows_date(at: int, dates: Sequence[Date]) -> bool:
    """Whether a date stands right before `at`: "quý II (6,17%)"."""
    return any(0 <= at - found.end <= 1 for found in dates_in(dates, max(0, at - 40), at))


def _goes_on(text: str, between: Span, holes: Sequence[Span], dates: Sequence[Date]) -> bool:
    """Whether the figure goes on with the subject of the one before: "98% từ bếp ăn, khoảng 1% từ ..."."""
    start, end = between.start, between.end
    if ";" in text[start:end]:
        return False
    others = (hole for hole in holes[-_FIGURES:-1] if start <= hole.start < end)
    if any(not list(dates_in(dates, other.start, other.start + 1)) for other in others):
        return False
    cuts = [cut.end() for cut in _CUT.finditer(text, max(start, end - _REACH), end)]
    return bool(cuts) and topics.before(text, cuts[-1], end) is None
