"""What a percentage says, read again: of what the rules propose and what else the text offers, the likeliest.

The rules find the figure and propose status, period and subject; `choosers` have learned from people's
labels (`corpus/labels`) where such proposals hold and where another reading is the right one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from corpus.facts import Span
from extractors import period_options, status_evidence, subject_options
from extractors.choosers import chooser

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.facts import Date, Percentage, Status
    from extractors.document import Document

_STARTS = 3
"""How many of the likeliest starts of a subject are asked for their ends."""


def read_again(
    document: Document, found: Sequence[Percentage], dates: Sequence[Date]
) -> list[Percentage]:
    """The percentages with the status, period and subject that are likeliest."""
    again: list[Percentage] = []
    for fact in found:
        again.append(
            replace(
                fact,
                status=_status(document, fact, dates),
                period=_period(document, fact, dates),
                subject=_subject(document, fact, again[-1].subject if again else None),
            )
        )
    return again


def _status(document: Document, fact: Percentage, dates: Sequence[Date]) -> Status:
    options = status_evidence.statuses(document, fact, dates, fact.status)
    return status_evidence.STATUSES[_likeliest("status", options)]


def _period(document: Document, fact: Percentage, dates: Sequence[Date]) -> str | None:
    offered = period_options.periods(document, fact, dates, fact.period)
    if offered.number_of(fact.period) is None:
        return fact.period  # a time that only the rules know how to join
    time = offered.times[_likeliest("period", offered.options)]
    return time.text if time else None


def _likeliest(question: str, options: subject_options.Hashes) -> int:
    return int(np.argmax(chooser(question).log_probabilities(options)))


def _subject(document: Document, fact: Percentage, earlier: str | None) -> str | None:
    seen = subject_options.window(document, fact)
    chosen = subject_words(seen, seen.find(fact.subject), seen.find(earlier))
    return seen.surface(chosen.start, chosen.end) if chosen else fact.subject


def subject_words(seen: subject_options.Window, proposed: Span | None, earlier: Span | None) -> Span | None:
    """The likeliest subject as words of the window; None where the window holds no word."""
    starts = subject_options.starts(seen)
    if not len(starts):
        return None
    likely = chooser("subject_start").log_probabilities(
        subject_options.start_options(seen, proposed, earlier)
    )
    best: tuple[float, Span] | None = None
    for number in np.argsort(likely)[-_STARTS:]:
        start = int(starts[number])
        ends = subject_options.ends(seen, start)
        if not len(ends):
            continue
        each = chooser("subject_end").log_probabilities(
            subject_options.end_options(seen, start, proposed, earlier)
        )
        end = int(np.argmax(each))
        score = float(likely[number] + each[end])
        if best is None or score > best[0]:
            best = score, Span(start, int(ends[end]))
    return best[1] if best else None
