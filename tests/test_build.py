"""From files to rows: builds are idempotent, survive being killed, and redo what older rules made."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest
from archived import ARTICLES, archived, copy_of
from conftest import trichtin
from stopped import killed

import extractors


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archived(tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("home"))


def rows(home: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(home / "published" / "current" / "warehouse.duckdb", read_only=True) as published:
        return published.execute(
            "select url, kind, span_start, span_end, surface, rule, sentence from facts order by all"
        ).fetchall()


@pytest.fixture(scope="module")
def undisturbed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    home = copy_of(archive, tmp_path_factory.mktemp("undisturbed") / "home")
    assert trichtin("build", "--home", home).returncode == 0
    return rows(home)


def test_every_fact_can_be_cut_from_its_article(archive: Path, tmp_path: Path) -> None:
    home = copy_of(archive, tmp_path / "home")
    assert trichtin("build", "--home", home).returncode == 0
    with duckdb.connect(home / "published" / "current" / "warehouse.duckdb", read_only=True) as published:
        found = published.execute(
            "select text, span_start, span_end, surface, sentence"
            " from facts join articles using (article_id, version)"
        ).fetchall()
    assert len(found) > 3 * ARTICLES
    for text, start, end, surface, sentence in found:
        assert text[start:end] == surface
        assert surface in sentence


def test_a_second_build_finds_nothing_new(archive: Path, tmp_path: Path) -> None:
    home = copy_of(archive, tmp_path / "home")
    assert f"{ARTICLES} articles" in trichtin("build", "--home", home).stdout
    before = rows(home)
    again = trichtin("build", "--home", home)
    assert (again.returncode, again.stdout) == (0, "nothing new; generation 1 is current\n")
    assert rows(home) == before


def test_older_rules_are_replaced(
    archive: Path, tmp_path: Path, undisturbed: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    home = copy_of(archive, tmp_path / "home")
    with monkeypatch.context() as older:
        older.setattr(extractors, "version", lambda: "0.0.1+older")
        assert trichtin("build", "--home", home).returncode == 0
    assert f"{ARTICLES} articles" in trichtin("build", "--home", home).stdout
    assert rows(home) == undisturbed


def test_a_warehouse_of_another_archive_is_refused(archive: Path, tmp_path: Path) -> None:
    """Page numbers begin at 1 again: what bears the number is another page."""
    home = copy_of(archive, tmp_path / "home")
    assert trichtin("build", "--home", home).returncode == 0
    before = rows(home)
    shutil.rmtree(home / "archive")
    for ledger in home.glob("ledger*"):
        ledger.unlink()
    (tmp_path / "b.txt").write_text("Ngày 2/9/2022 có 7% hộ nghèo.")
    assert trichtin("import", tmp_path / "b.txt", "--home", home).returncode == 0
    refused = trichtin("build", "--home", home)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"trichtin: cannot load into the warehouse {home / 'warehouse.duckdb'}: its pages come from another"
        " archive than the one beside it; move it away and build again\n"
    )
    assert rows(home) == before
    (home / "warehouse.duckdb").rename(tmp_path / "moved.duckdb")
    assert trichtin("build", "--home", home).returncode == 0
    assert [row[4] for row in rows(home)] == ["Ngày 2/9/2022", "7%"]


def test_a_lost_ledger_does_not_stop_a_build(
    archive: Path, tmp_path: Path, undisturbed: list[object]
) -> None:
    home = copy_of(archive, tmp_path / "home")
    for ledger in home.glob("ledger*"):
        ledger.unlink()
    assert trichtin("build", "--home", home).returncode == 0
    assert rows(home) == undisturbed


@pytest.mark.parametrize(
    ("point", "left"), [("read", 0), ("load", 2), ("copy", 0), ("fsync", 1), ("rename", 0), ("replace", 0)]
)
def test_a_killed_build_loses_and_doubles_nothing(
    archive: Path, tmp_path: Path, undisturbed: list[object], point: str, left: int
) -> None:
    """The process stops at a point that it names and is killed there; then the same command again."""
    home = copy_of(archive, tmp_path / "home")
    killed("build", home, point, left)
    assert trichtin("build", "--home", home).returncode == 0
    assert rows(home) == undisturbed
    assert [path.name for path in (home / "published").iterdir() if path.name.endswith(".tmp")] == []
