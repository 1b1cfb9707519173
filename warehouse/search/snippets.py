"""Where in a text the words of a question stand, and the passage that shows them best.

A text is folded character by character into bytes of the same length, in which words are looked for;
a place found is compared with the text itself. So all offsets are those of the text as it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from corpus.facts import Span
from corpus.text import fold
from warehouse.search.words import AS_WRITTEN, folded, term, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from warehouse.search.questions import Unit

WIDTH = 220
"""Characters of a snippet, about two lines."""

_LEAD = 60
"""Characters before the first marked word, at most; a snippet begins with a sentence where one begins there."""

_RUN = 8
"""Words of a question that a passage is chosen by."""

_LETTERS = 0x2000
"""Where punctuation begins; what comes after it is never marked."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage: `text == article.text[start : start + len(text)]`; `marks` are spans of `text`."""

    text: str
    start: int
    marks: tuple[Span, ...]


def marks(text: str, units: Sequence[Unit]) -> tuple[Span, ...]:
    """Where the units stand; those with nothing but a space or a dash between are one."""
    return _joined(text, [mark for mark, _ in found(text, units)])


def found(text: str, units: Sequence[Unit]) -> list[tuple[Span, int]]:
    """Every place of every unit with the number of the unit, in the order of the text."""
    plain = _aligned(text)
    places = ((place, number) for number, unit in enumerate(units) for place in _places(text, plain, unit.words))
    return sorted(places, key=lambda each: each[0].start)


def snippet(text: str, units: Sequence[Unit], offset: int = 0) -> Snippet:
    """The passage of a text that has the most neighbouring words of the question one after another.

    Without any in it, the beginning of the text. `offset` is where the text begins in its article.
    """
    anchor = _anchor(text, units)
    start = _beginning(text, anchor)
    passage = text[start : _ending(text, start)]
    return Snippet(passage, offset + start, marks(passage, units))


def _joined(text: str, places: Sequence[Span]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for place in places:
        if spans and text[spans[-1].end : place.start] in {"", " ", "/", "-"}:
            spans.append(Span(spans.pop().start, place.end))
        else:
            spans.append(place)
    return tuple(spans)


def _anchor(text: str, units: Sequence[Unit]) -> int:
    """Where the first phrase begins; without one, the longest run of words of the question."""
    plain = _aligned(text)
    phrases = [unit.words for unit in units if not unit.loose]
    typed = [word for unit in units for word in unit.words][:_RUN]
    runs = (
        tuple(typed[start : start + length])
        for length in range(len(typed), 0, -1)
        for start in range(len(typed) - length + 1)
    )
    places = (place for run in chain(phrases, runs) for place in _places(text, plain, run))
    return next((place.start for place in places), 0)


def _places(text: str, plain: bytes, typed: tuple[str, ...]) -> Iterator[Span]:
    """The places of words one after another; `plain` has a byte more in front and behind than the text."""
    for match in _pattern(typed).finditer(plain):
        start, end = match.start(), match.end() - 1
        if _is_written(text[start:end], typed):
            yield Span(start, end)


@lru_cache
def _pattern(typed: tuple[str, ...]) -> re.Pattern[bytes]:
    return re.compile(b" " + b" +".join(re.escape(folded(word).encode()) for word in typed) + b"(?= )")


def _is_written(passage: str, typed: Sequence[str]) -> bool:
    """Whether the words that were typed with diacritics are written so."""
    return all(
        AS_WRITTEN not in term(asked) or term(word) == term(asked)
        for word, asked in zip(words(passage), typed, strict=False)
    )


def _aligned(text: str) -> bytes:
    """Folded letters and digits, a space for everything else: a byte for each character, a space around."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    return b" " + _table()[np.minimum(codes, _LETTERS)].tobytes() + b" "


@cache
def _table() -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    table = np.full(_LETTERS + 1, ord(" "), dtype=np.uint8)
    for code in range(_LETTERS):
        if words(chr(code)):
            plain = fold(chr(code)).encode()
            table[code] = plain[0] if len(plain) == 1 else ord("?")
    return table


def _beginning(text: str, mark: int) -> int:
    """The beginning of a sentence, else of a word, within the lead of a mark."""
    earliest = max(0, mark - _LEAD)
    lead = text[earliest:mark]
    sentence = max(lead.rfind("\n") + 1, *(lead.rfind(end) + 2 for end in (". ", "! ", "? ") if end in lead), 0)
    if sentence or not earliest:
        return earliest + sentence
    return earliest + lead.find(" ") + 1


def _ending(text: str, start: int) -> int:
    """The end of the last word within the width."""
    if len(text) - start <= WIDTH:
        return len(text)
    space = text.rfind(" ", start + WIDTH // 2, start + WIDTH)
    return space if space > 0 else start + WIDTH
