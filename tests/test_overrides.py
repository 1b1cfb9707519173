"""Analysts merge and split documents in a file of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from mentioned import CT, in_memory, named, one

from warehouse import Warehouse, WarehouseError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with in_memory(tmp_path / "warehouse.duckdb") as opened:
        yield opened


def override(warehouse: Warehouse, *lines: str) -> None:
    path = warehouse.path.parent / "overrides" / "decisions.csv"
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(("action,subject,document,reason", *lines)) + "\n", "utf-8")


def test_analysts_merge_and_split(warehouse: Warehouse) -> None:
    dated = {**CT, "number": "26/CT-TTg"}
    warehouse.load(
        [one(1, "Chỉ thị 26/CT-TTg", **dated, issued_on="2016-09-05"), one(2, "Chỉ thị 26/CT-TTg", **dated)],
        "r",
    )
    assert named(warehouse) == {"26-ct-ttg-2016": ["1"], "26-ct-ttg-c2021": ["2"]}
    override(warehouse, "merge,26-ct-ttg-c2021,26-ct-ttg-2016,one directive", "merge,gone,26-ct-ttg-2016,")
    assert named(warehouse) == {"26-ct-ttg-2016": ["1", "2"]}
    ((mention,),) = warehouse._connection.sql(
        "select fact_id from decision_mentions where parse_filename(url) = '1'"
    ).fetchall()
    override(warehouse, f'split,{mention},26-ct-ttg-2015,"a slip, the year is 2015"')
    assert named(warehouse) == {"26-ct-ttg-2015": ["1"], "26-ct-ttg-c2021": ["2"]}


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (["merge,a,b"], "line 2: 4 cells are asked for, not 3"),
        (["join,a,b,"], "line 2: an action is merge or split, not 'join'"),
        (["merge,a,a,"], "line 2: subject and document have to be given, and to differ"),
        (["merge,a,b,", "merge,a,c,"], "line 3: a is said to be two documents"),
        (["merge,a,b,", "merge,b,a,"], "leads back to itself"),
    ],
)
def test_overrides_that_cannot_be_read_change_nothing(
    warehouse: Warehouse, lines: list[str], why: str
) -> None:
    warehouse.load([one(1, "Chỉ thị 26/CT-TTg", **CT, number="26/CT-TTg")], "r")
    before = named(warehouse)
    override(warehouse, *lines)
    with pytest.raises(WarehouseError, match=rf"^cannot bring together [^\n]*{why}$"):
        warehouse.bring_together()
    override(warehouse)
    assert named(warehouse) == before
