"""What a fact is: a span of an article, what it says, and the rule that found it.

Fields and names are those of the annotation guide; every kind knows its core fields, by which the
scorer compares.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, ClassVar, Literal

Comparator = Literal["eq", "min", "max", "gt", "lt", "about"]
Status = Literal["target", "actual"]
Modifier = Literal["by", "before", "after", "since", "about"]
Grain = Literal[
    "day", "weekend", "week", "month", "quarter", "season", "half", "year", "decade", "century", "period"
]
Action = Literal["issue", "amend", "replace", "draft", "implement", "cite"]
Label = Literal["PER", "ORG", "LOC"]


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open code-point offsets in an article's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Span):
    """A span with its surface (`text == article.text[start:end]`), its rule and that rule's confidence.

    `noise`: it stands in what is on the page beside the article (teasers, footers, another article).
    `said_by`: the person or body whose words or orders the sentence tells, by the name in full.
    """

    kind: ClassVar[str]
    core: ClassVar[tuple[str, ...]]
    further: ClassVar[tuple[str, ...]] = ()

    start: int
    end: int
    text: str
    rule: str
    confidence: float = 1.0
    noise: bool = False
    said_by: str | None = None

    def row(self) -> dict[str, Any]:
        """The fact as one flat JSON object: `kind`, then every field; days as ISO strings."""
        values = {f.name: getattr(self, f.name) for f in fields(self)}
        return {"kind": self.kind} | {
            name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision(Fact):
    """A mention of a legal or administrative document.

    `issued_on` is an ISO day, or a month ("2021-06") or a year ("2020") where only that is said. A short
    mention ("Nghị quyết 17") has in `refers_to` where the mention in full that it points to begins
    ("Nghị quyết số 17/NQ-CP"), if exactly one document of the article fits. `issuer_id` is the issuer as
    `Entity.entity_id` has it.
    """

    kind: ClassVar[str] = "decision"
    core: ClassVar[tuple[str, ...]] = ("doc_type", "number", "issued_on", "issuer")
    further: ClassVar[tuple[str, ...]] = ("title", "action")

    doc_type: str
    number: str | None = None
    issued_on: str | None = None
    issuer: str | None = None
    title: str | None = None
    action: Action = "cite"
    refers_to: int | None = None
    issuer_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Date(Fact):
    """An expression with a place on the calendar: the days from `start_date` to `end_date`, inclusive.

    `grain` is the unit of the calendar that these days make up ("period": none), `value` the same as a
    TIMEX3 value ("2021-06-15", "2021-Q1", "2021-W23-WE", "2021-06-15/2021-06-20"). `evidence` says what
    places them: "text" (the expression itself), "article: năm 2019" (another of the article),
    "title: 2020", "published: 2021-06-20".
    """

    kind: ClassVar[str] = "date"
    core: ClassVar[tuple[str, ...]] = ("start_date", "end_date")
    further: ClassVar[tuple[str, ...]] = ("modifier",)

    start_date: date
    end_date: date
    modifier: Modifier | None = None
    grain: Grain | None = None
    value: str | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Percentage(Fact):
    """A share or a rate, in per cent or percentage points; `low == high` for a single value.

    `malformed`: the figure's grouping was broken, and it was read as what the writer meant. `actor` is who
    is to reach a target, by the name in full, `actor_id` the same as `Entity.entity_id` has it.
    """

    kind: ClassVar[str] = "percentage"
    core: ClassVar[tuple[str, ...]] = ("low", "high", "unit", "comparator", "status")
    further: ClassVar[tuple[str, ...]] = ("change", "subject", "period")

    low: float
    high: float
    unit: Literal["percent", "point"] = "percent"
    comparator: Comparator = "eq"
    change: Literal["up", "down"] | None = None
    status: Status = "actual"
    subject: str | None = None
    period: str | None = None
    malformed: bool = False
    actor: str | None = None
    actor_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranking(Fact):
    """A place in an ordered list; `change` counts places moved, up positive.

    `subject_id` is the subject as `Entity.entity_id` has it.
    """

    kind: ClassVar[str] = "ranking"
    core: ClassVar[tuple[str, ...]] = ("rank", "out_of", "top_n", "previous_rank", "change", "year")
    further: ClassVar[tuple[str, ...]] = ("change_since", "subject", "index", "scope", "status")

    rank: int | None = None
    out_of: int | None = None
    top_n: int | None = None
    previous_rank: int | None = None
    change: int | None = None
    change_since: int | None = None
    year: int | None = None
    subject: str | None = None
    index: str | None = None
    scope: str | None = None
    status: Status = "actual"
    subject_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity(Fact):
    """A count, sum or multiple in figures.

    `low` and `high` are plain numbers (8000000000000), `unit` is `VND`, `USD`, `times` or the counted
    noun as written; `out_of` is the whole of which `low` are counted. `malformed`: the figure's grouping
    was broken ("4.354459"), and it was read as what the writer meant.
    """

    kind: ClassVar[str] = "quantity"
    core: ClassVar[tuple[str, ...]] = ("low", "high", "out_of", "unit")
    further: ClassVar[tuple[str, ...]] = ("comparator",)

    low: float
    high: float
    out_of: float | None = None
    unit: str | None = None
    comparator: Comparator = "eq"
    malformed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Fact):
    """A name: of a person (PER), a body (ORG) or a place (LOC).

    `entity_id` is the one thing of the lexicons that it means ("bo-tttt", "ubnd-cao-bang"), `name` that
    thing's name in full, a person's name in full in this article; both are None where it is not known.
    Persons have the `role` that the article gives them ("Thứ trưởng") and the `body` that they hold it in.
    """

    kind: ClassVar[str] = "entity"
    core: ClassVar[tuple[str, ...]] = ("label", "start", "end")

    label: Label
    entity_id: str | None = None
    name: str | None = None
    role: str | None = None
    body: str | None = None


FACTS: dict[str, type[Fact]] = {
    fact.kind: fact for fact in (Decision, Date, Percentage, Ranking, Quantity, Entity)
}
