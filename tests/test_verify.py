"""Each fault of a home is told in a line, and the command that the line names mends it."""

from __future__ import annotations

import json
import os
import random
import shlex
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import duckdb
import pytest
from archived import archived
from conftest import trichtin
from stored import page, stored, warc_file

from corpus.archive import Archive
from corpus.store import Store
from warehouse import manifest, reading

FINE = "all is as it should be\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = archived(tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("home"))
    with Store.open(home) as store:
        store.take_down("http://bao.test/bad", "2026-11-22", "x")
    assert trichtin("build", "--home", home).returncode == 0
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "home", symlinks=True))


def flipped(file: Path, at: int, bit: int = 1) -> None:
    file.chmod(0o644)
    content = bytearray(file.read_bytes())
    content[at] ^= bit
    file.write_bytes(content)


def in_ledger(home: Path, statement: str) -> None:
    with closing(sqlite3.connect(home / "ledger.sqlite")) as ledger, ledger:
        ledger.execute(statement)


def row_without_page(home: Path) -> None:
    in_ledger(
        home,
        "INSERT INTO pages SELECT 999, 'http://no.test/', digest, file, offset + 1, 9 FROM pages LIMIT 1",
    )


def row_of_another_page(home: Path) -> None:
    in_ledger(home, "UPDATE pages SET url = 'http://no.test/' WHERE number = 7")


def page_unknown_to_ledger(home: Path) -> None:
    in_ledger(home, "DELETE FROM pages WHERE number = 7")


def takedown_unknown_to_ledger(home: Path) -> None:
    in_ledger(home, "DELETE FROM takedowns")


def appended_by_a_killed_writer(home: Path) -> None:
    Archive(home / "archive").append([(100, page("new"))])


def lost_ledger(home: Path) -> None:
    for file in home.glob("ledger.sqlite*"):
        file.unlink()


def damaged_ledger(home: Path) -> None:
    with closing(sqlite3.connect(home / "ledger.sqlite")) as ledger:
        ledger.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    content = (home / "ledger.sqlite").read_bytes()
    (home / "ledger.sqlite").write_bytes(content[:4096] + bytes(4096) + content[8192:])


def in_warehouse(home: Path, statement: str) -> None:
    with duckdb.connect(home / "warehouse.duckdb") as warehouse:
        warehouse.execute(statement)


def fact_without_article(home: Path) -> None:
    in_warehouse(home, "update stored.decisions set page = 4711 where page = 7")


def article_without_page(home: Path) -> None:
    in_warehouse(home, "update stored.articles set page = 4711 where page = 7")


def generation_behind(home: Path) -> None:
    in_warehouse(home, "update stored.state set revision = revision + 1")


def damaged_warehouse(home: Path) -> None:
    content = bytearray((home / "warehouse.duckdb").read_bytes())
    for place in range(12 * 1024 + 1000, len(content), 256 * 1024):
        content[place] ^= 1
    (home / "warehouse.duckdb").write_bytes(content)


def damaged_generation(home: Path) -> None:
    database = home / "published" / "generation-0001" / "warehouse.duckdb"
    flipped(database, database.stat().st_size // 2)


def lost_part_of_the_index(home: Path) -> None:
    next((home / "published" / "generation-0001" / "index").glob("*.store")).unlink()


def index_behind(home: Path) -> None:
    """As published by a build that had indexed less: manifest and all."""
    before = home / "published" / "generation-0001" / "index"
    shutil.copytree(before, home / "kept")
    (home / "new.txt").write_text("Đến năm 2030, phấn đấu 95% người dân hài lòng.")
    assert trichtin("import", home / "new.txt", "--home", home).returncode == 0
    assert trichtin("build", "--home", home).returncode == 0
    with reading(home / "published") as generation:
        assert generation
        shutil.rmtree(generation.index)
        shutil.move(home / "kept", generation.index)
        files = {name: file for name, file in generation.files.items() if not name.startswith("index/")}
        inner = {f"index/{name}": file for name, file in manifest.files(generation.index).items()}
        changed = manifest.Generation(
            **{name: getattr(generation, name) for name in generation.__slots__} | {"files": files | inner}
        )
        manifest.write(changed, generation.path)


@pytest.mark.parametrize(
    ("damage", "part", "told", "command"),
    [
        (row_without_page, "ledger", "page 999 (http://no.test/) is not at byte", "rebuild --ledger"),
        (row_of_another_page, "ledger", "page 7 (http://no.test/) is another one at", "rebuild --ledger"),
        (page_unknown_to_ledger, "ledger", "page 7 (file:", "rebuild --ledger"),
        (takedown_unknown_to_ledger, "ledger", "page 61 (http://bao.test/bad) at byte", "rebuild --ledger"),
        (appended_by_a_killed_writer, "ledger", "page 100 (http://bao.test/new) at", "rebuild --ledger"),
        (lost_ledger, "ledger", "ledger.sqlite is missing", "rebuild --ledger"),
        (damaged_ledger, "ledger", "ledger.sqlite", "rebuild --ledger"),
        (fact_without_article, "warehouse", "1 facts of kind decision are of page 4711", "rebuild"),
        (article_without_page, "warehouse", "page 4711 is loaded, and the archive does not", "rebuild"),
        (damaged_warehouse, "warehouse", "warehouse.duckdb: ", "rebuild"),
        (generation_behind, "published", "generation 1 is behind the warehouse", "build"),
        (
            damaged_generation,
            "published",
            "generation-0001 is damaged: warehouse.duckdb was altered",
            "rebuild",
        ),
        (lost_part_of_the_index, "published", ".store is missing", "rebuild"),
        (index_behind, "index", "the index of generation 2 lacks or has too many: 1 entries", "rebuild"),
    ],
)
def test_a_fault_is_told_with_the_command_that_mends_it(
    home: Path, damage: Callable[[Path], None], part: str, told: str, command: str
) -> None:
    before = stored(home)
    damage(home)
    found = trichtin("verify", "--json", "--home", home)
    assert found.returncode == 1
    findings = [json.loads(line) for line in found.stdout.splitlines()]
    assert any(one["part"] == part and told in one["says"] for one in findings)
    assert not any("run: " in one["says"] for one in findings)
    commands = {one["run"] for one in findings}
    assert f"trichtin {command} --home {home}" in {run.replace(".venv/bin/", "") for run in commands}
    for run in sorted(commands):
        assert trichtin(*shlex.split(run)[1:]).returncode == 0
    assert trichtin("verify", "--home", home).stdout == FINE
    assert stored(home)[: len(before)] == before


def missing(home: Path) -> None:
    warc_file(home).unlink()


def cut_short(home: Path) -> None:
    os.truncate(warc_file(home), warc_file(home).stat().st_size - 400)


def a_flipped_bit(home: Path) -> None:
    flipped(warc_file(home), 9000)


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        (missing, "archive: pages-000001.warc.gz is missing, with 61 pages; run: "),
        (cut_short, "archive: pages-000001.warc.gz is damaged at byte"),
        (a_flipped_bit, "archive: pages-000001.warc.gz is damaged at byte"),
    ],
)
def test_what_only_a_backup_mends_is_told_too(
    home: Path, tmp_path: Path, damage: Callable[[Path], None], told: str
) -> None:
    before = stored(home)
    assert trichtin("backup", tmp_path / "kept", "--home", home).returncode == 0
    damage(home)
    found = trichtin("verify", "--backup", tmp_path / "kept", "--home", home)
    (line,) = (line for line in found.stdout.splitlines() if line.startswith(told))
    run = shlex.split(line.partition("; run: ")[2])
    assert run[1:] == ["restore", str(tmp_path / "kept"), "--home", f"{home}-restored"]
    assert trichtin(*run[1:]).returncode == 0
    restored = Path(f"{home}-restored")
    assert trichtin("verify", "--home", restored).stdout == FINE
    assert stored(restored) == before


def test_any_flipped_bit_of_the_archive_is_found(home: Path) -> None:
    chosen = random.Random(1)  # noqa: S311
    file = warc_file(home)
    for _ in range(40):
        at, bit = chosen.randrange(file.stat().st_size), 1 << chosen.randrange(8)
        flipped(file, at, bit)
        assert trichtin("verify", "--home", home).returncode == 1, (at, bit)
        flipped(file, at, bit)
    assert trichtin("verify", "--home", home).stdout == FINE


def test_a_backup_that_is_damaged_is_told_and_mended(home: Path, tmp_path: Path) -> None:
    target = tmp_path / "kept"
    assert trichtin("backup", target, "--home", home).returncode == 0
    victim = max(target.glob("objects/*/*"), key=lambda path: path.stat().st_size)
    flipped(victim, 1000)
    found = trichtin("verify", "--backup", target, "--home", home)
    assert found.returncode == 1
    said, _, run = found.stdout.strip().partition("; run: ")
    assert said == f"backup: {target}: object {victim.name} is damaged"
    assert trichtin(*shlex.split(run)[1:]).returncode == 0
    assert trichtin("verify", "--backup", target, "--home", home).stdout == FINE


def test_what_a_writer_is_just_adding_is_no_fault(home: Path) -> None:
    with Store.open(home):
        appended_by_a_killed_writer(home)
        assert trichtin("verify", "--home", home).stdout == FINE
    assert trichtin("verify", "--home", home).returncode == 1


def test_nothing_to_verify_is_told(tmp_path: Path) -> None:
    refused = trichtin("verify", "--home", tmp_path)
    assert (refused.returncode, refused.stderr) == (1, f"trichtin: {tmp_path}: nothing is stored here yet\n")
