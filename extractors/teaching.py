"""Makes the weights of `extractors/models`: from what the rules read in many articles, then from people's labels."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from corpus.scoring import token_f1
from extractors import dates, decisions, percentages, period_options, status_evidence, subject_options
from extractors.choosers import QUESTIONS, rows
from extractors.document import Document
from extractors.learning import Example, Stage, learn
from extractors.ownership import Ownership

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus.article import Article
    from corpus.facts import Date, Percentage, Span
    from corpus.labels import Labelled
    from extractors.choosers import Weights
    from extractors.period_options import Periods

_ROUNDS_OF_RULES = 2
_ROUNDS_OF_LABELS = 6
_ALIKE = 0.6
"""Token F1 from which on a time is the one that the label means."""


@dataclass(frozen=True, slots=True)
class _Read:
    """An article with what the rules found in it."""

    document: Document
    dates: list[Date]
    found: list[Percentage]


@dataclass(frozen=True, slots=True)
class Lessons:
    """Examples by question: those that the rules give, and those of people."""

    of_rules: dict[str, list[Example]] = field(default_factory=lambda: {name: [] for name in QUESTIONS})
    of_people: dict[str, list[Example]] = field(default_factory=lambda: {name: [] for name in QUESTIONS})

    def add(self, article: Article) -> None:
        """The rules' own reading of an article that nobody has labelled."""
        read = _read(article)
        earlier: str | None = None
        for fact in read.found:
            self._subject(self.of_rules, read, fact, _Answer(fact.subject, None, earlier))
            self._period(self.of_rules, read, fact, fact.period, blind=True)
            earlier = fact.subject

    def add_labelled(self, article: Article, labelled: Labelled) -> None:
        """A person's reading of an article. Labels of figures that the rules don't find are passed over."""
        read = _read(replace(article, published=labelled.published))
        text = read.document.text
        earlier: str | None = None
        for fact in read.found:
            label = next((label for label in labelled.labels if label.overlaps(fact)), None)
            if label is None:
                continue
            subject, period = _surface(text, label.subject), _surface(text, label.period)
            self._subject(self.of_people, read, fact, _Answer(subject, fact.subject, earlier))
            self._period(self.of_people, read, fact, period, blind=False)
            options = status_evidence.statuses(read.document, fact, read.dates, fact.status)
            chosen = status_evidence.STATUSES.index(label.status)
            self.of_people["status"].append(Example(options, chosen))
            earlier = subject

    def _subject(
        self, lessons: dict[str, list[Example]], read: _Read, fact: Percentage, answer: _Answer
    ) -> None:
        seen = subject_options.window(read.document, fact)
        right = seen.find(answer.subject)
        if right is None:
            return
        proposed, earlier = seen.find(answer.proposed), seen.find(answer.earlier)
        starts = subject_options.starts(seen)
        if right.start in starts:
            options = subject_options.start_options(seen, proposed, earlier)
            lessons["subject_start"].append(Example(options, _place(starts, right.start)))
        ends = subject_options.ends(seen, right.start)
        if right.end in ends:
            options = subject_options.end_options(seen, right.start, proposed, earlier)
            lessons["subject_end"].append(Example(options, _place(ends, right.end)))

    def _period(
        self,
        lessons: dict[str, list[Example]],
        read: _Read,
        fact: Percentage,
        period: str | None,
        *,
        blind: bool,
    ) -> None:
        """`blind`: the rules are the answer, so what they propose is not told."""
        offered = period_options.periods(read.document, fact, read.dates, fact.period)
        chosen = _alike(offered, period)
        if blind:
            told = [[word for word in words if "rules" not in word] for words in offered.features]
            lessons["period"].append(Example(rows(told), chosen))
        else:
            lessons["period"].append(Example(offered.options, chosen))

    def weights(self) -> dict[str, Weights]:
        """What is learned for each question."""
        return {
            name: learn(
                [Stage(self.of_rules[name], _ROUNDS_OF_RULES), Stage(self.of_people[name], _ROUNDS_OF_LABELS)]
            )
            for name in QUESTIONS
        }


@dataclass(frozen=True, slots=True)
class _Answer:
    """The right subject; what the rules propose, where that is told; the subject of the figure before."""

    subject: str | None
    proposed: str | None
    earlier: str | None


def _read(article: Article) -> _Read:
    document, owned = Document(article), Ownership()
    owned.asking = "decision"
    decisions.find(document, owned)
    owned.asking = "date"
    found_dates = dates.find(document, owned)
    owned.asking = "percentage"
    return _Read(document, found_dates, percentages.find(document, owned, found_dates))


def _surface(text: str, span: Span | None) -> str | None:
    return text[span.start : span.end] if span else None


def _place(positions: NDArray[np.int64], position: int) -> int:
    return int(np.flatnonzero(positions == position)[0])


def _alike(offered: Periods, period: str | None) -> int:
    """Which of the times is the one that a person wrote, perhaps a little longer or shorter; else none."""
    none = len(offered.times) - 1
    if period is None:
        return none
    likeness = [token_f1(period, time.text) if time else 0.0 for time in offered.times]
    best = int(np.argmax(likeness))
    return best if likeness[best] >= _ALIKE else none
