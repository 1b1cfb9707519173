"""An article made ready for the rules: its lines, its sentences, and (on demand) its tokens."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from underthesea import sent_tokenize, word_tokenize

from corpus.facts import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.article import Article

MAX_SENTENCE = 2000
"""Code points. What runs on longer is cut at a space, so that looking around a fact costs a bounded time."""
_SENTENCE_END = re.compile(r"[.?!]")


class Document:
    """Article + lines + sentences; every span counts in `text`, and none of them crosses a line end.

    Rules look no further than the sentence of what they look at (or a sentence or two around it).
    """

    def __init__(self, article: Article) -> None:
        """Lines are found at once, everything dearer when first asked for."""
        self.article = article
        self.text = article.text

    @cached_property
    def lines(self) -> tuple[Span, ...]:
        """The lines (paragraphs) that hold anything but spaces, without the spaces around them."""
        return tuple(_lines(self.text))

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        """underthesea's sentences, line by line, none longer than MAX_SENTENCE."""
        return tuple(piece for line in self.lines for piece in self._sentences_of(line))

    def sentence_at(self, offset: int) -> Span:
        """The sentence that holds the offset (between two: the one before)."""
        return self.sentences[self.sentence_number(offset)]

    def sentence_number(self, offset: int) -> int:
        """The place in `sentences` of the sentence at the offset."""
        return max(0, bisect_right(self._sentence_starts, offset) - 1)

    def line_number(self, offset: int) -> int:
        """The place in `lines` of the line at the offset."""
        return max(0, bisect_right(self._line_starts, offset) - 1)

    def tokens(self, span: Span) -> tuple[Span, ...]:
        """underthesea's words inside a span, aligned by walking the text. Dear: some 60 KB a second."""
        words = word_tokenize(self.text[span.start : span.end])
        return tuple(align(self.text, words, span.start, span.end))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def _line_starts(self) -> list[int]:
        return [line.start for line in self.lines]

    def _sentences_of(self, line: Span) -> Iterator[Span]:
        if not _SENTENCE_END.search(self.text, line.start, line.end - 1):
            yield from _pieces(self.text, line, MAX_SENTENCE)
            return
        for chunk in _pieces(self.text, line, 10 * MAX_SENTENCE):
            written = sent_tokenize(self.text[chunk.start : chunk.end])
            for sentence in align(self.text, written, chunk.start, chunk.end):
                yield from _pieces(self.text, sentence, MAX_SENTENCE)


def align(text: str, pieces: list[str], start: int, end: int) -> Iterator[Span]:
    """Spans of tokens or sentences that a tokenizer gave as strings, in order; gaps become no span.

    Tokenizers put other spaces between syllables and mend spellings: a piece that does not stand in
    the text is found syllable by syllable, and passed over if even its first syllable is not there.
    """
    at = start
    for piece in pieces:
        while at < end and text[at] == " ":
            at += 1
        as_written = text.startswith(piece, at, end)
        found = Span(at, at + len(piece)) if as_written else _by_syllables(text, piece, at, end)
        if found.end > at:
            yield found
            at = found.end


def _by_syllables(text: str, piece: str, at: int, end: int) -> Span:
    """Where the syllables of the piece stand one after the other, as far as they do."""
    first = last = at
    for number, syllable in enumerate(piece.split()):
        found = text.find(syllable, last, min(end, last + len(piece) + 64))
        if found < 0:
            break
        first = found if number == 0 else first
        last = found + len(syllable)
    return Span(first, last)


def _lines(text: str) -> Iterator[Span]:
    start = 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            begin = start + len(line) - len(line.lstrip())
            yield Span(begin, begin + len(bare))
        start += len(line) + 1


def _pieces(text: str, span: Span, most: int) -> Iterator[Span]:
    """The span itself, or pieces of at most `most` code points, cut after a space where there is one."""
    start = span.start
    while span.end - start > most:
        cut = text.rfind(" ", start + most // 2, start + most)
        end = start + most if cut < 0 else cut
        yield Span(start, end)
        start = end
    if start < span.end:
        yield Span(start, span.end)
