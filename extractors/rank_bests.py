"""Those who are best of all, and in what: "ngôi làng đẹp nhất châu Á", "có trị giá nhập khẩu lớn nhất"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractors import rank_words
from extractors.letters import CAPITAL
from extractors.rank_extents import STOP

if TYPE_CHECKING:
    from corpus.facts import Span

WITH_WHAT = re.compile(
    r"[ ]có[ ](?P<topic>[^,.;:()\n]{2,70}?)(?<!ảnh)(?<!uy)(?=[ ](?:tăng[ ]|giảm[ ])?(?:[^\W\d]+[ ])?"
    r"(?:nhất|dẫn[ ]đầu|hàng[ ]đầu|đứng[ ]đầu)(?!\w))"
)
GOOD_WHAT = re.compile(
    r"[ ]có[ ](?P<topic>(?:chất|chỉ|kết|mức|năng)[ ][^,.;:()\n]{2,60}?)[ ](?:tốt|cao|khá)\Z"
)
BEST_WHAT = re.compile(
    r"(?:[0-9]|(?<=[ ])(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)|danh[ ]sách[ ](?:các|những))[ ]"
    r"(?!(?:nước|tỉnh|quốc[ ]gia|địa[ ]phương|đơn[ ]vị)[ ](?:hàng|tốt[ ]nhất|cao[ ]nhất)|trong[ ]|theo[ ]"
    r"|của[ ])(?P<topic>[^\W\d][^,.;:()\n]{2,70}?[ ](?:nhất|hàng[ ]đầu))(?!\w)"
)
SCORED = re.compile(
    r"(?:\A|(?:có|đạt)[ ])(?:số[ ]|tổng[ ]){0,2}điểm(?:[ ]số)?(?:[ ]cao[ ]nhất)?\Z", re.IGNORECASE
)
"""What says of a topic no more than that there are points: "16 tỉnh đạt | điểm cao nhất"."""
# "(xếp hạng 1) trong nhóm các trường sáng tạo nhất", "trong số những nước hàng đầu cho người già"
LISTED = re.compile(
    rf"(?<!\w)trong[ ](?:số[ ]|nhóm[ ]|danh[ ]sách[ ]|t[oố]p[ ])?(?:các|những|[0-9]{{1,4}})[ ]"
    r"(?P<topic>(?!của[ ]|theo[ ]"
    r"|(?:nước|quốc[ ]gia|tỉnh|địa[ ]phương|nền[ ]kinh[ ]tế)[ ]hàng[ ]đầu(?![ ]cho))"
    rf"[^,.;:()\n]{{3,60}}?[ ](?:nhất|hàng[ ]đầu)"
    rf"(?:[ ](?:cho|đối[ ]với)[ ][^,.;:()\n]{{2,40}}?{STOP})?)(?!\w)",
    re.IGNORECASE,
)
# "(đô thị lớn nhất thế giới) tính theo dân số"
MEASURED_BY = re.compile(
    rf"(?:[ ][^,.;:()\n]{{0,40}}?)?,?[ ](?:tính|xét|xếp)[ ](?:theo|về|trên)[ ]"
    rf"(?P<topic>[^,.;:()\n]{{2,60}}?){STOP}"
)


@cache
def doing() -> re.Pattern[str]:
    """ "doanh nghiệp | nộp thuế | lớn nhất", "địa phương | hấp dẫn nhất đối với nhà đầu tư"."""
    count = r"(?:[0-9]|(?<![^ ])(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười))"
    who = rf"{count}[ ](?:{rank_words.any_of('noun')}|{rank_words.any_of('anyone')})"
    return re.compile(
        rf"{who}[ ](?:[^\W\d]+[ ]){{0,4}}?(?P<topic>(?={rank_words.any_of('does')}(?!\w))[^,.;:()\n]{{2,60}}?"
        r"(?=[ ](?:lớn|cao|nhiều|mạnh|nhanh)[ ]nhất(?!\w)|[ ]nhất(?!\w)|[ ](?:hàng|dẫn)[ ]đầu(?!\w))"
        rf"|[^,.;:()\n]{{2,30}}?[ ]nhất[ ](?:đối[ ]với|cho)[ ][^,.;:()\n]{{2,50}}?{STOP})",
        re.IGNORECASE,
    )


_SEVERAL = re.compile(r"(?:[0-9]|các|những)[ ]\Z", re.IGNORECASE)


@cache
def _best_of_all() -> re.Pattern[str]:
    """ "(9) ngôi làng đẹp nhất châu Á", "Thành phố xanh nhất thế giới (là ...)"."""
    return re.compile(
        rf"(?:(?<=[0-9][ ])|(?<=các[ ])|(?<=những[ ])|(?<=[.,;:][ ])|(?<=\n)|\A)(?P<topic>(?!các[ ]|những[ ])"
        rf"(?:[^\W\d_]+[ ]){{1,5}}?(?:{rank_words.any_of('superlative')}"
        rf"|{rank_words.any_of('adjective')})[ ]nhất"
        r"(?:[ ](?:trên[ ])?(?:thế[ ]giới|toàn[ ]cầu|hành[ ]tinh|châu[ ]\w+|cả[ ]nước|Việt[ ]Nam"
        r"|Đông[ ]Nam[ ]Á))?)(?!\w)",
        re.IGNORECASE,
    )


def last_best(text: str, span: Span, *, listed: bool = False) -> str | None:
    """The last of those that a span says are best of all: what their places are counted in.

    `listed`: only those that are several ("10 ngôi làng đẹp nhất").
    """
    found = _best_of_all().finditer(text, span.start, span.end)
    named = [match["topic"] for match in found if not listed or _is_one_of_several(text, match)]
    named = [name for name in named if not _is_clause(name)]
    return next((name for name in reversed(named) if not rank_words.predicate().search(name)), None)


def _is_clause(phrase: str) -> bool:
    if phrase.lower().startswith(("các ", "những ", "người ")):
        return False
    return bool(
        rank_words.begins("function").match(phrase)
        or rank_words.begins("connector").match(phrase)
        or rank_words.begins("wins").match(phrase)
        or rank_words.begins("counted").match(phrase)
    )


@cache
def _best_measure() -> re.Pattern[str]:
    """ "(Nhóm hàng) có trị giá nhập khẩu lớn nhất"."""
    return re.compile(
        rf"(?<!\w)có[ ](?P<topic>{rank_words.any_of('measure')}(?:[ ][^\W\d]+){{0,7}}?)[ ]"
        r"(?:lớn|cao|nhiều|đông|thấp|mạnh)[ ]nhất(?!\w)",
        re.IGNORECASE,
    )


def last_measure(text: str, span: Span) -> str | None:
    """What the last of those who are best have most of: later places are counted in it."""
    found = [match["topic"] for match in _best_measure().finditer(text, span.start, span.end)]
    return found[-1] if found else None


def _is_one_of_several(text: str, match: re.Match[str]) -> bool:
    return bool(_SEVERAL.search(text, max(0, match.start() - 6), match.start("topic")))


@cache
def _head() -> re.Pattern[str]:
    """ "nhà nhập khẩu lúa mì | đứng thứ hai", "(của) nền kinh tế | thứ hai thế giới"."""
    return re.compile(
        rf"(?<!\w)(?P<topic>(?:{rank_words.any_of('partner')}|nền[ ]kinh[ ]tế|thành[ ]phố|cường[ ]quốc)"
        rf"(?:[ ](?-i:(?![{CAPITAL}]))[^\W\d]+){{0,3}})[ ]\Z",
        re.IGNORECASE,
    )


def head(text: str, left: Span, rule: str) -> str | None:
    """The noun that a place modifies, where nothing else says in what it is."""
    if rule not in ("ranking.superlative", "ranking.partner", "ranking.ordinal", "ranking.number"):
        return None
    found = _head().search(text, max(left.start, left.end - 60), left.end)
    if found is None or rank_words.predicate().search(found["topic"]):
        return None
    return str(found["topic"])
