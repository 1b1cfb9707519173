"""A warehouse of any earlier schema goes on where it was; one that was altered or is newer is refused."""

from __future__ import annotations

import gzip
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

import duckdb
import pytest
from extracted import page, pages
from keep_warehouse import KEPT, VERSION

from warehouse import Warehouse, WarehouseError, publish, query
from warehouse.schema import bundled

OLD = sorted(KEPT.glob("*.duckdb.gz"))


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    home = tmp_path_factory.mktemp("new")
    with Warehouse.open(home / "warehouse.duckdb") as warehouse:
        warehouse.load(pages(1, 3), VERSION)
        return facts(publish(warehouse, home / "published").database)


def facts(database: Path) -> list[dict[str, Any]]:
    return query(database, "from facts order by fact_id").to_pylist()


@pytest.fixture(params=OLD, ids=lambda path: path.name)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(gzip.decompress(request.param.read_bytes()))
    return path


def test_an_old_warehouse_says_what_it_said(old: Path, expected: list[dict[str, Any]]) -> None:
    with Warehouse.open(old) as warehouse:
        assert warehouse.loaded(VERSION) == {1, 2, 3, 4}
        warehouse.claim("archive-1")
        assert facts(publish(warehouse, old.parent / "published").database) == expected
        warehouse.load([page(5, url="https://bao.example/bai-5")], VERSION)
        warehouse.load([page(1, facts=[], url="https://bao.example/bai-1")], "rules-2")
        assert publish(warehouse, old.parent / "published").rows["facts"] == 18
    Warehouse.open(old).close()


def test_an_old_warehouse_keeps_its_identity(old: Path) -> None:
    with duckdb.connect(old, read_only=True) as connection:
        ((identity, revision),) = connection.execute(
            "select warehouse, revision from stored.state"
        ).fetchall()
    with Warehouse.open(old) as warehouse:
        now = warehouse.state
    assert now[0] == str(identity)
    assert now[1] > revision or len(OLD) == len(bundled())


def test_the_earliest_schemas_are_kept() -> None:
    assert [path.name for path in OLD[:2]] == ["0001.duckdb.gz", "0002.duckdb.gz"]
    assert [migration.number for migration in bundled()] == sorted({m.number for m in bundled()})


@pytest.mark.parametrize(
    ("sql", "why"),
    [
        (
            "insert into stored.migrations values (9999, '9999_later', 'abc')",
            "made by a newer trichtin",
        ),
        ("update stored.migrations set checksum = 'abc'", f"migration {bundled()[0].name} was edited"),
    ],
)
def test_what_cannot_go_on_is_refused_and_left_alone(tmp_path: Path, sql: str, why: str) -> None:
    path = tmp_path / "warehouse.duckdb"
    Warehouse.open(path).close()
    with duckdb.connect(path) as connection:
        connection.execute(sql)
    before = sha256(path.read_bytes()).hexdigest()
    with pytest.raises(WarehouseError, match=rf"^cannot open the warehouse [^\n]*{re.escape(why)}[^\n]*$"):
        Warehouse.open(path)
    assert sha256(path.read_bytes()).hexdigest() == before
