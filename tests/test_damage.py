"""Whatever is damaged is named, and one command makes it anew from the archive: nothing is lost."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from archived import ARTICLES, archived
from conftest import trichtin
from stopped import killed

from warehouse import WarehouseError, current, verify


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = archived(tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("home"))
    assert trichtin("build", "--home", home).returncode == 0
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    return shutil.copytree(built, tmp_path / "home", symlinks=True)


def rows(home: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(home / "published" / "current" / "warehouse.duckdb", read_only=True) as published:
        return published.execute("select * from facts order by all").fetchall()


def cut_short(file: Path) -> None:
    file.chmod(0o644)
    os.truncate(file, file.stat().st_size // 2)


def flipped(file: Path) -> None:
    """One bit of every block: DuckDB's are of 256 KiB behind 12 KiB of headers."""
    file.chmod(0o644)
    content = bytearray(file.read_bytes())
    for place in range(12 * 1024 + 1000, len(content), 256 * 1024):
        content[place] ^= 1
    file.write_bytes(content)


def gone(file: Path) -> None:
    file.unlink()


PUBLISHED = Path("published", "generation-0001")


@pytest.mark.parametrize("damage", [cut_short, flipped])
@pytest.mark.parametrize("name", ["warehouse.duckdb", PUBLISHED / "warehouse.duckdb"])
def test_a_damaged_database_is_named_and_made_anew(
    home: Path, name: Path, damage: Callable[[Path], None]
) -> None:
    before = rows(home)
    damage(home / name)
    done = trichtin("rebuild", "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    named, made, published = done.stdout.splitlines()
    assert named.startswith("damaged: ")
    assert str(Path(name).parent.name or "warehouse.duckdb") in named
    assert made.startswith(f"{ARTICLES} articles, ")
    assert published.startswith("published generation 2: ")
    assert rows(home) == before
    assert trichtin("build", "--home", home).stdout == "nothing new; generation 2 is current\n"
    assert trichtin("rebuild", "--home", home).stdout.startswith(f"{ARTICLES} articles, ")


@pytest.mark.parametrize(
    ("name", "damage", "told"),
    [
        ("manifest.json", gone, "manifest.json is missing"),
        ("manifest.json", cut_short, "manifest.json cannot be read"),
        ("warehouse.duckdb", cut_short, r"warehouse.duckdb has \d+ bytes of \d+"),
        ("warehouse.duckdb", gone, "warehouse.duckdb is missing"),
    ],
)
def test_readers_are_told_of_damage_and_a_build_mends_it(
    home: Path, name: str, damage: Callable[[Path], None], told: str
) -> None:
    before = rows(home)
    damage(home / PUBLISHED / name)
    refused = trichtin("sql", "from facts", "--home", home)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert re.fullmatch(
        f"trichtin: .*generation-0001 is damaged: {told}; run: trichtin rebuild\n", refused.stderr
    )
    assert trichtin("build", "--home", home).returncode == 0
    assert rows(home) == before


def largest(index: Path) -> Path:
    return max(index.iterdir(), key=lambda file: file.stat().st_size)


def test_a_flipped_byte_of_the_index_is_named_and_not_carried_on(home: Path) -> None:
    first = current(home / "published")
    assert first
    file = largest(first.index)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)
    told = f"generation-0001 is damaged: index/{file.name} was altered"
    with pytest.raises(WarehouseError, match=re.escape(told)):
        verify(home / "published")
    assert told in trichtin("rebuild", "--home", home).stdout
    verify(home / "published")
    mended = current(home / "published")
    assert mended
    assert mended.number == 2


def test_an_index_shares_what_did_not_change_with_the_one_before(home: Path) -> None:
    before = current(home / "published")
    (home / "new.txt").write_text("Đến năm 2030, phấn đấu 95% người dân hài lòng.")
    assert trichtin("import", home / "new.txt", "--home", home).returncode == 0
    assert trichtin("build", "--home", home).returncode == 0
    after = current(home / "published")
    assert before
    assert after
    verify(home / "published")
    shared = {path.name for path in before.index.iterdir()} & {path.name for path in after.index.iterdir()}
    assert any((before.index / name).samefile(after.index / name) for name in shared)


def test_a_half_written_generation_is_never_read_and_goes(home: Path) -> None:
    before = rows(home)
    half = home / "published" / "generation-0002.tmp"
    half.mkdir()
    (half / "warehouse.duckdb").write_bytes(b"half")
    assert trichtin("sql", "select count(*) from facts", "--home", home).returncode == 0
    assert trichtin("build", "--home", home).stdout == "nothing new; generation 1 is current\n"
    assert (half.exists(), rows(home)) == (False, before)


@pytest.mark.parametrize(("point", "left"), [("load", 1), ("replace", 0), ("publish", 0)])
def test_a_killed_rebuild_leaves_what_was_published_and_goes_on(home: Path, point: str, left: int) -> None:
    before = rows(home)
    cut_short(home / "warehouse.duckdb")
    killed("rebuild", home, point, left)
    assert rows(home) == before
    assert trichtin("rebuild", "--home", home).returncode == 0
    assert rows(home) == before
    assert not list(home.glob("rebuilding*"))
