"""Titles that stand in front of a number: "Quy chế tiếp dân ban hành kèm theo Quyết định số 5/QĐ-BTP"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import titles

if TYPE_CHECKING:
    from extractors.citations import Citation

_REACH = 240
_LEAST = 2
"""Spaces in what a document does: "phê duyệt" alone is no title."""
# "Quy chế tiếp công dân được ban hành kèm theo "
_CARRIED = re.compile(
    r"""(?<!\w)(?P<title>(?:[Qq]uy[ ](?:chế|trình|chuẩn)|Quy[ ]định|Hướng[ ]dẫn|Chương[ ]trình|Kế[ ]hoạch
      |[Dd]anh[ ]mục|[Đđ]iều[ ]lệ|Đề[ ]án|Quy[ ]hoạch
      |[Cc]hương[ ]trình[ ]công[ ]tác|[Bb]ộ[ ]tiêu[ ]chí|Phương[ ]án|[Bb]ảng[ ]giá|[Nn]ội[ ]quy)
    [ ](?:[^.;:\n(),]|,(?=[ ][a-zđ])){6,160}?)
    ,?[ ]\(?(?:(?:được[ ])?ban[ ]hành[ ])?kèm[ ]theo[ ](?:các[ ])?\Z""",
    re.VERBOSE,
)
# "tại quyết định giao đất trồng tre của UBND huyện ("
_EXPLAINED = re.compile(
    r"""(?<!\w)(?:[Qq]uyết[ ]định|[Cc]ông[ ]văn|[Vv]ăn[ ]bản|[Kk]ế[ ]hoạch|[Tt]hông[ ]báo)[ ]
    (?:về[ ](?:việc[ ])?)?(?P<title>[^\W\d_A-Z][^.;:\n()]{6,140}?)
    (?:[ ]của[ ][^.,;:\n()]{2,60})?[ ]\(\Z""",
    re.VERBOSE,
)
# "Về việc rà soát giấy tờ, mới đây Bộ Xây dựng đã có "
_FRONTING = re.compile(
    r"""\s*Về[ ](?:việc[ ])?(?!vấn[ ]đề|việc|phía|phần|lâu|cơ[ ]bản)
    (?P<title>(?![A-ZĐ])[^\W\d_][^.;:\n]{8,180}?)
    (?:,[ ](?:(?:mới[ ]đây|vừa[ ]qua|trước[ ]đó|ngày|sáng|chiều|tối|hôm)(?!\w)[^.;:\n,]{0,60}(?:,[ ])?)
      (?:[^,.;:\n]{2,70})?|,[ ](?!mới[ ]đây|vừa[ ]qua|ngày)[^,.;:\n]{2,70})
    [ ](?:có|ra|gửi|ký|ban[ ]hành|ký[ ]ban[ ]hành)[ ]""",
    re.VERBOSE,
)


def in_front(text: str, start: int, citation: Citation) -> Span | None:
    """The title in front of a citation, no further back than `start`."""
    begin = max(start, citation.start - _REACH)
    carried = _CARRIED.search(text, begin, citation.start)
    if carried:
        return Span(*carried.span("title"))
    explained = _EXPLAINED.search(text, begin, citation.start)
    if explained and titles.opens(text, explained.start("title")):
        return Span(*explained.span("title"))
    return None


def inside(text: str, citation: Citation) -> Span | None:
    """What stands between type and number, where titles begin like that: "Quyết định khởi tố bị can số"."""
    between = citation.between
    act = text[between.start : between.end].rstrip() if between else ""
    if between is None or act.count(" ") < _LEAST or not titles.opens(text, between.start):
        return None
    return Span(between.start, between.start + len(act))


def fronting(text: str, start: int, citation: Citation) -> Span | None:
    """What a sentence opens with: "Về việc rà soát giấy tờ, mới đây Bộ Y tế đã có Văn bản số 2986"."""
    opened = _FRONTING.fullmatch(text, max(start, citation.start - _REACH), citation.start)
    return Span(*opened.span("title")) if opened else None
