"""Documents that stand beside each other and share their verb, their issuer or both."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.facts import Span

if TYPE_CHECKING:
    from corpus.facts import Action
    from extractors.actions import Governor
    from extractors.citations import Citation
    from extractors.issuance import Tail
    from extractors.issuers import Issuer

_SEPARATOR = re.compile(
    r"(?:[ ]\(sửa[ ]đổi[^()\n]{0,12}\))?[ ]?\)?(?:[,;](?:[ ]và)?|[ ](?:và|cùng|hay|hoặc)|,?[ ]cũng[ ]như)"
    r"[ ](?:các[ ]|cả[ ])?(?:số[ ])?"
)
# "Quốc hội biểu quyết thông qua Luật A; biểu quyết thông qua Luật B"
_CHAINED = re.compile(
    r"(?:[ ]\(sửa[ ]đổi\))?[ ]?[;,.][ ](?:và[ ])?(?:(?:biểu[ ]quyết|đã|ký)[ ])?", re.IGNORECASE
)
# "...; 2.Quyết định số ...", "...\n- Quyết định số ..."
_NEXT_ITEM = re.compile(r"[ ]?[;.,]?[ \n]{0,3}(?:[0-9]{1,2}[.)]|[-–•+*]|[a-zđ]\))[ ]?")
# What any office issues, so that "của Thủ tướng" behind one of two holds for both.
_OF_ANY_OFFICE = ("Chỉ thị", "Công điện", "Công văn", "Kết luận", "Thông báo", "Văn bản")


_LONGEST_SEPARATOR = 24
_YEAR_BEHIND = len(" năm 2013")
# "Thông tư 10 sửa đổi một số điều của | Thông tư 9"
_AMENDS = re.compile(r"[ ](?:về[ ](?:việc[ ])?)?(?:sửa[ ]đổi|bổ[ ]sung|thay[ ]thế)(?!\w)[^.;:\n]{0,80}")
# "...; ban hành Quyết định số 61": the clause before has the subject.
_SAID_AGAIN = re.compile(
    r";[ ](?:và[ ]|đồng[ ]thời[ ])?(?:đã[ ]|ký[ ])?\Z"
    r"|(?:[,;]|,?[ ]và|,?[ ]đến)[ ]ngày[ ][0-9]{1,2}[/.-][0-9]{1,2}(?:[/.-][0-9]{4})?,?[ ]"
    r"(?:(?:đã|lại|tiếp[ ]tục)[ ]){0,2}\Z"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """A citation with what its sentence says of it; `spoken`: its issuer is who speaks in it ("tại").

    `subject`: of the verb that issues it, and what stands beside it."""

    citation: Citation
    action: Action
    tail: Tail
    title: Span | None = None
    issued_on: str | None = None
    issuer: str | None = None
    contradicted: bool = False
    spoken: bool = False
    subject: Issuer | None = None

    @property
    def owned(self) -> Span:
        """The citation with its date; a year behind a law's name is its own."""
        return Span(self.citation.start, self.tail.end + (_YEAR_BEHIND if self.citation.year else 0))

    @property
    def end(self) -> int:
        """Where everything that belongs to the citation ends."""
        return max(self.tail.end, self.title.end if self.title else 0)


def head(
    text: str, sentence: Span, citation: Citation, governor: Governor | None, earlier: list[Reading]
) -> Reading | None:
    """The earlier citation whose subject this one's verb shares, or beside which this one stands."""
    if citation.rule == "decision.listed_object":
        unnumbered = (one for one in reversed(earlier[-6:]) if one.citation.number is None)
        return next((one for one in unnumbered if one.action == "issue"), None)
    if governor is None:
        return _coordinated(text, sentence, citation, earlier)
    if not governor.issuing:
        return None
    again = _SAID_AGAIN.search(text, max(sentence.start, governor.start - 48), governor.start)
    for one in reversed(earlier[-4:]):
        if again and one.action == "issue" and one.citation.start >= sentence.start and one.issuer:
            return one
        if one.action in ("issue", "draft") and _CHAINED.fullmatch(text, one.end, governor.start):
            return one
    return None


def beside(text: str, end: int, start: int) -> bool:
    """Whether nothing but a comma or "và" stands between two documents."""
    return 0 < start - end <= _LONGEST_SEPARATOR and _SEPARATOR.fullmatch(text, end, start) is not None


def shares(issuer: str | None, own: str | None, citation: Citation, *, again: bool) -> bool:
    """Whether the issuer of the first of a list is that of another one, or says more than its letters."""
    if own is None:
        return again or not citation.number or citation.rule == "decision.listed_number"
    return issuer is not None and issuer.startswith(f"{own} ")


def with_shared_issuers(text: str, readings: list[Reading]) -> list[Reading]:
    """What stands behind the last of a list holds for all: "các Nghị quyết 17, 36a của Chính phủ"."""
    shared = list(readings)
    for place in range(len(shared) - 2, -1, -1):
        one, following = shared[place], shared[place + 1]
        bare = one.citation.number and one.issuer is None and one.title is None
        if bare and _alike(one, following) and _side_by_side(text, one, following.citation):
            tail = replace(one.tail, issuer=following.tail.issuer)
            shared[place] = one = replace(one, issuer=following.issuer, tail=tail)
        if _share_title(one, following) and _side_by_side(text, one, following.citation):
            shared[place] = replace(one, title=following.title)
    return shared


def spoken_beside(head: Reading | None, citation: Citation) -> str | None:
    """Who speaks in the first document speaks in the second: "ý kiến của Sở Y tế tại Công văn 1 và 2"."""
    alike = head is not None and head.spoken and head.citation.doc_type == citation.doc_type
    return head.issuer if head and alike else None


def said_before(earlier: list[Reading], sentence: Span, citation: Citation) -> str | None:
    """Who issued the same document where the sentence has named it before."""
    for one in reversed(earlier[-6:]):
        same = (one.citation.doc_type, one.citation.number) == (citation.doc_type, citation.number)
        if citation.number and same and one.citation.start >= sentence.start:
            return one.issuer
    return None


def subject_beside(head: Reading | None, citation: Citation) -> Issuer | None:
    """The subject of the verb whose second object this is: "Sở đã có Quyết định số 15 và Thông báo số 16"."""
    if head is None or head.action != "issue" or head.tail.issuer or not citation.number:
        return None
    return head.subject


def with_amended_issuers(text: str, readings: list[Reading]) -> list[Reading]:
    """Who issued a circular is who amends it: "Thông tư 10 sửa đổi Thông tư 9 của Bộ Y tế"."""
    completed = list(readings)
    for place, (one, following) in enumerate(pairwise(readings)):
        circulars = one.citation.doc_type == following.citation.doc_type == "Thông tư"
        open_one = one.issuer is None and following.issuer is not None and circulars
        if open_one and _AMENDS.fullmatch(text, one.tail.end, following.citation.start):
            completed[place] = replace(one, issuer=following.issuer)
    return completed


def _share_title(one: Reading, following: Reading) -> bool:
    """Whether what stands behind the second can be the title of both, of one body and one type."""
    same = (one.citation.doc_type, one.issuer) == (following.citation.doc_type, following.issuer)
    numbered = one.citation.number and following.citation.number
    behind = following.title is not None and following.title.start >= following.tail.end
    return bool(same and numbered and behind and one.title is None)


def _alike(one: Reading, following: Reading) -> bool:
    """Whether the issuer behind the second can be that of the first."""
    types = (one.citation.doc_type, following.citation.doc_type)
    same = types[0] == types[1] or all(kind in _OF_ANY_OFFICE for kind in types)
    return same and following.tail.issuer is not None


def _coordinated(text: str, sentence: Span, citation: Citation, earlier: list[Reading]) -> Reading | None:
    """The earlier citation of the sentence that this one stands beside ("theo Luật A và Luật B")."""
    last = earlier[-1] if earlier else None
    if last is None or not _side_by_side(text, last, citation, sentence):
        return None
    amends = last.title is None and not text.startswith((",", ";"), last.end)
    if amends or citation.rule == "decision.listed_number":
        return last
    for outer in earlier[-8:-1]:
        around = outer.title is not None and outer.title.end >= last.citation.end
        if around and outer.citation.doc_type == citation.doc_type:
            return outer
    return last


def _side_by_side(text: str, one: Reading, following: Citation, sentence: Span | None = None) -> bool:
    """Whether two citations stand beside each other; as items of a list, in two sentences too."""
    gap = following.start - one.end
    if not 0 <= gap <= 24:
        return False
    alike = one.citation.doc_type == following.doc_type
    if alike and sentence and _NEXT_ITEM.fullmatch(text, one.end, following.start):
        return True
    inside = sentence is None or one.citation.start >= sentence.start
    return inside and _SEPARATOR.fullmatch(text, one.end, following.start) is not None
