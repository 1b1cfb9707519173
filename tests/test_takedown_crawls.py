"""No crawl asks for an article that is taken down, and none stores it under whatever URL it is met."""

from __future__ import annotations

from pathlib import Path

import pytest
from paper import Paper, at, crawled, declare, rss, story, urls_in
from test_revisits import CANONICAL, later

from corpus.store import Store


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


def test_a_crawl_never_asks_for_what_is_taken_down(tmp_path: Path, home: Path) -> None:
    with Paper() as paper:
        paper.answers = {at(1): story(1), at(2): story(2), "/rss.xml": rss([at(1), at(2)])}
        directory = declare(tmp_path / "sites", bao=paper.home)
        crawled(directory, home)
        with Store.open(home) as store:
            store.take_down(paper.url(at(1)), "2026-11-22", "x")
        paper.answers["/rss.xml"] = rss([at(1), f"{at(1)}?utm_source=rss", at(2)])
        for hours in (1, 6, 24):
            later(home, hours=hours)
            crawled(directory, home)
        assert (paper.asked[at(1)], urls_in(home)) == (1, [paper.url(at(2))])
        with Store.open(home) as store:
            store.allow(paper.url(at(1)), "2026-11-23")
        crawled(directory, home)
        assert urls_in(home) == [paper.url(at(2)), paper.url(at(1))]


def test_it_is_not_stored_under_the_url_of_a_page_that_declares_to_be_it(tmp_path: Path, home: Path) -> None:
    with Paper() as paper:
        declared = CANONICAL.format(paper.url(at(1)))
        paper.answers = {at(1): story(1), at(2): story(2), "/rss.xml": rss([at(1), at(2)])}
        directory = declare(tmp_path / "sites", bao=paper.home)
        crawled(directory, home)
        with Store.open(home) as store:
            store.take_down(paper.url(at(1)), "2026-11-22", "x")
        paper.answers[at(2)] = paper.answers[at(3)] = story(1, declared)
        paper.answers["/rss.xml"] = rss([at(2), at(3)])
        for hours in (1, 6, 24):
            later(home, hours=hours)
            crawled(directory, home)
        assert urls_in(home) == [paper.url(at(2))]
        assert paper.asked[at(3)] == 1


def test_what_was_found_and_not_yet_fetched_is_not_asked_for(tmp_path: Path, home: Path) -> None:
    with Paper() as paper:
        paper.answers = {at(1): story(1), "/rss.xml": rss([at(1)])}
        directory = declare(tmp_path / "sites", bao=paper.home)
        with Store.open(home) as store:
            assert store.frontier.discover("bao", [paper.url(at(1))], 0) == 1
            store.take_down(paper.url(at(1)), "2026-11-22", "x")
        crawled(directory, home)
        assert paper.asked[at(1)] == 0
