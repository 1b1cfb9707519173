"""Where the subject of a percentage may begin and end: every word around the figure, told by its features.

A window of words around the figure: its sentence and the sentence before. The options are the words at
which the subject may begin, then the ends that go with a beginning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from corpus.facts import Span
from extractors.choosers import table, word_hash

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extractors.choosers import Hashes
    from extractors.document import Document

_WORD = re.compile(r"[^\W_]+(?:[.,/][0-9]+)*%?|[^\w\s]|\n")
_VERBS = frozenset(
    word_hash(word)
    for word in (
        *("tăng", "giảm", "đạt", "chiếm", "là", "bằng", "lên", "xuống", "còn", "ở", "có", "gồm", "được"),
        *("bị", "cho", "với", "từ", "trong", "tới", "đến", "hơn"),
    )
)
_COMMA, _SEMICOLON, _LINE, _NUMBER, _PERCENT, _NOTHING = map(word_hash, (",", ";", "\n", "0", "0%", "#"))
_CLOSES = frozenset(map(word_hash, (")", '"', "”", "%")))
_STOPS = frozenset({_LINE, _SEMICOLON})
_CLASSES = {
    "comma": frozenset({_COMMA}),
    "figure": frozenset({_PERCENT}),
    "break": frozenset(map(word_hash, ";:.")),
    "verb": _VERBS,
    "open": frozenset({word_hash("(")}),
    "close": frozenset({word_hash(")")}),
}
_NOTHINGS = (_NOTHING,) * 3  # features tell of up to two words beside a position
_UNTOLD = 20
_BEFORE = 70
"""Words in front of the figure in which a subject is looked for."""
_REACH = 500
"""Characters in front of the figure in which those words are looked for."""
_BEHIND = 30
_LONGEST = 26
"""Words of the longest subject."""
_NEAR = 4
"""Words around a proposed edge in which an edge is told by its distance from it."""


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
    def shapes(self) -> Hashes:
        """How the words are written; 9 behind the last."""
        return np.array([*(word.shape for word in self._read), 9], dtype=np.uint64)

    @cached_property
    def counts(self) -> dict[str, NDArray[np.int64]]:
        """How many words of each class stand in front of each word."""
        flags = np.array([[word in members for word in self.hashes] for members in _CLASSES.values()])
        summed = np.zeros((len(_CLASSES), len(self.words) + 1), dtype=np.int64)
        np.cumsum(flags, axis=1, out=summed[:, 1:])
        return dict(zip(_CLASSES, summed, strict=True))

    def at(self, shift: int, positions: NDArray[np.int64]) -> Hashes:
        """The words that stand `shift` words beside the positions."""
        beside: Hashes = self.padded[positions + (shift + len(_NOTHINGS))]
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


@lru_cache(maxsize=1 << 14)
def _word(surface: str) -> _Word:
    written = surface.casefold()
    return _Word(written, _alike(written), _shape(surface))


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


def starts(seen: Window) -> NDArray[np.int64]:
    """The words at which a subject may begin."""
    positions = np.arange(len(seen.words))
    outside = (positions < seen.figure.start) | (positions >= seen.figure.end)
    return positions[outside & (seen.shapes[:-1] > 0)]


def ends(seen: Window, start: int) -> list[int]:
    """Behind which words a subject that begins at `start` may end."""
    found = []
    for end in range(start + 1, min(start + _LONGEST, len(seen.words)) + 1):
        if start < seen.figure.start < end:
            break
        if seen.shapes[end - 1] or seen.one(end - 1) in _CLOSES:
            found.append(end)
        if seen.one(end) in _STOPS:
            break
    return found


def start_options(seen: Window, proposed: Span | None, earlier: Span | None) -> Hashes:
    """The features of every start: `proposed` by the rules, `earlier`: the subject of the figure before."""
    at, figure = starts(seen), seen.figure
    left = at < figure.start
    side, back = left.astype(np.uint64), (at < seen.sentence).astype(np.uint64)
    far = np.where(left, figure.start - at, at - figure.end)
    distance = np.where(far < 6, far, 6 + np.log2(np.maximum(far, 6) / 6) * 3).astype(np.uint64)
    low, high = np.where(left, at, figure.end), np.where(left, figure.start, at)
    commas, verbs = seen.between("comma", low, high, 3), seen.between("verb", low, high, 4)
    figures, breaks = seen.between("figure", low, high, 2), seen.between("break", low, high, 2)
    place = ((side * 4 + commas) * 3 + figures) * 3 + breaks
    first, before, word = seen.at(-2, at), seen.at(-1, at), seen.at(0, at)
    after, second = seen.at(1, at), seen.at(2, at)
    shape, shape_before = seen.shapes[at], seen.shapes[at - 1]  # before the first word: as behind the last
    front, front2 = seen.one(figure.start - 1), seen.one(figure.start - 2)
    behind, behind2 = seen.one(figure.end), seen.one(figure.end + 1)
    verb = next(
        (word for word in seen.hashes[max(0, figure.start - 7) : figure.start][::-1] if word in _VERBS), 0
    )
    adjacent, leads = (at == figure.end).astype(np.uint64), (at == seen.sentence).astype(np.uint64)
    same = (at == earlier.start).astype(np.uint64) if earlier else 2
    shift = _shift(at, proposed.start, proposed) if proposed else _UNTOLD
    return table(
        [
            (side, distance, back), (side, word), (side, before), (side, word, after), (word, after, second),
            (before, word), (side, after), (place, back), (first, before), (place, verb), (side, verbs, verb),
            (side, distance, front), (place, front, front2), (side, distance // 3, behind),
            (side, behind, behind2), (side, shape, shape_before), (leads, commas), (place, word),
            (place, before), (front, word), (side, behind, word), (adjacent, front), (adjacent, behind),
            (adjacent, word, after, front), (same,), (same, front), (same, front2),
            (shift,), (shift, side), (shift, word), (shift, before), (shift, shape),
        ],
        len(at),
        first=0,
    )  # fmt: skip


def _shift(at: NDArray[np.int64], edge: int, span: Span) -> Hashes:
    """How far the positions are from the edge of a span, where that is near."""
    off = at - edge
    inside = (at >= span.start) & (at < span.end)
    shift: Hashes = np.where(np.abs(off) <= _NEAR, off + _NEAR, np.where(inside, 10, 11)).astype(np.uint64)
    return shift


def end_options(seen: Window, spans: list[Span], proposed: Span | None, earlier: Span | None) -> Hashes:
    """The features of subjects of which start and end are known."""
    start, at = np.array([(span.start, span.end) for span in spans], dtype=np.int64).T
    figure = seen.figure
    left = (start < figure.start).astype(np.uint64)
    length = np.minimum(at - start, 12).astype(np.uint64)
    gap = np.where(at <= figure.start, np.minimum(figure.start - at, 6), 9).astype(np.uint64)
    word, after, second, last, last2 = (seen.at(shift, at) for shift in (0, 1, 2, -1, -2))
    begun = seen.at(0, start)
    verbs, commas = seen.between("verb", start, at, 3), seen.between("comma", start, at, 3)
    opened, closed = seen.between("open", start, at, 2), seen.between("close", start, at, 2)
    comma = (word == np.uint64(_COMMA)).astype(np.uint64)
    of_rules, of_earlier = _beside(start, at, proposed), _beside(start, at, earlier)
    return table(
        [
            (word,), (last,), (last, word), (word, after), (word, after, second), (length, left),
            (length // 4, gap == 0), (last2, last), (word, length // 3), (left, gap), (begun, length),
            (commas, comma), (verbs,), (opened, closed), (seen.shapes[at - 1], seen.shapes[at]),
            (gap, word), (begun, word), (of_rules,), (of_rules, word), (of_rules, last),
            (of_earlier,), (of_earlier, word), (of_earlier, last),
        ],
        len(spans),
        first=100,
    )  # fmt: skip


def _beside(start: NDArray[np.int64], end: NDArray[np.int64], other: Span | None) -> Hashes | int:
    """How far the ends are from that of another span, and whether both begin alike."""
    if other is None:
        return _UNTOLD
    off = end - other.end
    shift: Hashes = np.where(np.abs(off) <= _NEAR, off + _NEAR, 10).astype(np.uint64)
    shift += (start == other.start).astype(np.uint64) * np.uint64(32)
    return shift
