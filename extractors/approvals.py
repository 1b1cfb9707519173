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
    r"(?:[ ](?:đã|vừa|mới|cũng|chính[ ]thức|ký|quyết[ ]định|tiến[ ]hành|biểu[ ]quyết"
    r"|bấm[ ]nút|bỏ[ ]phiếu|nhất[ ]trí|tiếp[ ]tục"
    r"|liên[ ]tục|mới[ ]đây|vừa[ ]qua|cùng[ ]ngày"
    r"|(?:sáng|trưa|chiều|tối|hôm)[ ](?:nay|qua|[0-9]{1,2}[/-][0-9]{1,2})))*[ ]?$"
)
# "Quốc hội khóa XIV đã thông qua", "được Quốc hội khóa X, kỳ họp thứ 5, thông qua"
_SESSION = r"(?:[ ]kh(?:óa|oá)[ ][IVX]{1,6})?(?:,?[ ](?:tại[ ])?kỳ[ ]họp[ ]thứ[ ][^\W_]{1,4},?)?"
_OF = re.compile(r"(?:của|tại|do|theo)(?:[ ]chính)?[ ]\Z")
# "Nghị định 44 được Chính phủ ban hành quy định mức đóng": there it is a verb.
_BY_PASSIVE = re.compile(r"được[ ]\Z")
_PERSON = re.compile(r"(?:[ ][^\W\d_]+){0,4}")
_REACH = 130
# "Năm tháng sau khi Chính phủ ban hành ...": it is done.
_AFTER = "".join(f"(?<!{unit}[ ]sau[ ])" for unit in ("năm", "tháng", "tuần")) + "(?<!kể[ ]từ[ ])"
# "Ngày 2/6, Cục Thú y đã có công văn ...": without its day it is one of many.
_DATED = re.compile(
    r"(?:ngày|sáng|trưa|chiều|tối)[ ][0-9]{1,2}[/.-][0-9]{1,2}[^.;:\n]{0,20}\Z", re.IGNORECASE
)
_TERM = re.compile(rf"\A(?:[ ]\([A-ZĐ&-]{{2,8}}\))?{_SESSION}")
# "Quốc hội đã thông qua Luật A; Biểu quyết thông qua Nghị quyết về B"
_SAID_AGAIN = re.compile(
    r"[^.\n]{4,300}(?:;[ ](?:và[ ])?(?:(?:[Bb]iểu[ ]quyết|đã|ký)[ ])?"
    r"|\.[ ](?:Và[ ]biểu|Và|Biểu)[ ](?:quyết[ ])?)"
)
# "Bộ trưởng này đã ", "cơ quan này vừa "
_PRONOUN = re.compile(
    r"(?<!\w)(?:bộ|sở|cục|cơ[ ]quan|ủy[ ]ban)(?:[ ]trưởng)?[ ]này(?:[ ](?:đã|vừa|mới|cũng|ký))*[ ]?\Z",
    re.IGNORECASE,
)
_MOST_OBJECTS = 4
# What makes the document one that does not exist yet, or one of many.
_OPEN = re.compile(
    rf"(?<!\w)(?:sẽ|sắp[ ]tới|tới[ ]đây|cần|phải|chưa|nếu|{_AFTER}khi"
    rf"|giao|đề[ ]nghị|kiến[ ]nghị|{SUBMITTING}|để|sớm"
    r"|nào|yêu[ ]cầu|chờ|dự[ ]kiến|xem[ ]xét|hằng[ ]năm|hàng[ ]năm|từng|thẩm[ ]quyền|có[ ]thể"
    r"|tham[ ]mưu|báo[ ]cáo|xin|muốn|(?:từ|trước|sau)[ ]ngày|hoặc|nhiều|không)(?!\w)[^.;:\n]{0,60}$",
    re.IGNORECASE,
)
_DONE = re.compile(r"[ ](?:đã|vừa)(?:[ ](?:chính[ ]thức|mới|ký|quyết[ ]định|biểu[ ]quyết|nhất[ ]trí))?[ ]\Z")
_PASSIVE = re.compile(r"[ ]được[ ](?<!không[ ]được[ ])(?<!chưa[ ]được[ ])")
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
_BY_HAND = re.compile(
    r"(?:[ ](?![a-zđ])[^\W\d_]{1,8}){0,4}[ ](?:vừa[ ]|đã[ ]|mới[ ])?(?:ký[ ]ban[ ]hành|ký|ban[ ]hành)(?!\w)"
)
_DO = re.compile(r"[ ]do[ ]")
_LONGEST_TYPE = 30
_NONE = re.compile(r"(?<!\w)(?:không|chưa|phải|cần|nếu|bất[ ]kỳ|mọi|bằng)(?:[ ]có)?[ ]\Z", re.IGNORECASE)
_OF_YEAR = re.compile(
    r"(?P<type>Nghị[ ]quyết|Quyết[ ]định|Chỉ[ ]thị|Thông[ ]tư|Nghị[ ]định|Kết[ ]luận)"
    r"(?:[ ]năm[ ](?P<year>(?:19[4-9]|20[0-4])[0-9]))?[ ]của[ ]"
)
_YEAR_BEHIND = re.compile(
    r"[ ]năm[ ](?P<year>(?:19[4-9]|20[0-4])[0-9])(?![\w/–-]|[ ](?:và|đến)[ ](?:năm[ ])?[12])"
)
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
_TITLE = re.compile(
    r"[ ](?:[“\"]|(?!(?:này|có|trên|đó|số|và|của|là|hay|hoặc|nói|cuối)(?!\w)|[CQKNTV]\w+[ ]\w+[ ]số(?!\w))"
    r"[^\W\d_]+[ ][^\W\d_]+)"
)


def issued(text: str, taken: list[Citation], year: int | None = None) -> Iterator[Citation]:
    """Objects of issuing verbs; `taken`: the citations that have a number or name, in order.

    `year`: of publication; a resolution "của HĐND tỉnh năm 2012" was issued in 2012, if that is over.
    """
    starts = {citation.start for citation in taken}
    last = 0
    for match in _objects().finditer(text):
        if not (_issuer_beside(text, match) or (last and _again(text, last, match))):
            continue
        last = match.end()
        if match["type"] and match.start("type") not in starts and _TITLE.match(text, last):
            yield _citation(match, "decision.object_of_issuing")
        yield from _second(text, match, starts)
    yield from _passives(text, starts)
    yield from _signed(text, starts)
    yield from _of_years(text, starts, year)


def _citation(match: re.Match[str], rule: str) -> Citation:
    start, end = match.span("type")
    return Citation(start, end, _types()[match["type"].lower()], rule, 0.7)


def _again(text: str, last: int, match: re.Match[str]) -> bool:
    """Whether the verb of the clause before is said again, so that its subject is meant again."""
    return match["verb"] is None and _SAID_AGAIN.fullmatch(text, last, match.start()) is not None


def _second(text: str, match: re.Match[str], starts: set[int]) -> Iterator[Citation]:
    """The other objects of the verb: "thông qua Nghị quyết về A và Nghị quyết về B"."""
    at = match.end()
    for _ in range(_MOST_OBJECTS):
        following = _next_object().match(text, at, at + _REACH)
        if following is None:
            return
        at = following.end()
        same = match["type"] and following["type"] == match["type"]
        if following.start("type") not in starts and (same or text.startswith(" về ", at)):
            yield _citation(following, "decision.listed_object")


def _issuer_beside(text: str, match: re.Match[str]) -> Issuer | None:
    """The issuer right in front of the verb, as its subject."""
    left = max(0, match.start() - _REACH)
    left = max(left, text.rfind("\n", left, match.start()) + 1)
    if _PLURAL.search(text, left, match.start("object")):
        return None
    if not _DONE.search(text, left, match.start()) and _OPEN.search(text, left, match.start()):
        return None
    if pronoun := _PRONOUN.search(text, left, match.start()):
        named = [one for one in issuers.mentions(text, left, pronoun.start()) if one.listed]
        return named[-1] if named else None
    for issuer in issuers.mentions(text, left, match.start()):
        if issuer.listed and _acts(text, left, issuer, match):
            return issuer
    return None if match["verb"] else issuers.place(text, left, match.start())


def _acts(text: str, left: int, issuer: Issuer, match: re.Match[str]) -> bool:
    """Whether a body is the verb's subject: nothing but particles and its holder's name stand between."""
    person = _PARTICLES.sub("", _TERM.sub("", text[issuer.end : match.start()]))
    if _PERSON.fullmatch(person) is None or (person and not person.istitle()):
        return False
    if _OF.search(text, max(left, issuer.start - 10), issuer.start):
        return False
    if match["type"] == "quy định" and _BY_PASSIVE.search(text, left, issuer.start):
        return False
    if match["verb"] == "ra" and _DONE.search(text, issuer.end, match.start()):
        return True
    dated = _DATED.search(text, max(0, issuer.start - 60), issuer.start)
    return match["verb"] is None or dated is not None


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
            yield _citation(match, "decision.signed")
    for match in _by_signers(text):
        issuer = issuers.at(text, match.end(), match.end() + _REACH)
        signed = issuer is not None and _BY_HAND.match(text, issuer.end)
        front = max(0, match.start() - 40)
        several = _PLURAL.search(text, front, match.start()) or _CONDITIONAL.search(
            text, front, match.start()
        )
        several = several or _NONE.search(text, front, match.start())
        if signed and not several and match.start() not in starts:
            yield _citation(match, "decision.signed_by")


def _by_signers(text: str) -> Iterator[re.Match[str]]:
    """ "Quyết định do ": looked for at its last word, rarer than the letters that types begin with."""
    for by in _DO.finditer(text):
        match = _by_signer().search(text, max(0, by.start() - _LONGEST_TYPE), by.end())
        if match:
            yield match


def _of_years(text: str, starts: set[int], year: int | None) -> Iterator[Citation]:
    """ "Nghị quyết của HĐND tỉnh năm 2012", "Quyết định năm 2014 của UBND tỉnh": known by their year."""
    for match in _OF_YEAR.finditer(text):
        at = match.end()
        issuer = issuers.at(text, at, at + _REACH)
        if issuer is None or not issuer.listed:
            continue
        said = match["year"] or (_YEAR_BEHIND.match(text, issuer.end) or {"year": None})["year"]
        plural = _PLURAL.search(_BY.sub("", text[max(0, match.start() - 40) : match.start()]))
        if said and not plural and match.start() not in starts and (year is None or int(said) < year):
            yield _citation(match, "decision.dated")


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
        rf"(?P<object>(?P<type>(?i:{alternation(_types())}))|Luật|Bộ[ ]luật|Pháp[ ]lệnh)(?!\w)"
    )


@cache
def _next_object() -> re.Pattern[str]:
    """A type word with a capital behind what the first object is about."""
    return re.compile(
        rf"[^.;:\n“”\"()]{{4,110}}?(?:,|,?[ ]và)[ ](?P<type>{alternation(_types().values())})(?=[ ][a-zđ])"
    )


@cache
def _of_issuer() -> re.Pattern[str]:
    return re.compile(rf"(?P<type>{alternation(_types().values())})[ ]của[ ]")


@cache
def _by_signer() -> re.Pattern[str]:
    either_case = (
        f"[{kind[0].upper()}{kind[0]}]{re.escape(kind[1:])}"
        for kind in sorted(_types())
        if kind != "quy định"
    )
    return re.compile(rf"(?<!\w)(?P<type>{'|'.join(either_case)})[ ](?:vừa[ ])?do[ ]\Z")


@cache
def _nouns() -> re.Pattern[str]:
    """Type words that stand for the document itself, so written that the engine looks for first letters."""
    strong = (kind for kind in _types() if kind not in _COMMON)
    either_case = (f"[{kind[0].upper()}{kind[0]}]{re.escape(kind[1:])}" for kind in strong)
    return re.compile(rf"(?:{'|'.join(either_case)})(?!\w)")
