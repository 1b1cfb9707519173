"""What a clause goes on with: the item of a list, its intro, and the passage that the intro governs.

"Đến năm 2025: 80% người dân ...; 100% cơ quan ... Đồng thời, 90% ..." says its deadline once. A figure is
read in its own item first, then in the head of its sentence, then in the sentences that lead up to it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.facts import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.document import Document

MOST_SENTENCES = 12
"""How many sentences before its own a figure may get its deadline from."""
MOST_LINES = 30
"""How many lines of a list are looked back over for its intro."""

# no year, nor "6/2017": those lead up to the list
_FIGURE = re.compile(r"(?<![0-9/])(?!(?:19|20)[0-9]{2}(?![0-9]))[0-9]{1,18}(?![0-9]|/[0-9])")
_MARKER = r"(?:[-–+•*●▪]|[a-zđ][).]|\(?[0-9]{1,2}[).][ ]|\([0-9ivx]{1,4}\))"
_LIST_ITEM = re.compile(rf"[ ]{{0,9}}{_MARKER}", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:Đồng[ ]thời|Ngoài[ ]ra|Bên[ ]cạnh[ ]đó|Cùng[ ]với[ ]đó|Theo[ ]đó|Trong[ ]đó|Cụ[ ]thể)(?!\w)"
)


def item_before(document: Document, offset: int) -> Span:
    """From the last semicolon of the sentence (else its start) to the offset."""
    sentence = document.sentence_at(offset)
    cut = document.text.rfind(";", sentence.start, offset)
    return Span(cut + 1 if cut >= 0 else sentence.start, offset)


def item_after(document: Document, offset: int) -> Span:
    """From the offset to the next semicolon of its sentence, else to the sentence's end."""
    sentence = document.sentence_at(max(0, offset - 1))
    cut = document.text.find(";", offset, sentence.end)
    return Span(offset, cut if cut >= 0 else max(offset, sentence.end))


def is_listed(document: Document, offset: int) -> bool:
    """Whether the line of the offset is an item of a list: "- 80% người dân ..."."""
    return _LIST_ITEM.match(document.text, document.lines[document.line_number(offset)].start) is not None


def head(document: Document, offset: int) -> Span | None:
    """The start of the sentence up to its first figure, where the offset stands in a later item."""
    sentence, item = document.sentence_at(offset), item_before(document, offset)
    if item.start == sentence.start:
        return None
    colon = document.text.find(":", sentence.start, item.start)
    figure = _FIGURE.search(document.text, sentence.start, item.start)
    return Span(sentence.start, max(colon, figure.start() if figure else item.start))


def before(document: Document, offset: int) -> Iterator[Span]:
    """The sentences that lead up to the sentence at the offset, the nearest first.

    Those of its line; and where the line is an item of a list or starts with "Đồng thời", "Ngoài ra",
    also those of the line that it goes on with.
    """
    number = document.sentence_number(offset)
    line = document.line_number(offset)
    left = MOST_SENTENCES
    while left and number:
        number -= 1
        left -= 1
        while document.sentences[number].end <= document.lines[line].start:
            above = _line_above(document, line)
            if above is None:
                return
            line = above
            number = document.sentence_number(document.lines[line].end - 1)
        yield document.sentences[number]


def _line_above(document: Document, number: int) -> int | None:
    """The line that this one goes on with: above a list its intro, above "Đồng thời, ..." the next one up."""
    start = document.lines[number].start
    if number and _GOES_ON.match(document.text, start):
        return number - 1
    above = number
    while (
        above and number - above < MOST_LINES and _LIST_ITEM.match(document.text, document.lines[above].start)
    ):
        above -= 1
    return above if above < number else None
