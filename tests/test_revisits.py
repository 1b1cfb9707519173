"""Recent articles are looked at again, ever more rarely; a change is a version; one article, one URL."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from paper import Paper, at, crawled, declare, links, pages_in, rss, says, story, urls_in, urlset, written

if TYPE_CHECKING:
    from pathlib import Path

    from paper import Answer

CANONICAL = '<link rel="canonical" href="{}">'


def later(home: Path, **by: float) -> None:
    """As if everything in the ledger had happened so much earlier."""
    seconds = timedelta(**by).total_seconds()
    with closing(sqlite3.connect(home / "ledger.sqlite")) as ledger, ledger:
        moments = ", ".join(f"{name} = {name} - {seconds}" for name in ("since", "due", "looked"))
        ledger.execute(f"UPDATE urls SET {moments}")


def test_an_article_is_looked_at_again_at_four_ages(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Paper() as paper:
        paper.answers = {at(1): story(1), "/rss.xml": rss([at(1)])}
        directory = declare(tmp_path / "sites", bao=paper.home)
        looks = []
        for hours in (0, 0.9, 0.2, 4.8, 0.2, 17.8, 0.2, 142.8, 1.2, 5000):
            later(home, hours=hours) if hours else None
            before = paper.asked[at(1)]
            crawled(directory, home)
            looks.append(paper.asked[at(1)] - before)
    assert looks == [1, 0, 1, 0, 1, 0, 1, 0, 1, 0]
    assert urls_in(home) == [paper.url(at(1))]


@pytest.mark.parametrize(
    ("days_ago", "written_as", "looks"),
    [
        (1, "%Y-%m-%dT%H:%M:%SZ", 1),
        (1, "%Y-%m-%d", 1),
        (1, "%d.%m.%Y", 0),
        (31, "%Y-%m-%dT%H:%M:%SZ", 0),
    ],
)
def test_an_article_that_changed_says_its_sitemap_is_looked_at_again_whatever_its_age(
    tmp_path: Path, days_ago: int, written_as: str, looks: int
) -> None:
    home = tmp_path / "home"
    with Paper() as paper:
        changed = datetime.now(UTC) - timedelta(days=days_ago)
        paper.answers = {at(1): story(1), "/sitemap.xml": says(200, urlset([at(1)]), "text/xml")}
        directory = declare(tmp_path / "sites", 'sitemaps = ["sitemap.xml"]', bao=paper.home)
        crawled(directory, home)
        with closing(sqlite3.connect(home / "ledger.sqlite")) as ledger, ledger:
            ledger.execute("UPDATE urls SET due = NULL")  # as after its last regular look
        later(home, days=30)
        paper.answers |= {
            at(1): says(200, written(1).replace("ở huyện", "ở tỉnh")),
            "/sitemap.xml": says(200, urlset([at(1)], changed.strftime(written_as)), "text/xml"),
        }
        assert crawled(directory, home)["bao"]["changed"] == looks
        assert crawled(directory, home)["bao"]["fetched"] == 0


def test_only_what_changed_in_the_article_is_a_further_version(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Paper() as paper:
        paper.answers = {at(n): story(n) for n in range(1, 5)} | {"/rss.xml": rss(map(at, range(1, 5)))}
        paper.answers["/"] = says(200, links([at(1)]))
        directory = declare(tmp_path / "sites", bao=paper.home)
        crawled(directory, home)
        later(home, hours=2)
        paper.answers |= {
            at(1): says(200, written(1).replace("ở huyện", "ở tỉnh")),
            at(2): says(200, written(2).replace("</body>", "<script>var views = 17;</script></body>")),
            at(3): says(404, "gỡ rồi"),
            at(4): says(302, "", Location="/"),
        }
        report = crawled(directory, home)["bao"]
        assert (report["new"], report["changed"], report["unchanged"]) == (0, 1, 1)
        assert report["failed"] == {"HTTP 404": 1, "redirected to no article": 1}
        later(home, hours=2)
        assert crawled(directory, home)["bao"]["fetched"] == 0  # not before they are six hours old
    pages = pages_in(home)
    assert [page.url for page in pages[4:]] == [paper.url(at(1))]
    first, changed = (page.body.decode() for page in pages if page.url == paper.url(at(1)))
    assert "ở huyện" in first
    assert "ở tỉnh" in changed


@pytest.mark.parametrize(
    ("says_so", "asks_by"),
    [
        ({"ETag": '"a-1"'}, "If-None-Match"),
        ({"Last-Modified": "Tue, 01 Jun 2021 00:00:00 GMT"}, "If-Modified-Since"),
    ],
    ids=["ETag", "Last-Modified"],
)
def test_what_the_server_calls_unchanged_is_not_sent_again(
    tmp_path: Path, says_so: dict[str, str], asks_by: str
) -> None:
    home, ((_, value),) = tmp_path / "home", says_so.items()

    def unless_known(body: str, content_type: str = "text/html") -> Answer:
        def answer(desk: object) -> None:
            known = desk.headers.get(asks_by) == value  # type: ignore[attr-defined]
            (says(304, "", **says_so) if known else says(200, body, content_type, **says_so))(desk)  # type: ignore[arg-type]

        return answer

    with Paper() as paper:
        paper.answers = {
            at(1): unless_known(written(1)),
            "/sitemap.xml": unless_known(urlset([at(1)]), "text/xml"),
            "/tin/": unless_known(links([at(1)])),
        }
        declared = 'sitemaps = ["sitemap.xml"]\nlistings = ["tin/"]'
        directory = declare(tmp_path / "sites", declared, bao=paper.home)
        assert crawled(directory, home)["bao"]["new"] == 1
        assert asks_by not in paper.headers[at(1)]
        for _ in range(2):
            later(home, hours=5)
            report = crawled(directory, home)["bao"]
            assert paper.headers[at(1)][asks_by] == paper.headers["/sitemap.xml"][asks_by] == value
            assert (report["unchanged"], report["changed"], report["failed"]) == (1, 0, {})
            assert report["named"] == 2
            assert report["breaches"] == []
    assert len(pages_in(home)) == 1


def test_the_urls_of_one_article_bring_it_home_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Paper() as paper:
        told = CANONICAL.format(at(7))
        twins = [
            paper.url(at(1)),
            paper.url(at(1)) + "?utm_source=zalo&fbclid=x",
            paper.url(at(1)).replace("http:", "https:"),
            paper.url(at(1)) + "?amp=1",
            paper.url(at(1)) + ";jsessionid=9F",
        ]
        paper.answers = {
            "/rss.xml": rss([*twins, at(2), at(3), at(4), at(5), "/tin/lac-6.html"]),
            at(1): story(1),
            # Three URLs that nobody could know to be one article but by what their pages say.
            at(2): story(7, told),
            at(3): story(7, told.replace('"', "'").replace("link rel", "LINK data-x=1 rel")),
            at(4): says(302, "", Location=at(7)),
            at(7): story(7),
            # What is no article of the site is nobody's canonical URL.
            at(5): story(5, CANONICAL.format("/")),
            "/tin/lac-6.html": story(6, CANONICAL.format("http://bao.test/tin/khac-6.html")),
        }
        directory = declare(tmp_path / "sites", bao=paper.home)
        report = crawled(directory, home)["bao"]
        assert (report["new"], report["unchanged"], report["failed"]) == (4, 2, {})
        wanted = [at(1), at(5), at(7), "/tin/lac-6.html"]
        assert sorted(urls_in(home)) == sorted(map(paper.url, wanted))
        paper.answers["/rss.xml"] = rss([at(7) + "/", *map(at, (2, 3, 4))])
        assert crawled(directory, home)["bao"]["fetched"] == 0


def test_an_article_that_only_its_other_url_gives(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Paper() as paper:
        paper.answers = {at(1): story(1), "/rss.xml": rss([at(1) + "?amp=1"])}
        directory = declare(tmp_path / "sites", bao=paper.home)
        assert crawled(directory, home)["bao"]["failed"] == {"HTTP 404": 1}
        paper.answers["/rss.xml"] = rss([at(1)])
        crawled(directory, home)
        assert urls_in(home) == [paper.url(at(1))]
