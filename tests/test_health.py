"""A crawl is measured by what its site declares and by its own last ten crawls; a breach is loud."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from conftest import trichtin, trichtin_process
from paper import Paper, at, crawled, declare, rss, says, story

from corpus.crawls import CrawlReport
from corpus.frontier import HOUR
from corpus.store import Store
from spiders.health import breaches
from spiders.site import Site

if TYPE_CHECKING:
    from pathlib import Path

DATED = '<meta property="article:published_time" content="2021-06-20T08:00:00+07:00">'
SITE = Site("bao", "https://bao.test/", "Báo", "press", ".*", feeds=("rss",))


def covered(articles: int, **found: int) -> dict[str, int]:
    return {"articles": articles, **dict.fromkeys(("title", "published", "text"), articles), **found}


def crawl(hours: float = 0, **did: Any) -> CrawlReport:
    """A usual crawl, begun after so many hours, and what was unusual about it."""
    usual = CrawlReport(
        "bao", 1e9 + hours * HOUR, 1e9 + hours * HOUR + 60, "finished",
        named=100, discovered=10, fetched=10, new=10, coverage=covered(10),
    )  # fmt: skip
    return replace(usual, **did)


LAST_TEN = [crawl(-3 * n) for n in range(1, 11)]


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (crawl(), ""),
        (crawl(coverage=covered(10, published=0)), "published was found in 0 of 10 articles (100% is usual)"),
        (crawl(coverage=covered(3, text=0)), "text was found in 0 of 3 articles (100% is usual)"),
        (crawl(coverage=covered(10, published=8)), ""),  # within tolerance
        (crawl(coverage=covered(1, title=0)), ""),  # one page may be odd
        (crawl(new=0, fetched=0, coverage=covered(0)), ""),  # a quiet night
        (crawl(named=40), "feeds, sitemaps and listings name 40 articles (100 is usual)"),
        (crawl(named=60), ""),
        (
            crawl(failed={"HTTP 500": 20, "timeout": 1}),
            "21 of 31 tries failed (0% is usual), most of them: HTTP 500",
        ),
        (crawl(failed={"HTTP 404": 2}), ""),
        (crawl(named=0, fetched=0, failed={"timeout": 1}, because="stopped"), "nothing could be had"),
        (crawl(named=3, because="stopped by STOP"), ""),  # what was stopped can't be held against the site
    ],
)
def test_against_its_own_last_ten(now: CrawlReport, said: str) -> None:
    assert ", ".join(breaches(SITE, now, LAST_TEN)) == said


def test_what_never_was_is_not_missed() -> None:
    undated = [replace(last, coverage=covered(10, published=0)) for last in LAST_TEN]
    assert breaches(SITE, crawl(coverage=covered(10, published=0)), undated) == ()


def test_a_first_crawl_has_titles_and_texts_to_find() -> None:
    assert breaches(SITE, crawl(coverage=covered(10, published=0)), []) == ()
    (said,) = breaches(SITE, crawl(coverage=covered(10, text=1)), [])
    assert said.startswith("text was found in 1 of 10 articles")


@pytest.mark.parametrize(
    ("expects", "now", "said"),
    [
        ({"articles_a_day": 80}, crawl(), ""),
        ({"articles_a_day": 200}, crawl(), "80.0 new articles a day (200 are declared)"),
        ({"silent_hours": 48}, crawl(40, new=0), ""),
        ({"silent_hours": 48}, crawl(49, new=0), "no new article for 52 hours (48 are declared)"),
    ],
)
def test_against_what_its_site_declares(expects: dict[str, float], now: CrawlReport, said: str) -> None:
    assert ", ".join(breaches(replace(SITE, expects=expects), now, LAST_TEN)) == said


def test_a_field_that_is_found_no_more_is_named_and_fails_the_command(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Paper() as paper:
        paper.answers = {at(n): story(n, DATED) for n in range(10)} | {"/rss.xml": rss(map(at, range(10)))}
        directory = declare(tmp_path / "sites", bao=paper.home)
        assert crawled(directory, home)["bao"]["breaches"] == []
        # The site gets a new face, which says nowhere when an article was published.
        paper.answers |= {at(n): story(n) for n in range(10, 20)} | {"/rss.xml": rss(map(at, range(10, 20)))}
        done = trichtin_process("crawl", "--sites", directory, "--home", home)
    breach = "published was found in 0 of 10 articles (100% is usual)"
    assert done.returncode == 1
    assert done.stderr == f"trichtin: bao: {breach}\n"
    assert done.stdout.startswith("bao: 10 new, 0 unchanged, 10 fetched of 10 found")
    assert breach in " ".join(trichtin("status", "--home", home).stdout.replace("│", " ").split())


def test_every_crawl_is_on_record(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Paper() as paper:
        paper.answers = {at(1): story(1), at(2): says(500, "hỏng"), "/rss.xml": rss([at(1), at(2)])}
        directory = declare(tmp_path / "sites", bao=paper.home)
        told = [crawled(directory, home)["bao"] for _ in range(2)]
    with Store.reading(home) as store:
        assert store.crawls.sites() == ["bao"]
        kept = store.crawls.last("bao", 10)
    assert [(crawl.started, crawl.new, dict(crawl.failed), crawl.requests) for crawl in kept] == [
        (report["started"], report["new"], report["failed"], report["requests"]) for report in reversed(told)
    ]
    assert kept[1].coverage == {"articles": 1, "title": 1, "published": 0, "text": 1}
    assert all(crawl.finished and crawl.seconds > 0 for crawl in kept)
