"""What speaks for a target and what for an actual figure: the cue of the rules, and the words around."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors import choosers, passages, status_cues

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.facts import Date, Span, Status
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


def statuses(document: Document, figure: Span, dates: Sequence[Date], proposed: Status) -> Hashes:
    """The features of the two STATUSES; `proposed`: what the rules say."""
    evidence = tuple(_evidence(document, figure, dates, proposed))
    return choosers.rows([tuple(f"{status} {told}" for told in evidence) for status in STATUSES])


def _evidence(document: Document, figure: Span, dates: Sequence[Date], proposed: Status) -> Iterator[str]:
    text, item = document.text, passages.item_before(document, figure.start)
    yield f"rules {proposed}"
    cue = status_cues.nearest(document, item, dates)
    ground = "item"
    if cue is None:
        head = passages.head(document, figure.start)
        cue = status_cues.nearest(document, head, dates) if head else None
        ground = "head" if cue else "passage"
    yield f"rules {proposed} {ground}"
    if cue:
        yield from _of_cue(text, cue, figure)
    before = _words(text[max(item.start, figure.start - _CUE_REACH) : figure.start])[-_WORDS_BEFORE:]
    end = document.sentence_at(figure.start).end
    behind = _words(text[figure.end : min(end, figure.end + _REACH_BEHIND)])[:_WORDS_BEHIND]
    for far, word in enumerate(reversed(before)):
        yield f"before {far < _CLOSE} {word}"
        yield f"before {far < _CLOSE} {word} {proposed}"
    yield from (f"before {one} {two}" for one, two in pairwise(before))
    yield from (f"behind {word}" for word in behind)
    yield from (f"behind {one} {two}" for one, two in pairwise(behind))


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
