"""Bodies that act in a document: "ý kiến của Sở Tư pháp tại Công văn số 4", "được Bộ X công nhận tại"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from extractors import issuers
from extractors.actions import Governor
from extractors.issue_days import REACH

if TYPE_CHECKING:
    from corpus.facts import Span
    from extractors.citations import Citation
    from extractors.issuers import Issuer

_INSIDE = re.compile(r"[ ](?:tại|trong|bằng|(?P<by>theo))[ ](?:các[ ])?\Z")
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
    r"|phân[ ]bổ|xử[ ]phạt|quy[ ]định|yêu[ ]cầu|chỉ[ ]đạo|hướng[ ]dẫn|khẳng[ ]định|kết[ ]luận"
    r"|trả[ ]lời|báo[ ]cáo|đề[ ](?:nghị|xuất)|kiến[ ]nghị|phản[ ]hồi|thông[ ]báo|nêu)"
    r"(?!\w)[^,.;:\n]{0,120}"
)
_NOT_SUBJECT = re.compile(
    r"(?:của|gửi|tại|theo|với|cho|là|giao|và|trình|khi|nếu|để|yêu[ ]cầu|đề[ ]nghị|chỉ[ ]đạo)[ ]\Z"
)
# Where a clause may open with its subject: at the beginning, behind a day or a comma.
_OPENING = re.compile(r"(?:(?<=[,.:;][ ])|(?<=[0-9][ ])|(?<=\n))(?=[A-ZĐ]|cơ[ ]quan[ ])")
# What makes a body govern a document that it acts "theo".
_MAY_GOVERN = re.compile(rf"(?<!\w)(?:{_GRANTED})(?!\w)|[ ]của[ ]")


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts in a document, and what is granted there, if its day is the document's."""

    issuer: Issuer
    verb: Governor | None = None


def acting(text: str, sentence: Span, citation: Citation) -> Acting | None:
    """Who speaks in a document, or does there what the clause says."""
    beside = _beside(text, sentence, citation) if citation.number else None
    if beside:
        return Acting(beside, Governor(beside.end, beside.end, "issue"))
    inside = _INSIDE.search(text, max(sentence.start, citation.start - 12), citation.start)
    if inside is None:
        return None
    begin = max(sentence.start, citation.start - REACH)
    if inside["by"] and not _MAY_GOVERN.search(text, begin, inside.start()):
        return None
    named = list(issuers.mentions(text, begin, inside.start()))
    if not named:
        return None
    last = named[-1]
    said_by = _WORD_OF if inside["by"] else _SPEAKING
    if last.end == inside.start() and said_by.search(text, max(sentence.start, last.start - 40), last.start):
        return Acting(last)
    return _granting(text, last, inside, citation) if citation.number else None


def _granting(text: str, body: Issuer, inside: re.Match[str], citation: Citation) -> Acting | None:
    """The body whose verb a document carries out: "được Bộ Xây dựng công nhận tại Quyết định số 5"."""
    acts = _ACTS.fullmatch(text, body.end, inside.start())
    if acts is None or _NOT_SUBJECT.search(text, max(0, body.start - 8), body.start):
        return None
    granted = acts["granted"] is not None and citation.doc_type == "Quyết định"
    if inside["by"] and not granted:
        return None
    return Acting(body, Governor(*acts.span("granted"), "issue") if granted else None)


def _beside(text: str, sentence: Span, citation: Citation) -> Issuer | None:
    """The body that opens a clause right in front: "Ngày 5/6, Cơ quan điều tra Quyết định khởi tố số 4"."""
    begin = max(sentence.start, citation.start - REACH)
    openings = [opening.start() for opening in _OPENING.finditer(text, begin, citation.start)]
    for opening in (sentence.start, *openings) if begin == sentence.start else openings:
        issuer = issuers.at(text, opening, citation.start)
        if issuer and issuer.end + 1 == citation.start:
            return issuer
    return None
