"""Documents without a number: objects of an issuing verb whose issuer stands beside it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractors import bare_bodies, issuance, issuers, literals, unnumbered
from extractors.actions import SUBMITTING
from extractors.unnumbered import PLURAL, REACH, SESSION
from extractors.wordlists import alternation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.citations import Citation
    from extractors.issuers import Issuer

_VERB = r"(?:[Bb]an[ ]hành|[Kk]ý|[Pp]hê[ ]duyệt|[Tt]hông[ ]qua)"
_VERB_STARTS = (
    *("ban hành", "Ban hành", "ký ", "Ký ", "phê duyệt", "Phê duyệt", "thông qua", "Thông qua"),
    *("có ", "ra "),
)
# "ban hành và triển khai tốt đề án ..."
_AND_MORE = (
    r"(?:[ ]và[ ](?:tổ[ ]chức[ ])?(?:triển[ ]khai|thực[ ]hiện|công[ ]bố)"
    r"(?:[ ](?:hiệu[ ]quả|tốt|quyết[ ]liệt))?)?"
)
# What is done first: "đã họp và thông qua", "đã xem xét, thông qua"
_FIRST = (
    r"(?:họp|giải[ ]quyết|thảo[ ]luận|xem[ ]xét|nghiên[ ]cứu|xây[ ]dựng|soạn[ ]thảo|rà[ ]soát|thẩm[ ]định"
    r"|thống[ ]nhất|kiểm[ ]tra|xác[ ]minh)(?:,|[ ]và)"
)
# Between the issuer and the verb: the signer's name, "đã", "vừa chính thức ký".
_PARTICLES = re.compile(
    r"(?:[ ](?:đã|vừa|mới|cũng|chính[ ]thức|ký|quyết[ ]định|tiến[ ]hành|biểu[ ]quyết"
    rf"|bấm[ ]nút|bỏ[ ]phiếu|nhất[ ]trí|tiếp[ ]tục|lập[ ]tức|kịp[ ]thời|{_FIRST}"
    r"|liên[ ]tục|mới[ ]đây|vừa[ ]qua|cùng[ ]ngày"
    r"|(?:sáng|trưa|chiều|tối|hôm)[ ](?:nay|qua|[0-9]{1,2}[/-][0-9]{1,2})))*[ ]?$"
)
_OF = re.compile(r"(?:của|tại|do|theo)(?:[ ]chính)?[ ]\Z")
# "Nghị định 44 được Chính phủ ban hành quy định mức đóng": there it is a verb.
_BY_PASSIVE = re.compile(r"được[ ]\Z")
_PERSON = re.compile(r"(?:[ ][^\W\d_]+){0,4}")
# "Năm tháng sau khi Chính phủ ban hành ...": it is done.
_AFTER = "".join(f"(?<!{unit}[ ]sau[ ])" for unit in ("năm", "tháng", "tuần")) + "(?<!kể[ ]từ[ ])"
# "Ngày 2/6, Cục Thú y đã có công văn ...": without its day it is one of many.
_DATED = re.compile(
    r"(?:ngày|sáng|trưa|chiều|tối)[ ][0-9]{1,2}[/.-][0-9]{1,2}[^.;:\n]{0,20}\Z", re.IGNORECASE
)
_TERM = re.compile(rf"\A(?:[ ]\([A-ZĐ&–-]{{2,12}}\))?{SESSION}")
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
_MOST_OBJECTS = 12
_LONGEST_OBJECT = 260
# What makes the document one that does not exist yet, or one of many.
_OPEN = re.compile(
    rf"(?<!\w)(?:sẽ|sắp[ ]tới|tới[ ]đây|cần|phải|chưa|nếu|{_AFTER}khi"
    rf"|giao|đề[ ]nghị|kiến[ ]nghị|{SUBMITTING}|để|sớm"
    r"|nào|yêu[ ]cầu|chờ|dự[ ]kiến|xem[ ]xét|hằng[ ]năm|hàng[ ]năm|từng|thẩm[ ]quyền|có[ ]thể"
    r"|tham[ ]mưu|báo[ ]cáo|xin|muốn|(?:từ|trước|sau)[ ]ngày|hoặc|nhiều|không)(?!\w)[^.;:\n]{0,60}$",
    re.IGNORECASE,
)
# "vừa kiến nghị Chủ tịch nước và Trưởng ban Cải cách tư pháp, Chánh án ban hành ..."
_ASKED = re.compile(r"(?<!\w)(?:kiến[ ]nghị|đề[ ]nghị|yêu[ ]cầu)[ ](?!của)[^.;:\n]{0,110}\Z")
_DONE = re.compile(
    r"[ ](?:đã|vừa)(?:[ ](?:chính[ ]thức|mới|ký|quyết[ ]định|biểu[ ]quyết|nhất[ ]trí|lập[ ]tức))?"
    rf"(?:[ ]{_FIRST}){{0,3}}[ ]\Z"
)
_TITLE = re.compile(
    r"[ ](?:[“\"]|(?!(?:này|có|trên|đó|số|và|của|là|hay|hoặc|nói|cuối)(?!\w)|[CQKNTV]\w+[ ]\w+[ ]số(?!\w))"
    r"[^\W\d_]+[ ][^\W\d_]+)"
)


def issued(text: str, taken: list[Citation], year: int | None = None) -> Iterator[Citation]:
    """Objects of issuing verbs; `taken`: the citations that have a number or name, in order.

    `year`: of publication; a resolution "của HĐND tỉnh năm 2012" was issued in 2012, if that is over.
    """
    starts = {citation.start for citation in taken}
    apposed = (issuance.APPOSED.match(text, citation.end) for citation in taken)
    starts |= {gap.start("noun") for gap in apposed if gap}
    last = 0
    for match in _issuing(text):
        if not (_issuer_beside(text, match) or (last and _again(text, last, match))):
            continue
        last = match.end()
        if match["type"] and match.start("type") not in starts and _TITLE.match(text, last):
            yield unnumbered.citation(match, "decision.object_of_issuing")
        yield from _second(text, match, starts)
    yield from unnumbered.passives(text, starts)
    yield from unnumbered.signed(text, starts)
    yield from unnumbered.of_years(text, starts, year)


def _again(text: str, last: int, match: re.Match[str]) -> bool:
    """Whether the verb of the clause before is said again, so that its subject is meant again."""
    return match["verb"] is None and _SAID_AGAIN.fullmatch(text, last, match.start()) is not None


def _second(text: str, match: re.Match[str], starts: set[int]) -> Iterator[Citation]:
    """The other objects of the verb: "thông qua Nghị quyết về A và Nghị quyết về B"."""
    at = match.end()
    for _ in range(_MOST_OBJECTS):
        following = _next_object().match(text, at, at + REACH) or _next_item().match(
            text, at, at + _LONGEST_OBJECT
        )
        if following is None:
            return
        at = following.end()
        if following["type"] is None:
            continue
        same = match["type"] and following["type"].lower() == match["type"].lower()
        says = same or text.startswith(" về ", at) or following.re is _next_item()
        if following.start("type") not in starts and says:
            yield unnumbered.citation(following, "decision.listed_object")


def _issuer_beside(text: str, match: re.Match[str]) -> Issuer | None:
    """The issuer right in front of the verb, as its subject."""
    left = max(0, match.start() - REACH)
    left = max(left, text.rfind("\n", left, match.start()) + 1)
    if PLURAL.search(text, left, match.start("object")):
        return None
    if not _DONE.search(text, left, match.start()) and (
        _OPEN.search(text, left, match.start()) or _ASKED.search(text, left, match.start())
    ):
        return None
    if bare := bare_bodies.alone(text, left, match.start()):
        return bare_bodies.named(text, bare)
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


def _issuing(text: str) -> Iterator[re.Match[str]]:
    """Verbs of issuing with their objects, none inside another."""
    last = 0
    for start in sorted(literals.starts(text, _VERB_STARTS)):
        match = _objects().match(text, start) if start >= last else None
        if match:
            last = match.end()
            yield match


@cache
def _objects() -> re.Pattern[str]:
    return re.compile(
        rf"(?:{_VERB}{_AND_MORE}|(?P<verb>(?<=[ ])(?:có|ra)))[ ](?:kèm[ ]theo[ ]|một[ ])?"
        rf"(?P<object>(?P<type>(?i:{alternation(unnumbered.types())}))|Luật|Bộ[ ]luật|Pháp[ ]lệnh)(?!\w)"
    )


@cache
def _next_object() -> re.Pattern[str]:
    """A type word with a capital behind what the first object is about."""
    types = alternation(unnumbered.types().values())
    words = r"(?:[^.;:\n“”\"()]|\(sửa[ ]đổi[^()\n]{0,12}\))"
    return re.compile(rf"{words}{{4,110}}?(?:,|,?[ ]và)[ ](?P<type>{types})(?=[ ][a-zđ])")


@cache
def _next_item() -> re.Pattern[str]:
    """The next object behind a semicolon: "thông qua Luật A; Luật B; Nghị quyết phê chuẩn C"."""
    laws = r"Luật|Bộ[ ]luật|Pháp[ ]lệnh"
    types = alternation(unnumbered.types().values())
    return re.compile(rf"[^.;:\n“”\"]{{4,240}}?[ ]?;[ ](?:và[ ])?(?:{laws}|(?P<type>{types}))(?=[ ]\w)")
