"""Names of persons: a family name and what follows it, or what stands behind a form of address."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extractors.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.gazetteer import Word

MOST_SYLLABLES = 5
"""Of a Vietnamese name: "Tôn Nữ Thị Ninh" has four, names of the upland peoples up to five."""


def person_at(sentence: Sequence[Word], at: int) -> int:
    """How many words the person's name that begins here has; 0: none does.

    Two syllables and more need a family name in front ("Nguyễn Huy Dũng"); one is enough behind
    "ông", "bà", "anh", "chị", "đồng chí" ("ông Tuấn").
    """
    length = _capitals(sentence, at)
    if length >= 2 and sentence[at].text.title() in _surnames():
        return length
    if length and at and sentence[at - 1].text.lower() in _addresses():
        return length
    return 0


def credited_at(sentence: Sequence[Word], at: int) -> int:
    """How many words the pen name has that a photograph is credited to here ("Ảnh: Thu Giang"); 0: none.

    What comes next is often glued on ("Ảnh: Thu Giang Sáng 3/7, ..."): without a family name, two syllables.
    """
    if at < 2 or sentence[at - 1].text != ":" or sentence[at - 2].text.lower() not in ("ảnh", "họa", "hoạ"):
        return 0
    return person_at(sentence, at) or min(_capitals(sentence, at), 2)


def byline_at(sentence: Sequence[Word], at: int) -> int:
    """How many words the writer's name has that ends the line here, alone or behind a full stop; 0: none."""
    if at and sentence[at - 1].text not in _STOPS:
        return 0
    length = _capitals(sentence, at)
    initials = all(len(word.text) < 3 for word in sentence[at : at + length])
    return length if 2 <= length <= 4 and at + length == len(sentence) and not initials else 0


_STOPS = frozenset(".…!?”)/")


def _capitals(sentence: Sequence[Word], at: int) -> int:
    """How many capitalised syllables of one letter case (Dũng or DŨNG) follow each other from here."""
    run = 0
    for word in sentence[at : at + MOST_SYLLABLES]:
        if not (word.text.isalpha() and word.capital and len(word.text) <= 7):
            break
        if run and (word.start - sentence[at + run - 1].end != 1):
            break
        if run and word.text.isupper() != sentence[at].text.isupper() and len(word.text) > 1:
            break
        run += 1
    return run


@cache
def _surnames() -> frozenset[str]:
    return frozenset(row["canonical"] for row in rows("surnames"))


@cache
def _addresses() -> frozenset[str]:
    return frozenset(row["canonical"] for row in rows("forms_of_address"))
