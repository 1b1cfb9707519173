"""What is new is told once, to whom it concerns, however often sending fails or is killed."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import PLAIN, trichtin
from receiving import HANG, Hook, hook, post
from served import page

from corpus.crawls import CrawlReport
from corpus.store import Store
from pipeline import sending
from pipeline.building import build
from pipeline.home import Home
from pipeline.outbox import TRIES

SEARCH = 'search = "chuyển đổi số"'


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("built")
    add(home, "942/QĐ-TTg")
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path) -> Path:
    """A home with an article on digital transformation in it."""
    home = tmp_path / "home"
    shutil.copytree(built, home, symlinks=True)
    return home


def add(home: Path, *names: str, text: str = "chuyển đổi số") -> None:
    """Stores and builds an article for each name."""
    with Store.open(home) as store:
        for name in names:
            said = f"Ngày 15/6/2021, Thủ tướng Chính phủ ban hành Quyết định số {name} về {text}."
            store.add(page(f"https://bao.test/{name}", f"Bài {name}", [said], "2026-05-01"))
    build(Home(home))


def declare(home: Path, *alerts: str, head: str = "") -> None:
    told = "".join(f'[[alert]]\nname = "a-{number}"\n{alert}\n' for number, alert in enumerate(alerts, 1))
    (home / "alerts.toml").write_text(f"{head}\n{told}", "utf-8")


def alerts(home: Path, *options: str) -> list[str]:
    """The lines of a call that must be fine."""
    done = trichtin("alerts", *options, "--home", home)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.splitlines()


def later(home: Path, hours: float) -> None:
    """Lets the last tries lie further back."""
    with closing(sqlite3.connect(home / "alerts.sqlite")) as outbox, outbox:
        outbox.execute("UPDATE deliveries SET tried = tried - ?", (hours * 3600,))


def titles(told: Hook) -> list[set[str]]:
    return [{hit["title"] for hit in message["found"]} for message in told.messages]


def test_only_what_is_new_is_told_and_once(home: Path) -> None:
    with hook() as told:
        declare(home, f'{SEARCH}\nkind = "article"\nwebhook = "{told.url}"')
        assert alerts(home) == []
        add(home, "1/QĐ-TTg", "2/QĐ-TTg")
        add(home, "3/QĐ-BYT", text="bệnh viện")
        (line,) = alerts(home)
        assert line == "a-1: 2 new, sent by webhook at 127.0.0.1"
        assert alerts(home) == []
    assert titles(told) == [{"Bài 1/QĐ-TTg", "Bài 2/QĐ-TTg"}]
    (message,) = told.messages
    assert (message["alert"], message["kind"], message["total"]) == ("a-1", "search", 2)
    assert message["found"][0]["url"].startswith("https://bao.test/")


def test_documents_by_facets_with_links_to_the_pages(home: Path) -> None:
    wanted = 'kind = "decision"\nissuer = ["thu tuong chinh phu"]\nfrom = 2021-01-01\nto = "2021-12-31"'
    with hook() as told:
        declare(home, f'{wanted}\nwebhook = "{told.url}"', head='pages = "https://tin.test/"')
        alerts(home)
        add(home, "77/QĐ-TTg")
        assert len(alerts(home)) == 1
    (message,) = told.messages
    (found,) = message["found"]
    assert (found["kind"], found["number"]) == ("decision", "77/QĐ-TTg")
    assert found["link"] == "https://tin.test/decisions/77-qd-ttg-2021"
    assert message["feed"].startswith("https://tin.test/search.atom?kind=decision&issuer=thu+tuong")


def test_many_hits_are_one_message_of_bounded_length(home: Path) -> None:
    with hook() as told:
        declare(home, f'kind = "article"\nwebhook = "{told.url}"')
        alerts(home)
        add(home, *(f"{number}/QĐ-TTg" for number in range(100, 130)))
        assert alerts(home) == ["a-1: 30 new, sent by webhook at 127.0.0.1"]
    assert len(told.messages[0]["found"]) == 20


def test_a_changed_search_begins_anew(home: Path) -> None:
    with hook() as told:
        declare(home, f'search = "benh vien"\nwebhook = "{told.url}"')
        alerts(home)
        declare(home, f'{SEARCH}\nwebhook = "{told.url}"')
        assert alerts(home) == []
    assert told.messages == []


def test_who_is_not_known_yet_is_said_and_told_of_once_known(home: Path) -> None:
    with hook() as told:
        declare(home, f'kind = "decision"\nissuer = "Bộ Y tế"\nwebhook = "{told.url}"')
        done = trichtin("alerts", "--home", home)
        assert done.returncode == 1
        assert "a-1: cannot search: no issuer is called Bộ Y tế" in done.stderr
        with Store.open(home) as store:
            said = "Ngày 1/7/2021, Bộ Y tế ban hành Quyết định số 3333/QĐ-BYT về bệnh viện."
            store.add(page("https://bao.test/byt", "Bài BYT", [said], "2026-05-01"))
        build(Home(home))
        assert alerts(home) == ["a-1: 1 new, sent by webhook at 127.0.0.1"]


def test_nothing_is_lost_before_anything_is_published(tmp_path: Path) -> None:
    with Store.open(tmp_path), hook() as told:
        declare(tmp_path, f'{SEARCH}\nwebhook = "{told.url}"')
    assert alerts(tmp_path) == []


def crawled(home: Path, *breaches: str, site: str = "bao", at: float = 1e9) -> None:
    report = CrawlReport(site, at, at + 60, "finished", new=1)
    with Store.open(home) as store:
        store.crawls.end(store.crawls.begin(site, at), replace(report, breaches=breaches))


def test_a_breach_is_told_when_it_comes_and_when_it_comes_back(home: Path) -> None:
    with hook() as told:
        declare(home, f'health = true\nwebhook = "{told.url}"')
        crawled(home, at=1)
        assert alerts(home) == []
        crawled(home, "no new article for 73 hours (72 are declared)", at=2)
        assert len(alerts(home)) == 1
        crawled(home, "no new article for 79 hours (72 are declared)", at=3)
        assert alerts(home) == []
        further = "title was found in 0 of 10 articles (100% is usual)"
        crawled(home, "no new article for 80 hours (72 are declared)", further, at=4)
        assert len(alerts(home)) == 1
        crawled(home, at=5)
        assert alerts(home) == []
        crawled(home, "no new article for 73 hours (72 are declared)", at=6)
        assert len(alerts(home)) == 1
    assert [message["found"][0]["breaches"] for message in told.messages] == [
        ["no new article for 73 hours (72 are declared)"],
        ["no new article for 80 hours (72 are declared)", further],
        ["no new article for 73 hours (72 are declared)"],
    ]


def test_what_fails_is_tried_again_ever_later_with_the_same_id(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "SECONDS", 0.3)
    with hook(500, HANG, 404) as told:
        declare(home, f'{SEARCH}\nwebhook = "{told.url}"')
        alerts(home)
        add(home, "1/QĐ-TTg")
        (line,) = alerts(home)
        assert line.endswith("not sent by webhook at 127.0.0.1: HTTP 500")
        assert alerts(home) == []  # not yet
        later(home, 0.1)
        assert alerts(home)[0].endswith("no answer within 0.3 s")
        later(home, 0.1)
        assert alerts(home) == []  # twice as long now
        later(home, 0.1)
        assert alerts(home)[0].endswith("HTTP 404")
        add(home, "2/QĐ-TTg")
        later(home, -1000)  # The clock was set back.
        lines = alerts(home)
    assert [line.partition(",")[2] for line in lines] == [" sent by webhook at 127.0.0.1"] * 2
    ids = [message["id"] for message in told.messages]
    assert len(ids) == 5
    assert len(set(ids[:4])) == 1
    assert ids[4] != ids[0]


def test_what_is_given_up_is_told_by_status(home: Path) -> None:
    with hook(*[503] * TRIES) as told:
        declare(home, f'{SEARCH}\nwebhook = "{told.url}"')
        alerts(home)
        add(home, "1/QĐ-TTg")
        for _ in range(TRIES + 3):
            alerts(home)
            later(home, 25)
        assert len(told.messages) == TRIES
        status = trichtin("status", "--home", home).stdout
        assert "alert a-1 by webhook" in status
        assert "0 waiting, 1 given up; HTTP 503" in status
        add(home, "2/QĐ-TTg")
        assert alerts(home)[0].endswith("sent by webhook at 127.0.0.1")


def test_a_dry_run_sends_and_changes_nothing(home: Path) -> None:
    with hook() as told:
        declare(home, f'{SEARCH}\nkind = "article"\nwebhook = "{told.url}"')
        assert alerts(home, "--dry-run") == ["a-1: nothing new for webhook at 127.0.0.1"]
        assert not [*home.glob("alerts.sqlite*")]
        alerts(home)
        add(home, "1/QĐ-TTg")
        before = kept(home)
        lines = alerts(home, "--dry-run")
        assert lines == ["a-1: 1 new, would be sent by webhook at 127.0.0.1", "  Bài 1/QĐ-TTg"]
        assert (told.messages, kept(home)) == ([], before)
        assert len(alerts(home)) == 1


def kept(home: Path) -> list[str]:
    with closing(sqlite3.connect(home / "alerts.sqlite")) as outbox:
        return [*outbox.iterdump()]


def test_each_way_has_its_own_fate(home: Path) -> None:
    with hook(500) as told, post() as mailed:
        head = f'[mail]\nserver = "smtp://{mailed.address}"\nsender = "trichtin@bao.test"'
        declare(home, f'{SEARCH}\nwebhook = "{told.url}"\nemail = "a@bao.test"', head=head)
        alerts(home)
        add(home, "1/QĐ-TTg")
        assert len(alerts(home)) == 2
        later(home, 1)
        assert len(alerts(home)) == 1
    assert len(mailed.mails) == 1
    first, second = told.messages
    assert mailed.mails[0]["message-id"].startswith(f"<{first['id']}@")
    assert second == first


KILLED = """
import sys
from pipeline import outbox
from pipeline.cli import main

def stopping(self, delivery, now):
    print("sent", flush=True)
    sys.stdin.readline()

outbox.Outbox.accepted = stopping
sys.argv = ["trichtin", "alerts", "--home", sys.argv[1]]
main()
"""


def test_killed_between_sending_and_recording_it_is_sent_once_more_under_its_id(home: Path) -> None:
    with hook() as told:
        declare(home, f'{SEARCH}\nwebhook = "{told.url}"')
        alerts(home)
        add(home, "1/QĐ-TTg")
        command = [sys.executable, "-c", KILLED, str(home)]
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | PLAIN
        ) as process:
            assert process.stdout
            assert process.stdout.readline() == "sent\n"
            busy = trichtin("alerts", "--home", home)
            assert busy.returncode == 1
            assert "another process is sending alerts" in busy.stderr
            assert trichtin("status", "--home", home).returncode == 0
            process.send_signal(signal.SIGKILL)
        assert len(alerts(home)) == 1
        assert alerts(home) == []
    first, second = told.messages
    assert first == second


def test_what_is_declared_no_longer_is_forgotten(home: Path) -> None:
    with hook(500) as told:
        declare(home, f'{SEARCH}\nwebhook = "{told.url}"')
        alerts(home)
        add(home, "1/QĐ-TTg")
        alerts(home)
        declare(home, f'health = true\nwebhook = "{told.url}"')
        (home / "alerts.toml").write_text((home / "alerts.toml").read_text().replace("a-1", "b"))
        assert alerts(home) == []
    assert "alert a-1" not in trichtin("status", "--home", home).stdout


def test_without_a_file_it_is_said_what_is_missing(home: Path) -> None:
    done = trichtin("alerts", "--home", home)
    assert (done.returncode, done.stdout) == (1, "")
    assert "alerts.toml is not there" in done.stderr
