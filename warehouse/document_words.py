"""What a mention says of its document's subject: its title in one spelling, and the words it stands among."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.text import fold
from warehouse.lexicon import lexicon

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from warehouse.document_mentions import Mention

BEFORE, AFTER = 100, 160
"""Characters of the sentence around a mention that tell what its document is about."""

COMMON, COMMON_LEAST = 0.05, 20
"""The share and the number of stories above which a pair of syllables tells nothing."""

_WORD = re.compile(r"[^\W\d_]+|\d{4}")
_LEAD = re.compile(
    r"^(?:(?:ve|viec|phe duyet|ban hanh|thong qua|quy dinh|noi dung|trien khai|to chuc thuc hien|thuc hien"
    r"|chien luoc|chuong trinh|de an|ke hoach|quy hoach|quy che)(?:\s+|$))+"
)


@lru_cache(maxsize=50_000)
def core(title: str) -> tuple[str, ...]:
    """The words of a title, folded, without what only opens it (`phê duyệt Chiến lược ...`)."""
    words = " ".join(_WORD.findall(fold(title)))
    return tuple(_LEAD.sub("", words).split())


OPENING = 3
"""Words by which titles are looked up."""
_EDITION = re.compile(
    r"\b(ky hop|phien hop|lan|dot|giai doan|khoa|hoc ky)(?: thu)? "
    r"(\d{1,4}|nhat|hai|ba|tu|nam|sau|bay|tam|chin|muoi|[xvi]+)\b"
)
_COUNTED = ("nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_ORDINALS = {word: str(at) for at, word in enumerate(_COUNTED, 1)}
_ROMAN = {"i": 1, "v": 5, "x": 10}
BEHIND = 50
"""Characters behind a title in which its ordinal may still stand."""


def editions(title: str | None, sentence: str, surface: str) -> frozenset[tuple[str, str]]:
    """The ordinals that tell documents of one title apart: `kỳ họp thứ ba` is (`ky hop`, `3`)."""
    at = sentence.find(surface) + len(surface)
    behind = sentence[at : at + len(title or "") + BEHIND]
    return _editions(f"{title or ''} | {behind}")


@lru_cache(maxsize=10_000)
def _editions(text: str) -> frozenset[tuple[str, str]]:
    return frozenset((noun, _ordinal(said)) for noun, said in _EDITION.findall(fold(text)))


def _ordinal(said: str) -> str:
    if set(said) <= set(_ROMAN):
        return str(roman(said))
    return _ORDINALS.get(said, said)


def roman(written: str) -> int:
    """The value of a Roman numeral up to XXXIX."""
    values = [_ROMAN[letter] for letter in written.lower()]
    return sum(-one if one < after else one for one, after in zip(values, [*values[1:], 0], strict=True))


def of_one_edition(one: AbstractSet[tuple[str, str]], other: AbstractSet[tuple[str, str]]) -> bool:
    """Whether no ordinal is one in the one and another in the other."""
    nouns = {noun for noun, _ in one} & {noun for noun, _ in other}
    return all({pair for pair in one if pair[0] == noun} & other for noun in nouns)


def same_title(one: tuple[str, ...], other: tuple[str, ...], least: int) -> bool:
    """Whether one title is the other, or its beginning, with at least so many words of it.

    `đến` and `tới năm` and other small words may differ: nine words of ten are enough.
    """
    length = min(len(one), len(other))
    if length < least or one[:OPENING] != other[:OPENING]:
        return False
    shorter, longer = sorted((one, other), key=len)
    return len(set(shorter) & set(longer[: length + 3])) >= 0.9 * len(set(shorter))


def pairs(mention: Mention) -> frozenset[tuple[str, str]]:
    """The pairs of neighbouring syllables that tell what a document is about: Vietnamese words, mostly.

    They are those of the title, of the words around the mention and of the headline of the article.
    """
    sentence, surface = mention.sentence, mention.surface
    at = sentence.find(surface)
    end = at + len(surface)
    around = f"{sentence[max(0, at - BEFORE) : at]} . {sentence[end : end + AFTER]}" if at >= 0 else sentence
    return _pairs(mention.title or "") | _pairs(around) | _pairs(mention.headline or "")


def title_pairs(mention: Mention) -> frozenset[tuple[str, str]]:
    """The telling pairs of a mention's title."""
    return _pairs(mention.title or "") & mention.about


def common(told: Iterable[tuple[str, frozenset[tuple[str, str]]]]) -> set[tuple[str, str]]:
    """The pairs that too many stories have to tell documents apart, of stories with theirs."""
    stories: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for story, about in told:
        stories[story] |= about
    counts = Counter(pair for about in stories.values() for pair in about)
    most = max(COMMON_LEAST, COMMON * len(stories))
    return {pair for pair, count in counts.items() if count > most}


@lru_cache(maxsize=10_000)
def _pairs(text: str) -> frozenset[tuple[str, str]]:
    syllables = [_syllable(word) for word in _WORD.findall(text)]
    return frozenset((one, two) for one, two in pairwise(syllables) if one and two)


@lru_cache(maxsize=100_000)
def _syllable(word: str) -> str:
    """A syllable folded, empty for one that tells nothing."""
    folded = fold(word)
    return "" if folded in stop() else folded


def forget() -> None:
    """Gives up what is remembered of texts, which takes memory."""
    for remembered in (core, _editions, _pairs, _syllable):
        remembered.cache_clear()


@cache
def stop() -> frozenset[str]:
    """Syllables that stand beside any document."""
    return frozenset(fold(row["syllable"]) for row in lexicon("title_stop_syllables"))
