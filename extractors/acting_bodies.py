"""Bodies that act in a document: "theo ý kiến của Sở Tư pháp tại Công văn số 4", "được Bộ X công nhận tại"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import issuers
from extractors.actions import Governor
from extractors.issue_days import REACH

if TYPE_CHECKING:
    from extractors.citations import Citation
    from extractors.issuers import Issuer

_INSIDE = re.compile(r"[ ](?:tại|trong|bằng|(?P<by>theo))[ ]\Z")
_SPEAKING = re.compile(r"(?<!\w)của[ ]\Z")
# "xét đề nghị của Sở Nội vụ theo Công văn 230"
_WORD_OF = re.compile(
    r"(?<!\w)(?:đề[ ](?:nghị|xuất)|kiến[ ]nghị|ý[ ]kiến|yêu[ ]cầu|chỉ[ ]đạo|báo[ ]cáo|thông[ ]báo"
    r"|hướng[ ]dẫn|kết[ ]luận|(?:quy|qui)[ ]định|chấp[ ]thuận|phê[ ]duyệt)[ ]của[ ]\Z"
)
_GRANTED = (
    r"phê[ ]duyệt|công[ ]nhận|xếp[ ]hạng|thành[ ]lập|giao|cấp|bổ[ ]nhiệm|thu[ ]hồi|chấp[ ]thuận|cho[ ]phép"
)
# "Bộ Xây dựng công nhận đô thị loại ba | tại Quyết định số 5"
_ACTS = re.compile(
    rf"(?:[ ](?:đã|vừa|mới))?[ ](?:(?P<granted>{_GRANTED})"
    r"|phân[ ]bổ|xử[ ]phạt|quy[ ]định|yêu[ ]cầu|chỉ[ ]đạo|hướng[ ]dẫn|khẳng[ ]định|kết[ ]luận)"
    r"(?!\w)[^,.;:\n]{0,120}"
)
_NOT_SUBJECT = re.compile(r"(?:của|gửi|tại|theo|với|cho|là|giao|và|trình|sau[ ]khi|nếu|khi)[ ]\Z")
_OPENS = re.compile(r"(?:\A|[,.:;][ ]|[0-9][ ]|\n)\Z")


def stated_before(text: str, sentence: Span, citation: Citation) -> Issuer | None:
    """Who is said to speak there: "theo đề nghị của Cục Thuế Lào Cai tại Tờ trình số 7"."""
    inside = _INSIDE.search(text, max(sentence.start, citation.start - 12), citation.start)
    if inside is None:
        return None
    said_by = _WORD_OF if inside["by"] else _SPEAKING
    for issuer in issuers.mentions(text, max(sentence.start, citation.start - REACH), inside.start()):
        of = said_by.search(text, max(sentence.start, issuer.start - 40), issuer.start)
        if issuer.end == inside.start() and of:
            return issuer
    return None


def acting(text: str, sentence: Span, citation: Citation) -> tuple[Issuer, Governor | None] | None:
    """Who does in the document what the clause says, and the verb if its day is the document's."""
    if not citation.number:
        return None
    beside = _beside(text, sentence, citation)
    if beside:
        return beside, Governor(beside.end, beside.end, "issue")
    inside = _INSIDE.search(text, max(sentence.start, citation.start - 12), citation.start)
    if inside is None:
        return None
    begin = max(sentence.start, inside.start() - REACH)
    last = next(reversed(list(issuers.mentions(text, begin, inside.start()))), None)
    acts = _ACTS.fullmatch(text, last.end, inside.start()) if last else None
    if last is None or acts is None or _NOT_SUBJECT.search(text, max(begin, last.start - 8), last.start):
        return None
    granted = acts["granted"] is not None and citation.doc_type == "Quyết định"
    if inside["by"] and not granted:
        return None
    verb = Governor(*acts.span("granted"), "issue") if granted else None
    return last, verb


def _beside(text: str, sentence: Span, citation: Citation) -> Issuer | None:
    """The body that opens a clause right in front: "Ngày 5/6, Cơ quan điều tra Quyết định khởi tố số 4"."""
    begin = max(sentence.start, citation.start - REACH)
    for issuer in issuers.mentions(text, begin, citation.start):
        opens = issuer.start == sentence.start or _OPENS.search(
            text, max(begin, issuer.start - 2), issuer.start
        )
        if issuer.end + 1 == citation.start and opens:
            return issuer
    return None
