"""What a mention says of its document's subject: its title in one spelling, and the words it stands among."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from corpus.text import fold
from warehouse.lexicon import lexicon

BEFORE, AFTER = 100, 160
"""Characters of the sentence around a mention that tell what its document is about."""

_WORD = re.compile(r"[^\W\d_]+|\d{4}")
_LEAD = re.compile(
    r"^(?:(?:ve|viec|phe duyet|ban hanh|thong qua|quy dinh|noi dung"
    r"|chien luoc|chuong trinh|de an|ke hoach|quy hoach|quy che)(?:\s+|$))+"
)


@lru_cache(maxsize=50_000)
def core(title: str) -> tuple[str, ...]:
    """The words of a title, folded, without what only opens it (`phê duyệt Chiến lược ...`)."""
    words = " ".join(_WORD.findall(fold(title)))
    return tuple(_LEAD.sub("", words).split())


def same_title(one: tuple[str, ...], other: tuple[str, ...], least: int) -> bool:
    """Whether one title is the other, or its beginning, with at least so many words of it.

    `đến` and `tới năm` and other small words may differ: nine words of ten are enough.
    """
    length = min(len(one), len(other))
    if length < least or one[:3] != other[:3]:
        return False
    shorter, longer = sorted((one, other), key=len)
    return len(set(shorter) & set(longer[: length + 3])) >= 0.9 * len(set(shorter))


def pairs(title: str | None, sentence: str, surface: str) -> frozenset[tuple[str, str]]:
    """The pairs of neighbouring syllables that tell what a document is about: Vietnamese words, mostly."""
    at = sentence.find(surface)
    end = at + len(surface)
    around = f"{sentence[max(0, at - BEFORE) : at]} . {sentence[end : end + AFTER]}" if at >= 0 else sentence
    return _pairs(title or "") | _pairs(around)


@lru_cache(maxsize=10_000)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    syllables = [_syllable(word) for word in _WORD.findall(text)]
    return frozenset((one, two) for one, two in pairwise(syllables) if one and two)


@lru_cache(maxsize=100_000)
def _syllable(word: str) -> str:
    """A syllable folded, empty for one that tells nothing."""
    folded = fold(word)
    return "" if folded in stop() else folded


@cache
def stop() -> frozenset[str]:
    """Syllables that stand beside any document."""
    return frozenset(fold(row["syllable"]) for row in lexicon("title_stop_syllables"))
