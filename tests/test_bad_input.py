"""Bad input gets one clear line and a non-zero exit, and leaves archive and warehouse as they were."""

from __future__ import annotations

import hashlib
import os
import resource
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from conftest import trichtin, trichtin_process

ARTICLE = "Ngày 15/6/2021, Thủ tướng Chính phủ ban hành Quyết định số 942/QĐ-TTg.\n"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with one article, built and published."""
    directory = tmp_path_factory.mktemp("home")
    source = tmp_path_factory.mktemp("source") / "a.txt"
    source.write_text(ARTICLE)
    assert trichtin("import", source, "--home", directory).returncode == 0
    assert trichtin("build", "--home", directory).returncode == 0
    return directory


def contents(home: Path) -> dict[str, str]:
    """Every file below a home by its hash; SQLite's working files and the lock change by being opened."""
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(home.rglob("*"))
        if path.is_file() and not path.name.endswith(("-wal", "-shm", ".lock"))
    }


def assert_refused(done: subprocess.CompletedProcess[str], says: str) -> None:
    assert done.returncode != 0
    assert done.stdout == ""
    (line,) = done.stderr.strip().splitlines()
    assert line.startswith("trichtin: ")
    assert says in line


@pytest.mark.parametrize("command", ["extract", "import"])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "no such file"),
        (b"", "is empty"),
        (b" \n\t\n", "is empty"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "bad.txt"),
        (
            "Chính phủ điện tử và chuyển đổi số".encode() + b"\xe1\xbb" + " của các bộ, ngành".encode(),
            "bad.txt",
        ),
    ],
    ids=["missing", "empty", "blank", "binary", "broken-utf8"],
)
def test_unreadable_files(home: Path, tmp_path: Path, command: str, content: bytes | None, says: str) -> None:
    bad = tmp_path / "bad.txt"
    if content is not None:
        bad.write_bytes(content)
    before = contents(home)
    arguments = [command, bad, *(["--home", home] if command == "import" else [])]
    assert_refused(trichtin(*arguments), says)
    assert contents(home) == before


def test_one_bad_file_among_good_ones_imports_none(home: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Một bài báo tốt.")
    (tmp_path / "b.txt").write_bytes(b"")
    before = contents(home)
    assert_refused(trichtin("import", tmp_path, "--home", home), "b.txt is empty")
    assert contents(home) == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["extract", "{file}", "--published", "15/6/2021"], "write it like 2021-06-15"),
        (["import", "{file}", "--published", "2021-02-30", "--home", "{home}"], "2021-02-30"),
        (["sql", "selec 1", "--home", "{home}"], "syntax error"),
        (["sql", "select * from nothing", "--home", "{home}"], "nothing"),
        (["sql", "create table t (x int)", "--home", "{home}"], "read"),
        (["sql", "delete from facts", "--home", "{home}"], "read"),
        (["sql", "select * from read_text('/etc/hostname')", "--home", "{home}"], "disabled"),
        (["sql", "copy (select 1) to 'out.csv'", "--home", "{home}"], "read"),
        (["sql", "select 1; select 2", "--home", "{home}"], "one statement"),
        (["sql", "select 1", "--home", "{empty}"], "nothing is published"),
        (["build", "--home", "{empty}"], "nothing is stored here yet"),
        (["crawl", "--site", "nowhere", "--home", "{home}"], "no such site: nowhere"),
        (["score", "{empty}"], "no gold articles"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else "",
)
def test_wrong_wishes(home: Path, tmp_path: Path, arguments: list[str], says: str) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "empty").mkdir()
    places = {"file": tmp_path / "a.txt", "home": home, "empty": tmp_path / "empty"}
    before = contents(home)
    assert_refused(trichtin(*(word.format(**places) for word in arguments)), says)
    assert contents(home) == before


@pytest.mark.parametrize(
    "sidecar",
    [
        '{"published": "gestern"}', "[]", "{", "[" * 100_000, '{"title": 7}', '{"publishd": "2021-06-15"}',
        '{"url": "http://x y"}', '{"url": "bai-bao"}', '{"url": "http://a/\\ud800"}',
    ],
)  # fmt: skip
def test_wrong_sidecars(home: Path, tmp_path: Path, sidecar: str) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE)
    (tmp_path / "a.json").write_text(sidecar)
    before = contents(home)
    assert_refused(trichtin("import", tmp_path, "--home", home), "a.json")
    assert contents(home) == before


def test_two_files_of_one_address(home: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(ARTICLE)
        (tmp_path / f"{name}.json").write_text('{"url": "https://bao.example/1"}')
    before = contents(home)
    assert_refused(trichtin("import", tmp_path, "--home", home), "both have the URL https://bao.example/1")
    assert contents(home) == before


def test_what_is_no_regular_file_is_not_waited_for(home: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert_refused(trichtin("import", tmp_path, "--home", home), "no regular file")


def test_gold_is_not_overwritten(tmp_path: Path) -> None:
    assert_refused(trichtin("score", tmp_path, "--save", tmp_path), "overwrite the gold")


def test_a_warehouse_that_another_process_holds(home: Path) -> None:
    holder = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); input()"
    command = [sys.executable, "-c", holder, str(home / "warehouse.duckdb")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        assert_refused(trichtin("build", "--home", home), "another process")
        other.communicate("\n")
    assert trichtin("build", "--home", home).returncode == 0


def test_a_full_disk(home: Path, tmp_path: Path) -> None:
    """Writing past a size limit fails as a full disk does: the same calls give an error of the system."""
    for number in range(40):
        (tmp_path / f"{number}.txt").write_text(f"Bài số {number}. " + ARTICLE * 50)
    before = contents(home)

    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    done = trichtin_process("import", tmp_path, "--home", home, preexec_fn=small_files)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.strip().splitlines()[-1].startswith("trichtin: ")
    after = contents(home)
    assert after["warehouse.duckdb"] == before["warehouse.duckdb"]
    assert trichtin("import", tmp_path, "--home", home).returncode == 0
    assert trichtin("build", "--home", home).returncode == 0
    with duckdb.connect(home / "published" / "current" / "warehouse.duckdb", read_only=True) as published:
        assert published.execute("select count(*) from articles").fetchall() == [(41,)]
