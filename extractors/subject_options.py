"""Where the subject of a percentage may begin and end.

A window of words around the figure: its sentence and the sentence before. The options are the words at
which the subject may begin, then the ends that go with a beginning; neither stands inside a listed word.
`subject_features` tells them apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from corpus.facts import Span
from extractors import word_classes
from extractors.choosers import word_hash

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extractors.choosers import Hashes
    from extractors.document import Document
    from extractors.word_classes import Classes

_WORD = re.compile(r"[^\W_]+(?:[.,/][0-9]+)*%?|[^\w\s]|\n")
VERBS = frozenset(
    word_hash(word)
    for word in (
        *("tăng", "giảm", "đạt", "chiếm", "là", "bằng", "lên", "xuống", "còn", "ở", "có", "gồm", "được"),
        *("bị", "cho", "với", "từ", "trong", "tới", "đến", "hơn"),
    )
)
COMMA, _SEMICOLON, _COLON, _LINE, _NUMBER, _PERCENT, _NOTHING = map(
    word_hash, (",", ";", ":", "\n", "0", "0%", "#")
)
_CLOSES = frozenset(map(word_hash, (")", '"', "”", "%")))
_STOPS = frozenset({_LINE, _SEMICOLON, _COLON, word_hash("nhưng")})
_IN, _WHILE = word_hash("trong"), word_hash("khi")
_NEVER_LAST = frozenset(map(word_hash, ("tuy", "dù", "đội", "và", "của", "do")))
_CLASSES = {
    "comma": frozenset({COMMA}),
    "figure": frozenset({_PERCENT}),
    "break": frozenset(map(word_hash, ";:.")),
    "verb": VERBS,
    "open": frozenset({word_hash("(")}),
    "close": frozenset({word_hash(")")}),
}
_MARKS = {
    word: sum(1 << bit for bit, members in enumerate(_CLASSES.values()) if word in members)
    for word in frozenset().union(*_CLASSES.values())
}
"""The classes of a word as bits."""
_CAPITAL = frozenset({2, 3})
PAD = 3
"""Nothings on either side of the words: features tell of up to two words beside a position."""
_NOTHINGS = (_NOTHING,) * PAD
_BEFORE = 70
"""Words in front of the figure in which a subject is looked for."""
_REACH = 500
"""Characters in front of the figure in which those words are looked for."""
_BEHIND = 30
_LONGEST = 26
"""Words of the longest subject."""


@dataclass(frozen=True)
class Window:
    """The words around a figure: `words` are their offsets, the figure is words [figure.start, figure.end),
    the figure's own sentence begins at word `sentence`."""

    text: str
    words: tuple[Span, ...]
    figure: Span
    sentence: int

    @cached_property
    def _read(self) -> list[_Word]:
        return [_word(self.text[word.start : word.end]) for word in self.words]

    @cached_property
    def written(self) -> list[str]:
        """The words in lower case."""
        return [word.written for word in self._read]

    @cached_property
    def hashes(self) -> list[int]:
        """The words as numbers, figures all alike."""
        return [word.alike for word in self._read]

    @cached_property
    def padded(self) -> Hashes:
        """The hashes with nothings on either side."""
        return np.array([*_NOTHINGS, *self.hashes, *_NOTHINGS], dtype=np.uint64)

    @cached_property
    def shape_numbers(self) -> list[int]:
        """How the words are written; 9 behind the last."""
        return [*(word.shape for word in self._read), 9]

    @cached_property
    def shapes(self) -> Hashes:
        """The same, as an array."""
        return np.array(self.shape_numbers, dtype=np.uint64)

    @cached_property
    def starts(self) -> NDArray[np.int64]:
        """The words at which a subject may begin."""
        begins = zip(self.shape_numbers, self.edges, range(len(self.words)), strict=False)
        figure = range(self.figure.start, self.figure.end)
        places = [at for shape, edge, at in begins if shape > 0 and edge and at not in figure]
        return np.array(places, dtype=np.int64)

    @cached_property
    def _unlisted(self) -> list[int]:
        return [word.unlisted for word in self._read]

    @cached_property
    def parts(self) -> Classes:
        """The words by their parts of speech."""
        return word_classes.parts_of_speech().read(self.written, self._unlisted)

    @cached_property
    def company(self) -> Classes:
        """The words by the words that they keep company with."""
        return word_classes.company().read(self.written, self._unlisted)

    @cached_property
    def edges(self) -> list[bool]:
        """Whether a word begins there, and no later syllable of one; True behind the last."""
        return [*self.parts.begins, True]

    @cached_property
    def counts(self) -> dict[str, NDArray[np.int64]]:
        """How many words of each class stand in front of each word."""
        marks = np.array([_MARKS.get(word, 0) for word in self.hashes])
        flags = marks >> np.arange(len(_CLASSES))[:, None] & 1
        summed = np.zeros((len(_CLASSES), len(self.words) + 1), dtype=np.int64)
        np.cumsum(flags, axis=1, out=summed[:, 1:])
        return dict(zip(_CLASSES, summed, strict=True))

    def at(self, shifts: NDArray[np.int64], positions: NDArray[np.int64]) -> Hashes:
        """The words that stand so many words beside the positions: a row a shift (a column of them)."""
        beside: Hashes = self.padded[positions + (shifts + PAD)]
        return beside

    def one(self, position: int) -> int:
        """The word at the position."""
        return self.hashes[position] if 0 <= position < len(self.hashes) else _NOTHING

    def between(self, what: str, low: NDArray[np.int64], high: NDArray[np.int64], most: int) -> Hashes:
        """How many words of the class stand in [low, high), counted up to `most`."""
        counted = self.counts[what]
        number: Hashes = np.minimum(counted[high] - counted[low], most).astype(np.uint64)
        return number

    def surface(self, start: int, end: int) -> str:
        """The text of words [start, end)."""
        return self.text[self.words[start].start : self.words[end - 1].end]

    def find(self, surface: str | None) -> Span | None:
        """The words that the surface is, those nearest to the figure first."""
        sought = [word.casefold() for word in _WORD.findall(surface or "")]
        if not sought:
            return None
        written, length = self.written, len(sought)
        places = [
            start
            for start, word in enumerate(written)
            if word == sought[0] and written[start : start + length] == sought
        ]
        if not places:
            return None
        start = min(places, key=lambda at: abs(self.figure.start - at))
        return Span(start, start + length)


class _Word(NamedTuple):
    written: str
    alike: int
    shape: int
    unlisted: int


@lru_cache(maxsize=1 << 14)
def _word(surface: str) -> _Word:
    written, shape = surface.casefold(), _shape(surface)
    unlisted = word_classes.unlisted(written, capital=shape in _CAPITAL)
    return _Word(written, _alike(written), shape, unlisted)


def _alike(word: str) -> int:
    if word[0].isdigit():
        return _PERCENT if word.endswith("%") else _NUMBER
    return word_hash(word)


def _shape(word: str) -> int:
    if not word[0].isalnum():
        return 0
    if word[0].isdigit():
        return 1
    if len(word) > 1 and word.isupper():
        return 2
    return 3 if word[0].isupper() else 4


def window(document: Document, figure: Span) -> Window:
    """The words of the figure's sentence and of the one before in its paragraph, as far as they are near."""
    number = document.sentence_number(figure.start)
    sentence, first = document.sentences[number], document.sentences[max(0, number - 1)]
    if first.start < document.lines[document.line_number(figure.start)].start:
        first = sentence
    text, reach = document.text, max(first.start, figure.start - _REACH)
    left = [Span(*word.span()) for word in _WORD.finditer(text, reach, figure.start)][-_BEFORE:]
    own = [Span(*word.span()) for word in _WORD.finditer(text, figure.start, figure.end)]
    right = [Span(*word.span()) for word in islice(_WORD.finditer(text, figure.end, sentence.end), _BEHIND)]
    begins = next((n for n, word in enumerate(left) if word.start >= sentence.start), len(left))
    return Window(text, (*left, *own, *right), Span(len(left), len(left) + len(own)), begins)


def ends(seen: Window, start: int) -> list[int]:
    """Behind which words a subject that begins at `start` may end."""
    found, shapes = [], seen.shape_numbers
    for end in range(start + 1, min(start + _LONGEST, len(seen.words)) + 1):
        if start < seen.figure.start < end:
            break
        last, following = seen.one(end - 1), seen.one(end)
        if seen.edges[end] and (shapes[end - 1] or last in _CLOSES) and last not in _NEVER_LAST:
            found.append(end)
        if following in _STOPS or (following == _IN and seen.one(end + 1) == _WHILE):
            break
    return found
