"""`trichtin schedule run`: one loop that a signal ends cleanly, and that a dead run does not end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

import pytest
from conftest import PLAIN, trichtin
from paper import Paper, at, declare, rss, story, urls_in

from corpus.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

# A loop whose runs say how often they were begun; the first two are killed, the third is the last.
DYING = """
import os, signal, sys, time
from pipeline import logs, looping

looping.LONGEST_SLEEP = 0.01
print(logs.run_id(), flush=True)
RUN = '''
import os, signal, sys
from pipeline.logs import run_id
begun = os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
os.write(begun, b".")
print(run_id(), flush=True)
if os.fstat(begun).st_size < 3:
    os.kill(os.getpid(), signal.SIGKILL)
os.kill(os.getppid(), signal.SIGTERM)
'''
command = [sys.executable, "-c", RUN, sys.argv[1]]
looping.keep_running(command, time.time, jitter=0, tell=lambda line: print(line, flush=True))
print("ended", flush=True)
"""


@contextmanager
def looping(own: list[str | Path]) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "pipeline", "schedule", "run", "--jitter", "0s", *map(str, own)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | PLAIN
    ) as loop:
        try:
            yield loop
        finally:
            if loop.poll() is None:
                loop.kill()


def test_a_loop_crawls_builds_and_ends_when_it_is_told(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Paper() as paper:
        paper.answers = {at(1): story(1), "/rss.xml": rss([at(1)])}
        own = ["--sites", declare(tmp_path / "sites", bao=paper.home), "--home", home]
        with looping(own) as loop:
            assert loop.stdout
            told = [loop.stdout.readline() for _ in range(3)]
            loop.terminate()
            assert loop.wait(60) == 0
    assert told[0].startswith("bao: 1 new")
    assert told[2].startswith("published generation 1")
    assert len(urls_in(home)) == 1


@pytest.mark.usefixtures("heard")
@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_a_run_under_way_is_ended_cleanly(tmp_path: Path, by: signal.Signals) -> None:
    home, begun, go_on = tmp_path / "home", Event(), Event()
    with Paper() as paper:
        own = ["--sites", declare(tmp_path / "sites", bao=paper.home), "--home", home]

        def wait() -> None:
            begun.set()
            go_on.wait()

        paper.before = wait
        with looping(own) as loop:
            assert begun.wait(60)
            loop.send_signal(by)
            go_on.set()
            assert loop.wait(60) == 0
    with Store.reading(home) as store:
        assert [crawl.because for crawl in store.crawls.begun("bao", 10)] == ["shutdown"]


def test_a_run_that_dies_is_begun_again_after_ever_longer_rests(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", DYING, str(tmp_path / "begun")],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert (tmp_path / "begun").read_text() == "..."
    ids = [line for line in done.stdout.splitlines() if line[:2] == "20"]
    assert len(set(ids)) == len(ids) == 4  # That of the loop, and one for each run.
    assert [line for line in done.stdout.splitlines() if line not in ids] == [
        "trichtin: the run was killed by signal 9; the next begins in 0.02 s",
        "trichtin: the run was killed by signal 9; the next begins in 0.04 s",
        "ended",
    ]


def test_what_would_let_every_run_fail_is_said_at_once(tmp_path: Path) -> None:
    def refused(*options: str | Path) -> str:
        done = trichtin("schedule", "run", "--home", tmp_path / "home", *options)
        assert (done.returncode, done.stdout) == (1, "")
        return done.stderr

    assert refused().startswith("trichtin: name a site with --site")
    assert refused("--site", "nowhere").startswith("trichtin: no such site: nowhere")
    assert "say who crawls" in refused("--site", "mst")
    assert "--for 2d" in refused("--site", "demo", "--for", "2d")
    assert "--jitter 2d" in refused("--site", "demo", "--jitter", "2d")
    assert not (tmp_path / "home").exists()
