"""The copy that readers get says what the warehouse says, and lies so that what repeats packs well."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest
from extracted import TEXT, page
from warehoused import ask

from warehouse import Extracted, Unreadable, Warehouse
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


def bulk(*numbers: int, text: str = TEXT) -> list[Extracted]:
    return [page(number, text, url=f"https://bao.example/{number}") for number in numbers]


CHANGES = {
    "new pages": lambda warehouse: warehouse.load(bulk(11, 12), "rules-1"),
    "pages that say something else": lambda warehouse: warehouse.load(
        bulk(2, 3, text=TEXT.replace("Nước ta", "Tỉnh nhà")), "rules-2"
    ),
    "pages read in another way by the same rules": lambda warehouse: warehouse.load(
        [page(4, url="https://bao.example/4", facts=[])], "rules-1", again=True
    ),
    "pages that other rules read as before": lambda warehouse: warehouse.load(bulk(5, 6), "rules-2"),
    "a page that cannot be read any more": lambda warehouse: warehouse.load(
        [Unreadable(7, "https://bao.example/7", "too long")], "rules-2"
    ),
    "a page that is gone": lambda warehouse: warehouse.remove(["https://bao.example/8"]),
}


def content(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table and view, but for how the file was come by."""
    with duckdb.connect(database, read_only=True) as connection:
        tables = connection.execute(
            "select table_name from duckdb_tables() where schema_name = 'stored' order by all"
        ).fetchall()
        connection.execute("use stored")
        names = [name for (name,) in tables if name != "state"]
        comments = connection.sql("select table_name, column_name, comment from duckdb_columns()").fetchall()
        return {"comments": sorted(comments, key=str)} | {
            name: connection.sql(f"from {name} order by all").fetchall() for name in names
        }


def continued(database: Path) -> int:
    with duckdb.connect(database, read_only=True) as connection:
        ((pages,),) = connection.execute("select continued from stored.state").fetchall()
        return int(pages)


@pytest.mark.parametrize("changes", [[each] for each in CHANGES] + [list(CHANGES)], ids=" and ".join)
def test_a_copy_that_is_continued_is_the_copy_made_anew(
    warehouse: Warehouse, tmp_path: Path, changes: list[str]
) -> None:
    warehouse.load(bulk(*range(1, 11)), "rules-1")
    warehouse.bring_together()
    before = tmp_path / "0.duckdb"
    warehouse.copy_to(before)
    for number, change in enumerate(changes, 1):
        CHANGES[change](warehouse)
        warehouse.bring_together()
        warehouse.copy_to(tmp_path / f"{number}.duckdb", before)
        before = tmp_path / f"{number}.duckdb"
    warehouse.copy_to(tmp_path / "anew.duckdb")
    assert content(before) == content(tmp_path / "anew.duckdb")


def test_a_copy_is_written_anew_once_three_quarters_of_its_pages_have_come_since(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    before, counts = None, []
    for number in range(1, 8):
        warehouse.load(bulk(number), "rules-1")
        warehouse.copy_to(tmp_path / f"{number}.duckdb", before)
        before = tmp_path / f"{number}.duckdb"
        counts.append(continued(before))
    assert counts == [0, 1, 2, 3, 0, 1, 2]


def test_the_copy_of_another_warehouse_is_not_continued(warehouse: Warehouse, tmp_path: Path) -> None:
    with Warehouse.open(tmp_path / "other.duckdb") as other:
        other.load(bulk(1, 2, 3, 4), "rules-1")
        other.copy_to(tmp_path / "of_other.duckdb")
    warehouse.load(bulk(2, 3, 4, 5, 6), "rules-1")
    warehouse.copy_to(tmp_path / "own.duckdb", tmp_path / "of_other.duckdb")
    with duckdb.connect(tmp_path / "own.duckdb", read_only=True) as connection:
        assert connection.execute("select page from stored.articles order by page").fetchall() == [
            (2,), (3,), (4,), (5,), (6,)
        ]  # fmt: skip
