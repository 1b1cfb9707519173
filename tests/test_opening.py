"""A warehouse is opened by one process, made whole or not at all; what is none is refused and left alone."""

from __future__ import annotations

import re
import resource
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from extracted import page
from warehoused import ask, digest, fact_ids

from warehouse import Warehouse, WarehouseError
from warehouse.schema import bundled

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent


def another_database(path: Path) -> None:
    with duckdb.connect(path) as connection:
        connection.execute("create table mine (a integer)")


def altered(sql: str) -> Any:
    def make(path: Path) -> None:
        Warehouse.open(path).close()
        with duckdb.connect(path) as connection:
            connection.execute(sql)

    return make


def cut_short(path: Path) -> None:
    Warehouse.open(path).close()
    path.write_bytes(path.read_bytes()[:10_000])


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda path: path.write_bytes(b"day khong phai la kho" * 1000), "not a valid DuckDB database file"),
        (lambda path: path.write_bytes(b""), "not a valid DuckDB database file"),
        (cut_short, "Could not read enough bytes"),
        (another_database, "no trichtin warehouse"),
        (altered("insert into stored.migrations values (99, '0099_later', 'abc')"), "newer trichtin"),
        (altered("update stored.migrations set checksum = 'abc'"), f"{bundled()[0].name} was edited"),
    ],
    ids=["text", "empty", "cut short", "another database", "newer", "edited migration"],
)
def test_a_file_that_is_no_warehouse_is_refused_and_left_alone(path: Path, make: Any, why: str) -> None:
    make(path)
    before = digest(path)
    with pytest.raises(WarehouseError, match=rf"^cannot open the warehouse [^\n]*{re.escape(why)}[^\n]*$"):
        Warehouse.open(path)
    assert digest(path) == before
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(("place", "why"), [(".", "Is a directory"), ("file/below", "File exists")])
def test_a_place_where_no_file_can_be_is_refused(tmp_path: Path, place: str, why: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WarehouseError, match=rf"^cannot open the warehouse [^\n]*{why}[^\n]*$"):
        Warehouse.open(tmp_path / place)


@pytest.mark.parametrize("size", [4096, 20_000, 100_000])
def test_a_full_disk_leaves_nothing_of_a_new_warehouse(path: Path, size: int) -> None:
    """Too full for the database, for its log, for both together."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        with pytest.raises(WarehouseError, match=r"^cannot open the warehouse [^\n]*Could not write[^\n]*$"):
            Warehouse.open(path)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(path.parent.iterdir()) == []


def test_a_warehouse_belongs_to_the_first_archive_that_claims_it(path: Path) -> None:
    with Warehouse.open(path) as warehouse:
        before = warehouse.state
        warehouse.claim(None)
        warehouse.claim("one")
    with Warehouse.open(path) as warehouse:
        warehouse.claim("one")
        for other in ("other", None):
            with pytest.raises(WarehouseError, match=r"another archive .* move it away and build again$"):
                warehouse.claim(other)
        assert warehouse.state == before


def test_opening_again_changes_nothing(path: Path) -> None:
    with Warehouse.open(path) as warehouse:
        warehouse.load([page(1)], "rules-1")
    before = digest(path)
    Warehouse.open(path).close()
    assert digest(path) == before


def test_views_of_another_version_are_made_anew(path: Path) -> None:
    with Warehouse.open(path) as warehouse:
        warehouse.load([page(1)], "rules-1")
        identity, revision = warehouse.state
    with duckdb.connect(path) as connection:
        connection.execute(
            "drop view facts; create view gone as select 1; update stored.state set views = ''"
        )
    with Warehouse.open(path) as warehouse:
        assert len(fact_ids(warehouse)) == 6
        assert warehouse.state == (identity, revision + 1)
        assert ask(warehouse, "from duckdb_views() where view_name = 'gone'") == []


HOLD = """
import sys
from pathlib import Path
from warehouse import Warehouse
with Warehouse.open(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.read()
"""


@contextmanager
def held(path: Path) -> Iterator[int]:
    """Another process has the warehouse open; gives its pid."""
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout
        assert process.stdout.readline() == b"open\n"
        yield process.pid
        process.kill()


def test_one_process_writes_and_the_next_is_told_which(path: Path) -> None:
    with (
        held(path) as pid,
        pytest.raises(WarehouseError, match=rf"^cannot open [^\n]* in use by another process \(PID {pid}\)$"),
    ):
        Warehouse.open(path)
    Warehouse.open(path).close()
