"""What a percentage says, read again: of what the rules propose and what else the text offers, the likeliest.

The rules find the figure and propose status, period and subject; `choosers` have learned from people's
labels (`corpus/labels`) where such proposals hold and where another reading is the right one.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from corpus.facts import Span
from extractors import passages, period_options, status_evidence, subject_features, subject_options
from extractors.choosers import chooser, normalised
from extractors.period_options import Times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.facts import Date, Percentage, Status
    from extractors.choosers import Hashes
    from extractors.document import Document
    from extractors.period_options import Beside
    from extractors.subject_options import Window

_MARGINS = {"status": 2.0, "period": 1.0, "subject": 0.5}
"""How much likelier (natural logarithm) another reading must be than what the rules propose: the least at
which articles of other kinds than the labelled ones lose little."""
_STARTS = 3
"""How many of the likeliest starts of a subject are asked for their ends."""


def read_again(document: Document, found: Sequence[Percentage], dates: Sequence[Date]) -> list[Percentage]:
    """The percentages with the status, period and subject that are likeliest."""
    again: list[Percentage] = []
    times = Times(document, dates)
    for number, fact in enumerate(found):
        earlier = again[-1] if again and same_paragraph(document, again[-1], fact) else None
        again.append(
            replace(
                fact,
                status=_status(document, fact, dates),
                period=_period(times, fact, beside(document, found, number)) or _kept(times, fact, earlier),
                subject=_subject(document, fact, earlier.subject if earlier else None),
            )
        )
    return again


def same_paragraph(document: Document, one: Span, other: Span) -> bool:
    """Whether both stand in one paragraph: nothing is carried over from another."""
    return document.line_number(one.start) == document.line_number(other.start)


def beside(document: Document, found: Sequence[Percentage], number: int) -> Beside:
    """The percentages before and after one in its paragraph, None where there is none."""
    around = (found[place] if 0 <= place < len(found) else None for place in (number - 1, number + 1))
    before, after = (
        other if other and same_paragraph(document, other, found[number]) else None for other in around
    )
    return before, after


def _status(document: Document, fact: Percentage, dates: Sequence[Date]) -> Status:
    if fact.status == "target" and passages.is_listed(document, fact.start):
        return "target"  # aims stand in lists
    options = status_evidence.statuses(document, fact, dates)
    proposed = status_evidence.STATUSES.index(fact.status)
    return status_evidence.STATUSES[_likeliest("status", options, proposed)]


def _period(times: Times, fact: Percentage, around: Beside) -> str | None:
    if fact.period and passages.is_listed(times.document, fact.start):
        return fact.period  # what the head of a list says holds for all its items
    offered = period_options.periods(times, fact, fact.period, around)
    proposed = offered.number_of(fact.period)
    if proposed is None:
        return fact.period  # a time that only the rules know how to join
    time = offered.times[_likeliest("period", offered.options, proposed)]
    return time.text if time else None


def _kept(times: Times, fact: Percentage, earlier: Percentage | None) -> str | None:
    """The period of the figure before, which what stands behind a semicolon keeps unless it names its own.

    A time behind another figure is that item's alone.
    """
    text, sentence = times.document.text, times.document.sentence_at(fact.start)
    if earlier is None or earlier.start < sentence.start or text.find(";", earlier.end, fact.start) < 0:
        return None
    near = [time for time in times.of(sentence) if time.start < fact.start]
    alone = any("%" in text[sentence.start : time.start] for time in near)
    return None if alone else earlier.period


def _likeliest(question: str, options: Hashes, proposed: int) -> int:
    likely = chooser(question).log_probabilities(options)
    best = int(np.argmax(likely))
    return best if likely[best] > likely[proposed] + _MARGINS[question] else proposed


def _subject(document: Document, fact: Percentage, earlier: str | None) -> str | None:
    seen = subject_options.window(document, fact)
    proposed = seen.find(fact.subject)
    likely = _subjects(seen, proposed, seen.find(earlier))
    best = max(likely, key=likely.__getitem__, default=None)
    if best is None or (proposed and likely[best] <= likely.get(proposed, -math.inf) + _MARGINS["subject"]):
        return fact.subject
    return seen.surface(best.start, best.end)


def _subjects(seen: Window, proposed: Span | None, earlier: Span | None) -> dict[Span, float]:
    """Spans of words that begin at one of the likeliest starts: the logarithms of their probabilities."""
    starts = seen.starts
    if not len(starts):
        return {}
    options = subject_features.start_options(seen, proposed, earlier)
    likely = chooser("subject_start").log_probabilities(options)
    of_starts = dict(zip(starts.tolist(), likely.tolist(), strict=True))
    asked = {*sorted(of_starts, key=of_starts.__getitem__)[-_STARTS:]}
    if proposed and proposed.start in of_starts:
        asked.add(proposed.start)
    by_start = {start: [Span(start, end) for end in subject_options.ends(seen, start)] for start in asked}
    spans = [span for group in by_start.values() for span in group]
    if not spans:
        return {}
    scores = iter(chooser("subject_end").scores(subject_features.end_options(seen, spans, proposed, earlier)))
    return {
        span: of_starts[start] + float(score)
        for start, group in by_start.items()
        if group
        for span, score in zip(group, normalised(np.array([*islice(scores, len(group))])), strict=True)
    }
