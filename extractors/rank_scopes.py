"""Among whom a ranking is: "quốc gia, vùng lãnh thổ", "thế giới", "ASEAN", "các nước thu nhập thấp"."""

from __future__ import annotations

import re
from functools import cache

from corpus.facts import Span
from extractors import rank_sets, rank_words, ranked_names
from extractors.letters import CAPITAL
from extractors.rank_extents import STOP

_SCOPE_LEAD = re.compile(
    r"[ ]{0,2}(?:(?:trên|trong|ở|tại|của|thuộc|số|nước|các[ ]nước|các[ ]quốc[ ]gia|khu[ ]vực|nhóm|khối"
    r"|toàn|vùng|miền[ ]núi)[ ]{1,2}){0,4}",
    re.IGNORECASE,
)
# "Trong nhóm các nước ..., X xếp thứ"; a list of regions goes on behind its commas
_FRONTED = re.compile(
    r"(?:(?<=[.,;:(][ ])|(?<=\n)|\A)(?:(?:còn|riêng|nếu)[ ])?"
    r"(?:Trong|Ở|Tại|Xét[ ]trong|So[ ]với|Riêng[ ]trong)"
    r"[ ](?:phạm[ ]vi[ ]|khu[ ]vực[ ]|nhóm[ ]|số[ ]|khối[ ]){0,2}(?:bao[ ]gồm[ ]|gồm[ ])?"
    r"(?:[0-9]{1,3}[ ](?=tỉnh|nước|quốc|địa))?"
    r"(?P<scope>(?!khi(?!\w)|đó(?!\w))[^,;:.()]{2,70}?"
    r"(?:,[ ](?:thành(?:[ ]phố)?|(?:sở|ban|ngành|thị[ ]xã|miền[ ]núi)(?!\w))[^,;:.()]{0,50}?){0,2}"
    r"(?:[ ]\([^()]{2,20}\))?"
    r"(?:,[ ](?:và[ ])?(?:Đông|Tây|Nam|Bắc|Châu|Trung)[ ][^,;:.()]{2,40}){0,4})(?=,[ ])",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"(?:các|những)[ ](?:quốc[ ]gia|nước|nền[ ]kinh[ ]tế|tỉnh(?:,[ ]thành)?)[ ](?:trong|thuộc"
    r"|ở)[ ](?:khu[ ]vực[ ])?",
    re.IGNORECASE,
)
_UPLAND = re.compile(r"trung[ ]du|miền[ ]núi", re.IGNORECASE)
_GROUP_NOUN = re.compile(
    r"(?:(?:các|những|[0-9]+)[ ])?(?:nước|quốc[ ]gia|tỉnh|thành|địa[ ]phương|nền|trường|doanh|bộ|đơn[ ]vị"
    r"|cơ[ ]quan)",
    re.IGNORECASE,
)
_IN_COUNTRY = re.compile(
    r"(?<!\w)(?:tại|ở|(?:nhất|đầu|số[ ][0-9])(?:[ ](?:của|nước|bang))?"
    r"|(?:số|hạng|thứ|vị[ ]trí)[ ][0-9.]+(?:[ ]nước)?)[ ]\Z",
    re.IGNORECASE,
)
# "trong (số) những điểm đến dẫn đầu | về ..."
_AMONG = re.compile(
    r"[ ]{1,2}(?:trong|so[ ]với)[ ](?:số[ ]|nhóm[ ])?(?P<scope>(?:các|những)[ ](?!lĩnh|chỉ|bảng|năm|tháng"
    r"|danh|giải|k[ìỳ]|cuộc|đợt|lần|trận|mùa)"
    r"[^,.;:()\n0-9]{3,50}?)(?=[ ](?:về|có|nhưng|vào|với|năm|sau|trong|do)[ ]|[ ]?[,.;:()…\n]|\Z)",
    re.IGNORECASE,
)
# "(thứ 3/14) Cụm miền núi phía Bắc", "(thứ hai) khối các sở, ngành"
_BLOCK = re.compile(
    rf"[ ](?:trong[ ])?(?P<scope>(?:cụm|khối)(?![ ]lượng)[ ](?:(?:sở|bộ|tỉnh|quận|huyện),[ ](?:ban,[ ])?"
    rf"(?:ngành|thành[ ]phố|thị[ ]xã|huyện|cơ[ ]quan)(?!\w)|[^.;:()\n0-9]{{2,60}}?{STOP}))",
    re.IGNORECASE,
)
# "Liên minh châu Âu | (EU)"
_ABBREVIATED = re.compile(r"[ ]\([A-Z]{2,8}\)")
_UPLANDS = r"(?:(?:vùng|khu[ ]vực)[ ])?(?:trung[ ]du(?:,|[ ]và)[ ])?miền[ ]núi[ ](?:phía[ ]Bắc|Bắc[ ]Bộ)"
_WHOLE = (
    rf"(?:{_UPLANDS}|"
    r"(?:toàn[ ])?(?:thế[ ]giới|toàn[ ]cầu|cầu(?!\w)|hành[ ]tinh|cả[ ]nước|toàn[ ]quốc)"
    r"|(?:toàn|cả)[ ](?:tỉnh|huyện|thành[ ]phố|quận)(?:[ ](?-i:[" + CAPITAL + r"])\w*){0,4}|(?:toàn"
    r"|cả)[ ](?:vùng|khối|đoàn|ngành(?:[ ](?:(?!(?:về|với|và|trong|năm|đã|có|là|khi|sau|do|nhưng|được)[ ])"
    r"(?-i:[^\W\d" + CAPITAL + r"]+)[ ]?){1,3}(?<![ ])(?=[ ]?[,.;:()]|[ ](?:về|với|và|trong|năm|sau)[ ]|\Z))?"
    r"|trường|khu[ ]vực|miền(?:[ ]["
    + CAPITAL
    + r"]\w+)?)|bảng[ ](?-i:[A-H])|nhóm[ ](?-i:["
    + CAPITAL
    + r"])\w+"
    r"|sàn[ ]chứng[ ]khoán|(?<!ở[ ])miền[ ](?-i:["
    + CAPITAL
    + r"])\w+|bang[ ]["
    + CAPITAL
    + r"]\w+|khu[ ]vực(?![ ](?-i:["
    + CAPITAL
    + r"])|[ ](?:châu|phía|gồm|đồng|miền"
    r"|này|bao|nông)))"
)
_THOSE = re.compile(
    r"(?<!\w)(?:các|những)[ ](?:nước|quốc[ ]gia|nền[ ]kinh[ ]tế|trường|đội|tỉnh)[ ]\Z", re.IGNORECASE
)
_OF = re.compile(r"(?<!\w)của[ ]\Z")
_BANDS = ("ranking.band", "ranking.top", "ranking.one_of")
_ABOUT = re.compile(r"(?:[ ][^,.;:()\n]{0,40}?)?[ ]về[ ][^,.;:\n]{3,110}")
_IN = re.compile(r"(?<!\w)(?:trong|ở|tại|trên)[ ](?:khu[ ]vực[ ]|các[ ]nước[ ]|khối[ ])?\Z", re.IGNORECASE)
_WITHIN_WHOLE = re.compile(
    rf"(?<!\w)(?:(?:trong|trên|ở|của)[ ](?:phạm[ ]vi[ ])?|nhất[ ]|đầu[ ])(?P<area>{_WHOLE})(?!\w)",
    re.IGNORECASE,
)
_AREA_AT = re.compile(rf"[ ](?P<area>{_WHOLE})(?!\w)", re.IGNORECASE)
# "Top 50 | Doanh nghiệp Sáng tạo và Kinh doanh Xanh" is a name
_NAMED_LIST = re.compile(r"[ ][" + CAPITAL + r"]\w*[ ]\w+[ ][" + CAPITAL + r"]")
# What the name of a list says of those who are in it
_NAMED = re.compile(
    r"(?:nhất|giải)(?:[ ][^\W\d]+){0,7}?[ ](?P<area>(?:toàn[ ])?thế[ ]giới|toàn[ ]cầu|châu[ ]\w+"
    r"|cả[ ]nước|toàn[ ]quốc)"
    r"|(?P<group>(?:các|những)[ ](?:(?!nhất)[^\W\d]+[ ]){1,4}?(?:thế[ ]giới|toàn[ ]cầu|châu[ ]\w+))",
    re.IGNORECASE,
)
_LIST = re.compile(r"bảng|danh[ ]sách|BXH|giải", re.IGNORECASE)


# "(tụt 4 bậc) về năng lực cạnh tranh | toàn cầu" names an index
_TOPIC_BEFORE = re.compile(r"[ ]về[ ](?:(?![ ](?:trong|trên|của|ở)[ ])[^,.;:()])*\Z")


@cache
def nouns() -> str:
    """ "(các) quốc gia, vùng lãnh thổ", "tỉnh, thành phố", "quốc gia/nền kinh tế"."""
    noun = rank_words.any_of("noun")
    one = rf"(?:các[ ]|những[ ])?(?!nước[ ](?-i:[{CAPITAL}])){noun}"
    joined = rf"{one}(?:(?:,[ ]|[ ]?/[ ]?|[ ]và[ ]){noun}){{0,3}}(?!\w)"
    joined = rf"{joined}(?:(?<=[ ]thành[ ]phố)[ ]trong[ ]cả[ ]nước)?"
    return rf"{joined}(?:[ ]{rank_words.any_of('taking_part')}(?!\w))?"


@cache
def _behind() -> re.Pattern[str]:
    """Behind a place: "quốc gia, vùng lãnh thổ", "trên (toàn) thế giới", "trong cả nước"."""
    return re.compile(
        rf"""[ ]{{0,2}}(?:(?P<nouns>(?!(?-i:(?:Sở|Bộ|Ban|Cục|Trường|Tỉnh|Huyện)[ ][{CAPITAL}]))
          (?:khối[ ]|nhóm[ ])?
          {nouns()}(?![ ]{_UPLANDS}))
        |(?:(?:trên|trong|ở|tại|của|thuộc|tổng[ ]số|số)[ ]{{1,2}}){{0,2}}(?:phạm[ ]vi[ ]|quy[ ]mô[ ])?
         (?P<area>(?:{nouns()}[ ](?:trên[ ])?)?{_WHOLE}))(?!\w)""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _inside() -> re.Pattern[str]:
    return re.compile(
        rf"(?:[0-9][ ]?|thứ[ ]\w+[ ]|(?:trong|trên)[ ](?:tổng[ ])?(?:số[ ])?"
        rf"|nhóm[ ]|đầu[ ](?=các[ ]|khối[ ])|(?:hạng|quân)[ ](?=khối[ ]))(?P<scope>(?:khối[ ])?{nouns()}"
        rf"(?:[ ](?:trên[ ]|trong[ ])?(?:toàn[ ])?(?:thế[ ]giới|cả[ ]nước"
        rf"|toàn[ ]cầu|toàn[ ]quốc))?)|(?P<area>{_WHOLE})(?!\w)",
        re.IGNORECASE,
    )


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf"/[ ]?[0-9]{{1,4}}[ ](?P<scope>{nouns()})", re.IGNORECASE)


# "(Top 10) công ty dược uy tín (Việt Nam)"
_REPUTED = re.compile(
    r"(?<=[0-9])[ ](?:công[ ]ty|doanh[ ]nghiệp|ngân[ ]hàng|thương[ ]hiệu|nhà[ ]thầu|nhà[ ]bán[ ]lẻ"
    r"|chủ[ ]đầu[ ]tư|hãng)(?:[ ][^\W\d]+){0,4}[ ](?:uy[ ]tín|tiêu[ ]biểu)(?:[ ]nhất)?(?!\w)",
    re.IGNORECASE,
)
# "dẫn đầu | thị trường sữa bột": in what, not among whom
_FIELD = re.compile(r"(?:dẫn|đứng)[ ]đầu[ ](?:thị[ ]trường|phân[ ]khúc|lĩnh[ ]vực)[ ]", re.IGNORECASE)


def end(text: str, at: int, limit: int) -> int:
    """Where the ranking ends with what it is among: behind "quốc gia, vùng lãnh thổ", "châu Á"."""
    if whole := rank_sets.SET.match(text, at, min(limit, at + 120)):
        return whole.end()
    if _FIELD.search(text, max(0, at - len("đứng đầu")), min(limit, at + 20)):
        return at
    if ranked_names.index_at(text, Span(at, limit)):
        return at  # "đứng thứ 2 | Vietnam ICT Index"
    if reputed := _REPUTED.match(text, at, limit):
        at = reputed.end()
    match = None if reputed else _behind().match(text, at, min(limit, at + 120))
    if match and not _NAMED_LIST.match(text, at, limit):
        within = _area(text, Span(match.end(), min(limit, match.end() + 60))) if match["nouns"] else None
        owned = within and text.startswith(" của ", match.end())
        return within.end if within and not owned else match.end()
    area = _area(text, Span(at, min(limit, at + 90)))
    if area is None:
        return at
    short = _ABBREVIATED.match(text, area.end, limit)
    return short.end() if short else area.end


@cache
def _best() -> re.Pattern[str]:
    """ "(top 50) trường dạy nghề | tốt nhất"."""
    return re.compile(
        rf"[0-9][ ](?P<scope>[^\W\d_][^,.;:()\n0-9]{{1,40}}?)[ ]"
        rf"(?:{rank_words.any_of('superlative')}|{rank_words.any_of('adjective')})[ ]nhất(?!\w)",
        re.IGNORECASE,
    )


def scope(text: str, ranking: Span, right: Span, left: Span, rule: str) -> str | None:
    """Among whom: said inside the ranking, right behind it, or in front ("Trong ASEAN, ...")."""
    at_once = _best_at_once().match(text, right.start, right.end)
    inside = _scope_inside(text, ranking, rule, owned=_is_partner(text, left))
    if inside:
        return (_of_best(text, right, rule) if at_once else None) or inside
    field = _FIELD.search(text, max(0, right.start - len("đứng đầu")), min(right.end, right.start + 20))
    if field or (rule == "ranking.top" and _NAMED_LIST.match(text, right.start, right.end)):
        return None
    match = _behind().match(text, right.start, right.end)
    if match:
        return match["nouns"] or match["area"]
    area = _area(text, right)
    if area and not (_OF.search(text, right.start, area.start) and _is_partner(text, left)):
        return text[area.start : area.end].removeprefix("khu vực ")
    among = (
        _BLOCK.match(text, right.start, right.end)
        or _AMONG.match(text, right.start, right.end)
        or rank_sets.SET.match(text, right.start, right.end)
    )
    if among:
        return among["scope"]
    best = _of_best(text, right, rule)
    return best or _later(text, right) or _fronted(text, left) or rank_sets.as_one_of(text, left)


# "(top 4) trong danh sách 90 đại học hàng đầu | thế giới"
_LISTED_BEST = re.compile(
    r"(?:[ ](?:trong|trên|ở)(?:[ ](?:danh[ ]sách|nhóm|số|bảng[ ]xếp[ ]hạng))?)?[ ]"
    r"(?:(?:các|những|[0-9]{1,4})[ ])?"
    r"[^\W\d][^,.;:()\n]{2,60}?[ ](?:nhất|hàng[ ]đầu)(?!\w)(?:[ ](?:của|trên|tại|ở))?"
)


@cache
def _best_at_once() -> re.Pattern[str]:
    """ "(xếp thứ 23 trong 30 sân bay) | tốt nhất | châu Á"."""
    best = rf"(?:{rank_words.any_of('superlative')}|{rank_words.any_of('adjective')})[ ]nhất|hàng[ ]đầu"
    return re.compile(rf"[ ](?:{best})(?!\w)", re.IGNORECASE)


def _of_best(text: str, right: Span, rule: str) -> str | None:
    """Where those in a list are best ("các trường trẻ tốt nhất châu Á"), or of what body a band is."""
    if rule not in ("ranking.top", "ranking.headed", "ranking.ordinal"):
        return None
    group = rank_sets.of_group(text, right) if rule == "ranking.top" else None
    listed = _LISTED_BEST.match(text, right.start, right.end)
    if listed is None or rank_words.predicate().search(listed[0]):
        return group
    whole = _AREA_AT.match(text, listed.end(), right.end)
    if whole:
        return whole["area"]
    area = _area(text, Span(listed.end(), right.end))
    return text[area.start : area.end] if area else group


def _is_partner(text: str, left: Span) -> bool:
    """Whether a partner stands in front: "đối tác thứ hai của Lào" is not among those of Laos."""
    return any(
        True for _ in rank_words.found("partner").finditer(text, max(left.start, left.end - 40), left.end)
    )


def _those_of(text: str, before: Span) -> str:
    """ "các nước " of "các nước ASEAN"."""
    match = _THOSE.search(text, before.start, before.end)
    return match[0] if match else ""


def _later(text: str, right: Span) -> str | None:
    """Behind what it is ranked in: "(dẫn đầu) về lợi nhuận trong toàn ngành"."""
    topic = _ABOUT.match(text, right.start, right.end)
    if topic is None:
        return None
    for match in _WITHIN_WHOLE.finditer(text, topic.start(), topic.end()):
        return match["area"]
    for span, kind in ranked_names.places(text, Span(topic.start(), topic.end())):
        if kind in ranked_names.SCOPE_KINDS and _IN.search(text, topic.start(), span.start):
            return text[span.start : span.end].removeprefix("khu vực ")
    return None


def of_list(index: str | None) -> str | None:
    """Who is in a list, as its name says: "danh sách các thành phố xanh nhất thế giới"."""
    found = _NAMED.search(index) if index and _LIST.match(index) else None
    return (found["area"] or found["group"]) if found else None


def _fronted(text: str, left: Span) -> str | None:
    found = [match["scope"] for match in _FRONTED.finditer(text, left.start, left.end)]
    for written in reversed(found):
        if (
            _GROUP_NOUN.match(written)
            or _UPLAND.match(written)
            or any(
                kind in ranked_names.SCOPE_KINDS
                for _, kind in ranked_names.places(written, Span(0, len(written)))
            )
        ):
            within = _WITHIN.match(written)
            return written[within.end() :] if within else written
    return None


def _scope_inside(text: str, ranking: Span, rule: str, *, owned: bool) -> str | None:
    """The scope within the ranking's own words: "nhóm 4 nước dẫn đầu ASEAN", "86/193 quốc gia"."""
    if reputed := _REPUTED.search(text, ranking.start, ranking.end):
        return text[reputed.end() : ranking.end].strip() or None
    if counted := _counted().search(text, ranking.start, ranking.end):
        return counted["scope"]
    if whole := rank_sets.SET.search(text, ranking.start, ranking.end):
        return whole["scope"]
    for span, kind in ranked_names.places(text, ranking):
        in_country = kind == "country" and (
            _IN_COUNTRY.search(text, ranking.start, span.start)
            or (not owned and rule == "ranking.superlative" and _OF.search(text, ranking.start, span.start))
        )
        if kind in ranked_names.SCOPE_KINDS or in_country:
            return _those_of(text, Span(ranking.start, span.start)) + text[
                span.start : span.end
            ].removeprefix("khu vực ")
    best = _best().search(text, ranking.start, ranking.end) if rule in _BANDS else None
    whole = _WITHIN_WHOLE.search(text, ranking.start, ranking.end)
    if best and not whole and not rank_words.predicate().search(best["scope"]):
        return best["scope"]
    found = [
        match["scope"] or match["area"]
        for match in _inside().finditer(text, ranking.start, ranking.end)
        if not _TOPIC_BEFORE.search(text, ranking.start, match.start())
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
