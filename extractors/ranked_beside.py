"""Who stands right beside a ranking: "Libya (thứ 72)", "PwC, một trong ...", "đứng đầu là Hà Nội"."""

from __future__ import annotations

import re
from functools import cache

from corpus.facts import Span
from extractors import rank_words, ranked_names, ranked_nouns
from extractors.letters import CAPITAL
from extractors.rank_context import TAKEN
from extractors.ranked_joined import ENUMERATION

# "đứng đầu là Hà Nội", "vị trí thứ ba thuộc về ..."
_FOLLOWS = re.compile(
    r"[^,.;:()\n]{0,60}?[ ](?:vẫn[ ])?(?:là"
    r"|thuộc[ ]về)[ ](?P<who>(?:[^\W\d_"
    + CAPITAL
    + r"]+[ ]){0,3}?["
    + CAPITAL
    + r"](?:[^,.;:()\n]|(?<=TP)\.){0,60}?)"
    r"(?=[,;:(\n]|(?<!TP)\.|[ ](?:với|khi"
    r"|có|đạt|và|của|đã|lên|tăng|giảm|chiếm|được|vẫn|[0-9])|\Z)"
)
# "Nằm trong top 10 | gồm Malaysia, Oman và Pháp"
_FOLLOW = re.compile(
    rf"[^,.;:()\n]{{0,60}}?(?:[ ](?:gồm|bao[ ]gồm|là|có|thuộc[ ]về)[ ](?:(?:các|những)[^.;:,]{{1,30}}:[ ])?"
    rf"|:[ ])(?P<who>{ENUMERATION})"
)
_BODY = r"(?:Đại[ ]học|Học[ ]viện|Công[ ]ty|Tập[ ]đoàn|Ngân[ ]hàng|Trường|Viện)"
# "Libya (", "Institute of Technology (", "Đại học Lâm Sơn, ngôi trường hàng đầu (", "Lâm Sơn, Lào ("
_BEFORE_BRACKET = re.compile(
    rf"(?P<who>(?:(?<!\w){_BODY}[ ]"
    r"(?:[^\W\d]+[ ]){0,4}?)?(?<!\w)(?!(?:USD|VND|EUR|Ở|Tại|Trong|Theo|Sau|Với|Năm)(?!\w))["
    + CAPITAL
    + r"][\w.&-]*(?:[ ](?:(?:of|and|for|the|de|&)[ ]){0,2}["
    + CAPITAL
    + r"][\w.&-]*){0,6})"
    r"(?:,[ ](?:(?:ngôi|trường|hãng|công[ ]ty|đơn[ ]vị|địa[ ]phương|nước|quốc[ ]gia|thành[ ]phố|tỉnh)[ ]"
    r"[^,;:()\n]{2,40}?"
    r"|(?:[" + CAPITAL + r"]\w*[ ]?){1,3}?))?[ ]\(\Z"
)
_BODY_BEFORE_BRACKET = re.compile(
    r"(?<!\w)(?P<who>(?:Bộ|Sở|Ban|Cục|Chi[ ]cục|Tổng[ ]cục|Kho[ ]bạc|Ủy[ ]ban|UBND|Văn[ ]phòng|Thanh[ ]tra"
    rf"|{_BODY})[ ]"
    r"(?:[^\W\d]+[ ])?[" + CAPITAL + r"](?:[^,.;:()\n]|,(?=[ ][" + CAPITAL + r"])){2,60}?)[ ]\(\Z"
)
_IS_BEST = re.compile(r"(?:nhất|hàng[ ]đầu)[ ](?:tại[ ]|ở[ ]|của[ ])?\Z")
_BEFORE_WITH = re.compile(r"(?P<who>(?:(?<!\w)[" + CAPITAL + r"][\w.&-]*[ ]){1,5})với[ ]\Z")


# "Trường có nhiều sinh viên | nằm trong ...", "và 7 sinh viên năm cuối | có mặt trong ..."
_COUNTED = re.compile(
    r"(?<!\w)(?:có|và|với|gồm)[ ](?:đến[ ]|tới[ ])?(?:(?:nhiều|không[ ]ít|một[ ]số)[ ]"
    r"|(?=(?:[0-9]{1,3}(?:/[0-9]{1,3})?|hai|ba|bốn|năm|sáu|bảy|tám|chín"
    r"|mười)[ ]))(?P<who>[\w/]+(?:[ ][^\W\d_]+){0,7}?)(?<![ ]và)"
    r"(?:[ ](?:đã|đang|được|cùng|vẫn|đều))?[ ]\Z"
)


# "Hà Giang có 3 nội dung | nằm trong nhóm ..." is Hà Giang's place
_PARTS = re.compile(r"(?:nội[ ]dung|tiêu[ ]chí|chỉ[ ]tiêu|lĩnh[ ]vực|trụ[ ]cột)(?!\w)")
# "ngoài Oslo | đứng số 1", "như Brunei | xếp thứ 22"
_DIRECT = re.compile(
    r"(?<!\w)(?:có|như|ngoài|gồm|riêng|kể[ ]cả|là)[ ](?P<who>(?:(?:Thủ[ ]tướng|Tổng[ ]thống"
    r"|Chủ[ ]tịch)[ ])?(?:[" + CAPITAL + r"][\w.&-]*[ ]){1,5})(?:đã[ ]|đang[ ]|chỉ[ ])?\Z"
)


_OWNED = re.compile(r"(?<!\w)có[ ](?:[^\W\d]+[ ]){0,2}[0-9][^;:]{2,110},[ ]\Z")
# "Lan Chi, 19 tuổi, quê Lâm Sơn, | đứng thứ hai"
_AGED = re.compile(
    r"(?:\A|[.;:\n][ ])(?P<who>(?:[" + CAPITAL + r"]\w*[ ]){1,4}[" + CAPITAL + r"]\w*),[ ]"
    r"(?:[0-9]{1,2}[ ]tuổi|sinh[ ]năm)[^.;:\n]{0,120}\Z"
)
# "2 triệu lượt khách Lào sang Việt Nam, | đứng đầu"
_TRAVELS = re.compile(
    r"lượt[ ](?:du[ ])?khách[ ](?P<who>(?:["
    + CAPITAL
    + r"]\w*[ ]){1,3})(?:đã[ ])?(?:đi|đến|sang|thăm|tới)[ ][^,;:]{2,40},[ ]\Z"
)
# "người đứng đầu tập đoàn của Nga | Igor Lin cũng ..."
_PERSON = re.compile(
    r"(?<!\w)người[ ](?![^,.;:()\n]*(?<!\w)người[ ])[^,.;:()\n]{2,60}?[ ](?P<all>(?:["
    + CAPITAL
    + r"]\w*[ ]){2,5})(?:cũng[ ]|đã[ ]|hiện[ ]|ở[ ])?\Z"
)
_NEXT_NAME = re.compile(r"[ ](?P<who>(?:[" + CAPITAL + r"][\w&-]*(?:\.\w+)*[ ]?){1,4})(?<![ ])(?=[ ]|[,.;])")


@cache
def _inside() -> re.Pattern[str]:
    """ "(vị trí 2588, | Đại học Lâm Sơn | tăng 75 bậc ...)", "(từ thứ 5, | huyện Lâm Sơn | lên thứ 3)"."""
    return re.compile(
        rf",[ ](?P<who>(?:(?i:{rank_words.any_of('noun')}|{rank_words.any_of('organisation')})[ ])?"
        rf"[{CAPITAL}][^,.;:()\n]{{1,50}}?)[ ](?:đã[ ]|cũng[ ]|hiện[ ]|vừa[ ]|lại[ ]|nay[ ]){{0,2}}"
        r"(?:tăng|giảm|tụt|vươn|lên|xuống|rớt|rơi|trượt|lùi|leo|vọt|đứng|xếp|nhảy|còn)[ ]"
    )


@cache
def _before_comma() -> re.Pattern[str]:
    """ "PwC, | một trong bốn công ty", "Vinh, thành phố | lớn thứ hai"."""
    return re.compile(
        rf"(?P<who>(?:(?<!\w){_BODY}[ ])?(?:(?<!\w)[{CAPITAL}][\w.&-]*[ ]?){{1,5}})(?<![ ]),[ ]"
        rf"(?:{rank_words.any_of('noun')}[ ](?:[^\W\d_{CAPITAL}]+[ ]){{0,8}})?\Z"
    )


@cache
def _before_dash() -> re.Pattern[str]:
    """ "Gốm Lâm Sơn - xưởng | số 1", "Thủ tướng Na Uy Anna Lind - người | đứng đầu danh sách"."""
    return re.compile(
        rf"(?P<who>(?:(?i:{rank_words.any_of('office')}|{rank_words.any_of('organisation')})[ ]"
        rf"(?:[^\W\d]+[ ]){{0,5}}?)?(?:(?<!\w)[{CAPITAL}][\w.&-]*[ ]{{1,2}}){{1,6}})"
        r"[–-][ ](?![" + CAPITAL + r"])[^,.;:()\n–-]{0,40}\Z"
    )


@cache
def _before_place() -> re.Pattern[str]:
    """ "(Vinh đứng thứ ba,) Lào Cai | thứ tư", "..., gỗ | số 2"."""
    return re.compile(rf"(?:[,;]|[ ]và)[ ](?:{ranked_names.in_a_row()})[ ]\Z", re.IGNORECASE)


def named(text: str, ranking: Span, left: Span, rule: str) -> str | None:
    """Whose name (or whose own, as in "Lào có 4 trường | lọt vào ...") stands right beside the place."""
    if rule == "ranking.lost":
        taken = TAKEN.match(text, ranking.end)
        return taken["who"] if taken else None
    expressions = {
        "ranking.bracketed": _BEFORE_BRACKET,
        "ranking.best": _BEFORE_WITH,
        "ranking.headed": _BEFORE_WITH,
        "ranking.named": _before_place(),
    }
    if text.endswith("(", left.start, ranking.start):
        rule = "ranking.bracketed"
    elif rule in ("ranking.one_of", "ranking.superlative"):
        expressions[rule] = _before_comma()
    match = expressions[rule].search(text[left.start : ranking.start]) if rule in expressions else None
    if rule == "ranking.bracketed":
        match = _BODY_BEFORE_BRACKET.search(text, max(left.start, ranking.start - 80), ranking.start) or match
    if match and ((rule == "ranking.bracketed" and _is_where(match)) or _is_region(match)):
        match = None
    match = match or _inside().search(text, ranking.start, ranking.end)
    match = match or _follows_at_once(text, ranking, left)
    match = match or _before_dash().search(text, max(left.start, ranking.start - 100), ranking.start)
    match = match or _held_by(text, ranking, rule) or _told(text, ranking, left)
    if match and rule == "ranking.named":
        return match["who"] or match["thing"]
    return match["who"].strip() if match else _person(text, left) or _counted(text, left)


# "tay vợt số 1 thế giới | Roger Lin", "kênh thể thao số 1 | ABC"
_NAMED_AFTER = re.compile(
    r"[ ](?!(?:WTA|ATP|FIFA|BWF)(?!\w))(?P<who>["
    + CAPITAL
    + r"](?:[A-Z]{1,6}|\w*[ ](?:["
    + CAPITAL
    + r"][\w.&-]*[ ]?){1,3}))(?<![ .])(?=[ ]|[,.;)]|\Z)"
)
# "vị trí thứ 4 (chung cuộc) | của Roger Lin"
_HELD_BY = re.compile(
    r"(?:[ ]chung[ ]cuộc)?[ ]của[ ](?!BXH|Bảng|Giải)(?P<who>(?:["
    + CAPITAL
    + r"][\w.&-]*[ ]?){1,4})(?<![ .])(?=[ ]|[,.;)]|\Z)"
)
# "Chuỗi bảy năm | dẫn đầu PCI của Quảng Ninh"
_RUN = re.compile(
    r"(?<!\w)(?:chuỗi|kỷ[ ]lục|thành[ ]tích)[ ](?:[^\W\d]+[ ]|[0-9]{1,2}[ ]){1,3}?"
    r"(?:năm|lần|kỳ|mùa)[ ](?:liền[ ]|liên[ ]tiếp[ ])?\Z",
    re.IGNORECASE,
)
_PLACE_NOUN = re.compile(r"(?:vị[ ]trí|ngôi|thứ[ ]hạng|hạng)[ ]", re.IGNORECASE)


def _held_by(text: str, ranking: Span, rule: str) -> re.Match[str] | None:
    """The name right behind the noun phrase of a place."""
    if rule == "ranking.number":
        return _NAMED_AFTER.match(text, ranking.end, ranking.end + 60)
    placed = rule == "ranking.headed" and _PLACE_NOUN.match(text, ranking.start)
    if placed or _RUN.search(text, max(0, ranking.start - 40), ranking.start):
        return _HELD_BY.match(text, ranking.end, ranking.end + 80)
    return None


# "(; đứng thứ ba) là lĩnh vực làm muối với ...", "(dẫn đầu) là đồ gốm và mây tre đạt ..."
_TOLD = re.compile(
    r"(?:[ ](?:cả[ ]nước|thế[ ]giới|toàn[ ]cầu|danh[ ]sách))?[ ](?:vẫn[ ])?là[ ]"
    r"(?P<who>[^\W\d][^,.;:()\n0-9]{2,50}?(?:,[ ](?-i:[^\W\d" + CAPITAL + r"])[^,.;:()\n0-9]{2,30}?)?)"
    r"(?=[ ](?:với|đạt|chiếm|khi)[ ])"
)
_OPENS = re.compile(r"(?:\A|[.;:\n,][ ]?|(?<!\w)và[ ])\Z")


@cache
def _yardstick() -> re.Pattern[str]:
    """ "hơn đội | xếp thứ hai", "khoảng cách giữa tỉnh | đứng đầu"."""
    noun = rf"(?:{rank_words.any_of('noun')}|đội|người|ngành|đơn[ ]vị)"
    return re.compile(
        rf"(?<!\w)(?:hơn|kém|thua|sau|với|giữa|cách|và)[ ]{noun}[ ](?:đang[ ])?\Z", re.IGNORECASE
    )


_NAMED = "[" + CAPITAL + r"][\w&-]*(?:\.\w+)*"
_MEASURED_BY = re.compile(
    rf"(?:[ ](?:là[ ])?|[ ]\()(?P<who>(?:[^\W\d_{CAPITAL}]+[ ]){{0,2}}?{_NAMED}(?:[ ]{_NAMED}){{0,4}})"
    r"(?=[ ]|[,.;)]|\Z)"
)


def _told(text: str, ranking: Span, left: Span) -> re.Match[str] | None:
    """Who is told behind a place that opens its clause, or that a bare noun has ("kém nước đứng đầu là")."""
    if _yardstick().search(text, max(left.start, ranking.start - 40), ranking.start):
        return _MEASURED_BY.match(text, ranking.end, ranking.end + 80)
    if not _OPENS.search(text[left.start : ranking.start]):
        return None
    return _TOLD.match(text, ranking.end, ranking.end + 120)


def _is_region(named: re.Match[str]) -> bool:
    """Whether it is the region of the place before: "lớn thứ tư ASEAN, | lớn thứ 37", "nhất Việt Nam với"."""
    name = (named.groupdict().get("who") or "").strip()
    if name and _IS_BEST.search(named.string, 0, named.start("who")):
        return True
    whole = Span(0, len(name))
    return any(
        place == whole and kind in ranked_names.SCOPE_KINDS
        for place, kind in ranked_names.places(name, whole)
    )


def _is_where(named: re.Match[str]) -> bool:
    """Whether the name in front of a bracket only says where, and not behind or like whom somebody is."""
    at = ranked_names.AT.search(named.string, 0, named.start("who"))
    return at is not None and not at[0].lower().startswith(("như", "sau ", "trước ", "hơn ", "so "))


def _person(text: str, left: Span) -> str | None:
    """The name of whom "người ..." describes, without the country in front of it; or of who travels."""
    if aged := _AGED.search(text[left.start : left.end]):
        return aged["who"]
    travels = _TRAVELS.search(text, max(left.start, left.end - 100), left.end)
    if travels:
        return travels["who"].strip()
    match = _PERSON.search(text, max(left.start, left.end - 100), left.end)
    if match is None:
        return None
    name = match["all"].strip()
    for place, _ in ranked_names.places(name, Span(0, len(name))):
        if place.start == 0 and " " in name[place.end + 1 :]:
            name = name[place.end + 1 :]
        break
    return name


def owner(text: str, left: Span) -> str | None:
    """Whose things are counted in front: "có 285 dự án của Đức còn hiệu lực, ..."."""
    owned = _OWNED.search(text, max(left.start, left.end - 140), left.end)
    return ranked_names.last_owner(text, Span(owned.start(), left.end)) if owned else None


def _follows_at_once(text: str, ranking: Span, left: Span) -> re.Match[str] | None:
    """ "ứng cử viên | về thứ hai | Hoong Min"."""
    if not rank_words.ends("anyone").search(text, max(left.start, left.end - 30), left.end):
        return None
    following = _NEXT_NAME.match(text, ranking.end, ranking.end + 60)
    return None if following and ranked_names.is_index(following["who"]) else following


def _counted(text: str, left: Span) -> str | None:
    """Those of somebody who are ranked: "Lào có 4 trường | lọt vào ..."."""
    match = _COUNTED.search(text, max(left.start, left.end - 70), left.end)
    if match is None:
        direct = _DIRECT.search(text, max(left.start, left.end - 60), left.end)
        return direct["who"].strip() if direct else None
    noun = re.sub(r"\A(?:[0-9]+(?:/[0-9]+)?|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)[ ]", "", match["who"])
    measured = rank_words.begins("measure").match(noun) or rank_words.begins("counted").match(noun)
    measured = measured or _PARTS.match(noun)
    return None if measured or ranked_nouns.is_predicated(noun) else match["who"]


# "Hạng 1: | thành phố Lào Cai; ..."
_HEADED = re.compile(r"[ ]?:[ ](?P<who>[^,.;:()\n]{2,60}?)(?=[ ]?[,.;()\n]|[ ]{0,2}\Z)")


_HEADING = re.compile(r"(?:\A|[.:;\n][ ]?)Hạng[ ][0-9]{1,4}\Z")


def heads(text: str, right: Span) -> bool:
    """Whether the place heads a line or item: "Hạng 1: ..."."""
    return _HEADING.search(text, max(0, right.start - 12), right.start) is not None


def told_behind(text: str, right: Span) -> str | None:
    """Whose place it is said to be: "thứ ba là ngành Mộc", "Hạng 1: huyện Lâm Sơn"."""
    headed = _HEADED.match(text, right.start, right.end) if heads(text, right) else None
    if headed:
        return headed["who"]
    match = _FOLLOWS.match(text, right.start, right.end)
    return match["who"].strip() if match else None


# "thứ nhì | Sở Nội vụ (91 điểm)"
_RIGHT_BEHIND = re.compile(
    r"[ ](?P<who>[" + CAPITAL + r"][^\W\d]+(?:[ ][^\W\d]+,?){0,8}?)(?=[ ]?[(.;]|,[ ](?:thứ|hạng)[ ]|\Z)"
)


def right_behind(text: str, right: Span) -> str | None:
    """Whose place it is, without a verb: "thứ nhì Sở Nội vụ"."""
    match = _RIGHT_BEHIND.match(text, right.start, right.end)
    return match["who"] if match else None


def listed_behind(text: str, right: Span) -> str | None:
    """Who share a place or a band: "gồm Malaysia, Oman và Pháp"."""
    match = _FOLLOW.match(text, right.start, right.end)
    return match["who"] if match else None
