"""Logs: one id through crawl, build, publication and alerts; JSON on request, and nothing that is secret."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import free_port, trichtin, trichtin_process
from paper import Paper, declare, rss
from receiving import hook

ID = re.compile(r"\d{8}T\d{6}-[0-9a-f]{6}")


def records(stderr: str) -> list[dict[str, Any]]:
    """What was logged; each line is one object."""
    return [json.loads(line) for line in stderr.splitlines()]


def test_one_id_goes_from_the_crawl_to_the_message(tmp_path: Path) -> None:
    """A site where nobody answers: that is a breach, which is logged, stored and sent."""
    home, sites = tmp_path / "home", declare(tmp_path / "sites", bao=f"http://127.0.0.1:{free_port()}/")
    home.mkdir()
    with hook() as hooked:
        (home / "alerts.toml").write_text(f'[[alert]]\nname = "a"\nhealth = true\nwebhook = "{hooked.url}"')
        done = trichtin_process("--log-format", "json", "run", "--sites", sites, "--home", home)
    assert done.returncode == 1
    told = {record["event"]: record for record in records(done.stderr)}
    failure = "bao: nothing could be had"
    assert [*told] == ["crawl begins", "crawl ended", "build ended", "alert looked", "alert sent", failure]
    assert [told[event]["level"] for event in ("crawl ended", failure)] == ["WARNING", "ERROR"]
    assert told["crawl ended"]["breaches"] == ["nothing could be had"]
    assert all(datetime.fromisoformat(record["time"]).tzinfo for record in told.values())
    (run,) = {record["run"] for record in told.values()}
    assert ID.fullmatch(run)
    assert [message["run"] for message in hooked.messages] == [run]
    asked = ("sql", "select run from runs", "--format", "json", "--home", home)
    assert json.loads(trichtin(*asked).stdout) == {"run": run}
    status = json.loads(trichtin("status", "--json", "--home", home).stdout)
    assert status["generation"]["run"] == run
    assert [crawl["run"] for crawl in status["crawls"]] == [run]
    assert status["pages"] == {"stored": 0, "waiting": 0}


BROKEN = """
import sys
from pathlib import Path
from corpus.store import Store
from pipeline import logs
from spiders.crawling import crawl
from spiders.news import NewsSpider
from spiders.site import sites

def broken(self, response):
    raise RuntimeError("hỏng")

NewsSpider.read_index = broken
logs.begin(logs.LogFormat.json)
with Store.open(Path(sys.argv[2])) as store:
    crawl(sites(Path(sys.argv[1])), store, run=logs.run_id())
"""


def test_what_scrapy_complains_of_is_a_record_too_and_nothing_else_of_it(tmp_path: Path) -> None:
    with Paper() as paper:
        paper.answers["/rss.xml"] = rss([])
        sites = declare(tmp_path / "sites", bao=paper.home)
        command = [sys.executable, "-c", BROKEN, str(sites), str(tmp_path / "home")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    (told,) = records(done.stderr)
    assert (told["logger"], told["level"]) == ("scrapy.core.scraper", "ERROR")
    assert "RuntimeError: hỏng" in told["exc_info"]
    assert ID.fullmatch(told["run"])


def test_what_fails_is_one_record_and_one_line_without_a_format(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = trichtin_process("status", "--home", tmp_path)
    assert refused.stderr == f"trichtin: {tmp_path}: nothing is stored here yet\n"
    for form in ("json", "text"):
        monkeypatch.setenv("TRICHTIN_LOG", form)
        logged = trichtin_process("status", "--home", tmp_path)
        assert logged.returncode == 1
        (line,) = logged.stderr.splitlines()
        assert "nothing is stored here yet" in line
        assert "trichtin:" not in line
    assert re.match(r"\S+Z ERROR \d{8}T\d{6}-[0-9a-f]{6} ", line)


def test_how_far_work_has_come_is_a_record() -> None:
    code = (
        "from pipeline import logs, progress; progress.SECONDS_BETWEEN_LINES = 0\n"
        "logs.begin(logs.LogFormat.json)\n"
        "with progress.progress('extracting', 3) as advance: advance(2)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    (told,) = records(done.stderr)
    assert (told["event"], told["done"], told["total"]) == ("extracting", 2, 3)


@pytest.mark.parametrize(("run", "says"), [("nightly-7", ""), ("a b", "no id"), ("x" * 65, "no id")])
def test_a_run_may_be_named_from_outside(
    run: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = imported(tmp_path, "Đến năm 2025 đạt 5%.")
    monkeypatch.setenv("TRICHTIN_RUN", run)
    done = trichtin("build", "--home", home)
    assert (done.returncode, says in done.stderr) == (int(bool(says)), True)
    if not says:
        status = json.loads(trichtin("status", "--json", "--home", home).stdout)
        assert status["generation"]["run"] == run


def imported(directory: Path, text: str) -> Path:
    """A home with one more article."""
    file = directory / f"{len(text)}.txt"
    file.write_text(text)
    home = directory / "home"
    assert trichtin("import", file, "--home", home).returncode == 0
    return home


def test_a_secret_is_in_no_log_no_line_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = imported(tmp_path, "Đến năm 2025 đạt 5%.")
    assert trichtin("build", "--home", home).returncode == 0
    monkeypatch.setenv("HOOK", f"http://geheim:geheim@127.0.0.1:{free_port()}/geheim?key=geheim")
    monkeypatch.setenv("SERVER", f"smtp://geheim:geheim@127.0.0.1:{free_port()}")
    (home / "alerts.toml").write_text(
        '[mail]\nserver = "env:SERVER"\nsender = "a@bao.test"\n'
        '[[alert]]\nname = "a"\nsearch = "tin"\nwebhook = "env:HOOK"\nemail = "a@bao.test"\n'
    )
    assert trichtin("alerts", "--home", home).returncode == 0
    imported(tmp_path, "Bài tin khác: đến năm 2030 đạt 50%.")
    assert trichtin("build", "--home", home).returncode == 0
    sent = trichtin_process("--log-format", "json", "alerts", "--home", home)
    assert sent.stdout.count("not sent by") == 2
    assert "alert not sent" in sent.stderr
    with closing(sqlite3.connect(home / "alerts.sqlite")) as outbox:
        kept = "\n".join(outbox.iterdump())
    for told in (sent.stdout, sent.stderr, kept, trichtin("status", "--home", home).stdout):
        assert "geheim" not in told
