"""What sort of words stand in a text: by their part of speech, and by the words they keep company with.

Parts of speech are those of the rules (`lexicons/phrase_ends.csv`, `clause_words.csv`, `measure_nouns.csv`);
company is `lexicons/word_clusters.csv`, which `clustering` makes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from extractors import wordlists
from extractors.choosers import word_hash

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_INSIDE = 0x5555
_UNLISTED, _FIGURE, _NAME = map(word_hash, ("", "figure", "name"))


class Classes(NamedTuple):
    """Of each syllable or sign the class as a number, and whether a word begins with it."""

    numbers: list[int]
    begins: list[bool]


@dataclass(frozen=True, slots=True)
class Book:
    """The class of each listed word as a number; `longest`: the most syllables of a word by its first one."""

    values: Mapping[str, int]
    longest: Mapping[str, int]

    def read(self, written: Sequence[str], unlisted: Sequence[int]) -> Classes:
        """The classes of syllables and signs, `written` in lower case: the longest listed word first, its
        later syllables apart; `unlisted` are the classes (`unlisted`) of what stands in no list."""
        values, longest = self.values, self.longest
        found: list[int] = []
        begins: list[bool] = []
        past = 0
        for at, first in enumerate(written):
            if at < past:
                continue
            past, number = at + 1, None
            for end in range(min(at + longest.get(first, 1), len(written)), at + 1, -1):
                number = values.get(" ".join(written[at:end]))
                if number is not None:
                    past = end
                    break
            found.append(number or values.get(first) or unlisted[at])
            begins.append(True)
            if number is not None:
                found += [number ^ _INSIDE] * (past - at - 1)
                begins += [False] * (past - at - 1)
        return Classes(found, begins)


def unlisted(written: str, *, capital: bool) -> int:
    """The class of a syllable, figure or sign that stands in no list: names are one class, figures another,
    each sign is its own."""
    if written[0].isdigit():
        return _FIGURE
    if not written[0].isalnum():
        return word_hash(written)
    return _NAME if capital else _UNLISTED


@cache
def parts_of_speech() -> Book:
    """Nouns, measures, verbs, predicates, what opens a statement or bounds a figure, and so on."""
    kinds = wordlists.classes("phrase_ends", "word", "class")
    roles = wordlists.classes("clause_words", "word", "role")
    measures = {row["noun"].lower(): "measure" for row in wordlists.rows("measure_nouns")}
    return _book(kinds | roles | measures)


@cache
def company() -> Book:
    """Words of one class stand beside the same words."""
    return _book(wordlists.classes("word_clusters", "word", "cluster"))


def _book(listed: Mapping[str, str]) -> Book:
    longest: dict[str, int] = {}
    for word in listed:
        syllables = word.split(" ")
        longest[syllables[0]] = max(longest.get(syllables[0], 0), len(syllables))
    return Book({word: word_hash(name) for word, name in listed.items()}, longest)
