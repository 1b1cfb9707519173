"""Capitalised words that no rule knows for a name: what the model of names is asked about."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from extractors.persons import is_foreign, tied
from extractors.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractors.gazetteer import Word

_OPENING = frozenset('.!?:;“"”…-–(')
LONGEST = 8
"""Words; longer runs are headlines in capitals."""


class Run(NamedTuple):
    """Words of a line that follow each other, half-open."""

    start: int
    end: int


def runs(line: Sequence[Word], taken: set[int]) -> Iterator[Run]:
    """The runs of capitalised words of a line that look like names and begin in none (`taken`: offsets).

    One Vietnamese syllable begins a sentence or an office ("Chủ tịch"); two and more, foreign words and
    abbreviations other than `lexicons/no_names.csv` may be names.
    """
    at = 0
    while at < len(line):
        if not line[at].capital:
            at += 1
            continue
        end = at
        while end < len(line) and _belongs(line, end, taken) and (end == at or _follows(line, end)):
            end += 1 + tied(line, end + 1)
        if end > at and end - at <= LONGEST and _looks_like_name(line, at, end):
            yield Run(at, end)
        at = max(end, at + 1)


def _belongs(line: Sequence[Word], at: int, taken: set[int]) -> bool:
    word = line[at]
    return word.capital and word.start not in taken and word.text not in _no_names()


def _follows(line: Sequence[Word], at: int) -> bool:
    return line[at].start - line[at - 1].end == 1


def _looks_like_name(line: Sequence[Word], at: int, end: int) -> bool:
    words = [word.text for word in line[at:end]]
    if all(len(word) == 1 for word in words):
        return False
    opens = at == 0 or line[at - 1].text in _OPENING
    if len(words) == 1:
        return is_foreign(words[0]) or (words[0].isupper() and len(words[0]) < 7 and not opens)
    return True


@cache
def _no_names() -> frozenset[str]:
    return frozenset(row["canonical"] for row in rows("no_names"))
