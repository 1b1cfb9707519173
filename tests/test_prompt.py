"""`trichtin sql` without a statement: on a terminal it asks for one after the other, a pipe is read."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import PLAIN, trichtin
from extracted import pages

from warehouse import Warehouse, publish
from warehouse.querying import names

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def home(tmp_path: Path) -> Path:
    with Warehouse.open(tmp_path / "warehouse.duckdb") as warehouse:
        warehouse.load(pages(1, 2), "rules-1")
        publish(warehouse, tmp_path / "published")
    return tmp_path


class Terminal:
    """What a user types and sees."""

    def __init__(self, terminal: int) -> None:
        self._terminal, self._shown, self._told = terminal, b"", 0

    def types(self, keys: str) -> None:
        os.write(self._terminal, keys.encode())

    def sees(self, words: str) -> None:
        """Reads until the words are there, behind those that were seen before."""
        while (place := _plain(self._shown).find(words, self._told)) < 0:
            self._shown += os.read(self._terminal, 4096)
        self._told = place + len(words)


def _plain(shown: bytes) -> str:
    return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown.decode("utf-8", "ignore"))


@contextmanager
def session(home: Path, *options: str) -> Iterator[Terminal]:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "pipeline", "sql", "--home", str(home), *options]
    environment = os.environ | PLAIN | {"TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        terminal = Terminal(ours)
        terminal.sees("sql>")
        yield terminal
        assert process.wait(30) == 0
    os.close(ours)


def test_statements_are_answered_and_mistakes_told(home: Path) -> None:
    with session(home, "--limit", "1") as terminal:
        terminal.types("select count(*) + 4000\rfrom facts;\r")
        terminal.sees("│ 4012 ")
        terminal.types("select foo from facts;\r")
        terminal.sees('trichtin: cannot answer: Binder Error: Referenced column "foo" not found')
        terminal.types("drop view facts;\r")
        terminal.sees("only statements that read are allowed")
        terminal.types("select 777 from range(9);\r")
        terminal.sees("only the first 1 rows")
        terminal.types("quit\r")


def test_tab_completes_and_statements_are_kept(home: Path) -> None:
    with session(home) as terminal:
        terminal.types("select 40 + 2 as x from percentag\t")
        terminal.sees("percentages")
        terminal.types(" limit 1;\r")
        terminal.sees("│ 42 ")
        terminal.sees("sql>")
        terminal.types("exit\r")
    assert "+select 40 + 2 as x from percentages limit 1;\n" in (home / "sql_history").read_text("utf-8")


def test_the_next_statement_is_asked_of_what_was_published_meanwhile(home: Path) -> None:
    with session(home) as terminal:
        terminal.types("select count(*) + 100 from articles;\r")
        terminal.sees("│ 102 ")
        with Warehouse.open(home / "warehouse.duckdb") as warehouse:
            warehouse.load(pages(3, 1), "rules-1")
            publish(warehouse, home / "published")
        terminal.types("select count(*) + 100 from articles;\r")
        terminal.sees("│ 103 ")
        terminal.types("exit\r")


def test_a_statement_is_read_from_a_pipe(home: Path) -> None:
    done = trichtin("sql", "--format", "csv", "--home", home, stdin=b"select count(*) as n from articles;\n")
    assert (done.returncode, done.stdout) == (0, "n\n2\n")


def test_memory_is_limited_as_asked(home: Path) -> None:
    sql = "select len(list(range)) from range(20000000)"
    refused = trichtin("sql", sql, "--memory", "0.1", "--home", home)
    assert (refused.returncode, "Out of Memory" in refused.stderr) == (1, True)
    assert trichtin("sql", sql, "--memory", "2", "--home", home).returncode == 0


def test_what_can_be_completed_is_what_there_is(home: Path) -> None:
    known = names(home / "published" / "current" / "warehouse.duckdb")
    assert known["percentages"] == "view"
    assert known["span_start"].startswith("column of dates, ")
    assert known["select"] == "keyword"
    assert known["count"] == "function"
