"""Makes the weights of `extractors/models`: first from what the rules read, then from people's labels."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.facts import Span
from corpus.scoring import token_f1
from extractors import (
    dates,
    decisions,
    percentages,
    period_options,
    status_evidence,
    subject_features,
    subject_options,
)
from extractors.choosers import QUESTIONS, rows
from extractors.document import Document
from extractors.learning import Example, Stage, learn
from extractors.ownership import Ownership
from extractors.period_options import Times
from extractors.readings import beside, same_paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from corpus.annotation import Annotated, Expected
    from corpus.article import Article
    from corpus.facts import Date, Percentage
    from extractors.choosers import Weights
    from extractors.period_options import Periods

_ROUNDS_OF_RULES = 2
_ROUNDS_OF_LABELS = 6
_ALIKE = 0.6
"""Token F1 from which on a time is the one that the label means."""


@dataclass(frozen=True, slots=True)
class Read:
    """An article with the dates and percentages that the rules find in it."""

    document: Document
    dates: list[Date]
    times: Times
    found: list[Percentage]


@dataclass(frozen=True, slots=True)
class Lessons:
    """Examples by question: those that the rules give, and those of people."""

    of_rules: dict[str, list[Example]] = field(default_factory=lambda: {name: [] for name in QUESTIONS})
    of_people: dict[str, list[Example]] = field(default_factory=lambda: {name: [] for name in QUESTIONS})

    def add(self, article: Article) -> None:
        """The rules' own reading of an article that nobody has labelled."""
        if "%" not in article.text:
            return
        seen = read(article)
        for number, fact in enumerate(seen.found):
            before = seen.found[number - 1] if number else None
            earlier = before.subject if before and same_paragraph(seen.document, before, fact) else None
            answer = _Subject(fact.subject, None, earlier)
            _add(self.of_rules, _subject_examples(seen, fact, answer))
            _add(self.of_rules, [("period", _period_of_rules(seen, number))])

    def add_labelled(self, annotated: Annotated) -> None:
        """A person's reading of an article. Labels of figures that the rules don't find are passed over."""
        seen = read(annotated.article)
        last: Expected | None = None
        for number, fact in enumerate(seen.found):
            label = next((label for label in annotated.expected if _means(label, fact)), None)
            if label:
                carried = last and same_paragraph(seen.document, last, fact)
                earlier = last.fields.get("subject") if last and carried else None
                _add(self.of_people, _examples(seen, number, label.fields, earlier))
                last = label

    def weights(self) -> dict[str, Weights]:
        """What is learned for each question."""
        return {
            name: learn(
                [Stage(self.of_rules[name], _ROUNDS_OF_RULES), Stage(self.of_people[name], _ROUNDS_OF_LABELS)]
            )
            for name in QUESTIONS
        }


@dataclass(frozen=True, slots=True)
class _Subject:
    """The right subject; what the rules propose, where that is told; the subject of the figure before."""

    right: str | None
    proposed: str | None
    earlier: str | None


def _add(lessons: dict[str, list[Example]], examples: Iterable[tuple[str, Example]]) -> None:
    for question, example in examples:
        lessons[question].append(example)


def _examples(
    seen: Read, number: int, fields: Mapping[str, Any], earlier: str | None
) -> Iterator[tuple[str, Example]]:
    """What the label says, field by field: a case need not name them all."""
    fact = seen.found[number]
    if "subject" in fields:
        yield from _subject_examples(seen, fact, _Subject(fields["subject"], fact.subject, earlier))
    if "period" in fields:
        around = beside(seen.document, seen.found, number)
        offered = period_options.periods(seen.times, fact, fact.period, around)
        yield "period", Example(offered.options, _alike(offered, fields["period"]))
    if fields.get("status"):
        options = status_evidence.statuses(seen.document, fact, seen.dates)
        yield "status", Example(options, status_evidence.STATUSES.index(fields["status"]))


def _subject_examples(seen: Read, fact: Percentage, answer: _Subject) -> Iterator[tuple[str, Example]]:
    words = subject_options.window(seen.document, fact)
    right, proposed, earlier = map(words.find, (answer.right, answer.proposed, answer.earlier))
    if right is None:
        return
    starts = words.starts.tolist()
    if right.start in starts:
        options = subject_features.start_options(words, proposed, earlier)
        yield "subject_start", Example(options, starts.index(right.start))
    ends = subject_options.ends(words, right.start)
    if right.end in ends:
        spans = [Span(right.start, end) for end in ends]
        options = subject_features.end_options(words, spans, proposed, earlier)
        yield "subject_end", Example(options, ends.index(right.end))


def _period_of_rules(seen: Read, number: int) -> Example:
    """The rules are the answer, so what they propose is not told."""
    fact = seen.found[number]
    offered = period_options.periods(seen.times, fact, None, (None, None))
    untold = [[feature for feature in features if "rules" not in feature] for features in offered.features]
    return Example(rows(untold), _alike(offered, fact.period))


def read(article: Article) -> Read:
    """Runs the rules of the kinds that percentages hang on."""
    document, owned = Document(article), Ownership()
    owned.asking = "decision"
    decisions.find(document, owned)
    owned.asking = "date"
    found_dates = dates.find(document, owned)
    owned.asking = "percentage"
    found = percentages.find(document, owned, found_dates)
    return Read(document, found_dates, Times(document, found_dates), found)


def _means(label: Expected, fact: Percentage) -> bool:
    return label.kind == fact.kind and not label.ignore and label.overlaps(fact)


def _alike(offered: Periods, period: str | None) -> int:
    """Which of the times is the one that a person wrote, perhaps a little longer or shorter; else none."""
    none = len(offered.times) - 1
    if period is None:
        return none
    likeness = [token_f1(period, time.text) if time else 0.0 for time in offered.times]
    best = int(np.argmax(likeness))
    return best if likeness[best] >= _ALIKE else none
