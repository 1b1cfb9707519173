"""The words of a text as the index keeps them: each one folded, and as written where that says more.

A word with diacritics has two terms. `quyet` is what anybody finds who types none; the other, the same with
its letters and then its tone behind a sign, is what only those find who type them. Where in the word the tone
stands does not matter: hoà and hòa are one. In the index the two terms of a word take two positions, the
folded one always the second, so that one phrase may hold words typed in either way; a word without diacritics
leaves its first position empty.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

EMPTY = "-"
"""Stands in a position that holds no term."""

AS_WRITTEN = "="
"""Parts the folded form of a term from the form as written."""

_WORD = re.compile(r"[^\W_]+")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def words(text: str) -> list[str]:
    """The runs of letters and digits of a text (NFC), as written; `942/QĐ-TTg` is three."""
    return _WORD.findall(text)


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """The term that finds a word however it is typed."""
    return fold(word)


@lru_cache(maxsize=1 << 14)
def term(word: str) -> str:
    """The term that finds a word as typed: the folded one unless it has diacritics."""
    lower = word.lower()
    return f"{folded(word)}{AS_WRITTEN}{_tone_last(lower)}" if folded(word) != lower else folded(word)


def says(word: str, typed: str) -> bool:
    """Whether a word of a text is the one that was typed."""
    asked = term(typed)
    return asked == (term(word) if AS_WRITTEN in asked else folded(word))


def indexed(written: Sequence[str]) -> str:
    """Both terms of every word, parted by spaces; EMPTY where a word has only one."""
    return " ".join(map(_positions, written))


def pairs(written: Sequence[str]) -> Iterator[str]:
    """Every two neighbouring words, folded, as one term each: what stands together counts more."""
    return map("_".join, pairwise(map(folded, written)))


def phrase(typed: Sequence[str]) -> list[tuple[int, str]]:
    """The terms of words that are to stand one after another, with their positions counted from the first."""
    terms = [term(word) for word in typed]
    places = [2 * number + (AS_WRITTEN not in each) for number, each in enumerate(terms)]
    return [(place - places[0], each) for place, each in zip(places, terms, strict=True)]


@lru_cache(maxsize=1 << 16)
def _positions(word: str) -> str:
    own = term(word)
    return f"{own if AS_WRITTEN in own else EMPTY} {folded(word)}"


def _tone_last(lower: str) -> str:
    letters = unicodedata.normalize("NFD", lower)
    tones = "".join(mark for mark in letters if mark in _TONES)
    return unicodedata.normalize("NFC", "".join(mark for mark in letters if mark not in _TONES)) + tones
