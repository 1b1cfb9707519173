"""What a site's file may say, and what is told of a mistake in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from spiders.discovery import Index, UnreadableIndex, absolute, read_index
from spiders.settings import settings
from spiders.site import SiteError, read_site, sites

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """
name = "bao"
home = "https://bao.test"
publisher = "Báo Thử"
kind = "press"
article = '/tin/\\d+\\.html'
domains = ["bao-cu.test"]
feeds = ["rss/tin-moi.rss", "https://rss.bao.test/a.rss"]
listings = ["tin/"]
next_page = "a.next"

[selectors]
body = "div.noi-dung"
"""


def written(directory: Path, text: str) -> Path:
    path = directory / "bao.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_declared_site(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    (site,) = sites(tmp_path)
    assert (site.name, site.home, site.kind, site.publisher) == (
        "bao",
        "https://bao.test/",
        "press",
        "Báo Thử",
    )
    assert [site.url(feed) for feed in site.feeds] == [
        "https://bao.test/rss/tin-moi.rss",
        "https://rss.bao.test/a.rss",
    ]
    assert site.selectors == {"body": "div.noi-dung"}


@pytest.mark.parametrize(
    ("url", "article"),
    [
        ("https://bao.test/tin/12.html", True),
        ("http://bao.test/tin/12.html?x=1#y", True),
        ("https://m.bao-cu.test/tin/12.html", True),
        ("https://bao.test/tin/12.html/binh-luan", False),
        ("https://khac.test/tin/12.html", False),
        ("https://xbao-cu.test/tin/12.html", False),
        ("https://bao.test:81/tin/12.html", False),
        ("ftp://bao.test/tin/12.html", False),
        ("mailto:a@bao.test", False),
        ("http://[/tin/12.html", False),
    ],
)
def test_which_urls_are_articles(tmp_path: Path, url: str, article: bool) -> None:
    assert read_site(written(tmp_path, GOOD)).is_article(url) is article


def test_a_site_can_be_moved(tmp_path: Path) -> None:
    site = read_site(written(tmp_path, GOOD)).at("http://127.0.0.1:9000")
    assert site.url("tin/") == "http://127.0.0.1:9000/tin/"
    assert site.is_article("http://127.0.0.1:9000/tin/1.html")
    assert not site.is_article("https://bao.test/tin/1.html")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('kind = "press"', 'kind = "blog"', "kind is 'blog'; allowed is official or press"),
        ('kind = "press"', "", "kind is missing: official or press"),
        ('name = "bao"', 'name = "khac"', "name is 'khac'; it must be 'bao'"),
        (
            'home = "https://bao.test"',
            'home = "bao.test"',
            "home is 'bao.test'; allowed is an http or https URL",
        ),
        ("'/tin/", "'(/tin/", "allowed is a regular expression"),
        ('next_page = "a.next"', 'next_page = "a["', "next_page is 'a['; allowed is a CSS selector"),
        ('next_page = "a.next"', "pages = 0", "pages is 0; allowed is a number from 1 to 1000"),
        ('next_page = "a.next"', "pages = true", "pages is True"),
        ('listings = ["tin/"]', 'listings = "tin/"', "listings is 'tin/'; allowed is a list of URLs"),
        ('body = "div', 'bodi = "div', "selectors.bodi is no field; allowed are title, published"),
        ('domains = ["bao-cu.test"]', 'feedz = ["x"]', "feedz is no field; allowed are name, home"),
        ("[selectors]", "[selectors", "bao.toml: "),
    ],
)
def test_a_mistake_is_told_with_file_field_and_what_is_allowed(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    assert old in GOOD
    path = written(tmp_path, GOOD.replace(old, new))
    with pytest.raises(SiteError) as error:
        sites(tmp_path)
    assert str(error.value).startswith(f"{path}: ")
    assert told in str(error.value)
    assert "\n" not in str(error.value)


def test_a_site_must_name_its_news_somewhere(tmp_path: Path) -> None:
    lines = [line for line in GOOD.splitlines() if not line.startswith(("feeds", "listings"))]
    with pytest.raises(SiteError, match="one of feeds, sitemaps, listings"):
        read_site(written(tmp_path, "\n".join(lines)))


def test_the_bundled_sites_are_in_order() -> None:
    assert "demo" in [site.name for site in sites()]


def test_we_are_polite_to_others_and_quick_at_home(tmp_path: Path) -> None:
    site = read_site(written(tmp_path, GOOD))
    there, here = settings(site), settings(site.at("http://127.0.0.1:8642/"))
    assert there["ROBOTSTXT_OBEY"]
    assert here["ROBOTSTXT_OBEY"]
    assert there["AUTOTHROTTLE_ENABLED"]
    assert there["CONCURRENT_REQUESTS_PER_DOMAIN"] <= 2
    assert not here["AUTOTHROTTLE_ENABLED"]


@pytest.mark.parametrize(
    ("body", "index"),
    [
        (
            '<rss version="2.0"><channel><link>http://h/</link><item><link> http://h/1 </link>'
            "</item><item><link><![CDATA[http://h/2]]></link></item></channel></rss>",
            Index(("http://h/1", "http://h/2"), ()),
        ),
        (
            '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><link href="/self"/><entry>'
            '<link rel="enclosure" href="/e"/><link href="/1"/></entry></feed>',
            Index(("/1",), ()),
        ),
        (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>http://h/1</loc></url></urlset>',
            Index(("http://h/1",), ()),
        ),
        (
            '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>/s</loc></sitemap>'
            "</sitemapindex>",
            Index((), ("/s",)),
        ),
        (
            "\n<urlset><url><loc>http://h/1</loc></url><url><loc>http://h/2</loc></url><url><lo & <",
            Index(("http://h/1", "http://h/2"), ()),
        ),
    ],
)
def test_feeds_and_sitemaps(body: str, index: Index) -> None:
    assert read_index(body.encode()) == index


@pytest.mark.parametrize("body", [b"", b"not xml", b"<html><body>404</body></html>", b"\x89PNG\r\n"])
def test_what_is_no_feed(body: bytes) -> None:
    with pytest.raises(UnreadableIndex):
        read_index(body)


def test_links_become_plain_urls_each_once() -> None:
    links = [
        " /a ",
        "/a#phan-2",
        "b?utm_source=rss&id=1&utm_medium=x",
        "/c?fbclid=9",
        "/tin/đổi-mới",
        "http://[",
    ]
    assert list(absolute("http://h/tin/", links)) == [
        "http://h/a",
        "http://h/tin/b?id=1",
        "http://h/c",
        "http://h/tin/%C4%91%E1%BB%95i-m%E1%BB%9Bi",
    ]
