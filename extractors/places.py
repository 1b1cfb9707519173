"""Names of places: those that are known, and those that a level (tỉnh, quận, xã) stands in front of."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from corpus.syllables import is_syllable
from extractors.gazetteer import Gazetteer
from extractors.persons import tied
from extractors.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractors.gazetteer import Word

MOST_SYLLABLES = 4
_NUMBERED = frozenset(("quận", "q.", "phường", "p."))
_SMALL = frozenset(("thôn", "ấp", "buôn", "làng"))
_DIRECTIONS = frozenset(("phía", "hướng", "cực"))
# Family names that hardly any place has inside: "huyện Lục Ngạn Nguyễn Văn Bình".
_FAMILIES = frozenset(
    ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Ngô", "Trịnh", "Đinh")
)


def known_place(sentence: Sequence[Word], at: int) -> int:
    """How many words the known place that begins here has; 0: none does."""
    found = _known().longest(sentence, at)
    if found is None or not any(word.capital for word in sentence[at : at + found[0]]):
        return 0
    if at and sentence[at - 1].text.lower() in _DIRECTIONS:
        return 0
    return 0 if found[0] == 1 and _goes_on(sentence, at) else found[0]


def level(sentence: Sequence[Word], at: int) -> int:
    """How many words the level that begins here has ("TP", "thành phố", "Q."); 0: none does."""
    if sentence[at].text not in _first_of_levels():
        return 0
    found = _levels().longest(sentence, at)
    return found[0] if found else 0


def place_name(sentence: Sequence[Word], at: int) -> int:
    """How many words the place's name behind a level has: a known one, else its run of capitals."""
    if known := known_place(sentence, at):
        return known
    run = syllables = 0
    while at + run < len(sentence) and syllables < MOST_SYLLABLES:
        word = sentence[at + run]
        if not (word.capital and word.text.isalpha()) or (run and word.text in _FAMILIES):
            break
        if word.text.isupper() and len(word.text) > 1 and not is_syllable(word.text):
            break
        run += 1 + tied(sentence, at + run + 1)
        syllables += 1
    if run and at and sentence[at - 1].text in _SMALL and _number(sentence, at + run):
        return run + 1
    return run


def numbered(sentence: Sequence[Word], at: int) -> int:
    """How many words "Quận 2", "P. 14" has if it stands here; 0: it does not."""
    levels = level(sentence, at)
    named = levels and "".join(word.key for word in sentence[at : at + levels]) in _NUMBERED
    return levels + 1 if named and _number(sentence, at + levels) else 0


def _number(sentence: Sequence[Word], at: int) -> bool:
    if at >= len(sentence) or sentence[at].start - sentence[at - 1].end > 1:
        return False
    figure = sentence[at].text
    dotted = at + 2 < len(sentence) and sentence[at + 1].text in ".,/%" and sentence[at + 2].text.isdigit()
    return figure.isdigit() and len(figure) < 3 and not dotted


def _goes_on(sentence: Sequence[Word], at: int) -> bool:
    """Whether a one-syllable country ("Mỹ", "Đức") is only a part of a longer name ("Mỹ Đức", "Mỹ Linh")."""
    before = at and sentence[at - 1].capital and sentence[at].start - sentence[at - 1].end == 1
    behind = sentence[at + 1 : at + 2]
    return not before and bool(behind) and _is_part(behind[0], sentence[at])


def _is_part(behind: Word, country: Word) -> bool:
    return (
        behind.start - country.end == 1
        and behind.capital
        and not behind.text.isupper()
        and len(behind.text) > 1
        and is_syllable(behind.text)
        and not country.text.isupper()
    )


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


@cache
def _first_of_levels() -> frozenset[str]:
    """The first words of levels as they are written: asked of every word, so that nothing is folded."""
    first = {row["canonical"].split(" ")[0].rstrip(".") for row in rows("place_levels")}
    return frozenset(form for word in first for form in (word, word.lower(), word.upper(), word.capitalize()))
