"""Crawls of real servers on loopback: everything once, and nothing asked for without need."""

from __future__ import annotations

from typing import TYPE_CHECKING

from paper import Crawl, Paper, at, crawled, declare, links, pages_in, rss, says, story, urls_in, urlset

from corpus.text import clean
from pipeline.newsroom import Newsroom
from pipeline.newsroom.stories import stories
from spiders.parsing import parse
from spiders.site import BUNDLED, sites

if TYPE_CHECKING:
    from pathlib import Path

LISTED = 'listings = ["tin/"]\nnext_page = "a[rel=next]"\npages = 4\n'


def test_everything_is_brought_home_once(tmp_path: Path) -> None:
    with Paper() as paper:
        paper.answers = {at(n): story(n) for n in range(1, 9)} | {
            "/rss.xml": rss([at(1), paper.url(at(2)) + "?utm_source=rss"]),
            "/sitemap.xml": says(200, urlset(map(at, (1, 2, 3))), "text/xml"),
            "/tin/": says(200, links([at(1), at(4), "/tin/", "mailto:a@b", "http://["], "/tin/?trang=2")),
            "/tin/?trang=2": says(200, links([at(5), at(5) + "#binh-luan"], "/tin/?trang=3")),
            "/tin/?trang=3": says(200, links([at(6)], "/tin/?trang=4")),
            "/tin/?trang=4": says(200, links([at(7)], "/tin/?trang=5")),
            "/tin/?trang=5": says(200, links([at(8)])),
        }
        directory = declare(
            tmp_path / "sites", LISTED + 'feeds = ["rss.xml"]\nsitemaps = ["sitemap.xml"]', bao=paper.home
        )
        home = tmp_path / "home"
        report = crawled(directory, home)["bao"]
        assert sorted(urls_in(home)) == [paper.url(at(n)) for n in range(1, 8)]
        assert [paper.asked[at(n)] for n in range(1, 8)] == [1] * 7
        assert (paper.asked["/tin/?trang=4"], paper.asked["/tin/?trang=5"]) == (1, 0)  # the site says: four
        assert all(headers["User-Agent"].startswith("trichtin/") for headers in paper.headers.values())
        assert (report["named"], report["discovered"], report["fetched"], report["new"]) == (7, 7, 7, 7)

        # The next crawl asks for what names articles; it goes through a listing until nothing is new.
        paper.asked.clear()
        paper.answers["/tin/"] = says(200, links([at(8), at(1)], "/tin/?trang=2"))
        report = crawled(directory, home)["bao"]
        assert (report["new"], report["discovered"], report["fetched"]) == (1, 1, 1)
        asked = {"/robots.txt", "/rss.xml", "/sitemap.xml", "/tin/", "/tin/?trang=2", at(8)}
        assert paper.asked == dict.fromkeys(asked, 1)
        paper.asked.clear()
        crawled(directory, home)
        assert paper.asked == dict.fromkeys({"/robots.txt", "/rss.xml", "/sitemap.xml", "/tin/"}, 1)


def test_a_listing_whose_walk_was_cut_short_is_walked_again(tmp_path: Path) -> None:
    with Paper() as paper:
        paper.answers = {at(n): story(n) for n in (1, 2)} | {
            "/tin/": says(200, links([at(1)], "/tin/?trang=2")),
            "/tin/?trang=2": says(500, "hỏng"),
        }
        directory, home = declare(tmp_path / "sites", LISTED, bao=paper.home), tmp_path / "home"
        assert crawled(directory, home)["bao"]["failed"] == {"HTTP 500": 1}
        paper.answers["/tin/?trang=2"] = says(200, links([at(2)]))
        crawled(directory, home)
        assert sorted(urls_in(home)) == [paper.url(at(n)) for n in (1, 2)]


def test_what_failed_is_tried_by_the_next_crawl(tmp_path: Path) -> None:
    with Paper() as paper:
        paper.answers = {at(1): story(1), "/rss.xml": rss([at(1), at(2)])}
        directory, home = declare(tmp_path / "sites", bao=paper.home), tmp_path / "home"
        assert crawled(directory, home)["bao"]["failed"] == {"HTTP 404": 1}
        paper.answers |= {at(2): story(2), "/rss.xml": rss([])}
        assert crawled(directory, home)["bao"]["new"] == 1
        assert sorted(urls_in(home)) == [paper.url(at(n)) for n in (1, 2)]


def test_a_site_that_has_moved_is_not_asked_for_at_its_old_address(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Paper() as old, Paper() as new:
        old.answers = {"/rss.xml": rss(map(at, range(150)))}
        new.answers = {"/rss.xml": rss([at(1)]), at(1): story(1)}
        crawled(declare(tmp_path / "sites", bao=old.home), home)
        before = old.asked.total()
        report = crawled(declare(tmp_path / "sites", bao=new.home), home)["bao"]
        assert (report["new"], report["failed"]) == (1, {})
        assert old.asked.total() == before


def test_sites_side_by_side_and_one_that_is_down(tmp_path: Path) -> None:
    with Paper() as paper, Paper() as other:
        for site in (paper, other):
            site.answers = {at(n): story(n) for n in range(3)} | {"/rss.xml": rss(map(at, range(3)))}
        directory = declare(tmp_path / "sites", bao=paper.home, khac=other.home, chet=closed())
        reports = crawled(directory, tmp_path / "home")
    assert {name: report["new"] for name, report in reports.items()} == {"bao": 3, "khac": 3, "chet": 0}
    assert reports["chet"]["failed"] == {"connection refused": 1}
    assert reports["chet"]["breaches"] == ["nothing could be had"]


def closed() -> str:
    """The address of a server that is down."""
    with Paper() as server:
        return server.home


def test_a_full_disk_ends_the_crawl_with_one_line(tmp_path: Path) -> None:
    large = "".join(chr(0x4E00 + n * n % 20_000) for n in range(30_000))
    with Paper() as paper:
        paper.answers = {at(n): says(200, f"{n}{large}") for n in range(200)}
        paper.answers["/rss.xml"] = rss(map(at, range(200)))
        directory, home = declare(tmp_path / "sites", bao=paper.home), tmp_path / "home"
        crawl = Crawl(directory, home, largest=2_000_000)
        assert crawl.wait() == 1
    assert crawl.noise.startswith("StoreError: ")
    assert crawl.noise.count("\n") == 1
    stored = [url for _, url in crawl.lines]
    assert 1 < len(stored) < 200
    assert urls_in(home) == stored


def test_the_demo_newsroom_comes_home_whole(tmp_path: Path) -> None:
    (demo,) = (site for site in sites() if site.name == "demo")
    home, directory = tmp_path / "home", tmp_path / "sites"
    directory.mkdir()
    with Newsroom(port=0) as newsroom:
        site = demo.at(newsroom.home)
        moved = (BUNDLED / "demo.toml").read_text("utf-8").replace(demo.home, site.home)
        (directory / "demo.toml").write_text(moved, "utf-8")
        report = crawled(directory, home)["demo"]
        # Nothing has changed, and every feed and sitemap says so.
        again = crawled(directory, home)["demo"]
    assert (report["new"], report["failed"], report["breaches"]) == (len(stories()), {}, [])
    assert report["coverage"] == dict.fromkeys(("articles", "title", "published", "text"), len(stories()))
    assert (again["named"], again["new"], again["breaches"]) == (report["named"], 0, [])
    articles = [parse(page, site) for page in pages_in(home)]
    assert {(article.title, article.published) for article in articles} == {
        (clean(told.title), told.published.date()) for told in stories()
    }
    written = {clean(told.title): [told.sapo, *told.paragraphs] for told in stories()}
    for article in articles:
        assert article.text.split("\n") == [clean(line) for line in written[article.title or ""]]
