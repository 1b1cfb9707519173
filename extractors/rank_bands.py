"""Bands: "lọt vào top 10", "nhóm bốn nước dẫn đầu ASEAN", "một trong 50 doanh nghiệp tốt nhất"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import rank_words
from extractors.letters import CAPITAL
from extractors.rank_context import WINDOW, Phrase
from extractors.rank_figures import FIGURE, WORD, group, value
from extractors.ranked_joined import ENUMERATION

if TYPE_CHECKING:
    from collections.abc import Iterator

_GROUP = r"(?:nhóm|tốp|top|danh[ ]sách|số|câu[ ]lạc[ ]bộ)"
_BEST_END = (
    r"(?:dẫn[ ]đầu|đứng[ ]đầu|hàng[ ]đầu|đi[ ]đầu"
    r"|(?<!ít[ ])(?<!thống[ ])(?<!hợp[ ])(?<!thứ[ ])(?<!đồng[ ])"
    r"(?<!duy[ ])(?<!sơn[ ])(?<!gần[ ])(?<!mới[ ])nhất(?![ ](?:trí"
    r"|quán|định|thể|thời)))(?!\w)"
)
# "5 tỉnh, thành phố dẫn đầu"
_LISTED = r",(?=[ ](?:thành(?:[ ]phố)?|vùng[ ]lãnh[ ]thổ|nền[ ]kinh[ ]tế|thị[ ]xã|ban|ngành|cơ[ ]quan)(?!\w))"
# "15 tỉnh | có chất lượng điều hành tốt"
_GOOD = (
    rf"(?:[^,.;:()\n]|{_LISTED}){{1,40}}?[ ]xếp[ ]hạng[ ](?:tốt|cao|khá)(?!\w)"
    rf"|(?:[^,.;:()\n]|{_LISTED}){{1,40}}?[ ](?:có|đạt)[ ]"
    r"(?:chất[ ]lượng|chỉ[ ]số|kết[ ]quả|điểm|mức[ ]độ|thứ[ ]hạng|năng[ ]lực)[^,.;:()\n]{0,50}?"
    r"[ ](?:tốt|cao|khá)(?!\w)(?![ ]hơn)"
)
# "được vinh danh trong", "nhận danh hiệu", "có tên trong"
_HONOUR = (
    r"(?:được[ ](?:vinh[ ]danh|công[ ]nhận|bình[ ]chọn|xướng[ ]tên|ghi[ ]danh|ghi[ ]nhận|đánh[ ]giá"
    r"|xếp(?:[ ]hạng)?"
    r"|chọn(?=[ ](?:là|vào|trong)[ ])|trao(?:[ ]tặng)?)|(?:nhận|đạt|giành|đoạt)[ ](?:danh[ ]hiệu"
    r"|giải(?:[ ]thưởng)?)|(?:có|ghi|góp|điền)[ ]tên)"
    r"(?:[ ](?:danh[ ]hiệu|giải[ ]thưởng|chứng[ ]nhận))?(?:[ ](?:là|trong|vào|thuộc|ở|tại)){0,2}"
)
_IN = (
    rf"{_HONOUR}|"
    r"(?P<weak>(?<!nằm[ ])(?:trong|vào|ở|đạt|giữ|là)(?!\w))|(?:thuộc|lọt(?:[ ](?:vào|được[ ]vào))?"
    r"|nằm(?:[ ](?:trong|ở))?(?=[ ](?:trong[ ]|ở[ ])?(?:nhóm|t[oố]p|số|danh|câu|[0-9]))|nằm[ ](?:trong|ở)"
    r"|đứng(?:[ ](?:trong|ở|vào))?|có[ ]mặt(?:[ ](?:trong|ở))?|góp[ ]mặt(?:[ ](?:trong|ở))?"
    r"|(?:hướng|nhắm)[ ](?:tới|đến)(?=[ ](?:nhóm|t[oố]p))|gia[ ]nhập|trở[ ]lại|trong[ ]vị[ ]trí|vị[ ]trí"
    r"|xếp(?:[ ](?:hạng[ ])?(?:trong|vào))?|giành|duy[ ]trì"
    r"|(?:chỉ[ ])?xứng(?:[ ]đáng)?|chen(?:[ ]chân)?[ ]vào|(?:vươn[ ]|tiến[ ]|đưa[ ]|kéo[ ])?lên|vươn[ ]vào"
    r"|thành[ ]viên(?:[ ]của)?|về[ ]đích[ ](?:trong|ở))"
)
# "(top 10) trong danh sách 300 doanh nghiệp"
_OF_LIST = rf"[ ]trong[ ](?:danh[ ]sách|bảng[ ]xếp[ ]hạng|số)[ ](?P<of>{FIGURE})[ ][^\W\d]"
# "lọt vào top 10", "nằm trong tốp ba", "chỉ xứng top 700", "lọt Top 100"
_TOP = re.compile(
    rf"""(?<!\w)(?P<in>{_IN})[ ]{{1,2}}(?:{_GROUP}[ ]{{1,2}}(?:các[ ])?)?
        (?P<quote>[‘'“"])?(?:t[oố]p[ ]?(?:(?P<n>{FIGURE})(?![ ]?(?:lần|phút)|[ ]?[-–][ ]?[0-9])
          |(?P<w>ba|bốn|năm|mười)(?!\w)))
        (?(quote)[’'”"]?)
        (?:(?={_OF_LIST}))?""",
    re.VERBOSE | re.IGNORECASE,
)
# Another band under the same verb: "... và top 3 trong danh sách ...", "...; top 50 trường tốt nhất"
_NEXT_TOP = re.compile(
    rf"(?:[;,]|[ ](?:và|cùng))[ ](?P<top>t[oố]p[ ]?(?P<n>{FIGURE})(?![ ]?%)"
    rf"(?:[ ](?!trong[ ])[^\W\d][^,.;:()\n]{{1,70}}?(?<!\w){_BEST_END})?)(?=[ ][^\W\d]|[ ]?[,;.(]|\Z)"
    rf"(?:(?={_OF_LIST}))?",
    re.IGNORECASE,
)
_NEAR = 160
"""How far behind a band the next one of its verb may begin."""


@cache
def _band() -> re.Pattern[str]:
    """ "nằm trong nhóm 4 nước dẫn đầu ASEAN", "thuộc 3 nước dẫn đầu", "trong tốp năm tỉnh cao nhất"."""
    return re.compile(
        rf"""(?<!\w)(?P<in>{_IN})[ ]{{1,2}}
        [‘'“"]?(?P<group>(?:{_GROUP}[ ]{{1,2}}(?:dẫn[ ]đầu[ ](?:trong|của)[ ])?){{0,2}})
        (?:(?P<n>{FIGURE})|(?P<w>ba|bốn|năm(?![ ](?:có|mà|thứ))|sáu|bảy|tám|chín|mười)(?!\w))[ ]{{1,2}}
        (?!{rank_words.any_of("counted")}(?!\w))(?!trong[ ])
        [^\W\d](?:(?:(?!nhóm[ ][0-9])[^,.;:()\n]|{_LISTED}){{1,90}}?(?<!\w){_BEST_END}|{_GOOD})""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _led_band() -> re.Pattern[str]:
    """ "(nhóm 70 nước dẫn đầu về A), nhóm 40 nước dẫn đầu về B": another band under the same verb."""
    return re.compile(
        r"(?:[;,]|[ ](?:và|cùng))[ ](?P<top>(?:(?:nhóm|t[oố]p)[ ]"
        rf"|(?=[0-9]+[ ](?:nước|quốc[ ]gia|tỉnh|địa[ ]phương|nền)[ ]))(?P<n>{FIGURE})[ ]"
        rf"(?!{rank_words.any_of('counted')}(?!\w))[^\W\d](?:[^,.;:()\n]|{_LISTED}){{1,70}}?(?<!\w){_BEST_END})",
        re.IGNORECASE,
    )


@cache
def _next_band() -> re.Pattern[str]:
    """ "(A thuộc nhóm 70 nước đứng đầu;) B thuộc nhóm 80 nước; C thuộc nhóm 30 nước"."""
    return re.compile(
        rf"(?<!\w)(?:thuộc|trong|vào)[ ]nhóm[ ](?P<n>{FIGURE})(?:[ ]{rank_words.any_of('noun')})?"
        r"(?=[ ]?(?:[;,.]|\Z))",
        re.IGNORECASE,
    )


@cache
def _one_of() -> re.Pattern[str]:
    """ "là một trong 50 doanh nghiệp niêm yết tốt nhất", "là hai trong 8 trường dẫn đầu"."""
    return re.compile(
        rf"""(?<!\w)(?:(?:xếp|lọt|đứng|nằm)[ ](?:vào|trong)[ ]|thuộc[ ])?(?:một
        |0?1|(?<=là[ ])(?:hai|ba|bốn))[ ]{{1,2}}trong[ ]{{1,2}}
        (?:tổng[ ])?(?:số[ ]{{1,2}})?(?:t[oố]p[ ])?
        (?:(?P<n>{FIGURE})
            |(?P<w>{WORD}))[ ]{{1,2}}(?!{rank_words.any_of("counted")}(?!\w))
        [^\W\d](?:(?![ ](?:đang|luôn|sẽ)[ ])
          (?:[^,.;:()\n]|{_LISTED}|,(?=[ ]\w+(?:[ ]\w+)?[ ]nhất))){{1,90}}?(?<!\w){_BEST_END}""",
        re.VERBOSE | re.IGNORECASE,
    )


# "chiếm ba vị trí đầu bảng", "giành 2 vị trí dẫn đầu"
_FIRST_PLACES = re.compile(
    rf"""(?<!\w)(?:chiếm|giành|giữ|nắm)(?:[ ](?:trọn|cả|luôn))?[ ](?:(?P<n>{FIGURE})|(?P<w>hai|ba|bốn|năm))
    [ ](?:vị[ ]trí|thứ[ ]hạng)[ ](?:dẫn[ ]đầu|đứng[ ]đầu|đầu(?:[ ]tiên|[ ]bảng)?|cao[ ]nhất)(?!\w)""",
    re.VERBOSE | re.IGNORECASE,
)
# "nằm trong nhóm ASEAN 4": the four that are best there
_NUMBERED_BLOC = re.compile(
    rf"(?<!\w)(?P<in>{_IN})[ ]{{1,2}}(?P<group>(?:(?:nhóm|t[oố]p|các|nước)[ ]){{0,3}})"
    r"ASEAN[ -]?(?P<n>[3-8])(?![\w/]|[.,][0-9])",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"(?:khỏi|ngoài|áp[ ]sát|đua|tranh|cách|nhất|đây|xét|(?<!\w)(?:không|chưa"
    r"|chẳng)(?![ ]chỉ)(?:[ ]{1,2}\w{1,7}){0,5})[ ]{1,2}\Z",
    re.IGNORECASE,
)
# "2 | trong số 6 trường"
_COUNTED = re.compile(r"(?<![0-9])[0-9]{1,3}[ ]{1,2}\Z")
_TOP_LIST = re.compile(
    rf"(?P<band>(?:Top|Tốp|Nhóm)[ ](?:(?P<n>{FIGURE})|(?P<w>ba|bốn|năm|mười)(?!\w))[ ]"
    rf"[^\W\d][^,.;:()\n]{{1,70}}?(?<!\w){_BEST_END})"
    rf"[ ](?:là|gồm|bao[ ]gồm)(?:[ ](?:các|những)[^.;:,]{{1,30}})?:?[ ](?={ENUMERATION})"
)
# "Đại học Lâm Sơn, | top 25 ở Lào"
_TOP_WHERE = rf"t[oố]p[ ]?{FIGURE}[ ](?:(?:ở|tại|của)[ ](?-i:[{CAPITAL}])|thế[ ]giới|cả[ ]nước|châu[ ])"
_TOP_BESIDE = re.compile(
    rf"(?:(?P<dash>[ ][–-][ ]|,[ ](?={_TOP_WHERE}))|[ ]\()(?P<band>t[oố]p[ ]?(?P<n>{FIGURE}))(?=[ ][^\W\d])",
    re.IGNORECASE,
)
_NAME_BESIDE = re.compile(rf"[^\W\d_][ ](?:[{CAPITAL}]\w*[ ]?){{1,4}}\Z")
_HONOURED = re.compile(rf"(?<!\w){_HONOUR}[ ]{{1,2}}\Z", re.IGNORECASE)
_FRONTED = re.compile(r"(?:\A|[,.;:][ ]{1,2})\Z")


def top(text: str, sentence: Span) -> Iterator[Phrase]:
    """Bands named "top N"; later ones may share the verb."""
    last = None
    for first in _bands(_TOP, "ranking.top", text, sentence):
        last = last or first
        yield first
        yield from _later(_NEXT_TOP, "ranking.top", text, Span(first.end, sentence.end))
    if last:
        yield from _bands(_next_band(), "ranking.band", text, replace(sentence, start=last.end))


def beside(text: str, sentence: Span) -> Iterator[Phrase]:
    """Bands right behind a name: "Hoa Lan (top 5 Đại sứ áo dài)", "vào Monash - Top 8 đại học"."""
    for match in _TOP_BESIDE.finditer(text, sentence.start, sentence.end):
        found = group(match, "n")
        named = _NAME_BESIDE.search(text, max(sentence.start, match.start() - 40), match.start())
        if _LIST_OF.search(text, max(sentence.start, match.start() - 80), match.start()):
            continue
        if found and (named or (not match["dash"] and text[match.start() - 1].isalpha())):
            yield _sized(match, Span(match.start("band"), match.end("band")), "ranking.top", found)


def _later(expression: re.Pattern[str], rule: str, text: str, rest: Span) -> Iterator[Phrase]:
    """The bands that follow near under the same verb."""
    at = rest.start
    while match := expression.search(text, at, min(rest.end, at + _NEAR)):
        found = group(match, "n")
        if found:
            yield _sized(match, Span(match.start("top"), match.end("top")), rule, found)
        at = match.end()


def band(text: str, sentence: Span) -> Iterator[Phrase]:
    """Bands of a counted noun that leads or is best; the later ones of a list need not say it again."""
    last = None
    for phrase in _bands(_band(), "ranking.band", text, sentence):
        last = last or phrase
        yield phrase
        yield from _later(_NEXT_TOP, "ranking.top", text, Span(phrase.end, sentence.end))
        yield from _later(_led_band(), "ranking.band", text, Span(phrase.end, sentence.end))
    if last:
        yield from _bands(_next_band(), "ranking.band", text, replace(sentence, start=last.end))


def one_of(text: str, sentence: Span) -> Iterator[Phrase]:
    """One of so many that are best."""
    return _bands(_one_of(), "ranking.one_of", text, sentence)


def top_list(text: str, sentence: Span) -> Iterator[Phrase]:
    """Bands that their members follow: "Top 5 trường tốt nhất là A, B và C"."""
    match = _TOP_LIST.match(text, sentence.start, sentence.end)
    found = group(match, "n", "w") if match else None
    if match and found:
        yield _sized(match, Span(match.start(), match.end("band")), "ranking.band", found)


def numbered_bloc(text: str, sentence: Span) -> Iterator[Phrase]:
    """The best so many of a bloc, by its number: "thuộc nhóm ASEAN 4"."""
    for match in _NUMBERED_BLOC.finditer(text, sentence.start, sentence.end):
        found = group(match, "n")
        if found and not match["weak"]:  # "lãi suất trong nhóm ASEAN 4" places nobody
            yield _sized(match, Span(match.start(), match.end()), "ranking.band", found)


def first_places(text: str, sentence: Span) -> Iterator[Phrase]:
    """The first so many places held together."""
    return _bands(_FIRST_PLACES, "ranking.first_places", text, sentence)


# "(lọt Top 200) (hạng 173)"
_EXACTLY = re.compile(
    rf"[ ]\((?:(?:xếp|đứng|ở)[ ])?(?:thứ|hạng|vị[ ]trí(?:[ ]thứ)?)[ ](?P<place>{FIGURE})\)", re.IGNORECASE
)
# "Công bố Bảng xếp hạng VNR500 - | Top 500 doanh nghiệp lớn nhất" names a list
_LIST_OF = re.compile(r"(?:bảng[ ]xếp[ ]hạng|danh[ ]sách)[ ][^.;:\n]{0,60}\Z", re.IGNORECASE)
# "chen chân vào nhóm 10 nhờ ...", "thuộc nhóm 50 thế giới"
_ALONE = re.compile(
    rf"""(?<!\w)(?:thuộc|lọt(?:[ ]vào)?|nằm[ ]trong|chen[ ]chân[ ]vào|có[ ]mặt[ ]trong|vươn[ ]lên)[ ]nhóm[ ]
    (?:(?P<n>{FIGURE})(?=[ ](?:thế[ ]giới|châu[ ]|ASEAN|cả[ ]nước|toàn[ ]cầu|Đông[ ]))
      |(?P<n2>[1-9][0-9]{{1,2}})
      (?=[ ]?[,.;]|[ ](?:nhờ|với|năm|trong|trên)[ ]))""",
    re.VERBOSE | re.IGNORECASE,
)


# "thuộc nhóm 70 nước | , đến năm 2030 thuộc nhóm 50 nước dẫn đầu"
_OF_COUNTRIES = re.compile(
    rf"""(?<!\w)(?:thuộc|lọt(?:[ ]vào)?|nằm[ ]trong|có[ ]mặt[ ]trong|vươn[ ]lên|vào)[ ](?:nhóm|t[oố]p)[ ]
    (?P<n>{FIGURE})(?<![ ][0-9])[ ](?:nước|quốc[ ]gia|nền[ ]kinh[ ]tế|tỉnh|địa[ ]phương)
    (?=[ ]?[,;.(]|[ ]{{0,2}}\Z|[ ](?:về|vào[ ]năm|đến[ ]năm|trước[ ]năm|trong[ ]năm|năm)[ ])""",
    re.VERBOSE | re.IGNORECASE,
)


def group_alone(text: str, sentence: Span) -> Iterator[Phrase]:
    """Bands that say how many, but not of what, or not that they lead."""
    alone = _ALONE.finditer(text, sentence.start, sentence.end)
    for match in (*alone, *_OF_COUNTRIES.finditer(text, sentence.start, sentence.end)):
        found = group(match, "n", "n2")
        if found and not _OUTSIDE.search(text, max(sentence.start, match.start() - WINDOW), match.start()):
            yield _sized(match, Span(match.start(), match.end()), "ranking.band", found)
            yield from _later(_led_band(), "ranking.band", text, Span(match.end(), sentence.end))


def _bands(expression: re.Pattern[str], rule: str, text: str, sentence: Span) -> Iterator[Phrase]:
    for match in expression.finditer(text, sentence.start, sentence.end):
        found = group(match, "n", "w")
        before = text[max(sentence.start, match.start() - WINDOW) : match.start()]
        counted = match["in"].lower() == "trong" if "in" in match.re.groupindex else True
        if found is None or _names_a_list(match, before) or _OUTSIDE.search(before):
            continue
        if counted and _COUNTED.search(before):
            continue
        if value(found[0]) > 1 or rule == "ranking.top":
            yield _sized(match, Span(match.start(), match.end()), rule, found)


def _sized(match: re.Match[str], span: Span, rule: str, found: tuple[str, Span]) -> Phrase:
    """The band, with the size of the list where it is said; "top 1" is a place."""
    size, places = group(match, "of"), value(found[0])
    exactly = _EXACTLY.match(match.string, span.end) if size is None and places > 1 else None
    if exactly and value(exactly["place"]) <= places:
        return Phrase(
            start=span.start, end=exactly.end(), rule=rule, top_n=places, rank=value(exactly["place"]),
            figures=(found[1], Span(exactly.start("place"), exactly.end("place"))),
        )  # fmt: skip
    return Phrase(
        start=span.start, end=span.end, rule=rule, top_n=places if places > 1 else None,
        rank=None if places > 1 else 1, out_of=value(size[0]) if size else None,
        figures=(found[1], size[1]) if size else (found[1],),
    )  # fmt: skip


def _names_a_list(match: re.Match[str], before: str) -> bool:
    """Whether the words in front do not say that somebody is in ("là 15 nước ... nhất")."""
    groups = match.groupdict()
    weak, named = groups.get("weak"), groups.get("group")
    if not weak or _HONOURED.search(before):
        return False
    if weak[0].isupper() or (weak.lower() == "trong" and _FRONTED.search(before)):
        return True
    if named is None:  # "trong top 10"
        return False
    return weak.lower() == "là" or not named or named.lower().startswith("danh")
