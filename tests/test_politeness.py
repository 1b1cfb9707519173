"""A crawl asks little, rests when it is told to, has a budget, can be stopped, and says who it is."""

from __future__ import annotations

import os
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from conftest import trichtin
from paper import Crawl, Paper, at, crawled, declare, rss, says, story, urls_in
from scrapy.http import Response
from scrapy.settings import Settings

from corpus.store import Store
from spiders.politeness import retry_after
from spiders.settings import NoContact, for_site
from spiders.site import known_sites

if TYPE_CHECKING:
    from pathlib import Path


def test_a_host_that_is_overloaded_is_left_alone_for_as_long_as_it_says(tmp_path: Path) -> None:
    asked: list[float] = []
    with Paper() as paper:

        def busy_once(desk: object) -> None:
            asked.append(time.monotonic())
            answer = says(503, "bận", Retry_After="1") if len(asked) == 1 else story(1)
            answer(desk)  # type: ignore[arg-type]

        def notes(desk: object) -> None:
            asked.append(time.monotonic())
            story(2)(desk)  # type: ignore[arg-type]

        paper.answers = {"/rss.xml": rss([at(1), *map(at, range(2, 30))]), at(1): busy_once}
        paper.answers |= {at(n): notes for n in range(2, 30)}
        directory = declare(tmp_path / "sites", bao=paper.home)
        report = crawled(directory, tmp_path / "home", CONCURRENT_REQUESTS=1)["bao"]
    assert (report["new"], report["failed"]) == (29, {})
    assert asked[1] - asked[0] >= 0.99


def test_a_host_that_wants_a_long_rest_gets_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Paper() as paper:
        paper.answers = {"/rss.xml": rss(map(at, range(50)))}
        paper.answers |= {at(n): story(n) for n in range(50)}
        paper.answers |= {at(n): says(429, "mai", Retry_After="86400") for n in range(10, 50)}
        directory = declare(tmp_path / "sites", bao=paper.home)
        report = crawled(directory, home, CONCURRENT_REQUESTS=1)["bao"]
        assert report["because"] == "the site wants to be left alone for 86400 s"
        assert paper.asked.total() <= 15
        # Nothing is lost by it.
        paper.answers |= {at(n): story(n) for n in range(50)}
        crawled(directory, home)
        assert len(set(urls_in(home))) == 50


@pytest.mark.parametrize(
    ("told", "apart"),
    [
        ("Crawl-delay: 0.3", 0.3),
        ("Crawl-delay: 9999", 0.5),  # CRAWL_DELAY_LONGEST
        ("Crawl-delay: mai", 0.0),
        ("User-agent: khac\nCrawl-delay: 9", 0.0),
    ],
)
def test_a_host_is_asked_no_more_often_than_its_robots_txt_allows(
    tmp_path: Path, told: str, apart: float
) -> None:
    asked: list[float] = []
    with Paper() as paper:
        paper.before = lambda: asked.append(time.monotonic())
        rules = f"User-agent: *\nDisallow: /cam/\n{told}\n"
        paper.answers = {"/robots.txt": says(200, rules, "text/plain"), "/rss.xml": rss(map(at, range(3)))}
        paper.answers |= {at(n): story(n) for n in range(3)}
        directory = declare(tmp_path / "sites", bao=paper.home)
        report = crawled(directory, tmp_path / "home", CRAWL_DELAY_LONGEST=0.5)["bao"]
    assert (report["new"], report["failed"]) == (3, {})
    rests = [later - earlier for earlier, later in pairwise(asked[1:])]  # the rules come with the first
    assert len(rests) == 3
    assert min(rests) >= apart - 0.02
    assert max(rests) < apart + 1


def test_rests_grow_while_a_host_stays_overloaded(tmp_path: Path) -> None:
    asked: list[float] = []
    with Paper() as paper:

        def busy(desk: object) -> None:
            asked.append(time.monotonic())
            says(503, "bận")(desk)  # type: ignore[arg-type]

        paper.answers = {"/rss.xml": busy}
        directory = declare(tmp_path / "sites", bao=paper.home)
        crawled(directory, tmp_path / "home", RETRY_TIMES=3, BACKOFF_START=0.1)
    rests = [later - earlier for earlier, later in pairwise(asked)]
    assert [rest >= at_least for rest, at_least in zip(rests, (0.1, 0.2, 0.4), strict=True)] == [True] * 3


def test_the_budget_of_a_day_is_kept_over_all_its_crawls(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Paper() as paper:
        paper.answers = {at(n): story(n) for n in range(40)} | {"/rss.xml": rss(map(at, range(40)))}
        directory = declare(tmp_path / "sites", 'feeds = ["rss.xml"]\nbudget = 30', bao=paper.home)
        report = crawled(directory, home)["bao"]
        assert report["because"] == "the day's budget of 30 requests is used up"
        assert (report["requests"], paper.asked.total(), report["new"]) == (30, 30, 28)
        assert report["failed"] == {}
        report = crawled(directory, home)["bao"]
        assert (report["because"], report["requests"]) == ("the day's budget of 30 requests is used up", 0)
        declare(tmp_path / "sites", 'feeds = ["rss.xml"]\nbudget = 60', bao=paper.home)
        report = crawled(directory, home)["bao"]
        assert (report["because"], report["new"]) == ("finished", 12)
    with Store.reading(home) as store:
        assert store.frontier.states() == {"stored": 40}


def test_a_killed_crawl_has_used_its_budget_too(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Paper() as paper:

        def kills(desk: object) -> None:
            os.kill(crawl.pid, 9)
            story(0)(desk)  # type: ignore[arg-type]

        paper.answers = {at(n): story(n) for n in range(40)} | {"/rss.xml": rss(map(at, range(40)))}
        paper.answers[at(25)] = kills
        directory = declare(tmp_path / "sites", 'feeds = ["rss.xml"]\nbudget = 30', bao=paper.home)
        crawl = Crawl(directory, home, overrides={"CONCURRENT_REQUESTS": 1})
        assert crawl.wait() == -9
        crawled(directory, home)
        assert paper.asked.total() <= 30


def test_a_file_stops_every_crawl(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Paper() as paper:

        def stops(desk: object) -> None:
            (home / "STOP").touch()
            story(5)(desk)  # type: ignore[arg-type]

        paper.answers = {at(n): story(n) for n in range(20)} | {"/rss.xml": rss(map(at, range(20)))}
        paper.answers[at(5)] = stops
        directory = declare(tmp_path / "sites", bao=paper.home)
        report = crawled(directory, home, CONCURRENT_REQUESTS=1)["bao"]
        assert report["because"] == f"stopped by {home / 'STOP'}"
        assert report["failed"] == {}
        assert paper.asked[at(19)] == 0
        refused = trichtin("crawl", "--sites", directory, "--home", home)
        assert (refused.returncode, refused.stdout) == (1, "")
        assert refused.stderr == f"trichtin: {home / 'STOP'} is there: no crawl begins until it is removed\n"
        (home / "STOP").unlink()
        paper.answers[at(5)] = story(5)
        crawled(directory, home)
        assert len(urls_in(home)) == 20


def test_a_site_out_there_is_told_who_crawls_and_not_asked_otherwise(tmp_path: Path) -> None:
    declare(tmp_path, bao="https://bao.test/")
    site = known_sites(tmp_path)["bao"]
    with pytest.raises(NoContact, match="TRICHTIN_CONTACT"):
        for_site(site, Settings({"CONTACT": ""}))
    told = for_site(site, Settings({"CONTACT": "mailto:ban.doc@bao.test"}))
    assert told["USER_AGENT"].startswith("trichtin/")
    assert told["USER_AGENT"].endswith(" (+mailto:ban.doc@bao.test)")
    assert told.keys() == {"USER_AGENT"}  # nothing of politeness is off


def test_without_a_contact_the_command_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("spiders.settings.CONTACT", "")
    declare(tmp_path / "sites", bao="https://bao.test/")
    refused = trichtin("crawl", "--sites", tmp_path / "sites", "--home", tmp_path / "home")
    assert (refused.returncode, refused.stdout) == (1, "")
    assert refused.stderr.startswith("trichtin: bao: say who crawls: set TRICHTIN_CONTACT")


@pytest.mark.parametrize(
    ("said", "low", "high"),
    [
        ("120", 120, 120),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0),
        ("Fri, 31 Dec 2100 23:59:59 GMT", 1e9, 1e10),
        ("soon", 0, 0),
        ("-5", 0, 0),
        ("9" * 400, 1e300, float("inf")),
        ("Fri, 31 Dec 99999 23:59:59 GMT", 0, 0),
        ("Wed, 21 Oct 2015 07:28:00 +999999999999999999", 0, 0),
        ("", 0, 0),
    ],
)
def test_retry_after(said: str, low: float, high: float) -> None:
    assert low <= retry_after(Response("http://bao.test/", headers={"Retry-After": said})) <= high
