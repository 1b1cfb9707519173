"""Heads of lists: "dẫn đầu cả nước", "vị trí dẫn đầu", "ngôi á quân", "đứng đầu bảng xếp hạng 4 năm liền"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractors import rank_words
from extractors.letters import CAPITAL
from extractors.rank_context import IN_A_ROW, REGION, TAKEN, Phrase, around
from extractors.rank_figures import FIGURE, group, tail, tail_pattern, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.facts import Span


@cache
def _best() -> re.Pattern[str]:
    return re.compile(
        rf"""(?<!\w)(?:
        (?:dẫn|đứng|xếp)[ ]{{1,2}}đầu(?P<what>[ ]bảng(?:[ ]xếp[ ]hạng)?)?
        |(?:vị[ ]trí|ngôi(?:[ ]vị)?|vị[ ]thế)[ ]{{1,2}}(?:đầu[ ]tiên|đầu[ ]bảng|(?<=ngôi[ ])đầu(?:[ ]bảng)?
          |dẫn[ ]đầu|đứng[ ]đầu|cao[ ]nhất|quán[ ]quân|(?<=ngôi[ ])vương)
        |(?<!\w)(?:đỉnh|đầu)[ ]bảng(?![ ]chữ)
        |(?P<told>quán|á)[ ]quân(?=(?:[ ](?:về|thế[ ]giới|cả[ ]nước|năm)[ ]?[^,.;:()\n]{{0,50}}?)?[ ]
          (?:là|thuộc[ ]về)[ ])
        |(?P<second>(?:trở[ ]thành|là|giành|đoạt|giữ|ngôi|ngôi[ ]vị|vị[ ]trí|danh[ ]hiệu|lên[ ]ngôi
          |đăng[ ]quang)[ ]{{1,2}}(?:ngôi[ ]|danh[ ]hiệu[ ]|chức[ ])?(?P<title>quán|á)[ ]quân)
        )(?!\w)(?:{tail_pattern()}|[ ](?P<led>{FIGURE})(?=[ ](?:tỉnh|thành|huyện|quận|địa[ ]phương
          |quốc[ ]gia|nước|cục|chi[ ]cục|sở|bộ|ngành|trường|cơ[ ]quan|đơn[ ]vị|xã|phường)(?![ ]trưởng|\w)))?
        (?:[ ]trong[ ]bảng[ ]xếp[ ]hạng[ ](?P<listed>{FIGURE})(?=[ ]))?""",
        re.VERBOSE | re.IGNORECASE,
    )


# "dẫn đầu" leads delegations too: a list, a region or a figure must follow.
_LEADS_A_LIST = re.compile(
    rf"""[ ]{{1,2}}(?:{REGION}
        |(?-i:PCI|DDCI|PAPI|SIPAS|PAR[ ]I(?:NDEX|ndex)|P?DTI|(?:Vietnam[ ])?ICT[ ]Index)(?!\w)
        |(?:trong|trên|ở|tại|của)[ ]|bảng(?!\w)|danh[ ]sách|về[ ]
        |(?:vẫn[ ])?là[ ](?!ông|bà|đồng[ ]chí|Thủ|Chủ|Bộ[ ]trưởng|Phó|Tổng|Thứ)|thị[ ]trường
        |phân[ ]khúc|lĩnh[ ]vực[ ]
        |t[oố]p|toàn[ ]|khối[ ]|vùng[ ]|ngành[ ]|các[ ](?:nước|tỉnh|địa|thị|đơn
          |(?:bộ|sở|ban|ngành|huyện|quận|xã|trường|ngân[ ]hàng|quốc[ ]gia)(?![ ]trưởng|[ ]viên|\w))
        |với[ ](?:tổng|số|hơn|gần|trên|khoảng|mức|kim|doanh|chỉ[ ]số|điểm|tỷ[ ]lệ|tỉ[ ]lệ|vốn|sản[ ]lượng
          |[0-9])|lượng[ ]|số[ ]|kết[ ]quả
        |(?:doanh[ ](?:thu|số)|sản[ ]lượng|kim[ ]ngạch|lợi[ ]nhuận|năng[ ]suất|thị[ ]phần)(?!\w)
        |(?:bộ[ ])?chỉ[ ]số[ ]|(?:vào[ ])?năm[ ](?:19|20)[0-9]
        |(?:[0-9]{{1,2}}|hai|ba|bốn)[ ](?:năm|lần|kỳ)[ ]li|(?:năm|lần|kỳ)[ ]thứ[ ]\w{{1,4}}[ ]li
        |(?:toàn[ ])?(?:tỉnh|huyện|thành[ ]phố)[ ](?:về|trong|ở|với)[ ]
        |nhóm[ ](?:(?-i:[{CAPITAL}])|các[ ]|nước[ ]|tỉnh[ ]
          |[0-9]{{1,3}}[ ](?:nước|quốc|tỉnh|địa|sở|đơn)(?!\w))
        |(?:dù|nhưng|khi|sau|nhờ|suốt|nhiều[ ]năm)[ ])|[ ]?[,.;)]|\Z""",
    re.VERBOSE | re.IGNORECASE,
)
_PLAINLY_A_LIST = re.compile(
    rf"[ ]{{1,2}}(?:{REGION}|(?:trong[ ]|trên[ ])?(?:bảng[ ]|danh[ ]sách)|về[ ])", re.IGNORECASE
)
_LEADS_PEOPLE = re.compile(
    r"(?:người|những[ ]người|nhóm"
    r"|t[oố]p[ ]?[0-9]*|các|những|một[ ]trong[^.;]{0,50}|các[ ]\w+|những[ ]\w+|những[ ]\w+[ ]\w+"
    r"|các[ ]\w+[ ]\w+|(?<!\w)(?<!thứ[ ])(?:[0-9]{1,3}|hai|ba|bốn|năm(?![ ](?-i:[" + CAPITAL + r"0-9])))[ ]"
    r"(?!năm|lần|mùa|liền|liên|tháng|quý|kỳ|thứ[ ])(?:\w+[ ]){0,3}?\w+|một[ ](?:đơn[ ]vị|trong)"
    r"|tiên[ ]phong)[ ]{1,2}(?:đang[ ]|luôn[ ])?\Z",
    re.IGNORECASE,
)
# "do Thứ trưởng ..., dẫn đầu", "Bộ trưởng A dẫn đầu"
_LED_BY = re.compile(
    r"(?:(?<!\w)do[ ][^.;:]{0,80}|(?<!\w)(?:ông|bà)|(?<!\w)mà[ ](?:\w+[ ]){0,3}?\w+"
    r"|(?:Bộ[ ]trưởng|Thủ[ ]tướng|Chủ[ ]tịch)[^,;.]{0,60})[ ]{1,2}(?:đang[ ]|luôn[ ])?\Z",
    re.IGNORECASE,
)
# "Liên minh ..., đứng đầu là Oman" is led by Oman; "Đứng đầu là Quảng Hòa với 9 giải" opens a list
_IS_LED_BY = re.compile(r"[ ](?:vẫn[ ])?(?:là|gồm)[ ]", re.IGNORECASE)
_OPENS_A_LIST = re.compile(
    r"(?:\A|[.;:…][ ]{0,2}|(?:trong[ ]đó|theo[ ]đó|cụ[ ]thể|năm[ ](?:nay|qua|[0-9]{4})|lần[ ]này"
    r"|hiện)[ ,]{1,3}"
    r"(?:tiếp[ ]tục[ ]|đang[ ]|vẫn[ ])?|[0-9%][^,;.:]{0,20},[ ]"
    r"|(?:đội|nước|tỉnh|đơn[ ]vị|địa[ ]phương|trường|người|hãng|ngành)[ ](?:đang[ ]|tạm[ ])?)\Z",
    re.IGNORECASE,
)
# "Lan - người đứng đầu danh sách ..." (and not "những người đứng đầu")
_IS_THE_HEAD = re.compile(r"(?:[–,-]|(?<!\w)là)[ ]người[ ]\Z", re.IGNORECASE)
_IS_TAKEN = re.compile(
    r"(?<!\w)bị[ ][^,.;:\n]{0,30}?(?:soán|tước|giành|chiếm|cướp)[ ](?:mất[ ])?\Z", re.IGNORECASE
)
_BELONGS = re.compile(
    r"(?:[ ](?:của|trong|trên)[ ][^,.;:()\n]{2,40}?)?[ ](?:đã[ ]|thường[ ])?thuộc[ ]về[ ]", re.IGNORECASE
)
_AHEAD = re.compile(r"(?<!\w)(?:đang|tạm|vẫn|tiếp[ ]tục)[ ]\Z", re.IGNORECASE)
_AND = re.compile(r"[ ]và[ ]")
_WITH = re.compile(r"(?<!\w)với[ ]\Z", re.IGNORECASE)
_ALL = re.compile(r"(?<!\w)(?:[0-9]{1,3}|hai|ba|bốn|năm|các|những|mọi)[ ](?:cặp[ ])?\Z", re.IGNORECASE)


def best(text: str, sentence: Span) -> Iterator[Phrase]:
    """First places, and second ones, named by a title."""
    for match in _best().finditer(text, sentence.start, sentence.end):
        words = around(text, sentence, match.start(), 90)
        if not _is_a_place(text, sentence, match, words.before, led=bool(words.lead or words.lost)):
            continue
        said, figures = tail(match)
        rank = 2 if (match["title"] or match["told"] or "").lower() == "á" else 1
        if words.lost or TAKEN.match(text, match.end(), sentence.end):
            yield Phrase(
                start=words.start, end=match.end(), rule="ranking.lost", previous=rank, figures=figures
            )
            continue
        if listed := group(match, "listed", "led"):
            said, figures = {"out_of": value(listed[0])}, (listed[1],)
        row = IN_A_ROW.match(text, match.end(), sentence.end)
        yield Phrase(
            start=words.start, end=row.end() if row else match.end(), rule="ranking.best",
            rank=rank, figures=figures,
            kept=words.keeps or bool(row), **said,
        )  # fmt: skip


def _is_a_place(text: str, sentence: Span, match: re.Match[str], before: str, *, led: bool) -> bool:
    """Whether the head is that of a list, not of a delegation or a body, and somebody holds it."""
    sized = group(match, "slash", "among", "far", "listed", "led")
    if not sized and rank_words.follows("led_body").match(text, match.end(), sentence.end):
        return False
    if (
        not (match["what"] or match["told"])
        and _IS_LED_BY.match(text, match.end(), sentence.end)
        and not _OPENS_A_LIST.search(before)
    ):
        return False
    if not match[0].lower().startswith(("dẫn", "đứng")):
        said = (
            led
            or match["second"]
            or match["told"]
            or _BELONGS.match(text, match.end(), sentence.end)
            or _WITH.search(before)
            or _IS_TAKEN.search(before)
        )
        return bool(said) and not _ALL.search(before)
    plainly = bool(match["what"] or _PLAINLY_A_LIST.match(text, match.end(), sentence.end))
    if _AHEAD.search(before) and _AND.match(text, match.end(), sentence.end):
        return True
    if (_LEADS_PEOPLE.search(before) and not (plainly and _IS_THE_HEAD.search(before))) or (
        _LED_BY.search(before) and not plainly
    ):
        return False
    return bool(plainly or sized or _LEADS_A_LIST.match(text, match.end(), sentence.end))
