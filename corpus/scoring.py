"""Compares found facts with right ones: precision, recall and F1 by kind, as the annotation guide defines.

A found fact is *paired* with the gold fact that it overlaps best; a pair is *exact* when all core fields are
equal. Facts that overlap an ignored span count neither way. The further fields (subject, title, ...) don't
make a fact wrong, but where one differs, the fact is listed as *unlike*.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from corpus.facts import FACTS, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from corpus.annotation import Annotated, Expected

Row = dict[str, Any]

_PHRASES = frozenset({"subject", "title", "index", "scope", "period"})
_LIKE = 0.85
"""Token F1 from which two surfaces of one thing pass for the same."""
_CONTEXT = 100
_HEADER = "kind         gold found  exact P      R     F1  span F1 strict"
_COUNTS = ("gold", "found", "exact", "paired", "strict")


@dataclass(frozen=True, slots=True)
class Score:
    """How many facts of one kind are right; `fields`: field -> mean accuracy over the paired facts."""

    gold: int
    found: int
    exact: int
    paired: int
    strict: int
    fields: Mapping[str, float] = field(default_factory=dict)

    @property
    def precision(self) -> float:
        """The share of the found facts that are exact."""
        return self.exact / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold facts that were found exactly."""
        return self.exact / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """F1 of exact facts."""
        return self._f1(self.exact)

    @property
    def span_f1(self) -> float:
        """F1 of facts found at all: spans that overlap."""
        return self._f1(self.paired)

    @property
    def strict_f1(self) -> float:
        """F1 of spans found to the character."""
        return self._f1(self.strict)

    def _f1(self, right: int) -> float:
        if not right:
            return 0.0
        precision, recall = right / self.found, right / self.gold
        return 2 * precision * recall / (precision + recall)


@dataclass(frozen=True, slots=True)
class Error:
    """One fact that is wrong, missed or extra, or right in its core and unlike the gold in a further field.

    `text` is the gold surface, of an extra fact the found one; `found` the surface of the fact found in its
    place. `fields` holds each differing field as (gold, found); `context` the line around it.
    """

    kind: str
    outcome: Literal["wrong", "missed", "extra", "unlike"]
    article: str
    start: int
    text: str
    context: str
    found: str | None = None
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)

    def describe(self) -> str:
        """Two lines: what is wrong, and where it stands."""
        what = f"{self.article}@{self.start} {self.outcome:<6} {self.text!r}"
        if self.fields:
            differing = ", ".join(
                f"{name} {gold!r} not {found!r}" for name, (gold, found) in self.fields.items()
            )
            what += f" found {self.found!r}: {differing}"
        return f"{self.kind}: {what}\n      {self.context}"


@dataclass(frozen=True, slots=True)
class Report:
    """The scores by kind, in the order of the kinds asked for, `all` last; and every error.

    The errors stand by kind, what is wrong in its core before what is only unlike.
    """

    scores: Mapping[str, Score]
    errors: tuple[Error, ...]


def score(
    articles: Iterable[tuple[Annotated, Sequence[Fact | Mapping[str, Any]]]],
    kinds: Sequence[str] = tuple(FACTS),
) -> Report:
    """The report over gold articles, each with the facts (or rows of facts) found in it."""
    tallies = {kind: _Tally(kind) for kind in kinds}
    for gold, facts in articles:
        rows = [fact.row() if isinstance(fact, Fact) else dict(fact) for fact in facts]
        for kind in gold.kinds.intersection(kinds):
            tallies[kind].add(gold, [row for row in rows if row["kind"] == kind])
    scores = {kind: tally.score() for kind, tally in tallies.items()}
    scores["all"] = Score(**{name: sum(getattr(one, name) for one in scores.values()) for name in _COUNTS})
    errors = (error for tally in tallies.values() for error in (*tally.errors, *tally.unlike))
    return Report(scores, tuple(errors))


def render(report: Report, show: int = 0) -> str:
    """The table of a report, and up to `show` errors of each kind."""
    lines = [_HEADER]
    for kind, one in report.scores.items():
        found = f"{kind:<11} {one.gold:>5} {one.found:>5}"
        exact = f"{one.precision:>7.3f} {one.recall:>6.3f} {one.f1:>6.3f}"
        lines.append(f"{found}  {exact}  {one.span_f1:>7.3f} {one.strict_f1:>6.3f}")
        if one.fields:
            lines.append(" " * 12 + "  ".join(f"{name} {share:.2f}" for name, share in one.fields.items()))
    for kind in report.scores:
        lines += [f"  {error.describe()}" for error in report.errors if error.kind == kind][:show]
    return "\n".join(lines)


class _Tally:
    """What adds up over the articles for one kind."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.core = FACTS[kind].core
        self.counts = Counter[str]()
        self.likeness = dict.fromkeys((*self.core, *FACTS[kind].further), 0.0)
        self.errors: list[Error] = []
        self.unlike: list[Error] = []

    def add(self, gold: Annotated, found: list[Row]) -> None:
        ignored = [_row(expected) for expected in gold.expected if expected.ignore]
        real = [_row(e) for e in gold.expected if e.kind == self.kind and not e.ignore]
        pairs, missed, left = _pair(real, found)
        extra = [row for row in left if not any(_overlap(row, other) > 0 for other in ignored)]
        self.counts.update(gold=len(real), found=len(pairs) + len(extra), paired=len(pairs))
        for right, row in pairs:
            self._compare(gold, right, row)
        for outcome, rows in (("missed", missed), ("extra", extra)):
            self.errors += [self._error(gold, outcome, row) for row in rows]

    def _compare(self, gold: Annotated, right: Row, row: Row) -> None:
        likeness = {name: _likeness(name, right.get(name), row.get(name)) for name in self.likeness}
        for name, like in likeness.items():
            self.likeness[name] += like
        differing = {
            name: (right.get(name), row.get(name)) for name, like in likeness.items() if like < _LIKE
        }
        wrong = differing.keys() & self.core
        self.counts["exact"] += not wrong
        self.counts["strict"] += (right["start"], right["end"]) == (row["start"], row["end"])
        if differing:
            listed, outcome = (self.errors, "wrong") if wrong else (self.unlike, "unlike")
            listed.append(self._error(gold, outcome, right, found=row.get("text"), fields=differing))

    def _error(self, gold: Annotated, outcome: Any, row: Row, **more: Any) -> Error:
        context = _line(gold.article.text, row["start"], row["end"])
        return Error(self.kind, outcome, gold.name, row["start"], row.get("text", ""), context, **more)

    def score(self) -> Score:
        pairs = self.counts["paired"]
        fields = {name: likeness / pairs for name, likeness in self.likeness.items()} if pairs else {}
        return Score(**{name: self.counts[name] for name in _COUNTS}, fields=fields)


def _row(expected: Expected) -> Row:
    return {**expected.fields, "start": expected.start, "end": expected.end, "text": expected.text}


def _pair(gold: list[Row], found: list[Row]) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    """One-to-one pairs, greedily by intersection over union; gold and found rows that are left over."""
    options = sorted(
        (-_overlap(right, row) / (max(right["end"], row["end"]) - min(right["start"], row["start"])), i, j)
        for i, right in enumerate(gold)
        for j, row in enumerate(found)
        if _overlap(right, row) > 0
    )
    chosen: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in options:
        if i not in chosen and j not in taken:
            chosen[i] = j
            taken.add(j)
    pairs = [(gold[i], found[j]) for i, j in chosen.items()]
    missed = [row for i, row in enumerate(gold) if i not in chosen]
    return pairs, missed, [row for j, row in enumerate(found) if j not in taken]


def _overlap(one: Row, other: Row) -> int:
    """How many characters two rows share; not positive: none."""
    shared: int = min(one["end"], other["end"]) - max(one["start"], other["start"])
    return shared


def _equal(name: str, gold: Any, found: Any) -> bool:
    """Equality of a field; the noun that a quantity counts may be cut a little differently."""
    if isinstance(gold, str) and isinstance(found, str):
        if name == "unit" and not gold.isascii():
            return token_f1(gold, found) >= 0.5
        return _squeezed(gold) == _squeezed(found)
    if isinstance(gold, int | float) and isinstance(found, int | float):
        return abs(gold - found) <= 1e-9 * max(1.0, abs(gold), abs(found))
    return bool(gold == found)


def _likeness(name: str, gold: Any, found: Any) -> float:
    return token_f1(gold, found) if name in _PHRASES else float(_equal(name, gold, found))


def token_f1(gold: str | None, found: str | None) -> float:
    """How alike two phrases are: the F1 of their words, 1 where both are missing."""
    if not gold or not found:
        return float(not gold and not found)
    expected, given = (Counter(re.findall(r"\w+", phrase.casefold())) for phrase in (gold, found))
    shared = (expected & given).total()
    return 2 * shared / (expected.total() + given.total()) if shared else 0.0


def _squeezed(value: str) -> str:
    return "".join(value.split()).casefold()


def _line(text: str, start: int, end: int) -> str:
    """The line around a span, cut to what helps a reader."""
    before = text[max(0, start - _CONTEXT) : start].rpartition("\n")[2]
    after = text[end : end + _CONTEXT].partition("\n")[0]
    return before + text[start:end].replace("\n", " ") + after
