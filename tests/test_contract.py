"""Every view and column is promised and explained, and docs/warehouse.md is what the warehouse makes."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from warehoused import ask

from corpus import FACTS
from warehouse import Warehouse
from warehouse.contract import FACT_VIEWS, document, views

if TYPE_CHECKING:
    pass

ROOT = Path(__file__).parent.parent


def test_every_view_and_column_is_explained_in_one_line(warehouse: Warehouse) -> None:
    contract = views(warehouse._connection)
    assert {view.name for view in contract} >= {"articles", "facts", *FACT_VIEWS.values()}
    for view in contract:
        for comment in (view.comment, *(column.comment for column in view.columns)):
            assert comment
            assert "\n" not in comment
            assert "|" not in comment


def test_every_column_is_named_without_quotes(warehouse: Warehouse) -> None:
    for view in views(warehouse._connection):
        for column in view.columns:
            assert ask(warehouse, f"select {column.name} from {view.name} order by {column.name}") == []


@pytest.mark.parametrize("kind", FACTS)
def test_a_view_has_the_fields_of_its_kind(warehouse: Warehouse, kind: str) -> None:
    spelled = {"start": "span_start", "end": "span_end", "text": "surface"}
    stated = {spelled.get(field.name, field.name) for field in fields(FACTS[kind])}
    names = ask(
        warehouse, f"select column_name from duckdb_columns() where table_name = '{FACT_VIEWS[kind]}'"
    )
    assert stated <= {row["column_name"] for row in names}


def test_the_document_is_the_contract() -> None:
    written = (ROOT / "docs" / "warehouse.md").read_text("utf-8")
    assert written == document(), "run: python -m warehouse.contract > docs/warehouse.md"
