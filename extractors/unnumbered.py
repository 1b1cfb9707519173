"""Documents without a number that stand in front of their verb: "đề án vừa được Bộ Y tế phê duyệt"."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING

from extractors import issuers, literals
from extractors.citations import Citation
from extractors.wordlists import alternation, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

REACH = 130
"""Code points around a verb in which its issuer or its document may stand."""
# "Quốc hội khóa XIV đã thông qua", "được Quốc hội khóa X, kỳ họp thứ 5, thông qua"
SESSION = r"(?:[ ]kh(?:óa|oá)[ ][IVX]{1,6})?(?:,?[ ](?:tại[ ])?kỳ[ ]họp[ ]thứ[ ][^\W_]{1,4},?)?"
_PASSIVE = re.compile(r"[ ]được[ ](?<!không[ ]được[ ])(?<!chưa[ ]được[ ])")
_BY = re.compile(r"(?<!\w)theo[ ]\Z", re.IGNORECASE)
_GAP = re.compile(r"[^.,;:\n()]{0,120}")
_ISSUED = re.compile(
    rf"{SESSION}[ ](?:(?:ký|đã|chính[ ]thức)[ ]){{0,2}}"
    r"(?:ban[ ]hành|phê[ ]duyệt|thông[ ]qua|ký)(?!\w)"
)
_ISSUING = ("ban hành", "phê duyệt", "thông qua", "ký")
PLURAL = re.compile(
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


def citation(match: re.Match[str], rule: str) -> Citation:
    """The document that a pattern's group `type` names."""
    start, end = match.span("type")
    return Citation(start, end, types()[match["type"].lower()], rule, 0.7)


def passives(text: str, starts: set[int]) -> Iterator[Citation]:
    """ "đề án vừa được Bộ Y tế phê duyệt": the document stands in front."""
    verbs = sorted(literals.starts(text, _ISSUING))
    for passive in _PASSIVE.finditer(text) if verbs else ():
        ahead = bisect_left(verbs, passive.end())
        if ahead == len(verbs) or verbs[ahead] > passive.end() + 2 * REACH:
            continue
        issuer = issuers.at(text, passive.end(), passive.end() + REACH)
        if issuer is None or not issuer.listed or not _ISSUED.match(text, issuer.end):
            continue
        noun = _document_before(text, passive.start())
        if noun and noun.start() not in starts:
            yield Citation(*noun.span(), types()[noun.group().lower()], "decision.issued_by", 0.7)


def signed(text: str, starts: set[int]) -> Iterator[Citation]:
    """ "Quyết định của UBND tỉnh Trà Vinh do Phó Chủ tịch ký": one that its signer vouches for."""
    for match in _of_issuer().finditer(text):
        issuer = issuers.at(text, match.end(), match.end() + REACH)
        by_hand = issuer is not None and issuer.listed and _SIGNED.match(text, issuer.end)
        plural = PLURAL.search(text, max(0, match.start() - 40), match.start())
        if by_hand and not plural and match.start() not in starts:
            yield citation(match, "decision.signed")
    for match in _by_signers(text):
        issuer = issuers.at(text, match.end(), match.end() + REACH)
        by_hand = issuer is not None and _BY_HAND.match(text, issuer.end)
        front = max(0, match.start() - 40)
        several = PLURAL.search(text, front, match.start()) or _CONDITIONAL.search(text, front, match.start())
        several = several or _NONE.search(text, front, match.start())
        if by_hand and not several and match.start() not in starts:
            yield citation(match, "decision.signed_by")


def _by_signers(text: str) -> Iterator[re.Match[str]]:
    """ "Quyết định do ": looked for at its last word, rarer than the letters that types begin with."""
    for by in _DO.finditer(text):
        match = _by_signer().search(text, max(0, by.start() - _LONGEST_TYPE), by.end())
        if match:
            yield match


def of_years(text: str, starts: set[int], year: int | None) -> Iterator[Citation]:
    """ "Nghị quyết của HĐND tỉnh năm 2012", "Quyết định năm 2014 của UBND tỉnh": known by their year."""
    for match in _OF_YEAR.finditer(text):
        at = match.end()
        issuer = issuers.at(text, at, at + REACH)
        if issuer is None or not issuer.listed:
            continue
        said = match["year"] or (_YEAR_BEHIND.match(text, issuer.end) or {"year": None})["year"]
        plural = PLURAL.search(_BY.sub("", text[max(0, match.start() - 40) : match.start()]))
        if said and not plural and match.start() not in starts and (year is None or int(said) < year):
            yield citation(match, "decision.dated")


def _document_before(text: str, passive: int) -> re.Match[str] | None:
    """The last type word in front of a passive in the same clause, where it stands for one document."""
    nouns = list(_nouns().finditer(text, max(0, passive - REACH), passive))
    noun = _JUST.search(text, max(0, passive - 24), passive)
    noun = noun or (nouns[-1] if nouns else _opening(text, passive))
    if noun is None or not _GAP.fullmatch(text, noun.end(), passive):
        return None
    if _WHEN.search(text, noun.end(), passive):
        return None
    left = max(0, noun.start() - 40)
    if _CONDITIONAL.search(text, left, noun.start()) or _MADE.search(text, left, noun.start()):
        return None
    return None if PLURAL.search(_BY.sub("", text[left : noun.start()])) else noun


def _opening(text: str, passive: int) -> re.Match[str] | None:
    """An everyday word is the document where a sentence opens with it: "Quy định về giá vé vừa được ..."."""
    left = max(0, passive - REACH)
    start = max(left, text.rfind("\n", left, passive) + 1, text.rfind(". ", left, passive) + 2)
    return _OPENING.match(text, start, passive)


@cache
def types() -> dict[str, str]:
    """Types that are issued, in lower case -> as they are listed."""
    return {
        row["canonical"].lower(): row["canonical"] for row in rows("document_types") if row["issued"] == "yes"
    }


@cache
def _of_issuer() -> re.Pattern[str]:
    return re.compile(rf"(?P<type>{alternation(types().values())})[ ]của[ ]")


@cache
def _by_signer() -> re.Pattern[str]:
    either_case = (
        f"[{kind[0].upper()}{kind[0]}]{re.escape(kind[1:])}" for kind in sorted(types()) if kind != "quy định"
    )
    return re.compile(rf"(?<!\w)(?P<type>{'|'.join(either_case)})[ ](?:vừa[ ])?do[ ]\Z")


@cache
def _nouns() -> re.Pattern[str]:
    """Type words that stand for the document itself, so written that the engine looks for first letters."""
    strong = (kind for kind in types() if kind not in _COMMON)
    either_case = (f"[{kind[0].upper()}{kind[0]}]{re.escape(kind[1:])}" for kind in strong)
    return re.compile(rf"(?:{'|'.join(either_case)})(?!\w)")
