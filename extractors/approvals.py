"""Documents without a number: objects of an issuing verb whose issuer stands beside it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractors import issuers
from extractors.actions import SUBMITTING
from extractors.citations import Citation
from extractors.wordlists import alternation, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.issuers import Issuer

_VERB = r"(?:[Bb]an[ ]hành|[Kk]ý|[Pp]hê[ ]duyệt|[Tt]hông[ ]qua)"
# "ban hành và triển khai tốt đề án ..."
_AND_MORE = (
    r"(?:[ ]và[ ](?:tổ[ ]chức[ ])?(?:triển[ ]khai|thực[ ]hiện|công[ ]bố)"
    r"(?:[ ](?:hiệu[ ]quả|tốt|quyết[ ]liệt))?)?"
)
# Between the issuer and the verb: the signer's name, "đã", "vừa chính thức ký".
_PARTICLES = re.compile(
    r"(?:[ ](?:đã|vừa|mới|cũng|chính[ ]thức|ký|quyết[ ]định|biểu[ ]quyết|nhất[ ]trí|tiếp[ ]tục"
    r"|liên[ ]tục|mới[ ]đây|vừa[ ]qua|cùng[ ]ngày"
    r"|(?:sáng|trưa|chiều|tối|hôm)[ ](?:nay|qua|[0-9]{1,2}[/-][0-9]{1,2})))*[ ]?$"
)
# "Quốc hội khóa XIV đã thông qua", "được Quốc hội khóa X, kỳ họp thứ 5, thông qua"
_SESSION = r"(?:[ ]kh(?:óa|oá)[ ][IVX]{1,6})?(?:,?[ ](?:tại[ ])?kỳ[ ]họp[ ]thứ[ ][^\W_]{1,4},?)?"
_OF = re.compile(r"(?:của|tại|do|theo)(?:[ ]chính)?[ ]\Z")
_PERSON = re.compile(r"(?:[ ][^\W\d_]+){0,4}")
_REACH = 130
# "Năm tháng sau khi Chính phủ ban hành ...": it is done.
_AFTER = "".join(f"(?<!{unit}[ ]sau[ ])" for unit in ("năm", "tháng", "tuần")) + "(?<!kể[ ]từ[ ])"
# "Ngày 2/6, Cục Thú y đã có công văn ...": without its day it is one of many.
_DATED = re.compile(
    r"(?:ngày|sáng|trưa|chiều|tối)[ ][0-9]{1,2}[/.-][0-9]{1,2}[^.;:\n]{0,20}\Z", re.IGNORECASE
)
_TERM = re.compile(rf"\A(?:[ ]\([A-ZĐ&-]{{2,8}}\))?{_SESSION}")
# What makes the document one that does not exist yet, or one of many.
_OPEN = re.compile(
    rf"(?<!\w)(?:sẽ|cần|phải|chưa|nếu|{_AFTER}khi|giao|đề[ ]nghị|kiến[ ]nghị|{SUBMITTING}|để|sớm"
    r"|cũng|nào|yêu[ ]cầu|chờ|dự[ ]kiến|xem[ ]xét|hằng[ ]năm|hàng[ ]năm|từng|thẩm[ ]quyền|có[ ]thể"
    r"|tham[ ]mưu|báo[ ]cáo|xin|muốn|(?:từ|trước|sau)[ ]ngày|hoặc|nhiều|không)(?!\w)[^.;:\n]{0,60}$",
    re.IGNORECASE,
)
_DONE = re.compile(r"[ ](?:đã|vừa)(?:[ ](?:chính[ ]thức|mới|ký|quyết[ ]định|biểu[ ]quyết|nhất[ ]trí))?[ ]\Z")
_PASSIVE = re.compile(r"(?<!không)(?<!chưa)[ ]được[ ]")
_BY = re.compile(r"(?<!\w)theo[ ]\Z", re.IGNORECASE)
_GAP = re.compile(r"[^.,;:\n()]{0,120}")
_ISSUED = re.compile(
    rf"{_SESSION}[ ](?:(?:ký|đã|chính[ ]thức)[ ]){{0,2}}"
    r"(?:ban[ ]hành|phê[ ]duyệt|thông[ ]qua|ký)(?!\w)"
)
_PLURAL = re.compile(
    r"(?:các|những|nhiều|một[ ]số|mọi|hàng[ ]loạt|bộ|[0-9]+|hai|ba|dự[ ]thảo|dự[ ]án|theo|này|bản)[ ]$",
    re.IGNORECASE,
)
# Everyday words too: as the subject of a passive they are no documents often enough.
_SIGNED = re.compile(r"[ ](?:vừa[ ]|đã[ ])?(?:do|được)[ ][^.;:\n]{2,80}?[ ](?:ký|ban[ ]hành)(?!\w)")
_COMMON = frozenset(
    ("quy hoạch", "quyết định", "quy định", "thông báo", "văn bản", "kết luận", "hướng dẫn", "công văn")
)
_JUST = re.compile(
    r"(?<!\w)(?:[Qq]uyết[ ]định|[Qq]uy[ ]định|[Tt]hông[ ]báo|[Kk]ết[ ]luận|[Hh]ướng[ ]dẫn)"
    r"(?=[ ](?:vừa|mới|vừa[ ]mới)\Z)"
)
_OPENING = re.compile(r"(?:Quy[ ]định|Quy[ ]hoạch|Hướng[ ]dẫn|Quyết[ ]định)(?=[ ]về[ ])")
_MADE = re.compile(r"(?:lập|xây[ ]dựng|đúng|vượt|đạt)[ ]\Z")
_WHEN = re.compile(r"(?<!\w)khi(?!\w)")
_CONDITIONAL = re.compile(r"(?<!\w)(?:nếu|chờ|khi|trước khi)[ ]$", re.IGNORECASE)
_TITLE = re.compile(r"[ ](?:[“\"]|(?!này|có|trên|đó|số|và|của|là|hay|hoặc|nói|cuối)[^\W\d_]+[ ][^\W\d_]+)")


def issued(text: str, taken: list[Citation]) -> Iterator[Citation]:
    """Objects of issuing verbs; `taken`: the citations that have a number or name, in order."""
    starts = {citation.start for citation in taken}
    for match in _objects().finditer(text):
        start, end = match.span("type")
        if start in starts or not _TITLE.match(text, end):
            continue
        issuer = _issuer_beside(text, match)
        if issuer and (match["verb"] is None or _DATED.search(text, max(0, issuer.start - 60), issuer.start)):
            yield Citation(start, end, _types()[match["type"].lower()], "decision.object_of_issuing", 0.7)
    yield from _passives(text, starts)
    yield from _signed(text, starts)


def _issuer_beside(text: str, match: re.Match[str]) -> Issuer | None:
    """The issuer right in front of the verb, as its subject."""
    left = max(0, match.start() - _REACH)
    left = max(left, text.rfind("\n", left, match.start()) + 1)
    if _PLURAL.search(text, left, match.start("type")):
        return None
    if not _DONE.search(text, left, match.start()) and _OPEN.search(text, left, match.start()):
        return None
    for issuer in issuers.mentions(text, left, match.start()):
        behind = _TERM.sub("", text[issuer.end : match.start()])
        person = _PARTICLES.sub("", behind)
        of = _OF.search(text, max(left, issuer.start - 10), issuer.start)
        if not of and issuer.listed and _PERSON.fullmatch(person) and (not person or person.istitle()):
            return issuer
    return None


def _passives(text: str, starts: set[int]) -> Iterator[Citation]:
    """ "đề án vừa được Bộ Y tế phê duyệt": the document stands in front."""
    for passive in _PASSIVE.finditer(text):
        issuer = issuers.at(text, passive.end(), passive.end() + _REACH)
        if issuer is None or not issuer.listed or not _ISSUED.match(text, issuer.end):
            continue
        noun = _document_before(text, passive.start())
        if noun and noun.start() not in starts:
            yield Citation(*noun.span(), _types()[noun.group().lower()], "decision.issued_by", 0.7)


def _signed(text: str, starts: set[int]) -> Iterator[Citation]:
    """ "Quyết định của UBND tỉnh Trà Vinh do Phó Chủ tịch ký": one that its signer vouches for."""
    for match in _of_issuer().finditer(text):
        issuer = issuers.at(text, match.end(), match.end() + _REACH)
        signed = issuer is not None and issuer.listed and _SIGNED.match(text, issuer.end)
        plural = _PLURAL.search(text, max(0, match.start() - 40), match.start())
        if signed and not plural and match.start() not in starts:
            start, end = match.span("type")
            yield Citation(start, end, _types()[match["type"].lower()], "decision.signed", 0.7)


def _document_before(text: str, passive: int) -> re.Match[str] | None:
    """The last type word in front of a passive in the same clause, where it stands for one document."""
    nouns = list(_nouns().finditer(text, max(0, passive - _REACH), passive))
    noun = _JUST.search(text, max(0, passive - 24), passive)
    noun = noun or (nouns[-1] if nouns else _opening(text, passive))
    if noun is None or not _GAP.fullmatch(text, noun.end(), passive):
        return None
    if _WHEN.search(text, noun.end(), passive):
        return None
    left = max(0, noun.start() - 40)
    if _CONDITIONAL.search(text, left, noun.start()) or _MADE.search(text, left, noun.start()):
        return None
    return None if _PLURAL.search(_BY.sub("", text[left : noun.start()])) else noun


def _opening(text: str, passive: int) -> re.Match[str] | None:
    """An everyday word is the document where a sentence opens with it: "Quy định về giá vé vừa được ..."."""
    left = max(0, passive - _REACH)
    start = max(left, text.rfind("\n", left, passive) + 1, text.rfind(". ", left, passive) + 2)
    return _OPENING.match(text, start, passive)


@cache
def _types() -> dict[str, str]:
    return {
        row["canonical"].lower(): row["canonical"] for row in rows("document_types") if row["issued"] == "yes"
    }


@cache
def _objects() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_VERB}{_AND_MORE}|(?P<verb>(?<=[ ])(?:có|ra)))[ ](?:kèm[ ]theo[ ]|một[ ])?"
        rf"(?P<type>(?i:{alternation(_types())}))(?!\w)"
    )


@cache
def _of_issuer() -> re.Pattern[str]:
    return re.compile(rf"(?P<type>{alternation(_types().values())})[ ]của[ ]")


@cache
def _nouns() -> re.Pattern[str]:
    """Type words that stand for the document itself, so written that the engine looks for first letters."""
    strong = (kind for kind in _types() if kind not in _COMMON)
    either_case = (f"[{kind[0].upper()}{kind[0]}]{re.escape(kind[1:])}" for kind in strong)
    return re.compile(rf"(?:{'|'.join(either_case)})(?!\w)")
