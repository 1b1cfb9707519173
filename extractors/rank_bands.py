"""Bands: "lọt vào top 10", "nhóm bốn nước dẫn đầu ASEAN", "một trong 50 doanh nghiệp tốt nhất"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from extractors import rank_words
from extractors.rank_context import WINDOW, Phrase
from extractors.rank_figures import FIGURE, WORD, group, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.facts import Span

_GROUP = r"(?:nhóm|tốp|top|danh[ ]sách|số|câu[ ]lạc[ ]bộ)"
_BEST_END = (
    r"(?:dẫn[ ]đầu|đứng[ ]đầu|hàng[ ]đầu"
    r"|(?<!ít[ ])(?<!thống[ ])(?<!hợp[ ])(?<!thứ[ ])(?<!đồng[ ])"
    r"(?<!duy[ ])(?<!gần[ ])(?<!mới[ ])nhất(?![ ](?:trí"
    r"|quán|định|thể|thời)))(?!\w)"
)
_IN = (
    r"(?P<weak>(?<!nằm[ ])(?:trong|vào|ở|đạt|giữ|là)(?!\w))|(?:thuộc|lọt(?:[ ](?:vào|được[ ]vào))?"
    r"|nằm[ ](?:trong|ở)|đứng(?:[ ](?:trong|ở|vào))?|có[ ]mặt(?:[ ](?:trong|ở))?|góp[ ]mặt(?:[ ](?:trong|ở))?"
    r"|gia[ ]nhập|trở[ ]lại|trong[ ]vị[ ]trí|vị[ ]trí|xếp(?:[ ](?:hạng[ ])?(?:trong|vào))?|giành|duy[ ]trì"
    r"|(?:chỉ[ ])?xứng(?:[ ]đáng)?|chen[ ]chân[ ]vào|về[ ]đích[ ](?:trong|ở))"
)
# "lọt vào top 10", "nằm trong tốp ba", "chỉ xứng top 700", "lọt Top 100"
_TOP = re.compile(
    rf"""(?<!\w)(?P<in>{_IN})[ ]{{1,2}}(?:{_GROUP}[ ]{{1,2}}(?:các[ ])?)?
        (?:t[oố]p[ ]?(?:(?P<n>{FIGURE})(?![ ]?(?:lần|phút))|(?P<w>ba|bốn|năm|mười)(?!\w)))""",
    re.VERBOSE | re.IGNORECASE,
)
# A second band under the same verb: "... và top 3 trong danh sách ..."
_NEXT_TOP = re.compile(
    rf"[ ](?:và|cùng)[ ](?P<top>t[oố]p[ ]?(?P<n>{FIGURE}))(?=[ ](?:trong|của|tại|ở|về|thế|toàn|châu)[ ])",
    re.IGNORECASE,
)


@cache
def _band() -> re.Pattern[str]:
    """ "nằm trong nhóm 4 nước dẫn đầu ASEAN", "thuộc 3 nước dẫn đầu", "trong tốp năm tỉnh cao nhất"."""
    return re.compile(
        rf"""(?<!\w)(?P<in>{_IN})[ ]{{1,2}}(?P<group>(?:{_GROUP}[ ]{{1,2}}){{0,2}})
        (?:(?P<n>{FIGURE})|(?P<w>ba|bốn|năm|sáu|bảy|tám|chín|mười)(?!\w))[ ]{{1,2}}
        (?!{rank_words.any_of("counted")}(?!\w))(?!trong[ ])
        [^\W\d][^,.;:()\n]{{1,90}}?(?<!\w){_BEST_END}""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _next_band() -> re.Pattern[str]:
    """ "(A thuộc nhóm 70 nước đứng đầu;) B thuộc nhóm 80 nước; C thuộc nhóm 30 nước"."""
    return re.compile(
        rf"(?<!\w)(?:thuộc|trong|vào)[ ]nhóm[ ](?P<n>{FIGURE})[ ]{rank_words.any_of('noun')}"
        r"(?=[ ]?(?:[;,.]|\Z))",
        re.IGNORECASE,
    )


@cache
def _one_of() -> re.Pattern[str]:
    """ "là một trong 50 doanh nghiệp niêm yết tốt nhất", "xếp vào 1 trong 2 ngành tăng mạnh nhất"."""
    return re.compile(
        rf"""(?<!\w)(?:(?:xếp|lọt|đứng|nằm)[ ](?:vào|trong)[ ]|thuộc[ ])?(?:một
        |0?1)[ ]{{1,2}}trong[ ]{{1,2}}(?:tổng[ ])?(?:số[ ]{{1,2}})?(?:t[oố]p[ ])?
        (?:(?P<n>{FIGURE})
            |(?P<w>{WORD}))[ ]{{1,2}}(?!{rank_words.any_of("counted")}(?!\w))
        [^\W\d](?:(?![ ]đang[ ])[^,.;:()\n]){{1,90}}?(?<!\w){_BEST_END}""",
        re.VERBOSE | re.IGNORECASE,
    )


# "chiếm ba vị trí đầu bảng", "giành 2 vị trí dẫn đầu"
_FIRST_PLACES = re.compile(
    rf"""(?<!\w)(?:chiếm|giành|giữ|nắm)(?:[ ](?:trọn|cả|luôn))?[ ](?:(?P<n>{FIGURE})|(?P<w>hai|ba|bốn|năm))
    [ ](?:vị[ ]trí|thứ[ ]hạng)[ ](?:dẫn[ ]đầu|đứng[ ]đầu|đầu(?:[ ]tiên|[ ]bảng)?|cao[ ]nhất)(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"(?:khỏi|ngoài|áp[ ]sát|đua|tranh|cách|nhất|đây|xét|(?<!\w)(?:không|chưa"
    r"|chẳng)(?![ ]chỉ)(?:[ ]{1,2}\w{1,7}){0,5}|[0-9])[ ]{1,2}\Z",
    re.IGNORECASE,
)
_FRONTED = re.compile(r"(?:\A|[,.;:][ ]{1,2})\Z")


def top(text: str, sentence: Span) -> Iterator[Phrase]:
    """Bands named "top N"; a second one may share the verb."""
    for first in _bands(_TOP, "ranking.top", text, sentence):
        yield first
        match = _NEXT_TOP.search(text, first.end, min(sentence.end, first.end + 160))
        if match and (found := group(match, "n")):
            yield Phrase(
                start=match.start("top"), end=match.end(), rule="ranking.top", top_n=value(found[0]),
                figures=(found[1],),
            )  # fmt: skip


def band(text: str, sentence: Span) -> Iterator[Phrase]:
    """Bands of a counted noun that leads or is best; the later ones of a list need not say it again."""
    last = None
    for phrase in _bands(_band(), "ranking.band", text, sentence):
        last = last or phrase
        yield phrase
    if last:
        yield from _bands(_next_band(), "ranking.band", text, replace(sentence, start=last.end))


def one_of(text: str, sentence: Span) -> Iterator[Phrase]:
    """One of so many that are best."""
    return _bands(_one_of(), "ranking.one_of", text, sentence)


def first_places(text: str, sentence: Span) -> Iterator[Phrase]:
    """The first so many places held together."""
    return _bands(_FIRST_PLACES, "ranking.first_places", text, sentence)


def _bands(expression: re.Pattern[str], rule: str, text: str, sentence: Span) -> Iterator[Phrase]:
    for match in expression.finditer(text, sentence.start, sentence.end):
        found = group(match, "n", "w")
        before = text[max(sentence.start, match.start() - WINDOW) : match.start()]
        if found is None or _names_a_list(match, before) or _OUTSIDE.search(before):
            continue
        if value(found[0]) > 1:
            yield Phrase(
                start=match.start(), end=match.end(), rule=rule, top_n=value(found[0]), figures=(found[1],)
            )


def _names_a_list(match: re.Match[str], before: str) -> bool:
    """Whether the words in front do not say that somebody is in ("là 15 nước ... nhất")."""
    groups = match.groupdict()
    weak, named = groups.get("weak"), groups.get("group")
    if not weak:
        return False
    if weak[0].isupper() or (weak.lower() == "trong" and _FRONTED.search(before)):
        return True
    if named is None:  # "trong top 10"
        return False
    return weak.lower() == "là" or not named or named.lower().startswith("danh")
