"""Among whom a ranking is: "quốc gia, vùng lãnh thổ", "thế giới", "ASEAN", "các nước thu nhập thấp"."""

from __future__ import annotations

import re
from functools import cache

from corpus.facts import Span
from extractors import rank_words, ranked_names

_SCOPE_LEAD = re.compile(
    r"[ ]{0,2}(?:(?:trên|trong|ở|tại|của|thuộc|số|các[ ]nước|các[ ]quốc[ ]gia|khu[ ]vực|nhóm|khối"
    r"|toàn)[ ]{1,2}){0,4}",
    re.IGNORECASE,
)
# "Trong nhóm các nước ..., X xếp thứ"; a list of regions goes on behind its commas
_FRONTED = re.compile(
    r"(?:(?<=[.,;:(][ ])|(?<=\n)|\A)(?:Trong|Ở|Tại|Xét[ ]trong|So[ ]với|Riêng[ ]trong)"
    r"[ ](?:phạm[ ]vi[ ]|khu[ ]vực[ ]|nhóm[ ]|số[ ]|khối[ ]){0,2}(?:bao[ ]gồm[ ]|gồm[ ])?"
    r"(?P<scope>(?!khi(?!\w)|đó(?!\w))[^,;:.()]{2,70}(?:[ ]\([^()]{2,20}\))?"
    r"(?:,[ ](?:và[ ])?(?:Đông|Tây|Nam|Bắc|Châu|Trung)[ ][^,;:.()]{2,40}){0,4})(?=,[ ])",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"(?:các|những)[ ](?:quốc[ ]gia|nước|nền[ ]kinh[ ]tế|tỉnh(?:,[ ]thành)?)[ ](?:trong|thuộc"
    r"|ở)[ ](?:khu[ ]vực[ ])?",
    re.IGNORECASE,
)
_GROUP_NOUN = re.compile(
    r"(?:các|những|[0-9]+)[ ](?:nước|quốc[ ]gia|tỉnh|thành|địa[ ]phương|nền|trường|doanh|bộ|đơn[ ]vị)",
    re.IGNORECASE,
)
_IN_COUNTRY = re.compile(r"(?<!\w)(?:tại|ở)[ ]\Z", re.IGNORECASE)


@cache
def nouns() -> str:
    """ "(các) quốc gia, vùng lãnh thổ", "tỉnh, thành phố", "quốc gia/nền kinh tế"."""
    noun = rank_words.any_of("noun")
    return rf"(?:các[ ]|những[ ])?{noun}(?:(?:,[ ]|[ ]?/[ ]?|[ ]và[ ]){noun}){{0,3}}(?!\w)"


@cache
def _behind() -> re.Pattern[str]:
    """Behind a place: "quốc gia, vùng lãnh thổ", "trên (toàn) thế giới", "trong cả nước"."""
    return re.compile(
        rf"""[ ]{{0,2}}(?:(?P<nouns>{nouns()})
        |(?:(?:trên|trong|ở|tại|của|thuộc|tổng[ ]số|số)[ ]{{1,2}}){{0,2}}(?:phạm[ ]vi[ ]|quy[ ]mô[ ])?
         (?P<area>(?:{nouns()}[ ](?:trên[ ])?)?(?:toàn[ ])?(?:thế[ ]giới|toàn[ ]cầu|cầu(?!\w)
             |cả[ ]nước|toàn[ ]quốc|toàn[ ]tỉnh)))(?!\w)""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _inside() -> re.Pattern[str]:
    return re.compile(
        rf"(?:[0-9][ ]?|(?:trong|trên)[ ](?:tổng[ ])?(?:số[ ])?"
        rf"|nhóm[ ])(?P<scope>{nouns()}(?:[ ](?:trên[ ]|trong[ ])?(?:toàn[ ])?(?:thế[ ]giới|cả[ ]nước"
        rf"|toàn[ ]cầu|toàn[ ]quốc))?)|(?P<area>(?:toàn[ ])?thế[ ]giới|toàn[ ]cầu|cả[ ]nước"
        rf"|toàn[ ]quốc)",
        re.IGNORECASE,
    )


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"/[ ]?[0-9]{{1,4}}[ ](?P<scope>{nouns()})", re.IGNORECASE)


def end(text: str, at: int, limit: int) -> int:
    """Where the ranking ends with what it is among: behind "quốc gia, vùng lãnh thổ", "châu Á"."""
    match = _behind().match(text, at, min(limit, at + 120))
    if match:
        return match.end()
    area = _area(text, Span(at, min(limit, at + 90)))
    return area.end if area else at


def scope(text: str, ranking: Span, right: Span, left: Span) -> str | None:
    """Among whom: said inside the ranking, right behind it, or in front ("Trong ASEAN, ...")."""
    inside = _scope_inside(text, ranking)
    if inside:
        return inside
    match = _behind().match(text, right.start, right.end)
    if match:
        return match["nouns"] or match["area"]
    area = _area(text, right)
    if area:
        return text[area.start : area.end].removeprefix("khu vực ")
    return _fronted(text, left)


def _fronted(text: str, left: Span) -> str | None:
    found = [match["scope"] for match in _FRONTED.finditer(text, left.start, left.end)]
    for written in reversed(found):
        if _GROUP_NOUN.match(written) or any(
            kind in ranked_names.SCOPE_KINDS
            for _, kind in ranked_names.places(written, Span(0, len(written)))
        ):
            within = _WITHIN.match(written)
            return written[within.end() :] if within else written
    return None


def _scope_inside(text: str, ranking: Span) -> str | None:
    """The scope within the ranking's own words: "nhóm 4 nước dẫn đầu ASEAN", "86/193 quốc gia"."""
    if counted := _counted().search(text, ranking.start, ranking.end):
        return counted["scope"]
    for span, kind in ranked_names.places(text, ranking):
        in_country = kind == "country" and _IN_COUNTRY.search(text, ranking.start, span.start)
        if kind in ranked_names.SCOPE_KINDS or in_country:
            return text[span.start : span.end].removeprefix("khu vực ")
    found = [
        match["scope"] or match["area"] for match in _inside().finditer(text, ranking.start, ranking.end)
    ]
    return found[-1] if found else None


def _area(text: str, right: Span) -> Span | None:
    """A region or bloc right behind: "(ở khu vực) Đông Nam Á", "ASEAN"."""
    lead = _SCOPE_LEAD.match(text, right.start, right.end)
    at = lead.end() if lead else right.start
    for span, kind in ranked_names.places(text, Span(at, min(right.end, at + 60))):
        if span.start == at and (kind in ranked_names.SCOPE_KINDS or kind == "country"):
            return span
        break
    return None
