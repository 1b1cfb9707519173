"""Contests by name, in which somebody is placed: "Giải cờ vua thế giới 2017", "SEA Games 31"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractors import rank_words
from extractors.rank_extents import STOP

if TYPE_CHECKING:
    from corpus.facts import Span


@cache
def contest() -> str:
    """A contest by its name and edition, as the group `topic` of an expression."""
    return (
        rf"(?<!mùa[ ])(?P<topic>{rank_words.any_of('contest')}(?!\w)"
        r"(?![ ](?:này|đó|trên|trí|gặp|pháp|quyết|thưởng|ngân|phóng|thích|tỏa|thể|Turing)(?!\w))"
        rf"(?:[ ](?!(?:và|của|hồi|gặp|song|mùa"
        rf"|với)[ ])[^,.;:()\n]{{2,60}}?)??(?:[ ](?:lần[ ]thứ[ ])?[0-9]{{1,4}}(?![0-9]|[.,/][0-9])|{STOP}"
        rf"|(?=[ ](?:và|của|hồi|gặp|song|mùa|với)[ ])))"
    )


@cache
def _contests() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){contest()}", re.IGNORECASE)


def is_bare(name: str) -> bool:
    """Whether it only points to a contest: "tại cuộc thi"."""
    return bool(rank_words.begins("contest").fullmatch(name) and name[1:].islower())


def last_contest(text: str, span: Span) -> str | None:
    """The last contest that a span names in full."""
    named = [match["topic"] for match in _contests().finditer(text, span.start, span.end)]
    return next((name for name in reversed(named) if name != name.lower() and not is_bare(name)), None)
