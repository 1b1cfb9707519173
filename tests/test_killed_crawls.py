"""A crawl that is killed at any moment and begun again: every article once, none lost, a clean archive."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
from contextlib import closing
from threading import Event
from typing import TYPE_CHECKING

import pytest
from paper import Crawl, Paper, at, crawled, declare, links, rss, says, story, urls_in
from warcio.cli import main as warcio

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = 500
KILLS = 20


def test_a_site_of_500_articles_killed_at_20_random_moments(tmp_path: Path) -> None:
    home, moments = tmp_path / "home", random.Random(4)  # noqa: S311
    with Paper() as paper:
        paper.answers = {at(n): story(n) for n in range(ARTICLES)}
        paper.answers["/rss.xml"] = rss(map(at, range(ARTICLES)))
        sites = declare(tmp_path / "sites", bao=paper.home)
        said: list[str] = []
        for _ in range(KILLS):
            said += killed(paper, sites, home, moments.randint(1, 40))
        # Only the crawls before see what names the articles: this one must know them from the ledger.
        paper.answers["/rss.xml"] = rss([])
        report = crawled(sites, home)["bao"]
        wanted = [paper.url(at(n)) for n in range(ARTICLES)]
    assert len(said) == len(set(said)) > 0
    assert set(said) <= set(wanted)
    assert sorted(urls_in(home)) == sorted(wanted)
    assert 0 < report["new"] < ARTICLES
    assert_clean(home)


def killed(paper: Paper, sites: Path, home: Path, requests: int) -> list[str]:
    """The URLs that a crawl said to have stored before it was killed at the request of this number."""
    left = iter(range(1, requests))
    begun = Event()

    def at_the_last() -> None:
        begun.wait()
        if next(left, None) is None:
            os.kill(crawl.pid, signal.SIGKILL)

    paper.before = at_the_last
    crawl = Crawl(sites, home, overrides={"CONCURRENT_REQUESTS": 8})
    begun.set()
    assert crawl.wait() == -signal.SIGKILL, crawl.noise
    paper.before = lambda: None
    return [url for _, url in crawl.lines]


@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_a_crawl_that_is_stopped_keeps_what_it_has(tmp_path: Path, by: signal.Signals) -> None:
    home = tmp_path / "home"
    with Paper() as paper:

        def stops_it(desk: object) -> None:
            os.kill(crawl.pid, by)
            story(5)(desk)  # type: ignore[arg-type]

        paper.answers = {at(n): story(n) for n in range(5)} | {at(5): stops_it}
        paper.answers["/tin/"] = says(200, links(map(at, range(6))))
        sites = declare(tmp_path / "sites", 'listings = ["tin/"]', bao=paper.home)
        crawl = Crawl(sites, home, overrides={"CONCURRENT_REQUESTS": 1})
        assert crawl.wait() == 2
        assert "KeyboardInterrupt" in crawl.noise
        paper.answers[at(5)] = story(5)
        crawled(sites, home)
        assert sorted(urls_in(home)) == sorted(paper.url(at(n)) for n in range(6))
    assert_clean(home)


def assert_clean(home: Path) -> None:
    with pytest.raises(SystemExit, match=r"^0$"):
        warcio(["check", *map(str, home.glob("archive/*"))])
    with closing(sqlite3.connect(home / "ledger.sqlite")) as ledger:
        assert ledger.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
