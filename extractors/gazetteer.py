"""Names that are known: the longest one that begins at a word, found in linear time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from corpus.facts import Span
from corpus.syllables import is_syllable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MOST_WORDS = 24
_WORD = re.compile(r"[^\W\d_]+(?:&[^\W\d_]+)*|[0-9]+|[^\w\s]")
_LOWER = "".join(c for c in map(chr, range(0x61, 0x1EFF)) if c.islower())
_UPPER = "".join(c for c in map(chr, range(0x41, 0x1EFF)) if c.isupper())
_GLUED = re.compile(rf"[{_LOWER}](?=[{_UPPER}][{_LOWER}])")
_DASHES = str.maketrans("–—", "--")
# The two ways to place a tone on oa, oe, uy ("hoà", "hòa"): both are read as the newer one.
_TONE_PLACES = {
    old: new
    for pair in ("oà/òa", "oá/óa", "oả/ỏa", "oã/õa", "oạ/ọa", "oè/òe", "oé/óe", "oẻ/ỏe", "oẽ/õe", "oẹ/ọe",
                 "uỳ/ùy", "uý/úy", "uỷ/ủy", "uỹ/ũy", "uỵ/ụy")
    for old, new in [pair.split("/")]
}  # fmt: skip
_TONE_PLACE = re.compile("(?:" + "|".join(_TONE_PLACES) + r")\b")


class Word(NamedTuple):
    """A word, a figure or a mark of punctuation at its offsets; `capital`: it begins with a capital letter.

    A tuple, because an article has hundreds: frozen dataclasses take three times as long to make.
    """

    start: int
    end: int
    text: str
    capital: bool

    @property
    def key(self) -> str:
        """The surface in lower case, with one way to place tones and one dash."""
        return _key(self.text)


def words(text: str, span: Span) -> Iterator[Word]:
    """The words of a span; two that stand glued ("Phạm ThủyTheo") are two."""
    for match in _WORD.finditer(text, span.start, span.end):
        written = match.group()
        glued = len(written) > 3 and not written.islower() and _GLUED.search(written)
        if glued and is_syllable(written[: glued.end()]) and is_syllable(written[glued.end() :]):
            middle = match.start() + glued.end()
            yield Word(match.start(), middle, written[: glued.end()], written[0].isupper())
            yield Word(middle, match.end(), written[glued.end() :], True)
        else:
            yield Word(match.start(), match.end(), written, written[0].isupper())


class Gazetteer:
    """A trie of names over words; spelling must agree but for letter case, tone places and dashes.

    Whoever asks makes sure that the first word is a capital where that matters.
    """

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """`names`: pairs of a name as written and what it stands for."""
        self._root = _Node({})
        for name, meaning in names:
            node = self._root
            for word in words(name, Span(0, len(name))):
                node = node.after.setdefault(word.key, _Node({}))
            node.meaning = meaning

    def longest(self, sentence: Sequence[Word], at: int) -> tuple[int, str] | None:
        """How many words the longest known name at a place has, and what it stands for."""
        node, best = self._root, None
        for length, word in enumerate(sentence[at : at + _MOST_WORDS], start=1):
            following = node.after.get(word.key)
            if following is None:
                break
            node = following
            if node.meaning is not None:
                best = length, node.meaning
        return best


@dataclass(slots=True)
class _Node:
    after: dict[str, _Node]
    meaning: str | None = None


@lru_cache(maxsize=1 << 16)
def _key(word: str) -> str:
    return _TONE_PLACE.sub(lambda old: _TONE_PLACES[old.group()], word.casefold()).translate(_DASHES)
