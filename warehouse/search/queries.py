"""Turns units and filters into a tantivy query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tantivy import FieldType, Occur, Query

from warehouse.search.words import pairs, phrase, term

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
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

    A field takes several values or one, in any case, without diacritics, or by some of its words. `years`
    are those of publication or of issue, from the first to the last; `since` and `until` are the first and
    the last day. Filters by time leave out what has none.
    """

    kind: Sequence[str] = ()
    type: Sequence[str] = ()
    issuer: Sequence[str] = ()
    action: Sequence[str] = ()
    index: Sequence[str] = ()
    source: Sequence[str] = ()
    years: tuple[int, int] | None = None
    since: date | None = None
    until: date | None = None


def required(
    schema: Schema,
    units: Sequence[Unit],
    values: Mapping[str, Sequence[str]],
    filters: Filters,
    apart: Collection[str] = (),
) -> list[Clause]:
    """What every hit is: it has all units, in each field one of its values, and is of the time asked for.

    Entries with the keys in `apart` are no hits.
    """
    narrow = [Query.term_set_query(schema, field, list(chosen)) for field, chosen in values.items()]
    if filters.years:
        narrow.append(_between(schema, "year", *filters.years))
    if filters.since or filters.until:
        days = (day.toordinal() if day else None for day in (filters.since, filters.until))
        narrow.append(_between(schema, "day", *days))
    clauses = [(Occur.Must, _unit(schema, unit)) for unit in units]
    clauses += [(Occur.Must, Query.const_score_query(query, 0.0)) for query in narrow]
    clauses = clauses or [(Occur.Must, Query.all_query())]
    without = [(Occur.MustNot, Query.term_set_query(schema, "key", list(apart)))] if apart else []
    return clauses + without


def better(schema: Schema, units: Sequence[Unit]) -> list[Clause]:
    """What puts a hit first: words that stand together as they do in the question, and words in the title."""
    typed = [word for unit in units for word in unit.words]
    wishes = [_term(schema, "pairs", each) for each in pairs(typed)]
    wishes += [Query.boost_query(_term(schema, "title", term(word)), _TITLE) for word in typed]
    return [(Occur.Should, wish) for wish in wishes]


def _unit(schema: Schema, unit: Unit) -> Query:
    if unit.year:
        said = _term(schema, "words", str(unit.year))
        within = Query.const_score_query(_between(schema, "year", unit.year, unit.year), 1.0)
        return Query.boolean_query([(Occur.Should, said), (Occur.Should, within)])
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
    clauses += [(Occur.Must, _term(schema, "pairs", each)) for each in pairs(typed)]
    return Query.boolean_query(clauses)


def _between(schema: Schema, field: str, first: int | None, last: int | None) -> Query:
    return Query.range_query(schema, field, FieldType.Integer, first, last)


def _term(schema: Schema, field: str, text: str) -> Query:
    return Query.term_query(schema, field, text)
