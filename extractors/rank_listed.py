"""Places that a list gives: "Hạng 1: ...", "Sở Nội vụ hạng Nhì", "xếp Lào thứ 70", "cuối (20/20)"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import rank_words
from extractors.letters import CAPITAL
from extractors.rank_context import Phrase
from extractors.rank_figures import FIGURE, FIGURE_BEFORE_SLASH, group, value

if TYPE_CHECKING:
    from collections.abc import Iterator

# "(bảng này) xếp Lào | thứ 70/148"
_OF_OTHERS = re.compile(
    rf"(?<!\w)(?:xếp|đưa|đặt)[ ][{CAPITAL}]\w*(?:[ ][{CAPITAL}]\w*){{0,4}}[ ](?P<place>thứ[ ]"
    rf"(?:(?P<n>{FIGURE})|(?P<n2>{FIGURE_BEFORE_SLASH})(?=/[0-9])))(?:/(?P<slash>[0-9]{{1,4}}))?(?![\w/])"
)
# "Hạng 1: thành phố Lào Cai; Hạng 2: ..."
_HEADING = re.compile(rf"(?:\A|(?<=[.:;\n][ ])|(?<=\n))Hạng[ ](?P<n>{FIGURE})(?=[ ]?:[ ])")
# "xuống vị trí cuối cùng (20/20)", "xếp áp chót (12/13 đội)"
_LAST = re.compile(
    r"(?<!\w)(?P<place>(?:xếp|đứng|ở|xuống)[ ](?:ở[ ])?(?:vị[ ]trí[ ]|hạng[ ])?"
    r"(?:cuối(?:[ ](?:cùng|bảng))?|(?:áp[ ])?chót)[ ]"
    r"\((?P<n>[0-9]{1,4})/(?P<slash>[0-9]{1,4})[^()\n]{0,20}\))",
    re.IGNORECASE,
)


@cache
def _last_of() -> re.Pattern[str]:
    """ "đứng hàng cuối trong 4 ngân hàng"."""
    return re.compile(
        r"(?<!\w)(?:xếp|đứng|ở|xuống|về)[ ](?:ở[ ])?(?:vị[ ]trí[ ]|hàng[ ])?cuối(?:[ ](?:cùng|bảng))?[ ]"
        rf"trong[ ](?:(?:tổng[ ])?số[ ])?(?P<n>{FIGURE})[ ]{rank_words.any_of('noun')}(?!\w)",
        re.IGNORECASE,
    )


@cache
def _of_body() -> re.Pattern[str]:
    """ "Sở Nội vụ | hạng Nhì", "quận Hải Châu | hạng Nhất"."""
    return re.compile(
        rf"(?<!\w)(?!đô[ ]thị)(?:{rank_words.any_of('organisation')}|phường|xã)[ ](?-i:[{CAPITAL}])"
        r"(?:(?!(?:Huân|huân|Huy|huy)[ ])[^,.;:()\n0-9]){2,50}?(?P<points>[ ][0-9]{1,3}(?:,[0-9]+)?[ ]điểm,)?"
        rf"[ ](?P<place>(?:đồng[ ])?hạng[ ](?:(?P<n>nhất|nhì|ba)|(?P<n2>(?(points){FIGURE}|nhất))(?![/0-9])))"
        r"(?=[ ]?[,.;]|[ ]{0,2}\Z)",
        re.IGNORECASE,
    )


# "trở thành nước | thứ 8 trên thế giới về điện gió"
_COUNTRY_AS = re.compile(
    rf"(?<!\w)(?:nước|quốc[ ]gia)[ ](?P<place>thứ[ ](?P<n>{FIGURE})[ ](?:trên[ ])?(?:thế[ ]giới|toàn[ ]cầu))"
    r"(?=[ ]về[ ])"
)


def placed(text: str, sentence: Span) -> Iterator[Phrase]:
    """Places that a list gives to somebody, that head a line, or that a country has by name."""
    for expression in (_OF_OTHERS, _HEADING, _COUNTRY_AS, _LAST, _of_body()):
        for match in expression.finditer(text, sentence.start, sentence.end):
            found, out_of = group(match, "n", "n2"), group(match, "slash")
            start = match.start("place") if "place" in match.re.groupindex else match.start()
            if found:
                yield Phrase(
                    start=start, end=match.end(), rule="ranking.ordinal", rank=value(found[0]),
                    out_of=value(out_of[0]) if out_of else None,
                    figures=(found[1], out_of[1]) if out_of else (found[1],),
                )  # fmt: skip
    for match in _last_of().finditer(text, sentence.start, sentence.end):
        rank = value(match["n"])
        yield Phrase(
            start=match.start(), end=match.end(), rule="ranking.ordinal", rank=rank, out_of=rank,
            figures=(Span(*match.span("n")),),
        )  # fmt: skip
