"""What the record of crawls knows after kills, after clocks that were wrong, and beyond ten crawls."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from conftest import trichtin

from corpus.article import Page
from corpus.crawls import FINISHED, KILLED, CrawlReport
from corpus.frontier import DAY, HOUR, Validators
from corpus.store import Store
from spiders.health import breaches, known
from spiders.recording import Record
from spiders.site import Site

NOW = 1_750_000_000.0
YEAR = 365 * DAY
SITE = Site("bao", "https://bao.test/", "Báo", "press", ".*", feeds=("rss",), expects={"silent_hours": 48})
NOTHING = Validators()

# A crawl that is killed after it has stored two articles.
KILLED_CRAWL = """
import os, signal, sys, time
from pathlib import Path
from datetime import UTC, datetime
from corpus.article import Page
from corpus.store import Store

with Store.open(Path(sys.argv[1])) as store:
    number = store.crawls.begin("bao", time.time())
    store.crawls.spend(number, 20)
    for name in "ab":
        store.add(Page(f"https://bao.test/{name}", b"<p>tin</p>", datetime.now(UTC), "text/html", site="bao"))
    os.kill(os.getpid(), signal.SIGKILL)
"""


def crawled(store: Store, began: float, new: int = 0, **rest: object) -> CrawlReport:
    report = CrawlReport("bao", began, began + 60, FINISHED, named=20, new=new, fetched=new)
    ended = replace(report, **rest)  # type: ignore[arg-type]
    store.crawls.end(store.crawls.begin("bao", began), ended)
    return ended


def page(name: str, now: float) -> Page:
    return Page(f"https://bao.test/{name}", b"<p>tin</p>", datetime.fromtimestamp(now, UTC), site="bao")


def test_a_killed_crawl_is_on_record_with_what_it_brought(tmp_path: Path) -> None:
    command = [sys.executable, "-c", KILLED_CRAWL, str(tmp_path)]
    assert subprocess.run(command, check=False, timeout=60).returncode == -9
    with Store.reading(tmp_path) as store:
        (left,) = store.crawls.begun("bao", 10)
        assert (left.because, left.ended) == (None, None)
    with Store.open(tmp_path) as store:
        (killed,) = store.crawls.last("bao", 10)
    assert (killed.because, killed.new, killed.requests) == (KILLED, 2, 20)
    assert 0 < killed.seconds < 60
    assert "killed" in trichtin("status", "--home", tmp_path).stdout


def test_crawls_stand_in_the_order_they_were_begun_in(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        for began in (NOW, NOW + YEAR, NOW + DAY):  # the clock was a year ahead, once
            crawled(store, began)
        assert [crawl.started - NOW for crawl in store.crawls.last("bao", 2)] == [DAY, YEAR]
        assert store.crawls.first("bao") == NOW


def test_requests_of_a_wrong_clock_use_no_budget_for_ever(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        for began in (NOW - 2 * DAY, NOW - HOUR, NOW + HOUR, NOW + YEAR):
            crawled(store, began, requests=1000)
        assert store.crawls.spent("bao", NOW) == 2000


def test_urls_of_a_wrong_clock_are_looked_at_when_it_is_right_again(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store:
        urls = store.frontier
        urls.discover("bao", [f"https://bao.test/{name}" for name in "abc"], NOW)
        store.add(page("a", NOW + YEAR))
        urls.failed("https://bao.test/b", "timeout", NOW + YEAR)
        Record(SITE, store, NOW + YEAR).end(FINISHED, Counter(), [], NOW + YEAR)
        assert [wanted.url[-1] for wanted in urls.due("bao", NOW + DAY, 10)] == ["c"]
        Record(SITE, store, NOW + DAY)
        assert {wanted.url[-1] for wanted in urls.due("bao", NOW + DAY, 10)} == {"a", "b", "c"}
        urls.stored("https://bao.test/a", "bao", NOW + DAY, NOTHING)
        assert {wanted.url[-1] for wanted in urls.due("bao", NOW + DAY + HOUR, 10)} == {"a", "b", "c"}
        assert {wanted.url[-1] for wanted in urls.due("bao", NOW + DAY + HOUR - 1, 10)} == {"b", "c"}


def judged(store: Store, site: Site, began: float, new: int = 0, **rest: object) -> tuple[str, ...]:
    report = replace(
        CrawlReport("bao", began, began + 60, FINISHED, named=20, new=new, fetched=new),
        **rest,  # type: ignore[arg-type]
    )
    found = breaches(site, report, known(store, report))
    store.crawls.end(store.crawls.begin("bao", began), replace(report, breaches=found))
    return found


@pytest.mark.parametrize("silent_hours", [48, 200])
def test_silence_is_heard_at_a_site_that_is_crawled_every_half_hour(
    tmp_path: Path, silent_hours: int
) -> None:
    """Ten crawls are five hours, and a week of them has no end of a longer silence."""
    site = replace(SITE, expects={"silent_hours": silent_hours})
    with Store.open(tmp_path) as store:
        judged(store, site, NOW, new=5)
        for half_hour in range(1, 2 * silent_hours + 1):
            assert judged(store, site, NOW + half_hour * HOUR / 2) == ()
        (said,) = judged(store, site, NOW + (silent_hours + 1) * HOUR)
        assert said == f"no new article for {silent_hours + 1} hours ({silent_hours} are declared)"


def test_too_few_are_counted_at_a_site_that_is_crawled_every_half_hour(tmp_path: Path) -> None:
    site = replace(SITE, expects={"articles_a_day": 24})
    with Store.open(tmp_path) as store:
        found = [judged(store, site, NOW + n * HOUR / 2, new=int(n % 6 == 0)) for n in range(60)]
    assert found[:48] == [()] * 48
    assert found[48] == ("8.0 new articles a day (24 are declared)",)


def test_a_lost_field_of_a_few_articles_a_crawl_is_told_until_it_is_found_again(tmp_path: Path) -> None:
    dated, undated = ({"articles": 1, "title": 1, "text": 1, "published": found} for found in (1, 0))
    with Store.open(tmp_path) as store:
        for n in range(12):
            assert judged(store, SITE, NOW + n * 6 * HOUR, new=1, coverage=dated) == ()
        begun = NOW + 3 * DAY
        told = [judged(store, SITE, begun + n * 6 * HOUR, new=1, coverage=undated) for n in range(16)]
        assert told[:2] == [(), ()]
        assert told[2] == ("published was found in 1 of 4 articles (100% is usual)",)
        assert [n for n, lines in enumerate(told) if not lines] == [0, 1]
        assert judged(store, SITE, begun + 4 * DAY, new=1, coverage=dated) == ()


def test_one_thing_that_is_always_wrong_hides_no_other(tmp_path: Path) -> None:
    site = replace(SITE, expects={"articles_a_day": 1000})
    dated, undated = ({"articles": 5, "title": 5, "text": 5, "published": found} for found in (5, 0))
    with Store.open(tmp_path) as store:
        for n in range(40):
            judged(store, site, NOW + n * 6 * HOUR, new=5, coverage=dated)
        told = judged(store, site, NOW + 10 * DAY, new=5, coverage=undated)
    assert [line.split(" ", 1)[0] for line in told] == ["published", "20.0"]
