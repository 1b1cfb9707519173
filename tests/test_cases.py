"""The executable specification: every sentence in corpus/cases gives exactly the facts it is marked with."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import corpus
from corpus.annotation import Annotated, read_cases
from extractors import extract

CASES = [
    case
    for path in sorted((Path(corpus.__file__).parent / "cases").glob("*.txt"))
    for case in read_cases(path)
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Annotated) -> None:
    (kind,) = case.kinds
    found = [fact for fact in extract(case.article) if fact.kind == kind]
    assert [fact.text for fact in found] == [expected.text for expected in case.expected]
    for fact, expected in zip(found, case.expected, strict=True):
        assert (fact.start, fact.end) == (expected.start, expected.end)
        assert {name: plain(getattr(fact, name)) for name in expected.fields} == dict(expected.fields)


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
