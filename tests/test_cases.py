"""The executable specification: every sentence in corpus/cases gives exactly the facts it is marked with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.annotation import Annotated, cases, read_gold
from extractors import extract

CASES = list(cases())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Annotated) -> None:
    (kind,) = case.kinds
    found = [fact for fact in extract(case.article) if fact.kind == kind]
    assert [fact.text for fact in found] == [expected.text for expected in case.expected]
    for fact, expected in zip(found, case.expected, strict=True):
        assert (fact.start, fact.end) == (expected.start, expected.end)
        assert {name: plain(getattr(fact, name)) for name in expected.fields} == dict(expected.fields)


def test_every_rule_at_work_has_a_case(shared: Path) -> None:
    """A rule that fires on real articles, and on no sentence of the specification, was never specified."""
    gold = [*read_gold(shared / "gold" / "seeds"), *read_gold(shared / "gold" / "dev")]
    at_work = {fact.rule for annotated in gold for fact in extract(annotated.article)}
    specified = {fact.rule for case in CASES for fact in extract(case.article) if fact.kind in case.kinds}
    assert at_work - specified == set()


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
