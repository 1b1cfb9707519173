"""`trichtin run --due`: what is due is crawled and built, by one run at a time, which ends well."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from conftest import PLAIN, trichtin, trichtin_process
from paper import Paper, at, declare, rss, story, urls_in

import pipeline.building  # noqa: F401  (so that no server is kept waiting while this is loaded)
from corpus.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.crawls import CrawlReport


@pytest.fixture
def paper() -> Iterator[Paper]:
    with Paper() as opened:
        opened.answers = {at(n): story(n) for n in range(3)} | {"/rss.xml": rss(map(at, range(3)))}
        yield opened


@pytest.fixture
def own(tmp_path: Path, paper: Paper) -> list[str | Path]:
    """The options that name the paper's declaration and a home."""
    return ["--sites", declare(tmp_path / "sites", bao=paper.home), "--home", tmp_path / "home"]


class Run(subprocess.Popen[str]):
    """A run in a process of its own, with what it told on stdout and on stderr."""

    told = ("", "")


@contextmanager
def under_way(paper: Paper, own: list[str | Path], *options: str) -> Iterator[Run]:
    """A run that waits for an answer until the block ends, and then goes on to its end."""
    begun, go_on = Event(), Event()

    def wait() -> None:
        begun.set()
        go_on.wait()

    paper.before = wait
    command = [sys.executable, "-m", "pipeline", "run", *options, *map(str, own)]
    with Run(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | PLAIN
    ) as run:
        assert begun.wait(60)
        paper.before = lambda: None
        try:
            yield run
        finally:
            go_on.set()
            run.told = run.communicate()


def crawls(own: list[str | Path]) -> list[CrawlReport]:
    with Store.reading(Path(own[-1])) as store:
        return store.crawls.begun("bao", 10)


def test_what_is_due_is_crawled_once_and_built(paper: Paper, own: list[str | Path]) -> None:
    (line,) = trichtin("due", *own).stdout.splitlines()
    assert re.fullmatch(r"bao\tnow\t[0-9: +-]+\tnever crawled", line)
    first = trichtin_process("run", "--due", *own)
    assert (first.returncode, first.stderr) == (0, "")
    assert "bao: 3 new" in first.stdout
    assert "published generation 1" in first.stdout
    asked = paper.asked.total()
    second = trichtin("run", "--due", *own)
    assert (second.returncode, second.stderr) == (0, "")
    assert second.stdout.splitlines()[0].startswith("nothing is due; next: bao in ")
    assert paper.asked.total() == asked
    (line,) = trichtin("due", *own).stdout.splitlines()
    assert re.fullmatch(r"bao\tin [0-9.]+ min\t[0-9: +-]+\tlast crawl began [0-9]+ s ago, every 60 min", line)


def test_a_second_call_says_who_runs_and_ends_well(paper: Paper, own: list[str | Path]) -> None:
    with under_way(paper, own, "--due") as run:
        second = trichtin("run", "--due", *own)
        by_hand = trichtin("run", *own)
        archive = trichtin("import", __file__, "--home", own[-1])
    assert run.returncode == 0, run.told
    says = rf"{own[-1]} is being written by another process \(pid {run.pid}\), since [0-9: +-]+: "
    assert re.fullmatch(rf"nothing begun: {says}crawling bao\n", second.stdout)
    assert (second.returncode, second.stderr) == (0, "")
    assert by_hand.returncode == archive.returncode == 1
    assert re.fullmatch(rf"trichtin: {says}crawling bao\n", by_hand.stderr)


def test_a_crawl_by_hand_is_waited_for_by_the_next_run(paper: Paper, own: list[str | Path]) -> None:
    home = Path(own[-1])
    with Store.open(home):
        done = trichtin("run", "--due", *own)
    assert done.returncode == 0
    assert f"nothing begun: {home} is being written by another process (pid {os.getpid()})" in done.stdout
    assert not paper.asked


def test_a_killed_run_holds_nothing_and_its_site_is_tried_again(paper: Paper, own: list[str | Path]) -> None:
    with under_way(paper, own, "--due") as run:
        run.kill()
    assert run.returncode == -signal.SIGKILL
    (line,) = trichtin("due", *own).stdout.splitlines()
    assert line.endswith("not ended, or killed; tried again after 10 min")
    assert "bao: 3 new" in trichtin_process("run", *own).stdout
    assert [crawl.because for crawl in crawls(own)] == ["finished", "killed"]


def test_a_run_that_is_stopped_ends_its_crawls_cleanly(paper: Paper, own: list[str | Path]) -> None:
    with under_way(paper, own, "--due") as run:
        run.terminate()
    assert run.returncode == 130
    assert [crawl.because for crawl in crawls(own)] == ["shutdown"]
    assert "ended early (shutdown)" in trichtin("due", *own).stdout


def test_no_site_begins_when_the_time_is_over_and_what_is_there_is_built(own: list[str | Path]) -> None:
    assert trichtin_process("crawl", *own).returncode == 0
    done = trichtin_process("run", "--for", "0s", *own)
    assert done.returncode == 0
    assert done.stdout.splitlines()[0] == "no time left for bao"
    assert "published generation 1" in done.stdout
    assert len(crawls(own)) == 1


def test_sites_begin_one_after_the_other_and_none_after_the_time(tmp_path: Path, paper: Paper) -> None:
    """Twelve sites, eight at once: while they wait for answers the others have not begun."""
    names = [f"bao-{n:02}" for n in range(12)]
    own = [
        "--sites",
        declare(tmp_path / "sites", **dict.fromkeys(names, paper.home)),
        "--home",
        tmp_path / "home",
    ]
    with under_way(paper, own, "--due") as run, Store.reading(tmp_path / "home") as store:
        assert store.crawls.sites() == names[:8]
    assert run.returncode == 0, run.told
    with Store.reading(tmp_path / "home") as store:
        assert store.crawls.sites() == names
    assert len(urls_in(tmp_path / "home")) == 3


def test_nothing_begins_while_a_stop_file_is_there(paper: Paper, own: list[str | Path]) -> None:
    home = Path(own[-1])
    home.mkdir()
    (home / "STOP").touch()
    done = trichtin_process("run", "--due", *own)
    assert (done.returncode, done.stdout) == (
        0,
        f"{home}/STOP is there: no crawl begins until it is removed\n",
    )
    assert trichtin("due", *own).stdout.splitlines()[1:] == [done.stdout.strip()]
    assert not paper.asked


@pytest.mark.parametrize("written", ["", "30", "1d", "m", "-5m", "2h m"])
def test_a_time_that_is_none(own: list[str | Path], written: str) -> None:
    done = trichtin("run", "--due", f"--for={written}", *own)
    assert done.returncode == 1
    assert done.stderr.startswith("trichtin: --for")
    assert done.stderr.endswith("write it like 30m, 2h or 1h30m\n")
    assert not Path(own[-1]).exists()
