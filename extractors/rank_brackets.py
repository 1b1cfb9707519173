"""Places in brackets behind a name or a part of an index: "Libya (thứ 72)", "Singapore (12) xếp trên Lào"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import rank_context, rank_words, ranked_names
from extractors.letters import CAPITAL
from extractors.rank_context import Phrase
from extractors.rank_figures import FIGURE, FIGURE_BEFORE_SLASH, WORD, group, value

if TYPE_CHECKING:
    from collections.abc import Iterator

_YEARS = range(1900, 2101)
# "Libya (thứ 72)", "Thái Lan (hạng 45)", "Malaysia (xếp thứ 33/141)"
_BRACKETED = re.compile(
    rf"""(?<=[^\W\d]\s\()(?P<mark>(?:(?:xếp|đứng)[ ])?(?:(?:ở[ ])?vị[ ]trí[ ])?(?:thứ|hạng|vị[ ]trí
    |thứ[ ]hạng)[ ])?
    (?:(?P<n>{FIGURE})|(?P<n2>{FIGURE_BEFORE_SLASH})(?=[ ]?/[ ]?[0-9])|(?<=thứ[ ])(?P<w>{WORD}))
    (?:[ ]?/[ ]?(?P<slash>[0-9]{{1,4}}))?
    (?=[ ]?[),;])""",
    re.VERBOSE | re.IGNORECASE,
)
_INDEXES = re.compile(r"(?<!\w)(?:chỉ[ ]số|tiêu[ ]chí|trụ[ ]cột|lĩnh[ ]vực)[ ][^:\n]*:", re.IGNORECASE)
BAND_IN_FRONT = re.compile(
    r"(?:t[oố]p|nhóm)[ ]?[0-9]{1,4}(?:[ ](?:(?![ ](?:là|gồm)[ ])[^,.;:()\n]){0,60})?[ ]\(\Z", re.IGNORECASE
)
"""A band in front of a bracket, which then says the exact place: "lọt Top 200 | (hạng 173)"."""
_CAPITAL_NAME = re.compile(r"(?<!\w)[" + CAPITAL + r"]\w*[ ]\(\Z")


@cache
def _body() -> re.Pattern[str]:
    """ "Bộ Thông tin và Truyền thông (thứ 5)"."""
    return re.compile(rf"(?<!\w){rank_words.any_of('organisation')}[ ][{CAPITAL}][^,.;:()\n]{{2,60}}[ ]\(\Z")


# "Peru (thứ 58), Chile (thứ 95)": places even where no word of ranking is near, weekdays are below nine
_ROW = re.compile(r"\((?:thứ|hạng)[ ](?P<n>[0-9]{1,3})\)")
_WEEKDAYS = range(2, 9)
_SPEAKS_OF_RANKS = re.compile(
    rf"{rank_context.RANK_WORD.pattern}|(?:đứng|dẫn|ngôi)[ ]đầu|đứng[ ](?:sau|thứ|nhất|nhì)(?!\w)"
    r"|(?<!\w)t[oố]p[ ]",
    re.IGNORECASE,
)

# "thị trường sản phẩm (79 | , tăng 23 bậc)"
_AND_MOVED = re.compile(r",[ ](?:tăng|giảm|tụt|lên|xuống)[ ][0-9]{1,3}[ ]bậc\)")
# "Singapore (12), Malaysia (53) | xếp trên Lào"
_ABOVE = re.compile(r"(?<!\w)(?:xếp|đứng)[ ](?:ngay[ ])?(?:trên|sau|trước|dưới)(?!\w)", re.IGNORECASE)
_BEHIND = 120


def bracketed(text: str, sentence: Span) -> Iterator[Phrase]:
    """Places in brackets behind a name, in a sentence that speaks of ranks."""
    for match in _BRACKETED.finditer(text, sentence.start, sentence.end):
        front = Span(max(sentence.start, match.start() - 300), match.start())
        if BAND_IN_FRONT.search(text, max(front.start, front.end - 90), front.end):
            continue  # "lọt Top 200 (hạng 173)" is one ranking
        found, out_of = group(match, "n", "n2", "w"), group(match, "slash")
        moved = _AND_MOVED.match(text, match.end(), sentence.end)
        named = _CAPITAL_NAME.search(text, front.start, front.end) or _body().search(
            text, front.start, front.end
        )
        if (
            found is None
            or (not match["mark"] and value(found[0]) in _YEARS)
            or not (named or moved or (match["mark"] and _of_index(text, sentence, match)))
        ):
            continue
        if (
            not match["mark"]
            and not moved
            and not ranked_names.ends_with_place(text, Span(front.start, front.end - 2))
        ):
            continue
        ranks = _SPEAKS_OF_RANKS.search(text, front.start, front.end) or _ABOVE.search(
            text, match.end(), min(sentence.end, match.end() + _BEHIND)
        )
        if ranks or _in_a_row(text, sentence, match):
            yield Phrase(
                start=match.start(), end=match.end(), rule="ranking.bracketed", rank=value(found[0]),
                out_of=value(out_of[0]) if out_of else None,
                figures=(found[1], out_of[1]) if out_of else (found[1],),
            )  # fmt: skip


def _of_index(text: str, sentence: Span, match: re.Match[str]) -> bool:
    """Whether parts of an index have their places in brackets there."""
    return bool(_INDEXES.search(text, max(sentence.start, match.start() - 300), match.start())) or _in_a_row(
        text, sentence, match
    )


def _in_a_row(text: str, sentence: Span, match: re.Match[str]) -> bool:
    """Whether several names have their places in brackets there."""
    near = Span(max(sentence.start, match.start() - 150), min(sentence.end, match.end() + 150))
    row = [int(one["n"]) for one in _ROW.finditer(text, near.start, near.end)]
    return match["mark"] is not None and len(row) > 1 and any(place not in _WEEKDAYS for place in row)
