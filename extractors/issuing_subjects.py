"""Whose document it is by the clause that it stands in: the subject of the verb that issues or changes it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors import bare_bodies, issuers
from extractors.issue_days import BROKEN, REACH

if TYPE_CHECKING:
    from corpus.facts import Span
    from extractors.actions import Governor
    from extractors.citations import Citation
    from extractors.issuers import Issuer

_TO_VERB = 60
# In front of the clause: "Tại Thông tư 33, ...", ", trong Chỉ thị 12, ..."; not "vay theo Nghị định 67, ...".
_TOPIC = re.compile(r"(?:Tại|Trong|Bằng|Với|Theo|[,.;:–-][ ](?:tại|trong|bằng|theo))[ ]\Z")
# "Thay mặt Chính phủ, Thủ tướng ký ..."
_ON_BEHALF = re.compile(r"(?<!\w)(?:thay[ ]mặt|thừa[ ](?:ủy|uỷ)[ ]quyền(?:[ ]của)?)[ ]\Z", re.IGNORECASE)
_COMMA_APART = 2
_APPOSED = len(" - ")
_COMMA = re.compile(r"[ ]?,[ ]")
_AND = re.compile(r"(?:,|,?[ ]và)[ ]")
# "Bộ Nội vụ cho hay, Bộ trưởng bộ này vừa ký ..."
_ITS_HEAD = re.compile(r"(?<!\w)[Bb]ộ[ ]trưởng[ ](?:bộ[ ])?này(?!\w)")
_NOT_SUBJECT = re.compile(
    r"(?:(?:của|gửi|tại|theo|với|cho|(?<!thể[ ])(?<!nhất[ ])(?<!tức[ ])(?<!đó[ ])là|giao)[ ]"
    r"(?:(?:lãnh[ ]đạo|đại[ ]diện|(?:Đ|đ)ảng[ ](?:ủy|uỷ|bộ|đoàn)|Ban[ ]cán[ ]sự[ ](?:Đ|đ)ảng)[ ])?|\()\Z"
)
_TO_NOUN = 28
"""Characters in front of a body in which such a word is looked for."""
# "Bộ Y tế | đang rà soát, bổ sung | sửa đổi Thông tư 17": a ministry changes its own circulars.
_CHANGES = re.compile(
    r"(?:,?[ ](?:đã|đang|sẽ|vừa|mới|cũng|cần|phải|sớm|và|tiếp[ ]tục|chủ[ ]động|rà[ ]soát|nghiên[ ]cứu"
    r"|xem[ ]xét|sửa[ ]đổi|bổ[ ]sung|thay[ ]thế|bãi[ ]bỏ|ban[ ]hành|ra|có|văn[ ]bản|quyết[ ]định"
    r"|thông[ ]tư(?:[ ]mới)?)){0,8},?[ ]"
)


def subject(text: str, sentence: Span, governor: Governor | None, citation: Citation) -> Issuer | None:
    """The subject of the issuing verb in front of a citation; who signs does so for the body."""
    if governor is None or not governor.issuing:
        return _changing(text, sentence, governor, citation) if governor else None
    start = max(min(sentence.start, governor.start), governor.start - REACH)
    if bare := bare_bodies.alone(text, start, governor.start):
        return bare_bodies.named(text, bare)
    found = _last(text, start, governor.start)
    place = issuers.place(text, start, governor.start)
    far = found is None or governor.start - found.end > _TO_VERB
    if found is None or far or (place and place.start > found.end + _APPOSED):
        return place
    if BROKEN.search(text, found.end, governor.start):
        return None
    joint = _with_partners(text, start, found) if citation.doc_type.endswith("liên tịch") else found
    return joint if joint is not found else _speaking(text, start, found, governor)


def _speaking(text: str, start: int, found: Issuer, governor: Governor) -> Issuer:
    """In whose name a body acts: "Thay mặt Chính phủ, Thủ tướng ký", "Chủ tịch Quốc hội đã ký"."""
    for body in issuers.mentions(text, start, found.start):
        if _ON_BEHALF.search(text, start, body.start) and found.start - body.end <= _COMMA_APART:
            return body
    if _ITS_HEAD.search(text, found.end, governor.start):
        return replace(found, name=f"Bộ trưởng {found.body}")
    signed = text.startswith(("ký", "Ký"), governor.start)
    return replace(found, name=found.signing) if signed else found


def topic(text: str, sentence: Span, citation: Citation, end: int) -> Issuer | None:
    """The subject of the clause behind: "Tại Thông tư 333, Bộ Tài chính ..."."""
    if not _TOPIC.search(text, max(sentence.start, citation.start - 10), citation.start):
        return None
    comma = _COMMA.match(text, end, sentence.end)
    return issuers.at(text, comma.end(), sentence.end) if comma else None


def _last(text: str, start: int, end: int) -> Issuer | None:
    """The last body in front of a verb that can be its subject."""
    found = None
    for issuer in issuers.mentions(text, start, end):
        if not _NOT_SUBJECT.search(text, max(start, issuer.start - _TO_NOUN), issuer.start):
            found = issuer
    return found


def _changing(text: str, sentence: Span, governor: Governor, citation: Citation) -> Issuer | None:
    """The ministry that amends or repeals a circular, which is its own: "Bộ Y tế sẽ thay thế Thông tư 9"."""
    changed = governor.action in ("amend", "replace") and governor.direct
    if citation.doc_type != "Thông tư" or not changed:
        return None
    start = max(sentence.start, governor.start - REACH)
    found = _last(text, start, governor.start)
    own = found is not None and found.body.startswith("Bộ ") and found.body != "Bộ Chính trị"
    return found if found and own and _CHANGES.fullmatch(text, found.end, governor.start) else None


def _with_partners(text: str, start: int, last: Issuer) -> Issuer:
    """All the bodies that issue together: "Bộ Y tế, Bộ Tài chính và Bộ Nội vụ vừa ban hành"."""
    joint = [last]
    for body in reversed(list(issuers.mentions(text, start, last.start))):
        if not body.listed or not _AND.fullmatch(text, body.end, joint[0].start):
            break
        joint.insert(0, body)
    return replace(last, name=", ".join(body.name for body in joint)) if len(joint) > 1 else last
