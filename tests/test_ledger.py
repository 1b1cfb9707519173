"""The ledger: when each URL is looked at, and older ledgers brought to the newest schema."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from corpus.article import Page
from corpus.frontier import DAY, HOUR, Due, Validators
from corpus.ledger import VERSION
from corpus.store import Store, StoreError

if TYPE_CHECKING:
    from pathlib import Path

FETCHED = datetime(2021, 6, 15, 7, 30, tzinfo=UTC)
NOW = FETCHED.timestamp()
NOTHING = Validators()
A, B, C = (f"http://bao.test/{name}" for name in "abc")

# The schema as it was before URLs were looked at again.
VERSION_1 = """
CREATE TABLE pages (
    number INTEGER PRIMARY KEY, url TEXT NOT NULL, digest BLOB NOT NULL,
    file TEXT NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL
) STRICT;
CREATE INDEX versions_of_url ON pages (url, number);
CREATE TABLE urls (
    id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, site TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('discovered', 'stored', 'failed')), reason TEXT
) STRICT;
CREATE INDEX waiting_of_site ON urls (site) WHERE state <> 'stored';
PRAGMA user_version = 1;
"""

# Upgrades a ledger, and is killed in the middle of it.
KILLED = """
import os, signal, sys
from pathlib import Path
from corpus import ledger
from corpus.store import Store

statements = ledger._statements
def killed(script):
    for number, statement in enumerate(statements(script)):
        if number == 4:
            os.kill(os.getpid(), signal.SIGKILL)
        yield statement
ledger._statements = killed
Store.open(Path(sys.argv[1])).__enter__()
"""


def page(url: str, body: bytes = b"<p>Xin ch\xc3\xa0o</p>") -> Page:
    return Page(url, body, FETCHED, "text/html", site="bao")


def test_states_of_urls(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        urls = store.frontier
        assert urls.discover("bao", [A, B, C, A], NOW) == 3
        assert urls.discover("khac", ["http://khac.test/"], NOW) == 1
        store.add(page(A))
        urls.failed(B, "HTTP 503", NOW)
        assert [urls.state(url) for url in (A, B, C)] == ["stored", "failed", "discovered"]
        assert urls.state("http://bao.test/d") is None
        assert urls.states() == {"discovered": 2, "failed": 1, "stored": 1}
        urls.failed(A, "HTTP 404", NOW)
        assert urls.state(A) == "stored"  # what is stored stays so


def due(store: Store, now: float) -> list[str]:
    return [wanted.url for wanted in store.frontier.due("bao", now, 10)]


def test_what_was_never_asked_for_comes_first_the_newest_finds_before_all(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.add(page(C))
        store.frontier.discover("bao", [B, A], NOW)
        store.frontier.discover("bao", ["http://bao.test/d"], NOW + 60)
        assert due(store, NOW + HOUR) == ["http://bao.test/d", B, A, C]
        assert store.frontier.due("bao", NOW + HOUR, 2, {B}) == [
            Due("http://bao.test/d", stored=False, validators=NOTHING),
            Due(A, stored=False, validators=NOTHING),
        ]


def test_a_failure_is_tried_again_ever_more_rarely_and_then_no_more(tmp_path: Path) -> None:
    tries = []
    with Store.open(tmp_path) as store:
        store.frontier.discover("bao", [A], NOW)
        for minute in range(0, 60 * 24 * 30, 30):
            now = NOW + 60 * minute
            if due(store, now):
                tries.append(minute / 60)
                store.frontier.failed(A, "HTTP 404", now + 1)
    assert tries == [0, 0.5, 1.5, 6.5, 24.5, 168.5]


def test_a_stored_article_is_looked_at_again_at_four_ages(tmp_path: Path) -> None:
    looks = []
    with Store.open(tmp_path) as store:
        store.add(page(A))
        for minute in range(0, 60 * 24 * 30, 30):
            now = NOW + 60 * minute
            if due(store, now):
                looks.append(minute / 60)
                store.frontier.stored(A, "bao", now, NOTHING)
    assert looks == [1, 6, 24, 168]


def test_a_look_that_comes_late_counts_for_all_before(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.add(page(A))
        store.frontier.stored(A, "bao", NOW + 2 * DAY, Validators('"x"', "yesterday"))
        assert due(store, NOW + 6.9 * DAY) == []
        (wanted,) = store.frontier.due("bao", NOW + 7.1 * DAY, 10)
    assert wanted == Due(A, stored=True, validators=Validators('"x"', "yesterday"))


def test_a_sitemap_that_always_tells_of_changes_is_believed_ever_more_rarely(tmp_path: Path) -> None:
    looks = []
    with Store.open(tmp_path) as store:
        store.add(page(A))
        store.frontier.stored(A, "bao", NOW + 8 * DAY, NOTHING)
        for hour in range(8 * 24, 365 * 24):
            now = NOW + hour * HOUR
            store.frontier.discover("bao", [A], now, {A: now})
            if due(store, now):
                looks.append(hour)
                store.frontier.stored(A, "bao", now, NOTHING)
        store.frontier.stored(A, "bao", now, NOTHING)
        store.frontier.discover("bao", [A], now, {A: now - 1})
        assert due(store, now + 365 * DAY) == []
    assert looks[0] == 240
    assert 10 < len(looks) < 20


def test_what_is_no_longer_tried_is_tried_again_when_it_has_changed(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.frontier.discover("bao", [A], NOW)
        for days in (0, 8):
            store.frontier.failed(A, "HTTP 404", NOW + days * DAY)
        assert due(store, NOW + 365 * DAY) == []
        store.frontier.discover("bao", [A], NOW + 9 * DAY, {A: NOW + 9 * DAY})
        assert due(store, NOW + 10 * DAY) == [A]


def version_1(home: Path) -> None:
    """A home as the first trichtin left it: one page stored, two URLs not."""
    with Store.open(home) as store:
        store.add(page(A))
        row = store._ledger.rows("SELECT * FROM pages")[0]
    for lost in home.glob("ledger.sqlite*"):
        lost.unlink()
    with closing(sqlite3.connect(home / "ledger.sqlite")) as ledger, ledger:
        ledger.executescript(VERSION_1)
        ledger.execute("INSERT INTO pages VALUES (?, ?, ?, ?, ?, ?)", row)
        states = [(A, "stored", None), (B, "discovered", None), (C, "failed", "HTTP 503")]
        ledger.executemany("INSERT INTO urls (url, site, state, reason) VALUES (?, 'bao', ?, ?)", states)


def schema(home: Path) -> list[tuple[str, ...]]:
    """Every table and index with its columns."""
    query = """
        SELECT m.type, m.name, c.name, c.type, c."notnull", c.dflt_value, c.pk
        FROM sqlite_master m LEFT JOIN pragma_table_info(m.name) c ORDER BY m.name, c.cid
    """
    with closing(sqlite3.connect(home / "ledger.sqlite")) as ledger:
        return [*ledger.execute(query), *ledger.execute("PRAGMA user_version")]


@pytest.mark.parametrize("opened", [Store.open, Store.reading])
def test_an_older_ledger_is_upgraded_where_it_lies(tmp_path: Path, opened: type) -> None:
    version_1(tmp_path / "old")
    with opened(tmp_path / "old") as store:
        assert [store.frontier.state(url) for url in (A, B, C)] == ["stored", "discovered", "failed"]
        assert [kept.url for _, kept in store.pages(store.numbers())] == [A]
        assert sorted(due(store, time.time())) == [B, C]
        assert store.frontier.keeps(A.replace("http:", "https:") + "/")
        assert store.crawls.sites() == []
    with Store.open(tmp_path / "new"):
        pass
    assert schema(tmp_path / "old") == schema(tmp_path / "new")


def test_an_upgrade_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    version_1(tmp_path)
    killed = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], check=False, timeout=60)
    assert killed.returncode == -9
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as ledger:
        assert ledger.execute("PRAGMA user_version").fetchone() == (1,)
        assert ledger.execute("SELECT count(*) FROM urls").fetchone() == (3,)
    with Store.open(tmp_path) as store:
        assert store.frontier.states() == {"discovered": 1, "failed": 1, "stored": 1}


def test_ledger_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as ledger:
        ledger.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(StoreError, match="newer trichtin"), Store.open(tmp_path):
        pass


def test_a_ledger_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "ledger.sqlite").write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match=r"ledger\.sqlite: file is not a database"), Store.open(tmp_path):
        pass


def test_a_hundred_thousand_known_urls_cost_little(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        store.frontier.discover("bao", (f"http://bao.test/{i}" for i in range(100_000)), NOW)
    started = time.process_time()
    with Store.open(tmp_path) as store:
        assert len(store.frontier.due("bao", NOW, 100)) == 100
        assert (
            store.frontier.discover("bao", [f"http://bao.test/{i}/" for i in range(99_000, 99_900)], NOW) == 0
        )
    assert time.process_time() - started < 1
