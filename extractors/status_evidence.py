"""What speaks for a target and what for an actual figure: the cue of the rules, and the words around."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors import choosers, passages, status_cues
from extractors.status_cues import dates_in, is_future, reference_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.facts import Date, Percentage, Span, Status
    from extractors.choosers import Hashes
    from extractors.document import Document
    from extractors.status_cues import Cue

STATUSES: tuple[Status, ...] = ("target", "actual")
_WORD = re.compile(r"[^\W\d_]+|[0-9]+%?|[,;:()\"“”]")
_WORDS_BEFORE = 14
_CLOSE = 3
_WORDS_BEHIND = 7
_REACH_BEHIND = 60
_CUE_REACH = 400
_PERIOD_REACH = 2000
_OPENING = 40


def statuses(document: Document, fact: Percentage, dates: Sequence[Date]) -> Hashes:
    """The features of the two STATUSES; what the rules say of the fact is one of them."""
    evidence = tuple(_evidence(document, fact, dates))
    return choosers.rows([tuple(f"{status} {told}" for told in evidence) for status in STATUSES])


def _evidence(document: Document, figure: Percentage, dates: Sequence[Date]) -> Iterator[str]:
    text, item, proposed = document.text, passages.item_before(document, figure.start), figure.status
    yield f"rules {proposed}"
    cue = status_cues.nearest(document, item, dates)
    ground = "item"
    if cue is None:
        head = passages.head(document, figure.start)
        cue = status_cues.nearest(document, head, dates) if head else None
        ground = "head" if cue else "passage"
    yield f"rules {proposed} {ground}"
    when = _when(document, figure, dates)
    yield f"period {when}"
    yield f"period {when} {proposed} {ground}"
    if cue:
        yield from _of_cue(text, cue, figure)
    yield from _around(document, figure)
    before = _words(text[max(item.start, figure.start - _CUE_REACH) : figure.start])[-_WORDS_BEFORE:]
    end = document.sentence_at(figure.start).end
    behind = _words(text[figure.end : min(end, figure.end + _REACH_BEHIND)])[:_WORDS_BEHIND]
    for far, word in enumerate(reversed(before)):
        yield f"before {far < _CLOSE} {word}"
        yield f"before {far < _CLOSE} {word} {proposed}"
    yield from (f"before {one} {two}" for one, two in pairwise(before))
    yield from (f"behind {word}" for word in behind)
    yield from (f"behind {one} {two}" for one, two in pairwise(behind))


def _around(document: Document, figure: Percentage) -> Iterator[str]:
    """The cues of its sentence, of the one before, of the paragraph's first and of the title."""
    text, number = document.text, document.sentence_number(figure.start)
    own, line = document.sentences[number], document.lines[document.line_number(figure.start)]
    opening = document.sentence_at(line.start)
    pieces = {
        "own": text[own.start : figure.start],
        "own behind": text[figure.end : own.end],
        "title": document.article.title or "",
    }
    if opening.start < own.start:
        last = document.sentences[number - 1]
        pieces |= {"prev": text[last.start : last.end], "opening": text[opening.start : opening.end]}
    for place, piece in pieces.items():
        for cue in status_cues.words_in(piece):
            yield f"{place} has {cue}"
            yield f"{place} has {cue} {figure.status}"
    yield f"opens {' '.join(_words(text[own.start : own.start + _OPENING])[:2])}"  # "Năm nay", "Đến năm"


def _when(document: Document, figure: Percentage, dates: Sequence[Date]) -> str:
    """Whether the period that the rules propose lies ahead."""
    if figure.period is None:
        return "none"
    near = dates_in(dates, figure.start - _PERIOD_REACH, figure.end + _REACH_BEHIND)
    named = [date for date in near if date.text == figure.period]
    if not named:
        return "undated"
    nearest = min(named, key=lambda date: abs(date.start - figure.start))
    return "ahead" if is_future(nearest, reference_day(document, dates)) else "over"


def _of_cue(text: str, cue: Cue, figure: Span) -> Iterator[str]:
    """The cue, and what stands between it and the figure."""
    written = text[cue.start : cue.end].casefold()
    name = "date" if any(map(str.isdigit, written)) else written
    between = text[max(cue.end, figure.start - _CUE_REACH) : figure.start]
    far = min(len(between) // 15, 8)
    yield f"cue {name}"
    yield f"cue {name} {far > 2}"
    yield f"cue {cue.status} {far}"
    yield f"cue {cue.status} shares {min(between.count('%'), 3)}"
    yield f"cue {cue.status} commas {min(between.count(','), 3)}"
    yield f"cue {cue.status} {':' in between} {'trong đó' in between} {'(' in between}"
    yield from (f"cue {cue.status} then {word}" for word in sorted(set(_words(between)[-12:])))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]
