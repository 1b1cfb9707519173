"""A build that is killed at any moment: the next one gives exactly the rows of one that nobody disturbed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path

import duckdb
import pytest
from archived import archived, copy_of
from conftest import PLAIN, trichtin

from warehouse import verify

MOMENTS = 4
"""As many as the suite has time for; with 30 it takes a few minutes."""

BUILD = """
import sys
from pathlib import Path
from pipeline import building
from pipeline.home import Home

building.BATCH = 10
print("begun", flush=True)
building.build(Home(Path(sys.argv[1])))
"""


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return archived(tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("home"))


def begun(home: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", BUILD, str(home)]
    build = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=os.environ | PLAIN
    )
    assert build.stdout
    assert build.stdout.readline() == b"begun\n"
    return build


def digest(home: Path) -> str:
    """Of every row of every view of what is published."""
    verify(home / "published")
    content = sha256()
    with duckdb.connect(home / "published" / "current" / "warehouse.duckdb", read_only=True) as published:
        views = "select view_name from duckdb_views() where schema_name = 'main' and not internal order by 1"
        for (view,) in published.execute(views).fetchall():
            rows = published.execute(f"select * from {view} order by all").fetchall()
            content.update(f"{view} {rows}\n".encode())
    return content.hexdigest()


@pytest.fixture(scope="module")
def undisturbed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, float]:
    """The rows, and the seconds that it took."""
    home = copy_of(archive, tmp_path_factory.mktemp("undisturbed") / "home")
    with begun(home) as build:
        started = time.monotonic()
    seconds = time.monotonic() - started
    assert build.returncode == 0
    return digest(home), seconds


@pytest.mark.parametrize("seed", range(MOMENTS))
def test_killed_at_a_random_moment(
    archive: Path, tmp_path: Path, undisturbed: tuple[str, float], seed: int
) -> None:
    rows, seconds = undisturbed
    home = copy_of(archive, tmp_path / "home")
    with begun(home) as build:
        try:
            build.wait(random.Random(seed).uniform(0, seconds))  # noqa: S311
        except subprocess.TimeoutExpired:
            build.kill()
    assert trichtin("build", "--home", home).returncode == 0
    assert digest(home) == rows
