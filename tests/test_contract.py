"""The views are a contract: all that are promised are there, and every fact says where it comes from."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse.contract import FACT_VIEWS, View, document, views
from warehouse.schema import bundled, update

PROMISED = {
    *("articles", "facts", "sources", "runs"),
    *("decisions", "decision_mentions", "decision_relations"),
    *("dates", "percentages", "rankings", "quantities", "entities"),
    *("ranking_history", "targets", "claim_conflicts"),
    *("people", "bodies", "places", "statements"),
}
CARRIED = (
    *("fact_id", "article_id", "version", "url", "source", "published", "kind", "surface", "span_start"),
    *("span_end", "sentence", "rule", "extractor_version", "confidence", "noise", "canonical_id", "is_copy"),
    "said_by",
)


@pytest.fixture(scope="module")
def contract() -> dict[str, View]:
    with duckdb.connect() as connection:
        update(connection, bundled())
        return {view.name: view for view in views(connection)}


def test_what_is_promised_is_there_and_nothing_else(contract: dict[str, View]) -> None:
    assert contract.keys() == PROMISED


@pytest.mark.parametrize("name", ["facts", *FACT_VIEWS.values()])
def test_every_fact_carries_where_it_comes_from(contract: dict[str, View], name: str) -> None:
    columns = [column.name for column in contract[name].columns]
    assert set(CARRIED) <= set(columns)
    assert len(set(columns)) == len(columns)


def test_every_comment_says_something_in_one_line(contract: dict[str, View]) -> None:
    for view in contract.values():
        for comment in (view.comment, *(column.comment for column in view.columns)):
            assert comment, view.name
            assert comment[-1] in ".:", comment
            assert "\n" not in comment
            assert "|" not in comment


def test_the_docs_are_the_contract() -> None:
    written = (Path(__file__).parents[1] / "docs" / "warehouse.md").read_text("utf-8")
    assert written == document(), "run: python -m warehouse.contract > docs/warehouse.md"
    for name in PROMISED:
        assert f"\n## {name}\n" in written
