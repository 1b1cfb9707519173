"""What is published is whole and true, whoever reads it and whatever is killed meanwhile."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest
from extracted import pages

from warehouse import Generation, Warehouse, WarehouseError, current, publish, query
from warehouse.contract import FACT_VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "published"


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with Warehouse.open(tmp_path / "warehouse.duckdb") as opened:
        yield opened


COMMENTS = "select table_name, column_name, comment from duckdb_columns() where schema_name = 'main'"


def rows(database: Path) -> list[tuple[object, ...]]:
    """Everything that a reader can see."""
    with duckdb.connect(database, read_only=True) as connection:
        seen = connection.sql(f"{COMMENTS} order by all").fetchall()
        for view in ("articles", "facts", "decisions", *FACT_VIEWS.values()):
            seen += connection.sql(f"select '{view}', * from {view} order by all").fetchall()
    return seen


def names(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def assert_whole(directory: Path) -> Generation:
    """The current generation is what its manifest says, and nothing half-made lies beside it."""
    generation = current(directory)
    assert generation
    manifest = json.loads((directory / "current" / "manifest.json").read_text("utf-8"))
    assert manifest["number"] == generation.number
    content = generation.database.read_bytes()
    assert manifest["files"] == {
        "warehouse.duckdb": {"bytes": len(content), "sha256": sha256(content).hexdigest()}
    }
    for view, count in manifest["rows"].items():
        assert query(generation.database, f"select count(*) as n from {view}").to_pylist() == [{"n": count}]
    assert set(names(generation.path)) == {"manifest.json", "warehouse.duckdb"}
    assert not [name for name in names(directory) if name.endswith(".tmp")]
    return generation


def test_a_generation_mirrors_the_warehouse(warehouse: Warehouse, directory: Path) -> None:
    assert current(directory) is None
    warehouse.load(pages(1, 2), "rules-1")
    warehouse.load(pages(3, 1), "rules-2")
    generation = publish(warehouse, directory)
    assert assert_whole(directory) == generation
    assert generation.path == directory / "generation-0001"
    assert generation.extractor_versions == ("rules-1", "rules-2")
    assert (generation.warehouse, generation.revision) == warehouse.state
    counted = {"articles": 3, "facts": 18, "decisions": 1, **dict.fromkeys(FACT_VIEWS.values(), 3)}
    assert generation.rows.items() >= counted.items()
    warehouse.copy_to(directory / "beside.duckdb")
    assert rows(generation.database) == rows(directory / "beside.duckdb")
    explained = ("dates", "end_date", "Last day of the interval that is meant, inclusive.")
    assert explained in rows(generation.database)


def test_nothing_is_published_twice(warehouse: Warehouse, directory: Path) -> None:
    warehouse.load(pages(1, 1), "rules-1")
    first = publish(warehouse, directory)
    written = first.database.stat().st_mtime_ns
    warehouse.load(pages(1, 1), "rules-1")
    assert publish(warehouse, directory) == first
    assert first.database.stat().st_mtime_ns == written
    assert names(directory) == ["current", "generation-0001"]


def test_the_newest_three_are_kept(warehouse: Warehouse, directory: Path) -> None:
    for number in range(1, 6):
        warehouse.load(pages(number, 1), "rules-1")
        assert publish(warehouse, directory).number == number
    assert names(directory) == ["current", "generation-0003", "generation-0004", "generation-0005"]
    assert assert_whole(directory).number == 5


def test_a_reader_of_an_old_generation_goes_on(warehouse: Warehouse, directory: Path) -> None:
    warehouse.load(pages(1, 1), "rules-1")
    publish(warehouse, directory)
    with duckdb.connect(directory / "current" / "warehouse.duckdb", read_only=True) as reader:
        for number in range(2, 7):
            warehouse.load(pages(number, 1), "rules-1")
            publish(warehouse, directory)
        assert not (directory / "generation-0001").exists()
        assert reader.sql("select count(*), count(distinct sentence) from facts").fetchall() == [(6, 4)]


def test_another_warehouse_of_the_same_revision_is_published(tmp_path: Path, directory: Path) -> None:
    for count, name in ((1, "one.duckdb"), (2, "two.duckdb")):
        with Warehouse.open(tmp_path / name) as warehouse:
            warehouse.load(pages(1, count), "rules-1")
            assert publish(warehouse, directory).number == count
    assert assert_whole(directory).rows["articles"] == 2


@pytest.mark.parametrize("damage", ["manifest.json", "warehouse.duckdb"])
def test_a_damaged_generation_is_made_anew(warehouse: Warehouse, directory: Path, damage: str) -> None:
    warehouse.load(pages(1, 1), "rules-1")
    file = publish(warehouse, directory).path / damage
    file.chmod(0o644)
    file.write_bytes(file.read_bytes()[:100])
    with pytest.raises(WarehouseError, match=r"^[^\n]*generation-0001 is damaged[^\n]*$"):
        current(directory)
    assert publish(warehouse, directory).number == 2
    assert assert_whole(directory).rows["facts"] == 6


def test_a_lost_link_is_set_again(warehouse: Warehouse, directory: Path) -> None:
    warehouse.load(pages(1, 1), "rules-1")
    publish(warehouse, directory)
    (directory / "current").unlink()
    assert current(directory) is None
    assert publish(warehouse, directory).number == assert_whole(directory).number == 1


def test_a_place_that_cannot_be_published_to(warehouse: Warehouse, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(WarehouseError, match=r"^cannot publish to [^\n]*$"):
        publish(warehouse, tmp_path / "file")
    (tmp_path / "taken" / "current").mkdir(parents=True)
    with pytest.raises(WarehouseError, match=r"^cannot publish to [^\n]*Is a directory$"):
        publish(warehouse, tmp_path / "taken")


# Killed, and short of room: each in a process of its own, over a home that one build has left in order


BUILD = """
import os, resource, signal, sys
from pathlib import Path
sys.path.insert(0, "tests")
from extracted import page, pages
from warehouse import Warehouse, WarehouseError, publish

home = Path(sys.argv[1])

def say(line):
    print(line, flush=True)

def build():
    with Warehouse.open(home / "warehouse.duckdb") as warehouse:
        say("loading")
        warehouse.load(pages(21, 20), "rules-1")
        say("loaded")
        say("publishing")
        publish(warehouse, home / "published")
        say("published")
"""


def run(script: str, home: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", BUILD + script, str(home)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def load_all(home: Path) -> Path:
    with Warehouse.open(home / "warehouse.duckdb") as warehouse:
        done = warehouse.loaded("rules-1")
        warehouse.load([each for each in pages(1, 40) if each.page not in done], "rules-1")
        return publish(warehouse, home / "published").database


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    return rows(load_all(tmp_path_factory.mktemp("undisturbed")))


@pytest.fixture(scope="module")
def in_order(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("in_order")
    with Warehouse.open(home / "warehouse.duckdb") as warehouse:
        warehouse.load(pages(1, 20), "rules-1")
        publish(warehouse, home / "published")
    return home


@pytest.fixture
def home(tmp_path: Path, in_order: Path) -> Path:
    return shutil.copytree(in_order, tmp_path / "home", symlinks=True)


def assert_recovers(home: Path, undisturbed: list[tuple[object, ...]]) -> None:
    left = current(home / "published")
    assert left
    assert query(left.database, "select count(*) as n from facts").to_pylist() == [{"n": left.rows["facts"]}]
    load_all(home)
    assert rows(assert_whole(home / "published").database) == undisturbed


@pytest.mark.parametrize("line", ["loading", "loaded", "publishing"])
def test_killed_amid_a_step(home: Path, undisturbed: list[tuple[object, ...]], line: str) -> None:
    with run("build()", home) as process:
        assert process.stdout
        assert f"{line}\n" in process.stdout
        process.kill()
    assert process.returncode == -signal.SIGKILL
    assert_recovers(home, undisturbed)


KILLED_AT = """
seen = 0
def die(event, arguments):
    global seen
    if event == EVENT and any(str(a).startswith(str(home)) for a in arguments):
        seen += 1
        if seen == TIMES:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(die)
build()
"""


@pytest.mark.parametrize(
    ("event", "times", "generation"),
    [
        ("os.chmod", 1, 1),  # copied, without a manifest
        ("os.rename", 1, 1),  # whole, without its name
        ("os.symlink", 1, 1),  # named, and nothing points at it
        ("os.rename", 2, 1),  # before the link is put in place
    ],
)
def test_killed_at_a_step_of_publishing(
    home: Path, undisturbed: list[tuple[object, ...]], event: str, times: int, generation: int
) -> None:
    script = KILLED_AT.replace("EVENT", repr(event)).replace("TIMES", str(times))
    with run(script, home) as process:
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    left = current(home / "published")
    assert left
    assert left.number == generation
    assert_recovers(home, undisturbed)


def test_killed_while_the_warehouse_is_made(tmp_path: Path, undisturbed: list[tuple[object, ...]]) -> None:
    script = KILLED_AT.replace("EVENT", "'os.link'").replace("TIMES", "1")
    with run(script, tmp_path) as process:
        process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert not (tmp_path / "warehouse.duckdb").exists()
    assert rows(load_all(tmp_path)) == undisturbed


FULL = """
text = "".join(chr(0x4e00 + (i * i * 7919) % 20000) for i in range(400_000))
try:
    with Warehouse.open(home / "warehouse.duckdb") as warehouse:
        resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))
        WORK
except WarehouseError as error:
    say(f"refused: {error}")
"""
LOAD = 'warehouse.load([page(99, text, url="https://bao.example/dai", facts=[])], "rules-1")'
PUBLISH = 'warehouse.load(pages(21, 1), "rules-1"); publish(warehouse, home / "published")'


@pytest.mark.parametrize(("work", "told"), [(LOAD, "cannot load into"), (PUBLISH, "cannot copy")])
def test_a_full_disk(home: Path, undisturbed: list[tuple[object, ...]], work: str, told: str) -> None:
    before = rows(home / "published" / "current" / "warehouse.duckdb")
    with run(FULL.replace("ROOM", "200_000").replace("WORK", work), home) as process:
        said, errors = process.communicate()
    assert (process.returncode, errors) == (0, "")
    assert said.startswith(f"refused: {told}")
    assert said.count("\n") == 1
    assert rows(assert_whole(home / "published").database) == before
    assert_recovers(home, undisturbed)
