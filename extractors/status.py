"""Whether a clause speaks of what shall be (a target) or of what is (an actual figure).

The nearest cue in front of the figure decides: first in its own item of the sentence, then in the head of
the sentence, then in the passage before it. Cues are words (`lexicons/status_cues.csv`) and dates that
lie after the day the article was published.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from extractors import passages, status_cues, status_given

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.facts import Date, Span, Status
    from extractors.document import Document

_YARDSTICK = re.compile(
    r"[^.;,]{0,40}?(?:so[ ]với[ ]cùng[ ]kỳ|cùng[ ]kỳ|so[ ]với[ ](?:năm|tháng|quý)[ ])", re.IGNORECASE
)
# "trong 5 năm tới", which is no date, behind the figure
_AHEAD = re.compile(r"[^.;,]{0,25}?[ ](?:năm|tháng|quý|thời[ ]gian)[ ](?:sắp[ ])?tới(?!\w)", re.IGNORECASE)
# a statement of its own, which no deadline before it governs
_OWN_STATEMENT = re.compile(
    r"(?:Cũng[ ]theo|Theo[ ](?:ông|bà|anh|chị|chuyên[ ]gia)|Nhưng|Tuy[ ]nhiên|Trong[ ]khi[ ]đó"
    r"|Trước[ ]đó)(?!\w)"
)
# a sentence that goes on with a passage under a deadline does not compare what has been reached
_COMPARES = re.compile(
    r"[^.;,()0-9]{0,25}?[ ](?:so[ ]với|cùng[ ]kỳ)(?!\w)|,?[ ](?:xuống|lên|còn)[ ](?:mức[ ])?[0-9]",
    re.IGNORECASE,
)
_PASSAGES: WeakKeyDictionary[Document, dict[int, Status]] = WeakKeyDictionary()
"""What the passage before a sentence says, by document and number of the sentence."""


# "(thực hiện 68%, | kế hoạch 85%)"
_PLANNED = re.compile(
    r"[(,;:][ ]?(?:kế[ ]hoạch|chỉ[ ]tiêu|mục[ ]tiêu)(?:[ ](?:là|giao|đề[ ]ra|năm))?[ ]\Z", re.IGNORECASE
)
_BESIDE = 24
"""Code points in front of a figure in which it may be called a plan."""


def status_at(document: Document, span: Span, dates: Sequence[Date]) -> Status:
    """`target` where the clause around the span must, shall or aims to reach it, else `actual`.

    `dates` are those found in the article, in reading order.
    """
    item, after = passages.item_before(document, span.start), passages.item_after(document, span.end)
    if status_given.is_given(document.text, span, after):
        return "actual"
    if _PLANNED.search(document.text, max(item.start, span.start - _BESIDE), span.start):
        return "target"
    own = status_cues.nearest(document, item, dates)
    if own:
        reported = status_given.is_reported(document, own, span, after, dates)
        return "actual" if reported else own.status
    return _said_around(document, span, item, after, dates)


def _said_around(document: Document, span: Span, item: Span, after: Span, dates: Sequence[Date]) -> Status:
    """What the head of the sentence, the words behind the figure or the passage before say."""
    head = passages.head(document, span.start)
    governing = status_cues.nearest(document, head, dates) if head else None
    if governing and governing.status == "target":
        return "target"
    if _YARDSTICK.match(document.text, after.start, after.end):
        return "actual"
    if status_cues.future_follows(document, after, dates) or _AHEAD.match(
        document.text, after.start, after.end
    ):
        return "target"
    if governing:
        return governing.status
    past = any(status_cues.speaks_of_the_past(document, said, dates) for said in (item, head) if said)
    over = past or _COMPARES.match(document.text, span.end, after.end)
    return "actual" if over else _carried(document, span, dates)


def _carried(document: Document, span: Span, dates: Sequence[Date]) -> Status:
    """What the passage before says, read once for all figures of a sentence."""
    known = _PASSAGES.setdefault(document, {})
    sentence = document.sentence_number(span.start)
    if _OWN_STATEMENT.match(document.text, document.sentences[sentence].start):
        return "actual"
    if sentence not in known:
        known[sentence] = _read_passage(document, span, dates)
    return known[sentence]


def _read_passage(document: Document, span: Span, dates: Sequence[Date]) -> Status:
    """What the sentences before say, if the nearest cue there is one that a passage goes on under."""
    for sentence in passages.before(document, span.start):
        cue = status_cues.nearest(document, sentence, dates, carrying=True)
        if cue:
            return cue.status
        if status_cues.speaks_of_the_past(document, sentence, dates):
            return "actual"
    return "actual"
