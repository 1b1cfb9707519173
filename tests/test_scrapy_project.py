"""The checkout is a Scrapy project: what a Scrapy user types works, with the same store behind it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import PLAIN
from paper import Paper, at, declare, rss, story, urls_in
from scrapy.crawler import Crawler

from corpus.store import Store
from spiders.news import NewsSpider
from spiders.site import SiteError

CHECKOUT = Path(__file__).parents[1]


def scrapy(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *map(str, arguments)],
        cwd=CHECKOUT,
        env=os.environ | PLAIN,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_scrapy_lists_the_spider() -> None:
    done = scrapy("list")
    assert (done.returncode, done.stdout, done.stderr) == (0, "news\n", "")


def test_scrapy_crawls_a_site_into_a_home(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Paper() as paper:
        paper.answers = {at(n): story(n) for n in (1, 2)} | {"/rss.xml": rss(map(at, (1, 2)))}
        sites = declare(tmp_path / "sites", bao=paper.home)
        done = scrapy(
            "crawl", "news", "-a", "site=bao", "-a", f"sites={sites}", "-a", f"home={home}", "-L", "ERROR"
        )
        assert (done.returncode, done.stderr) == (0, "")
        assert sorted(urls_in(home)) == [paper.url(at(n)) for n in (1, 2)]
    with Store.reading(home) as store:
        (report,) = store.crawls.last("bao", 10)
    assert (report.new, report.because) == (2, "finished")


def test_the_spider_says_which_sites_there_are(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="say which site: -a site=NAME"):
        NewsSpider.from_crawler(Crawler(NewsSpider), home=str(tmp_path / "home"))
    assert not (tmp_path / "home").exists()
