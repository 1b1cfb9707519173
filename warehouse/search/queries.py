"""Turns units and filters into a tantivy query."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from tantivy import FieldType, Occur, Query

from warehouse.search.words import folded, pair, phrase, term

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from tantivy import Schema

    from warehouse.search.questions import Unit

Clause = tuple[Occur, Query]

_TITLE = 2.0
"""How much more a word counts in the title."""

_NUMBER = 10.0
"""What a number counts that rules have read as one, whichever document it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What hits must be beside what is asked for: any of the values of a field, in every field given.

    `years` and `days` are those of publication or of issue, from the first to the last, inclusive.
    """

    kind: Sequence[str] = ()
    type: Sequence[str] = ()
    issuer: Sequence[str] = ()
    action: Sequence[str] = ()
    index: Sequence[str] = ()
    source: Sequence[str] = ()
    years: tuple[int, int] | None = None
    days: tuple[date, date] | None = None

    @property
    def ranges(self) -> dict[str, tuple[int, int]]:
        """The first and last number of each field that is a number."""
        days = self.days and (self.days[0].toordinal(), self.days[1].toordinal())
        return {name: limits for name, limits in (("year", self.years), ("day", days)) if limits}


def required(
    schema: Schema,
    units: Sequence[Unit],
    values: Mapping[str, Sequence[str]],
    ranges: Mapping[str, tuple[int, int]],
) -> list[Clause]:
    """What every hit is: it has all units, and in each field one of its values."""
    clauses = [(Occur.Must, _unit(schema, unit)) for unit in units]
    clauses += [
        (Occur.Must, Query.const_score_query(Query.term_set_query(schema, field, list(chosen)), 0.0))
        for field, chosen in values.items()
    ]
    for field, limits in ranges.items():
        within = Query.range_query(schema, field, FieldType.Integer, *limits)
        clauses.append((Occur.Must, Query.const_score_query(within, 0.0)))
    return clauses or [(Occur.Must, Query.all_query())]


def better(schema: Schema, units: Sequence[Unit]) -> list[Clause]:
    """What puts a hit first: words that stand together as they do in the question, and words in the title."""
    typed = [word for unit in units for word in unit.words]
    wishes = [_term(schema, "pairs", each) for each in _pairs(typed)]
    wishes += [Query.boost_query(_term(schema, "title", term(word)), _TITLE) for word in typed]
    return [(Occur.Should, wish) for wish in wishes]


def _unit(schema: Schema, unit: Unit) -> Query:
    if unit.loose:
        return _term(schema, "words", term(unit.words[0]))
    together = _phrase(schema, unit.words)
    if unit.key is None:
        return together
    number = Query.const_score_query(_term(schema, "numbers", unit.key), _NUMBER)
    return Query.boolean_query([(Occur.Should, number), (Occur.Should, together)])


def _phrase(schema: Schema, typed: Sequence[str]) -> Query:
    """The words one after another; pairs rule most texts out before positions are looked at."""
    if len(typed) == 1:
        return _term(schema, "words", term(typed[0]))
    clauses = [(Occur.Must, Query.phrase_query(schema, "words", list(phrase(typed))))]
    clauses += [(Occur.Must, _term(schema, "pairs", each)) for each in _pairs(typed)]
    return Query.boolean_query(clauses)


def _pairs(typed: Sequence[str]) -> Iterator[str]:
    return (pair(one, two) for one, two in pairwise(map(folded, typed)))


def _term(schema: Schema, field: str, text: str) -> Query:
    return Query.term_query(schema, field, text)
