"""Figures and number words of rankings, and what a place is counted among: "/193", "trên 127 quốc gia"."""

from __future__ import annotations

import re
from functools import cache
from typing import TypedDict

from corpus.facts import Span
from extractors import rank_words
from extractors.numerals import WORDS

ORDINALS = {
    "nhất": 1,
    "nhì": 2,
    **{w: n for w, n in WORDS.items() if w not in ("không", "mốt", "lăm", "đôi")},
}
_TEENS = r"mười(?:[ ](?:một|hai|ba|bốn|tư|lăm|sáu|bảy|bẩy|tám|chín))?"
_TENS = r"(?:hai|ba|bốn|năm)[ ]mươi(?:[ ](?:mốt|hai|ba|bốn|tư|lăm|sáu|bảy|bẩy|tám|chín))?"
WORD = rf"(?:{_TENS}|{_TEENS}|một|nhất|nhì|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín)(?!\w)"
"""An ordinal or a small number in words."""
# 86; 1.888; not 12,5 and not 7%
FIGURE = r"(?:[0-9]{1,3}\.[0-9]{3}|[0-9]{1,4})(?![0-9]|[.,/-][0-9]|[ ]?%)"
FIGURE_BEFORE_SLASH = r"[0-9]{1,4}"
# "trong Top 10"
_IN_TOP = rf"(?:[ ](?:trong|của|ở)[ ](?:danh[ ]sách[ ])?t[oố]p[ ]?(?P<top>{FIGURE}))"


# "(thứ 4 trong) 10 | nước có nhiều hồ nhất": a band, not the size of the list
_OF_THE_BEST = re.compile(
    r"[ ][^\W\d](?:(?![ ]là[ ])[^,.;:()\n]){1,60}?[ ](?:nhất|hàng[ ]đầu)(?!\w)", re.IGNORECASE
)


class Tail(TypedDict, total=False):
    """What a place is counted among."""

    out_of: int
    top_n: int


@cache
def tail_pattern() -> str:
    """ "/193"; "trên 127 quốc gia"; "trong tổng số 101 quốc gia"; "(trong khoảng 90 nước)"; "trong Top 9"."""
    return rf"""(?:(?:[ ]\([^()\n]{{2,60}}\)(?=[ ]trong[ ]))?
        (?:[ ]?/[ ]?(?P<slash>[0-9]{{1,4}})(?![0-9/]|[.,][0-9])
        |[ ]{{1,2}}trên[ ](?:tổng[ ]số[ ])?(?P<of>{FIGURE})(?=[ ]?(?:[,;)]|\.(?!\w)|\Z))
        |[ ]{{1,2}}\(?(?:(?:trên|trong|của)[ ](?:tổng[ ])?số[ ]
             |trong[ ]nhóm[ ]|trên[ ](?:tổng[ ])?|trong[ ](?:bảng[ ]xếp[ ]hạng[ ]|danh[ ]sách[ ])?(?:gồm[ ])?
             |so[ ]với[ ](?=[0-9]+[ ](?:tỉnh|nước|quốc|địa|đơn|nền)))(?:(?:khoảng|gần|hơn|trên|tất[ ]cả)[ ])?
         (?P<among>{FIGURE})(?=[ ][^\W\d])(?![ ]{{1,2}}{rank_words.any_of("counted")}(?!\w)))|{_IN_TOP}
        |[ ]về[ ][^,.;:()\n0-9]{{3,70}}?[ ](?:trong|trên)[ ](?:tổng[ ])?(?:số[ ])?
         (?P<far>{FIGURE})(?=[ ]{rank_words.any_of("noun")}(?!\w)))"""


def value(written: str) -> int:
    """The worth of a figure or of a number word: "1.888", "tư", "hai mươi lăm"."""
    if written[0] in "0123456789":
        return int(written.replace(".", ""))
    tens, mark, unit = written.lower().partition(" mươi")
    if mark:
        return 10 * ORDINALS[tens] + _unit(unit.strip())
    first, _, rest = tens.partition(" ")
    return ORDINALS[first] + _unit(rest)


def _unit(word: str) -> int:
    return {"": 0, "mốt": 1, "lăm": 5}[word] if word in ("", "mốt", "lăm") else ORDINALS[word]


def group(match: re.Match[str], *names: str) -> tuple[str, Span] | None:
    """The first of the groups that took part, with its span."""
    for name in names:
        if name in match.re.groupindex and match[name] is not None:
            return match[name], Span(match.start(name), match.end(name))
    return None


def tail(match: re.Match[str]) -> tuple[Tail, tuple[Span, ...]]:
    """`out_of` and `top_n` from the tail of a place, with their figures."""
    out_of, top = group(match, "slash", "among", "of", "far"), group(match, "top")
    said = Tail()
    if (
        group(match, "far") is None
        and out_of
        and match.string.endswith("trong ", 0, out_of[1].start)
        and _OF_THE_BEST.match(match.string, out_of[1].end, out_of[1].end + 80)
    ):
        said["top_n"] = value(out_of[0])
    elif out_of:
        said["out_of"] = value(out_of[0])
    if top:
        said["top_n"] = value(top[0])
    return said, tuple(found[1] for found in (out_of, top) if found)
