"""Fifty readers while generations are published: none fails, and none sees two generations as one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import duckdb
from extracted import pages

from warehouse import Warehouse, current, publish, reading

ROOT = Path(__file__).parent.parent
PROCESSES, THREADS, GENERATIONS = 2, 25, 20
"""Fifty readers in as many processes as there are cores; twenty generations pass too, but take minutes."""

# Every generation holds one article more, and its index says how many: a mix would be seen.
READ = """
import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from warehouse import query, reading

os.nice(10)  # The other tests and the writer go first.
directory, stop, threads = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])

def read(_):
    count = 0
    while not stop.exists() or not count:
        with reading(directory) as generation:
            (row,) = query(generation.database, "select count(*) as n from articles").to_pylist()
            indexed = int((generation.index / "articles").read_text())
            assert row["n"] == indexed == generation.rows["articles"], (row, indexed, generation)
            newest = directory / "current/warehouse.duckdb"
            (row,) = query(newest, "select count(*) as n from facts").to_pylist()
            assert row["n"] >= generation.rows["facts"], (row, generation)
        count += 1
        print(f"{generation.number}\\n", end="", flush=True)
    return count

with ThreadPoolExecutor(threads) as pool:
    assert all(pool.map(read, range(threads)))
"""


def index(database: Path, directory: Path) -> None:
    with duckdb.connect(database, read_only=True) as connection:
        ((count,),) = connection.execute("select count(*) from articles").fetchall()
    (directory / "articles").unlink(missing_ok=True)
    (directory / "articles").write_text(str(count))


def test_readers_beside_a_writer(tmp_path: Path) -> None:
    directory, stop = tmp_path / "published", tmp_path / "stop"
    with Warehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        warehouse.load(pages(1, 1), "rules-1")
        publish(warehouse, directory, index)
        command = [sys.executable, "-c", READ, str(directory), str(stop), str(THREADS)]
        readers = [
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)
            for _ in range(PROCESSES)
        ]
        for reader in readers:
            assert reader.stdout
            assert reader.stdout.readline(), reader.communicate()[1]
        for number in range(2, GENERATIONS + 1):
            warehouse.load(pages(number, 1), "rules-1")
            assert publish(warehouse, directory, index).number == number
        stop.touch()
        seen = set()
        for reader in readers:
            said, errors = reader.communicate(timeout=60)
            assert (reader.returncode, errors) == (0, "")
            seen |= set(map(int, said.split()))
    assert len(seen) > 1, "the readers read nothing while the generations changed"


def test_what_somebody_reads_is_not_removed(tmp_path: Path) -> None:
    directory = tmp_path / "published"
    with Warehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        warehouse.load(pages(1, 1), "rules-1")
        publish(warehouse, directory)
        with reading(directory) as held:
            assert held
            for number in range(2, 7):
                warehouse.load(pages(number, 1), "rules-1")
                publish(warehouse, directory)
            assert held.database.exists()
            assert not (directory / "generation-0002").exists()
        warehouse.load(pages(7, 1), "rules-1")
        publish(warehouse, directory)
    names = [path.name for path in sorted(directory.glob("generation-*"))]
    assert names == ["generation-0005", "generation-0006", "generation-0007"]


def test_nothing_is_read_where_nothing_is_published(tmp_path: Path) -> None:
    with reading(tmp_path) as generation:
        assert generation is None
    assert current(tmp_path) is None
