"""Where the subject of a percentage may begin and end: every word around the figure, told by its features.

A window of words around the figure: its sentence and the sentence before. The options are the words at
which the subject may begin, then the ends that go with a beginning.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from corpus.facts import Span
from extractors.choosers import column, word_hash

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extractors.choosers import Hashes
    from extractors.document import Document

_WORD = re.compile(r"[^\W_]+(?:[.,/][0-9]+)*%?|[^\w\s]|\n")
_VERBS = frozenset(
    map(
        word_hash,
        "tăng giảm đạt chiếm là bằng lên xuống còn ở có gồm được bị cho với từ trong tới đến hơn".split(),
    )
)
_COMMA, _SEMICOLON, _COLON, _STOP, _LINE = map(word_hash, (",", ";", ":", ".", "\n"))
_OPEN, _CLOSE, _PERCENT, _NOTHING = map(word_hash, ("(", ")", "0%", "#"))
_CLOSES = frozenset(map(word_hash, (")", '"', "”", "%")))
_BEFORE = 70
"""Words in front of the figure in which a subject is looked for."""
_BEHIND = 30
_LONGEST = 26
"""Words of the longest subject."""
_NEAR = 4
"""Words around a proposed edge in which an edge is told by its distance from it."""
_SHAPES = "PNACl"  # a mark, a number, CAPITALS, Capitalised, lower case


@dataclass(frozen=True)
class Window:
    """The words around a figure: `words` are their offsets, the figure is words [figure.start, figure.end),
    the figure's own sentence begins at word `sentence`."""

    text: str
    words: tuple[Span, ...]
    figure: Span
    sentence: int

    @cached_property
    def hashes(self) -> Hashes:
        """The words as hashes, figures all alike."""
        return np.array([_alike(self.text[word.start : word.end]) for word in self.words], dtype=np.uint64)

    @cached_property
    def shapes(self) -> NDArray[np.uint64]:
        """How the words are written."""
        return np.array([_shape(self.text[word.start : word.end]) for word in self.words], dtype=np.uint64)

    def at(self, shift: int, positions: NDArray[np.int64]) -> Hashes:
        """The words that stand `shift` words beside the positions."""
        moved = positions + shift
        inside = (moved >= 0) & (moved < len(self.words))
        return np.where(inside, self.hashes[np.clip(moved, 0, len(self.words) - 1)], np.uint64(_NOTHING))

    def one(self, position: int) -> int:
        """The word at the position."""
        return int(self.hashes[position]) if 0 <= position < len(self.words) else _NOTHING

    def surface(self, start: int, end: int) -> str:
        """The text of words [start, end)."""
        return self.text[self.words[start].start : self.words[end - 1].end]

    def find(self, surface: str | None) -> Span | None:
        """The words that the surface is, those nearest in front of the figure first."""
        sought = [word.casefold() for word in _WORD.findall(surface or "")]
        if not sought:
            return None
        written = [self.text[word.start : word.end].casefold() for word in self.words]
        places = [
            start
            for start in range(len(written) - len(sought) + 1)
            if written[start] == sought[0] and written[start : start + len(sought)] == sought
        ]
        if not places:
            return None
        start = min(places, key=lambda at: abs(self.figure.start - at))
        return Span(start, start + len(sought))


def _alike(word: str) -> int:
    if word[0].isdigit():
        return _PERCENT if word.endswith("%") else word_hash("0")
    return word_hash(word.casefold())


def _shape(word: str) -> int:
    if not word[0].isalnum():
        return 0
    if word[0].isdigit():
        return 1
    if len(word) > 1 and word.isupper():
        return 2
    return 3 if word[0].isupper() else 4


def window(document: Document, figure: Span) -> Window:
    """The words of the figure's sentence and of the one before, as far as they are near."""
    number = document.sentence_number(figure.start)
    sentence = document.sentences[number]
    first = document.sentences[max(0, number - 1)]
    text = document.text
    words = [Span(*found.span()) for found in _WORD.finditer(text, first.start, sentence.end)]
    begin = next((n for n, word in enumerate(words) if word.end > figure.start), len(words))
    end = next((n for n, word in enumerate(words) if word.start >= figure.end), len(words))
    left, right = max(0, begin - _BEFORE), min(len(words), end + _BEHIND)
    own = next((n for n, word in enumerate(words) if word.start >= sentence.start), begin)
    return Window(text, tuple(words[left:right]), Span(begin - left, end - left), own - left)


def starts(seen: Window) -> NDArray[np.int64]:
    """The words at which a subject may begin."""
    positions = np.arange(len(seen.words))
    outside = (positions < seen.figure.start) | (positions >= seen.figure.end)
    return positions[outside & (seen.shapes > 0)]


def ends(seen: Window, start: int) -> NDArray[np.int64]:
    """Behind which words a subject that begins at `start` may end."""
    found = []
    for end in range(start + 1, min(start + _LONGEST, len(seen.words)) + 1):
        if start < seen.figure.start < end:
            break
        if seen.shapes[end - 1] or seen.one(end - 1) in _CLOSES:
            found.append(end)
        if seen.one(end) in {_LINE, _SEMICOLON}:
            break
    return np.array(found, dtype=np.int64)


def _counted(seen: Window, *words: int) -> NDArray[np.int64]:
    """How many of the words stand in front of each position."""
    return np.concatenate(([0], np.cumsum(np.isin(seen.hashes, np.array(words, dtype=np.uint64)))))


def _between(counted: NDArray[np.int64], low: NDArray[np.int64], high: NDArray[np.int64], most: int) -> Hashes:
    return np.minimum(counted[high] - counted[low], most).astype(np.uint64)


def start_options(seen: Window, proposed: Span | None, earlier: Span | None) -> Hashes:
    """The features of every start: `proposed` by the rules, `earlier`: the subject of the figure before."""
    at, figure = starts(seen), seen.figure
    left = at < figure.start
    side = left.astype(np.uint64)
    far = np.where(left, figure.start - at, at - figure.end)
    distance = np.where(far < 6, far, 6 + np.log2(np.maximum(far, 6) / 6) * 3).astype(np.uint64)
    low, high = np.where(left, at, figure.end), np.where(left, figure.start, at)
    commas = _between(_counted(seen, _COMMA), low, high, 3)
    figures = _between(_counted(seen, _PERCENT), low, high, 2)
    breaks = _between(_counted(seen, _SEMICOLON, _COLON, _STOP), low, high, 2)
    verbs = _between(_counted(seen, *_VERBS), low, high, 4)
    place = ((side * 4 + commas) * 3 + figures) * 3 + breaks
    back = (at < seen.sentence).astype(np.uint64)
    word, after, second = seen.at(0, at), seen.at(1, at), seen.at(2, at)
    before, first = seen.at(-1, at), seen.at(-2, at)
    shape = seen.shapes[at]
    shape_before = np.where(at > 0, seen.shapes[np.maximum(at - 1, 0)], np.uint64(9))
    front, front2 = seen.one(figure.start - 1), seen.one(figure.start - 2)
    behind, behind2 = seen.one(figure.end), seen.one(figure.end + 1)
    verb = next(
        (seen.one(n) for n in range(figure.start - 1, max(figure.start - 8, -1), -1) if seen.one(n) in _VERBS), 0
    )
    adjacent = (at == figure.end).astype(np.uint64)
    columns = [
        column(0, side, distance, back), column(1, side, word), column(2, side, before),
        column(3, side, word, after), column(4, word, after, second), column(5, before, word),
        column(6, side, after), column(7, place, back), column(8, first, before),
        column(9, place, verb), column(10, side, verbs, verb), column(11, side, distance, front),
        column(12, place, front, front2), column(13, side, distance // 3, behind),
        column(14, side, behind, behind2), column(15, side, shape, shape_before),
        column(16, (at == seen.sentence).astype(np.uint64), commas), column(17, place, word),
        column(18, place, before), column(19, front, word), column(20, side, behind, word),
        column(21, adjacent, front), column(22, adjacent, behind), column(23, adjacent, word, after, front),
        *_beside_earlier(30, at, seen, earlier), *_beside_proposed(40, at, word, before, shape, side, proposed),
    ]  # fmt: skip
    return _table(columns, len(at))


def _beside_earlier(template: int, at: NDArray[np.int64], seen: Window, earlier: Span | None) -> list[Hashes]:
    """Whether the subject of the figure before begins here too."""
    same = (at == earlier.start).astype(np.uint64) if earlier else np.full(len(at), 2, dtype=np.uint64)
    front, front2 = seen.one(seen.figure.start - 1), seen.one(seen.figure.start - 2)
    return [column(template, same), column(template + 1, same, front), column(template + 2, same, front2)]


def _beside_proposed(
    template: int,
    at: NDArray[np.int64],
    word: Hashes,
    before: Hashes,
    shape: Hashes,
    side: Hashes,
    proposed: Span | None,
) -> list[Hashes]:
    """How far the position is from the edge that the rules propose."""
    if proposed is None:
        shift = np.full(len(at), 20, dtype=np.uint64)
    else:
        off = at - proposed.start
        inside = (at >= proposed.start) & (at < proposed.end)
        shift = np.where(np.abs(off) <= _NEAR, off + _NEAR, np.where(inside, 10, 11)).astype(np.uint64)
    return [
        column(template, shift), column(template + 1, shift, side), column(template + 2, shift, word),
        column(template + 3, shift, before), column(template + 4, shift, shape),
    ]  # fmt: skip


def end_options(seen: Window, start: int, proposed: Span | None, earlier: Span | None) -> Hashes:
    """The features of every end of a subject that begins at `start`."""
    at, figure = ends(seen, start), seen.figure
    left = int(start < figure.start)
    from_start = np.full(len(at), start)
    length = np.minimum(at - start, 12).astype(np.uint64)
    gap = np.where(at <= figure.start, np.minimum(figure.start - at, 6), 9).astype(np.uint64)
    word, after, second = seen.at(0, at), seen.at(1, at), seen.at(2, at)
    last, last2 = seen.at(-1, at), seen.at(-2, at)
    begun = seen.one(start)
    verbs = _between(_counted(seen, *_VERBS), from_start, at, 3)
    commas = _between(_counted(seen, _COMMA), from_start, at, 3)
    opened = _between(_counted(seen, _OPEN), from_start, at, 2)
    closed = _between(_counted(seen, _CLOSE), from_start, at, 2)
    comma = (word == np.uint64(_COMMA)).astype(np.uint64)
    shape = np.where(at < len(seen.words), seen.shapes[np.minimum(at, len(seen.words) - 1)], np.uint64(9))
    columns = [
        column(100, word), column(101, last), column(102, last, word), column(103, word, after),
        column(104, word, after, second), column(105, length, left), column(106, length // 4, gap == 0),
        column(107, last2, last), column(108, word, length // 3), column(109, left, gap),
        column(110, begun, length), column(111, commas, comma), column(112, verbs),
        column(113, opened, closed), column(114, seen.shapes[at - 1], shape), column(115, gap, word),
        column(116, begun, word),
        *_ends_beside(120, at, start, word, last, proposed), *_ends_beside(130, at, start, word, last, earlier),
    ]  # fmt: skip
    return _table(columns, len(at))


def _ends_beside(
    template: int, at: NDArray[np.int64], start: int, word: Hashes, last: Hashes, other: Span | None
) -> list[Hashes]:
    """How far the end is from that of another span, and whether both begin alike."""
    if other is None:
        shift = np.full(len(at), 20, dtype=np.uint64)
    else:
        off = at - other.end
        same = int(start == other.start) * 32
        shift = (np.where(np.abs(off) <= _NEAR, off + _NEAR, 10) + same).astype(np.uint64)
    return [column(template, shift), column(template + 1, shift, word), column(template + 2, shift, last)]


def _table(columns: list[Hashes], height: int) -> Hashes:
    return np.stack([np.broadcast_to(values, height) for values in columns], axis=1)
