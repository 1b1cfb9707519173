"""A writer of the store is killed at any moment: what it reported is there once, and no half record stays."""

from __future__ import annotations

import gzip
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from stored import archived, page, stored, warc_file

from corpus.store import Store

if TYPE_CHECKING:
    from pathlib import Path

# Adds pages for ever; a line is printed only when `add` has returned. Given a moment, it kills itself there
# in the third.
WRITER = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from corpus.article import Page
from corpus.ledger import Ledger
from corpus.store import Store

def killed_in(module, name, calls, before=lambda *args: None):
    real = getattr(module, name)
    left = iter(range(calls))
    def call(*args):
        if next(left, None) is None:
            before(*args)
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args)
    setattr(module, name, call)

home, size, moment = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
write = os.write
if moment == "half":
    killed_in(os, "write", 2, lambda file, data: write(file, data[: len(data) // 2]))
if moment == "written":
    killed_in(os, "fsync", 3)  # one more for the new file's directory
if moment == "synced":
    killed_in(Ledger, "add", 2)
with Store.open(home) as store:
    first = len(store.numbers())
    for i in range(first, first + 10_000):
        body = f"trang {i} ".encode() + bytes(j * i % 251 for j in range(size))
        number = store.add(Page(f"http://bao.test/{i}", body, datetime.now(UTC), "text/html", site="bao"))
        print(number, i, flush=True)
"""


@pytest.mark.parametrize("acknowledged", [0, 1, 2, 7, 40])
def test_a_killed_writer_loses_nothing_and_doubles_nothing(tmp_path: Path, acknowledged: int) -> None:
    said: list[list[str]] = []
    for _ in range(2):
        said += killed_writer(tmp_path, acknowledged)
        with Store.open(tmp_path) as store:
            assert store.numbers() == list(range(1, len(store.numbers()) + 1))
        assert_whole(tmp_path, said)


@pytest.mark.parametrize(("moment", "kept"), [("half", 2), ("written", 3), ("synced", 3)])
def test_a_writer_killed_inside_an_add(tmp_path: Path, moment: str, kept: int) -> None:
    said = killed_writer(tmp_path, 3, moment)
    assert len(said) == 2
    with Store.open(tmp_path) as store:
        assert store.numbers() == list(range(1, kept + 1))
        assert store.add(page()) == kept + 1
    assert_whole(tmp_path, said)


def killed_writer(home: Path, lines: int, moment: str = "") -> list[list[str]]:
    """Runs a writer, kills it after so many lines; all lines that it got out."""
    command = [sys.executable, "-c", WRITER, str(home), "20000", moment]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        said = [writer.stdout.readline() for _ in range(lines)]
        writer.send_signal(signal.SIGKILL)
        said += writer.stdout.readlines()
    assert writer.returncode == -signal.SIGKILL
    return [line.split() for line in said if line.endswith("\n")]


def assert_whole(home: Path, said: list[list[str]]) -> None:
    pages = stored(home)
    urls = [p.url for _, p in pages]
    assert len(urls) == len(set(urls))
    assert archived(home) == urls
    by_number = dict(pages)
    assert all(by_number[int(number)].url == f"http://bao.test/{i}" for number, i in said)


@pytest.mark.parametrize("kept", [1, 9, 30, 200, 400])
def test_a_half_record_is_cut_off(tmp_path: Path, kept: int) -> None:
    with Store.open(tmp_path) as store:
        store.add(page("a"))
    whole = warc_file(tmp_path).read_bytes()
    with warc_file(tmp_path).open("ab") as file:
        file.write(gzip.compress(os.urandom(1000))[:kept])
    with Store.open(tmp_path) as store:
        assert store.numbers() == [1]
        assert warc_file(tmp_path).read_bytes() == whole
        assert store.add(page("b")) == 2
    assert archived(tmp_path) == ["http://bao.test/a", "http://bao.test/b"]


def test_the_last_record_cut_anywhere_is_healed(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.add(page("a"))
        start = warc_file(tmp_path).stat().st_size
        store.add(page("b"))
    whole = warc_file(tmp_path).read_bytes()
    forget(tmp_path, 2)
    for end in (*range(start, len(whole), 9), len(whole) - 1):
        warc_file(tmp_path).write_bytes(whole[:end])
        with Store.open(tmp_path) as store:
            assert store.numbers() == [1]
        assert warc_file(tmp_path).read_bytes() == whole[:start]
    warc_file(tmp_path).write_bytes(whole)
    with Store.open(tmp_path) as store:
        assert store.numbers() == [1, 2]
        assert store.frontier.state("http://bao.test/b") == "stored"


def forget(home: Path, number: int) -> None:
    """The ledger as it is when its writer was killed before it committed the page."""
    with closing(sqlite3.connect(home / "ledger.sqlite")) as ledger, ledger:
        ledger.execute("DELETE FROM pages WHERE number = ?", (number,))
        ledger.execute("DELETE FROM urls WHERE url NOT IN (SELECT url FROM pages)")
