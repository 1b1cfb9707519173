"""`trichtin status`: how many pages are stored, and how many a build would read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from conftest import trichtin

import extractors


def status(home: Path) -> dict[str, str]:
    """What the table says, by its first column."""
    done = trichtin("status", "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    cells = ([cell.strip() for cell in line.split("│")] for line in done.stdout.splitlines())
    return {row[1]: row[2] for row in cells if len(row) == 4}


def stored_and_waiting(home: Path) -> tuple[int, int]:
    told = status(home)
    return int(told["pages stored"]), int(told["pages waiting for build"])


def store(home: Path, *names: str) -> None:
    """Imports a text for each name."""
    for name in names:
        text = home.with_name(f"{name}.txt")
        text.write_text(f"Ngày 15/6/2021, {name} đạt 5%.")
        assert trichtin("import", text, "--home", home).returncode == 0


def forget(home: Path, *patterns: str) -> None:
    for pattern in patterns:
        for path in home.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_pages_wait_until_they_are_built(home: Path) -> None:
    store(home, "a", "b")
    assert stored_and_waiting(home) == (2, 2)
    assert trichtin("build", "--home", home).returncode == 0
    assert stored_and_waiting(home) == (2, 0)
    store(home, "c")
    assert stored_and_waiting(home) == (3, 1)


def test_unreadable_pages_do_not_wait_for_ever(home: Path) -> None:
    blank = home.with_name("blank.html")
    blank.write_text("<html></html>")
    assert trichtin("import", blank, "--home", home).returncode == 0
    assert "no article in" in trichtin("build", "--home", home).stdout
    assert stored_and_waiting(home) == (1, 0)


def test_every_page_waits_for_other_rules(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store(home, "a")
    assert trichtin("build", "--home", home).returncode == 0
    monkeypatch.setattr(extractors, "version", lambda: "9.9.9+later")
    assert stored_and_waiting(home) == (1, 1)


def test_pages_of_another_archive_wait(home: Path) -> None:
    store(home, "a", "b")
    assert trichtin("build", "--home", home).returncode == 0
    forget(home, "archive", "ledger*")
    store(home, "c")
    assert stored_and_waiting(home) == (1, 1)


def test_a_lost_ledger_is_no_empty_store(home: Path) -> None:
    store(home, "a", "b")
    forget(home, "ledger*")
    assert stored_and_waiting(home) == (2, 2)


def test_nothing_stored_is_said(home: Path) -> None:
    done = trichtin("status", "--home", home)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"trichtin: {home}: nothing is stored here yet\n"
