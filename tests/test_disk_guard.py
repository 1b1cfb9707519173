"""Work that the disk has no room for is refused before it begins, in one line, and nothing is touched."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from archived import archived
from conftest import trichtin

from pipeline.room import FLOOR

ENDLESS = "999999999999"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = archived(tmp_path_factory.mktemp("source"), tmp_path_factory.mktemp("home"))
    assert trichtin("build", "--home", home).returncode == 0
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "home", symlinks=True))


def content(home: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("work", "arguments"),
    [
        ("a crawl", ("crawl", "--site", "demo")),
        ("an import", ("import", "{home}/../new.txt")),
        ("a build", ("build",)),
        ("a build", ("rebuild",)),
        ("a takedown", ("takedown", "http://bao.test/a", "--reason", "x")),
        ("a backup", ("backup", "{home}/../kept")),
    ],
)
def test_work_without_room_is_refused_and_changes_nothing(
    home: Path, work: str, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    (home.parent / "new.txt").write_text("Đến năm 2030, phấn đấu 95% người dân hài lòng.")
    before = content(home)
    monkeypatch.setenv(FLOOR, ENDLESS)
    refused = trichtin(*(argument.format(home=home) for argument in arguments), "--home", home)
    assert (refused.returncode, refused.stdout) == (1, "")
    where = rf"free on the disk of {home.parent}\S*, and [0-9,]+ MB are"
    told = rf"trichtin: {work} needs [0-9,]{{15,}} MB {where}: make room .*\n"
    assert re.fullmatch(told, refused.stderr)
    assert content(home) == before
    assert not (home.parent / "kept").exists()


def test_a_restore_without_room_is_refused(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert trichtin("backup", tmp_path / "kept", "--home", home).returncode == 0
    monkeypatch.setenv(FLOOR, ENDLESS)
    refused = trichtin("restore", tmp_path / "kept", "--home", tmp_path / "new")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("trichtin: a restore needs ")
    assert not (tmp_path / "new").exists()


def test_a_floor_that_is_no_number_is_told(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FLOOR, "viel")
    refused = trichtin("build", "--home", home)
    assert refused.stderr == f"trichtin: {FLOOR}=viel is no number of megabytes\n"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 100 MB, where this process may mount one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=100m", "none", str(disk)]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("only root may mount a small file system")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_build_is_refused_before_it_fills_a_small_disk(
    home: Path, small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = Path(shutil.copytree(home, small_disk / "home", symlinks=True))
    monkeypatch.setenv(FLOOR, "1")
    assert trichtin("build", "--home", small).returncode == 0
    filler = small_disk / "filler"
    filler.write_bytes(bytes(shutil.disk_usage(small_disk).free - 3_000_000))
    refused = trichtin("build", "--home", small)
    assert refused.returncode == 1
    assert refused.stderr.startswith("trichtin: a build needs ")
    filler.unlink()
    assert trichtin("build", "--home", small).returncode == 0
