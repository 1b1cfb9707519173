"""Moves: "tăng 12 bậc so với năm 2016", "từ vị trí 99 lên vị trí 86", "giữ nguyên thứ hạng"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import rank_words
from extractors.letters import CAPITAL
from extractors.rank_context import RANK_WORD, Phrase
from extractors.rank_figures import FIGURE, WORD, group, tail, tail_pattern, value
from extractors.rank_places import AFTER_BARE, STEM

if TYPE_CHECKING:
    from collections.abc import Iterator

_UP = r"(?:tăng|lên|bứt[ ]phá|vươn|thăng|nhảy|leo|cải[ ]thiện|vượt|tiến|nâng|nhích|bật|vọt|bứt|cao[ ]hơn)"
_DOWN = r"(?:giảm|tụt|xuống|rớt|rơi|sụt|hạ|mất|lùi|thấp[ ]hơn|kém[ ]hơn|tuột|trượt|thoát[ ]lui)"
_FILL = (
    r"(?:thêm|tới|đến|liền|được|lên|xuống|hẳn|tiếp|gần|hơn|khoảng|những|từ|ít[ ]nhất|tối[ ]thiểu"
    r"|đi|đã|hạng|thứ[ ]hạng|bậc|vượt|nhảy|tăng|vọt|mạnh|liên[ ]tiếp|một[ ]lúc|một[ ]mạch)"
)


@cache
def _move() -> re.Pattern[str]:
    """ "tăng 12 bậc", "tụt tới ba hạng", "thấp hơn một bậc", "vượt lên 2 vị trí", "tăng từ 5 - 7 bậc"."""
    return re.compile(
        rf"""(?<!\w)(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:[ ]{{1,2}}{_FILL}){{0,3}}[ ]{{1,2}}
        (?:(?P<least>[0-9]{{1,3}})(?:[ ]?[-–][ ]?|[ ](?:đến|tới)[ ])(?P<most>[0-9]{{1,3}})
          |(?P<n>{FIGURE})|(?P<w>{WORD}))[ ]{{1,2}}
        (?:(?:bậc(?:[ ]xếp[ ]hạng(?![ ](?:về[ ])?(?-i:[{CAPITAL}])))?|nấc|thứ[ ]hạng|thứ[ ]bậc|hạng)(?!\w)
             (?![ ]{{1,2}}{rank_words.any_of("moved_not")})
          |vị[ ]trí(?!\w)(?=[ ]?(?:[,.;)(…-]|\Z)|[ ](?:trở[ ]lên|so[ ]với|trong[ ](?:bảng|xếp|danh)
              |trên[ ](?:bảng|thế)|trong[ ]năm|về[ ]|từ[ ]|lên[ ]|xuống[ ]|và[ ]|để[ ]|năm[ ])))""",
        re.VERBOSE | re.IGNORECASE,
    )


# "so với (năm) 2016", "so với năm ngoái", "so với xếp hạng năm 2014"
_BASE = re.compile(
    rf"""(?:[ ][^,.;:()]{{0,50}}?)?[ ](?:so[ ]với|từ)[ ]{{1,2}}
        (?:(?:vị[ ]trí|thứ[ ]hạng|hạng|mức)[ ]{{1,2}}(?:thứ[ ]
          |số[ ])?(?P<n>{FIGURE})(?:[ ]?/[ ]?[0-9]{{1,4}})?[ ]?)?
        (?P<when>[^,.;:()]{{0,60}}?(?<!\w)(?:(?:19|20)[0-9]{{2}}(?![0-9])|(?:năm|kỳ|lần|mùa|quý
            |tháng)[ ]{{1,2}}(?:trước|ngoái|đó)(?:[ ]đó)?(?:[ ]\((?:năm[ ])?(?:19|20)[0-9]{{2}}\))?))?
        (?:[ ]\((?:(?:xếp|đứng|ở)[ ])?(?:thứ|hạng|vị[ ]trí(?:[ ]thứ)?)[ ](?P<n2>{FIGURE})\))?""",
    re.VERBOSE | re.IGNORECASE,
)
_AGAINST_OTHERS = re.compile(
    r"[ ]{1,2}so[ ]với[ ]{1,2}(?!(?:năm|hồi|cùng|kỳ|vị|thứ|hạng|xếp|lần|trước|mùa|tháng|quý|mức"
    r"|báo|kết|bảng|đợt|cuối|đầu|giai|khảo|\(?[0-9]))",
    re.IGNORECASE,
)
_COMPARES = re.compile(r"cao[ ]hơn|thấp[ ]hơn|kém[ ]hơn", re.IGNORECASE)


@cache
def _from_to() -> re.Pattern[str]:
    """ "từ vị trí 99 lên vị trí 86", "từ thứ 75/141 ... lên thứ 67/136", "từ 82 lên 91 trên 190"."""
    return re.compile(
        rf"""(?<!\w)(?P<led>(?:rớt|tụt|rơi|nhảy|vươn|leo|vọt|đi[ ]lên|đi[ ]xuống)[ ])?
        từ[ ]{{1,2}}(?:chỗ[ ])?(?:ở[ ])?(?P<from>{STEM}[ ]{{1,2}}(?:thứ[ ]|số[ ]|hạng[ ])?
        |(?:xếp|đứng)[ ]thứ[ ]|thứ[ ]|số[ ]|t[oố]p[ ])?
        (?:(?P<a>[0-9]{{1,4}})(?![0-9.]|,[0-9])|(?P<aw>{WORD})
          |(?P<head>(?:dẫn|đứng)[ ]đầu|đầu[ ](?:bảng|tiên)|quán[ ]quân))(?:[ ]?/[ ]?[0-9]{{1,4}}(?![0-9]))?
        (?P<between>(?:[^.;:\n]{{0,90}}?(?<!\w)(?:lên|xuống|sang|thành|(?(led)đến|xuống)))
          (?:[ ](?:đứng|xếp|ở|tới|đến|mức|đạt)){{0,2}}[ ]{{1,2}})
        (?P<to>{STEM}[ ]{{1,2}}(?:thứ[ ]|số[ ]|hạng[ ])?|thứ[ ]|số[ ])?
        (?:(?P<b>{FIGURE})|(?P<bx>[0-9]{{1,4}})(?=[ ]?/[ ]?[0-9])
            |(?P<bw>{WORD})){tail_pattern()}?(?P<bare>{AFTER_BARE})?(?![ ]?(?:tỷ|tỉ|triệu|nghìn|USD|đồng|%
            |tháng|năm[ ]nay|tuổi|giờ|điểm))""",
        re.VERBOSE | re.IGNORECASE,
    )


# "giữ nguyên thứ hạng", "không đổi hạng (15)"
_KEPT_ALONE = re.compile(
    r"(?<!\w)(?:giữ[ ]nguyên|không(?:[ ]thay)?[ ]đổi)[ ]{1,2}(?:thứ[ ]hạng|thứ[ ]bậc|hạng"
    r"|vị[ ]trí(?=[ ](?:so[ ]với|như|xếp|\()))(?!\w)(?![ ](?:thứ|số|hạng)?[ ]?[0-9])"
    rf"(?:[ ]\((?:vị[ ]trí[ ])?(?:thứ[ ]|hạng[ ])?(?P<n>{FIGURE})\))?"
    rf"|(?<!\w)không[ ]thay[ ]đổi[ ]\((?:vị[ ]trí|hạng|thứ)[ ](?:thứ[ ])?(?P<n2>{FIGURE})\)",
    re.IGNORECASE,
)
# "hơn năm ngoái 11 bậc", "cao hơn năm 2019 một bậc"
_SINCE_MOVE = re.compile(
    rf"(?<!\w)(?:(?:(?:cao[ ]|tốt[ ])?(?P<up>hơn))|(?:thấp[ ]hơn|kém|thua))[ ]"
    r"(?P<when>(?:năm|kỳ|lần|quý|tháng)[ ](?:trước|ngoái|(?:19|20)[0-9]{2}))[ ](?:tới[ ]|đến[ ]|những[ ])?"
    rf"(?:(?P<n>{FIGURE})|(?P<w>{WORD}))[ ](?:bậc|hạng)(?!\w)",
    re.IGNORECASE,
)
_LIST_BEHIND = re.compile(r"[ ](?:trên|trong|ở)[ ](?:bảng[ ]xếp[ ]hạng|BXH|bảng[ ]tổng[ ]sắp)", re.IGNORECASE)


def from_to(text: str, sentence: Span) -> Iterator[Phrase]:
    """Places with the place moved from."""
    for match in _from_to().finditer(text, sentence.start, sentence.end):
        start, end = group(match, "a", "aw", "head"), group(match, "b", "bx", "bw")
        around = text[max(sentence.start, match.start() - 90) : match.start()] + match["between"]
        if start is None or end is None or (not match["a"] and not match["from"]):
            continue
        headed = any(match[head] and not match[head].lower().startswith("số") for head in ("from", "to"))
        told = RANK_WORD.search(around) or _LIST_BEHIND.match(text, match.end(), sentence.end)
        if not headed and (match["aw"] or match["bw"] or _is_open(match) or not told):
            continue
        said, figures = tail(match)
        if said.get("out_of", 10**9) < value(end[0]) or value(end[0]) < 1:
            continue
        yield Phrase(
            start=match.start(), end=match.end(), rule="ranking.from_to", rank=value(end[0]),
            previous=1 if match["head"] else value(start[0]), base=Span(start[1].end, match.end("between")),
            figures=(start[1], end[1], *figures), **said,
        )  # fmt: skip


def _is_open(match: re.Match[str]) -> bool:
    """Whether a noun follows the last figure, as behind a count: "từ 401 xuống còn 208 đơn vị"."""
    return all(match[name] is None for name in ("bare", "slash", "among", "of"))


def moves(text: str, sentence: Span) -> Iterator[Phrase]:
    """Places gained or lost."""
    for match in _move().finditer(text, sentence.start, sentence.end):
        found = group(match, "least", "n", "w")
        if found is None or _AGAINST_OTHERS.match(text, match.end(), sentence.end):
            continue
        base = _BASE.match(text, match.end(), sentence.end)
        if base and not (base["when"] or base["n"] or base["n2"]):
            base = None
        if not base and _COMPARES.match(match[0]):
            continue
        previous = group(base, "n", "n2") if base else None
        places, most = value(found[0]), group(match, "most")
        yield Phrase(
            start=match.start(), end=base.end() if base else match.end(), rule="ranking.move",
            change=places if match["up"] else -places, base=Span(base.start(), base.end()) if base else None,
            previous=value(previous[0]) if previous else None,
            figures=tuple(figure for _, figure in filter(None, (found, most, previous))),
        )  # fmt: skip


# "lùi 2 bậc | xuống 123", "tăng 3 bậc | lên 20"
_TO_FIGURE = re.compile(
    rf"(?<=[0-9][ ]bậc[ ])(?:lên|xuống)[ ](?P<n>{FIGURE})(?=[ ]?(?:[,.;)]|\Z)|[ ](?:và|còn|trong|trên)[ ])",
    re.IGNORECASE,
)


def to_figure(text: str, sentence: Span) -> Iterator[Phrase]:
    """Places behind a move that are no more than a figure."""
    for match in _TO_FIGURE.finditer(text, sentence.start, sentence.end):
        yield Phrase(
            start=match.start(), end=match.end(), rule="ranking.headed", rank=value(match["n"]),
            figures=(Span(*match.span("n")),),
        )  # fmt: skip


def since_when(text: str, sentence: Span) -> Iterator[Phrase]:
    """Places gained or lost, measured from a time that stands in the middle."""
    for match in _SINCE_MOVE.finditer(text, sentence.start, sentence.end):
        found = group(match, "n", "w")
        if found:
            places = value(found[0])
            yield Phrase(
                start=match.start(), end=match.end(), rule="ranking.move", figures=(found[1],),
                change=places if match["up"] else -places, base=Span(match.start("when"), match.end("when")),
            )  # fmt: skip


def kept_alone(text: str, sentence: Span) -> Iterator[Phrase]:
    """Places kept that are not said."""
    for match in _KEPT_ALONE.finditer(text, sentence.start, sentence.end):
        found = group(match, "n", "n2")
        yield Phrase(
            start=match.start(), end=match.end(), rule="ranking.kept", change=0,
            rank=value(found[0]) if found else None, figures=(found[1],) if found else (),
        )  # fmt: skip
