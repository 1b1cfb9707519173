"""Who issued a document and when: what its sentence says in front of the citation and behind it."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors import issuers

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus.facts import Date, Span
    from extractors.actions import Done, Governor
    from extractors.citations import Citation
    from extractors.issuers import Issuer

_REACH, _TO_VERB = 140, 60
# Between a number and its date or issuer: ", ", " (", " được ban hành ", " ký ".
_TO_DATE = re.compile(
    r"""[ ]{0,2}[,(]?[ ]{0,2}
    (?:(?:đã[ ]|vừa[ ])?(?:được[ ])?
    (?:ký[ ]ban[ ]hành|ban[ ]hành|ký|ra|thông[ ]qua|phê[ ]duyệt)[ ](?:vào[ ])?)?""",
    re.VERBOSE,
)
_TO_ISSUER = re.compile(r"[ ]{0,2}[,(]?[ ]{0,2}(?:(?:của|do)[ ]{1,2})?")
# "do Bộ trưởng Bộ Y tế ban hành", "do Chủ tịch UBND tỉnh Sơn La, Lò Minh Hùng ký ngày ..."
_ISSUED = re.compile(
    r"(?:,?(?:[ ](?:ông|bà))?(?:[ ](?![a-zđ])[^\W\d_]{1,8}){2,4})?[ ](?:ký[ ]ban[ ]hành|ban[ ]hành|ký)"
    r"(?=[ ](?:ngày|về|quy|vào)|[ ]?[,.;)])"
)
_LATE_DATE = re.compile(r"[ ]ngày[ ]")
_LATE_ISSUER = re.compile(r"[ ](?:của|do)[ ]")
_ISSUED_BY = re.compile(r"[ ](?:đã[ ]|vừa[ ])?(?:ký[ ]ban[ ]hành|ban[ ]hành|ký|phê[ ]duyệt|công[ ]bố)(?!\w)")
_TERM = re.compile(r"[ ]\(?[Kk]h(?:óa|oá)[ ][IVX0-9]{1,5}\)?")
_CLOSING = re.compile(r"[ ]?\)")
_AND = re.compile(r"(?:,|[ ]và|,[ ]và|[ ]?[-–])[ ]")
_COMMA = re.compile(r"[ ]?,[ ]")
# "phiên họp về Luật Đầu tư ngày 25/4, Thủ tướng nói": the day is the meeting's unless it closes the phrase.
_SET_OFF = re.compile(r"[ ]?(?:[;.)\n]|\Z)|[ ](?:của|và|đã)(?!\w)")
_BROKEN = re.compile(r"[;:\n]|\.[ ]")
# In front of the clause: "Tại Thông tư 33, ...", ", trong Chỉ thị 12, ..."; not "vay theo Nghị định 67, ...".
_TOPIC = re.compile(r"(?:Tại|Trong|Bằng|Với|Theo|[,.;:–-][ ](?:tại|trong|bằng|theo))[ ]\Z")
_NOT_SUBJECT = re.compile(r"(?:(?:của|gửi|tại|theo|với|cho|là|giao)[ ]|\()\Z")
_UNDATED = re.compile(
    r"(?:từ|đến|trước|sau|tới|hết|kể từ|các|liên tiếp trong các)(?:[ ]các)?[ ]\Z", re.IGNORECASE
)
_PLURAL = re.compile(r"(?:các|những|nhiều)[ ]\Z")


class Calendar:
    """The dates of an article by where they begin and end."""

    def __init__(self, dates: Iterable[Date]) -> None:
        """In any order."""
        self._by_end = sorted(dates, key=lambda found: found.end)
        self._ends = [found.end for found in self._by_end]
        self._by_start = {found.start: found for found in self._by_end}

    def starting(self, offset: int) -> Date | None:
        """The longest date that begins at the offset."""
        return self._by_start.get(offset)

    def last_between(self, start: int, end: int) -> Date | None:
        """The last date that ends in front of `end`, if it does not begin in front of `start`."""
        place = bisect_right(self._ends, end) - 1
        found = self._by_end[place] if place >= 0 else None
        return found if found and found.start >= start else None


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands behind a citation and belongs to it: where it ends, the date and the issuer in it."""

    end: int
    issued_on: str | None = None
    issuer: Issuer | None = None


def tail(text: str, citation: Citation, limit: int, calendar: Calendar) -> Tail:
    """Takes date, issuer and term of office behind a citation, in any order, each once."""
    taken = Tail(citation.end)
    for _ in range(4):
        longer = _with_date(text, taken, limit, calendar) or _with_issuer(text, taken, limit)
        if longer is None and (term := _TERM.match(text, taken.end, limit)):
            longer = replace(taken, end=term.end())
        if longer is None:
            break
        taken = longer
    if citation.doc_type.endswith("liên tịch"):
        taken = _with_partners(text, taken, limit)
    closing = _CLOSING.match(text, taken.end, limit) if "(" in text[citation.end : taken.end] else None
    issued = text.startswith(" ban hành", citation.end)
    if (
        citation.rule == "decision.law_name"
        and taken.issued_on
        and not (issued or _SET_OFF.match(text, taken.end))
    ):
        return Tail(citation.end)
    return replace(taken, end=closing.end()) if closing else taken


def behind_title(text: str, title_end: int, taken: Tail, limit: int, calendar: Calendar) -> Tail:
    """The tail with what follows the title: "... về giống cây ngày 9/7/2018 của UBND tỉnh Lai Châu"."""
    longer = replace(taken, end=title_end)
    if _LATE_DATE.match(text, title_end, limit):
        longer = _with_date(text, longer, limit, calendar) or longer
    issuing = _LATE_ISSUER.match(text, longer.end, limit)
    issuer = issuers.at(text, issuing.end(), limit) if issuing and taken.issuer is None else None
    if issuer is None or issuing is None or not issuer.listed:
        return taken
    by_verb = issuing.group().endswith("do ")
    if (longer.end == title_end or by_verb) and not _ISSUED_BY.match(text, issuer.end, limit):
        return taken
    return replace(taken, issued_on=longer.issued_on, issuer=issuer)


def contradicted(citation: Citation, stated: Issuer | None) -> bool:
    """Whether the text names another issuer than the letters of the number do."""
    by_letters = issuers.of_number(citation.number) if citation.number and stated else None
    if by_letters is None or stated is None:
        return False
    return not any(issuers.agrees(stated, one) for one in by_letters.split(", "))


def issuer_of(citation: Citation, stated: Issuer | None, subject: Issuer | None) -> str | None:
    """The text's word first, then the number's letters; a subject that these speak against gives way."""
    found = _issuer_of(citation, stated, subject)
    if citation.doc_type == "Nghị định" and found and "TTg" not in (citation.number or ""):
        governments = found.endswith(("Chính phủ", "Chính phủ Việt Nam")) or "CP" in (citation.number or "")
        return "Chính phủ" if governments else None
    return found


def _issuer_of(citation: Citation, stated: Issuer | None, subject: Issuer | None) -> str | None:
    by_letters = issuers.of_number(citation.number) if citation.number else None
    if by_letters and ", " in by_letters and citation.doc_type.endswith("liên tịch"):
        return by_letters
    if stated is not None:
        return by_letters or stated.body if stated.signer else stated.name
    if subject is None or (by_letters and not issuers.agrees(subject, by_letters)):
        return by_letters
    return subject.body if subject.signer else subject.name


def subject(text: str, sentence: Span, governor: Governor | None) -> Issuer | None:
    """The subject of the issuing verb in front of a citation; who signs does so for the body."""
    if governor is None or governor.action != "issue" or not governor.direct:
        return None
    start = max(sentence.start, governor.start - _REACH)
    found = None
    for issuer in issuers.mentions(text, start, governor.start):
        if not _NOT_SUBJECT.search(text, max(start, issuer.start - 6), issuer.start):
            found = issuer
    if found is None or governor.start - found.end > _TO_VERB:
        return None
    if _BROKEN.search(text, found.end, governor.start):
        return None
    signed = text.startswith(("ký", "Ký"), governor.start)
    return replace(found, name=found.body) if signed else found


def topic(text: str, sentence: Span, citation: Citation, end: int) -> Issuer | None:
    """The subject of the clause behind: "Tại Thông tư 333, Bộ Tài chính ..."."""
    if not _TOPIC.search(text, max(sentence.start, citation.start - 10), citation.start):
        return None
    comma = _COMMA.match(text, end, sentence.end)
    return issuers.at(text, comma.end(), sentence.end) if comma else None


def day_around(
    text: str, sentence: Span, citation: Citation, verb: Governor | Done | None, calendar: Calendar
) -> str | None:
    """The date of the issuing verb: behind a passive, in front of the clause of an active one."""
    if verb is None or verb.action != "issue" or not verb.direct:
        return None
    if verb.start > citation.start:
        gap = _TO_DATE.match(text, verb.end, sentence.end)
        date = calendar.starting(gap.end()) if gap else None
        return said(date) if date else None
    date = calendar.last_between(sentence.start, verb.start)
    if date is None or verb.start - date.end > _REACH or _BROKEN.search(text, date.end, verb.start):
        return None
    plural = _PLURAL.search(text, max(sentence.start, citation.start - 8), citation.start)
    undated = _UNDATED.search(text, max(sentence.start, date.start - 24), date.start)
    return None if plural or undated else said(date)


def said(date: Date) -> str | None:
    """The day, or the month or year where only that is said; None for other intervals."""
    start, end = date.start_date, date.end_date
    if start == end:
        return start.isoformat()
    if start.day != 1 or start.year != end.year or end.day != monthrange(end.year, end.month)[1]:
        return None
    if start.month == end.month:
        return f"{start.year:04}-{start.month:02}"
    return f"{start.year:04}" if (start.month, end.month) == (1, 12) else None


def _with_date(text: str, taken: Tail, limit: int, calendar: Calendar) -> Tail | None:
    gap = _TO_DATE.match(text, taken.end, limit)
    date = calendar.starting(gap.end()) if gap and taken.issued_on is None else None
    if gap is None or date is None or date.end > limit or said(date) is None:
        return None
    # "..., ngày 25/8, Bộ Y tế có ...": the day of what follows.
    following = _COMMA.match(text, date.end, limit) if gap.group().startswith(",") else None
    if following and issuers.at(text, following.end(), limit):
        return None
    return replace(taken, end=date.end, issued_on=said(date))


def _with_issuer(text: str, taken: Tail, limit: int) -> Tail | None:
    gap = _TO_ISSUER.match(text, taken.end, limit)
    issuer = issuers.at(text, gap.end(), limit) if gap and taken.issuer is None else None
    if issuer is None or gap is None or not _belongs(gap.group().rstrip(), issuer, taken.end):
        return None
    verb = _ISSUED.match(text, issuer.end, limit)
    return replace(taken, end=verb.end() if verb else issuer.end, issuer=issuer)


def _with_partners(text: str, taken: Tail, limit: int) -> Tail:
    """The other bodies of a joint circular: "của Bộ Y tế, Bộ Tài chính và Bộ Nội vụ"."""
    while taken.issuer and taken.end == taken.issuer.end:
        gap = _AND.match(text, taken.end, limit)
        partner = issuers.at(text, gap.end(), limit) if gap else None
        if partner is None or not partner.listed:
            break
        joint = f"{taken.issuer.name}, {partner.name}"
        taken = replace(taken, end=partner.end, issuer=replace(taken.issuer, name=joint, end=partner.end))
    return taken


def _belongs(gap: str, issuer: Issuer, at: int) -> bool:
    """For instance "... của Bộ Y tế", "... do Bộ Y tế", "Nghị quyết 58 Chính phủ"."""
    if gap.endswith("của"):
        return True
    return issuer.listed and (gap.endswith("do") or issuer.start - at == 1)
