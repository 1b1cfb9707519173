"""Where in a text the words of a question stand, and the passage that shows them best.

They are looked for in a copy of the same length, each letter folded into a byte, and compared with what the
text itself has there; so all offsets are those of the text as it was written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

import numpy as np

from corpus.facts import Span
from corpus.text import fold
from warehouse.search.numbers import pieces
from warehouse.search.words import folded, says, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from warehouse.search.questions import Unit

WIDTH = 220
"""Characters of a snippet, about two lines."""

_LEAD = 60
"""Characters before the words that a snippet is about, at most."""

_RUN = 8
"""Words of a question that a passage is chosen by."""

_LETTERS = 0x2000
"""The end of the letters that can be found; behind it begin the dashes and quotes of print."""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage: `text == article.text[start : start + len(text)]`; `marks` are spans of `text`."""

    text: str
    start: int
    marks: tuple[Span, ...]


def marks(text: str, units: Sequence[Unit]) -> tuple[Span, ...]:
    """Where units stand in a text; those with no more than a space or a dash between are one."""
    return _joined(text, _found(text, _aligned(text), units))


def written(text: str, units: Sequence[Unit]) -> list[str | None]:
    """How a text writes each unit first, None where it does not have it."""
    plain = _aligned(text)
    first = (next(iter(_places(text, plain, unit)), None) for unit in units)
    return [text[place.start : place.end] if place else None for place in first]


def snippet(text: str, units: Sequence[Unit], offset: int = 0) -> Snippet:
    """The passage of a text where a number or phrase stands or, without, most neighbouring words asked for.

    Without any of it, the beginning of the text. `offset` is where the text begins in its article.
    """
    plain = _aligned(text)
    start = _beginning(text, _anchor(text, plain, units))
    end = _ending(text, start)
    passage = text[start:end]
    around = b" %b " % plain[start + 1 : end + 1]
    return Snippet(passage, offset + start, _joined(passage, _found(passage, around, units)))


def _joined(text: str, found: Sequence[Span]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for place in found:
        if spans and text[spans[-1].end : place.start] in {"", " ", "/", "-"}:
            before = spans.pop()
            spans.append(Span(before.start, max(before.end, place.end)))
        else:
            spans.append(place)
    return tuple(spans)


def _found(text: str, plain: bytes, units: Sequence[Unit]) -> list[Span]:
    """Every place of every unit, in the order of the text."""
    found = [place for unit in units for place in _places(text, plain, unit)]
    return sorted(found, key=attrgetter("start"))


def _places(text: str, plain: bytes, unit: Unit) -> Iterable[Span]:
    """Every place of a unit, whatever stands between its words."""
    if unit.key:
        return _numbers(plain, unit)
    return (_spaced if len(unit.words) == 1 else _together)(text, plain, unit.words)


def _spaced(text: str, plain: bytes, typed: tuple[str, ...]) -> Iterator[Span]:
    """Every place of words with one character between."""
    run = _run(typed)
    at = plain.find(run)
    while at >= 0:
        end = at + len(run) - 2
        if _says(text[at:end], typed):
            yield Span(at, end)
        at = plain.find(run, at + 1)


def _together(text: str, plain: bytes, typed: tuple[str, ...]) -> Iterator[Span]:
    for match in _phrase(typed).finditer(plain):
        start, end = match.start(), match.end() - 1
        if _says(text[start:end], typed):
            yield Span(start, end)


def _numbers(plain: bytes, unit: Unit) -> list[Span]:
    """The places of a figure with more of its number beside it, else of the figure alone."""
    found = [Span(match.start(), match.end() - 1) for match in _number(unit).finditer(plain)]
    return [place for place in found if b" " in plain[place.start + 1 : place.end + 1]] or found


@lru_cache
def _run(typed: tuple[str, ...]) -> bytes:
    return f" {' '.join(map(folded, typed))} ".encode()


@lru_cache
def _phrase(typed: tuple[str, ...]) -> re.Pattern[bytes]:
    return re.compile(b" " + b" +".join(re.escape(folded(word)).encode() for word in typed) + b"(?= )")


@lru_cache
def _number(unit: Unit) -> re.Pattern[bytes]:
    """A figure with words of its number on either side, in whatever order."""
    parts = {part for word in map(folded, unit.words) for part in (word, *pieces(word))}
    beside = "|".join(map(re.escape, sorted(parts)))
    figure = str(unit.key).partition(":")[0]
    return re.compile(f" (?:(?:{beside}) +(?:so +)?)*0*{figure}(?: +(?:{beside})(?= ))*(?= )".encode())


def _anchor(text: str, plain: bytes, units: Sequence[Unit]) -> int:
    """Where the fullest number, date or phrase begins, the first asked for; else most loose words."""
    for unit in units:
        if not unit.loose:
            places = _places(text, plain, unit)
            longest = max(places, key=lambda place: place.end - place.start, default=None)
            if longest:
                return longest.start
    typed = tuple(word for unit in units for word in unit.words)[:_RUN]
    runs = (next(_spaced(text, plain, run), None) for run in _runs(typed))
    return next((place.start for place in runs if place), 0)


@lru_cache
def _runs(typed: tuple[str, ...]) -> list[tuple[str, ...]]:
    """The words without some of the first and some of the last, the longest run first."""
    count = len(typed)
    return [typed[at : at + length] for length in range(count, 0, -1) for at in range(count - length + 1)]


def _says(run: str, typed: Sequence[str]) -> bool:
    if len(typed) == 1:
        return says(run, typed[0])
    said = words(run)
    return len(said) == len(typed) and all(map(says, said, typed))


def _aligned(text: str) -> bytes:
    """Folded letters and digits, a space for everything else: a byte for each character, a space around."""
    codes = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)
    return b" " + _table().take(codes, mode="clip").tobytes() + b" "


@cache
def _table() -> np.ndarray[tuple[int], np.dtype[np.uint8]]:
    table = np.full(_LETTERS + 1, ord(" "), dtype=np.uint8)
    for code in range(_LETTERS):
        if words(chr(code)):
            plain = fold(chr(code)).encode()
            table[code] = plain[0] if len(plain) == 1 else ord("?")
    return table


def _beginning(text: str, anchor: int) -> int:
    """The beginning of a sentence, else of a word, within the lead of an anchor."""
    earliest = max(0, anchor - _LEAD)
    lead = text[earliest:anchor]
    sentence = max(lead.rfind(end) + len(end) for end in ("\n", ". ", "! ", "? ") if end in "\n" + lead)
    if sentence or not earliest:
        return earliest + sentence
    return earliest + lead.find(" ") + 1


def _ending(text: str, start: int) -> int:
    """The end of the last word within the width."""
    if len(text) - start <= WIDTH:
        return len(text)
    space = text.rfind(" ", start + WIDTH // 2, start + WIDTH)
    return space if space > 0 else start + WIDTH
