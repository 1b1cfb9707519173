"""The later items of a list that a place opens: ", 23/47 châu Á và 6/11 Đông Nam Á"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors.rank_context import Phrase
from extractors.rank_figures import FIGURE, WORD, tail, tail_pattern, value

if TYPE_CHECKING:
    from collections.abc import Iterator

_ITEM = re.compile(
    r"""(?:[ ][^,.;:()0-9\n]{0,60}?)?(?:[ ]?[,;]|[ ]và
        |[ ]cùng)(?:[ ]và)?[ ]{1,2}(?P<item>(?:(?:đứng[ ])?thứ[ ]|hạng[ ]|vị[ ]trí[ ](?:thứ[ ])?)?
        (?P<n>[0-9]{1,4})[ ]?/[ ]?(?P<m>[0-9]{1,4})(?![0-9/]|[.,][0-9]))""",
    re.VERBOSE | re.IGNORECASE,
)


@cache
def _bare_item() -> re.Pattern[str]:
    """ "(ở vị trí 31) và 27 trên thế giới", "(xếp thứ nhất ...) và thứ ba về du lịch"."""
    return re.compile(
        rf"""(?:[ ](?:về|tại|ở|trong|trên)[ ][^,.;:()0-9\n]{{2,50}}?)?(?:[ ]?,|[ ]và
        |,[ ]và)[ ]{{1,2}}(?P<item>(?P<mark>(?:vị[ ]trí[ ])?thứ[ ]{{1,2}})?(?P<n>{FIGURE}|{WORD}))
        (?=[ ](?:trên|trong|thế|toàn|ở|tại|châu|khu|của|chung|sau|về|cả|ASEAN|EU|Đông|và)(?!\w)
            |[ ]?[,.;()]|\Z){tail_pattern()}?""",
        re.VERBOSE | re.IGNORECASE,
    )


def items(text: str, sentence: Span, first: Phrase) -> Iterator[Phrase]:
    """The items behind a place, each where the one before it ends."""
    if first.rank is None or first.rule not in ("ranking.headed", "ranking.ordinal", "ranking.best"):
        return
    at = first.end
    in_turn = "lần lượt" in text[max(sentence.start, first.start - 200) : first.start]
    while True:
        match = _ITEM.match(text, at, sentence.end) if first.out_of or at > first.end else None
        match = match or _bare_item().match(text, at, sentence.end)
        item = _item(match, in_turn=in_turn) if match else None
        if match is None or item is None:
            return
        yield item
        at = match.end()


def _item(match: re.Match[str], *, in_turn: bool) -> Phrase | None:
    start, end, figure = match.start("item"), match.end(), Span(match.start("n"), match.end("n"))
    rank = value(match["n"])
    if "m" in match.re.groupindex:
        out_of, of = value(match["m"]), Span(match.start("m"), match.end("m"))
        if not 0 < rank <= out_of:
            return None
        return Phrase(
            start=start, end=end, rule="ranking.item", rank=rank, out_of=out_of, figures=(figure, of)
        )
    if not (match["mark"] or (in_turn and match["n"][0].isdigit())) or rank == 0:
        return None
    said, figures = tail(match)
    return Phrase(start=start, end=end, rule="ranking.item", rank=rank, figures=(figure, *figures), **said)
