"""Parts a text where something in it is marked; templates show and escape the parts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus.facts import Span


class Part(NamedTuple):
    """A piece of a text, marked or not."""

    text: str
    marked: bool


def parts(text: str, marks: Iterable[Span]) -> Iterator[Part]:
    """All of a text, parted where marks begin and end; they stand in order and apart."""
    end = 0
    for mark in marks:
        if mark.start > end:
            yield Part(text[end : mark.start], marked=False)
        yield Part(text[mark.start : mark.end], marked=True)
        end = mark.end
    if end < len(text):
        yield Part(text[end:], marked=False)


def found(text: str, words: str) -> list[Part]:
    """A sentence with the words that state something marked, once."""
    before, it, after = text.partition(words)
    pieces = (Part(before, marked=False), Part(it, marked=True), Part(after, marked=False))
    return [piece for piece in pieces if piece.text]
