"""The copy that readers get says what the warehouse says, and lies so that what repeats packs well."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from extracted import page
from warehoused import ask

from warehouse import Warehouse
from warehouse.schema import view_names

TITLES = ["Tin ngày 2", "Giá vàng hôm nay", None, "Tin ngày 1", "Giá vàng hôm nay", "Giá vàng hôm nay"]


@pytest.fixture
def copied(warehouse: Warehouse, tmp_path: Path) -> Path:
    several = [
        page(number, url=f"https://bao.example/bai-{number}", title=title)
        for number, title in enumerate(TITLES, 1)
    ]
    warehouse.load(several, "rules-1")
    warehouse.bring_together()
    warehouse.copy_to(tmp_path / "copy.duckdb")
    return tmp_path / "copy.duckdb"


def test_articles_of_one_headline_lie_side_by_side(copied: Path) -> None:
    with duckdb.connect(copied, read_only=True) as connection:
        for table in ("articles", "dates", "entities"):
            pages = connection.execute(f"select page from stored.{table} order by rowid").fetchall()
            assert [number for (number,) in pages] == [2, 5, 6, 4, 1, 3], table


def test_every_view_says_what_it_said(copied: Path, warehouse: Warehouse) -> None:
    with duckdb.connect(copied, read_only=True) as connection:
        views = view_names(connection)
        assert {"facts", "decisions", "targets"} < set(views)
        for view in views:
            rows = connection.sql(f"from {view} order by all").to_arrow_table().to_pylist()
            assert rows == ask(warehouse, f"from {view} order by all"), view


def test_what_is_stored_for_views_is_a_table(copied: Path, warehouse: Warehouse) -> None:
    stored = "select {what}_name as name from duckdb_{what}s() where schema_name = 'stored'"
    worked_out = {row["name"] for row in ask(warehouse, stored.format(what="view"))}
    with duckdb.connect(copied, read_only=True) as connection:
        assert connection.execute(stored.format(what="view")).fetchall() == []
        assert worked_out <= {name for (name,) in connection.execute(stored.format(what="table")).fetchall()}
    assert "measured" in worked_out
