"""Names of places: those that are known, and those that a level (tỉnh, quận, xã) stands in front of."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extractors.gazetteer import Gazetteer
from extractors.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractors.gazetteer import Word

MOST_SYLLABLES = 4


def known_place(sentence: Sequence[Word], at: int) -> int:
    """How many words the known place that begins here has; 0: none does."""
    found = _known().longest(sentence, at)
    if found is None or not any(word.capital for word in sentence[at : at + found[0]]):
        return 0
    return found[0]


def level(sentence: Sequence[Word], at: int) -> int:
    """How many words the level that begins here has ("TP", "thành phố", "Q."); 0: none does."""
    found = _levels().longest(sentence, at)
    return found[0] if found else 0


def place_name(sentence: Sequence[Word], at: int) -> int:
    """How many words the place's name behind a level has: a known one, else its run of capitals."""
    if known := known_place(sentence, at):
        return known
    run = 0
    for word in sentence[at : at + MOST_SYLLABLES]:
        if not (word.capital and word.text.isalpha()):
            break
        run += 1
    return run


@cache
def _known() -> Gazetteer:
    return Gazetteer(_names())


def _names() -> Iterator[tuple[str, str]]:
    for row in rows("places"):
        for name in (row["canonical"], *filter(None, row["variants"].split(";"))):
            if name[0].isupper() or name.startswith(("châu", "miền")):
                yield name, row["id"]


@cache
def _levels() -> Gazetteer:
    return Gazetteer((row["canonical"], "level") for row in rows("place_levels"))
