"""What a site's file may say, and what is told of a mistake in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import trichtin
from scrapy.settings import Settings

from spiders.discovery import MOST_LINKS, Index, UnreadableIndex, absolute, read_index
from spiders.settings import for_site
from spiders.site import SiteError, known_sites, read_site, sites

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
        (
            'next_page = "a.next"',
            'every = "2 h"',
            "every is '2 h'; allowed is a number of minutes, at least 1",
        ),
        ('next_page = "a.next"', "verified = 1", "verified is 1; allowed is true or false"),
        (
            'next_page = "a.next"',
            "verified = false",
            "written_from is missing: what the declaration was written",
        ),
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
    declared = known_sites()
    assert "demo" in declared
    assert len(declared) > 20
    for site in declared.values():
        assert site.verified or site.written_from, site.name
        assert site.every >= 10, site.name
        assert site.name == "demo" or {"articles_a_day", "silent_hours"} == site.expects.keys(), site.name


@pytest.mark.parametrize(
    ("name", "article", "listing"),
    [
        ("vnexpress", "thoi-su/hai-bai-mau-3964246.html", "thoi-su"),
        ("tuoitre", "bai-mau-cua-bao-20251205083629413.htm", "thoi-su.htm"),
        ("thanhnien", "bai-mau-cua-bao-185251205112034316.htm", "thoi-su.htm"),
        ("dantri", "xa-hoi/bai-mau-cua-bao-20251205083629413.htm", "xa-hoi.htm"),
        ("vietnamnet", "bai-mau-cua-bao-2307418.html", "thoi-su/chinh-tri"),
        ("baochinhphu", "bai-mau-cua-bao-102241114081456916.htm", "kinh-te.htm"),
        ("vpcp", "bai-mau-cua-bao-115241113121624641.htm", "thong-tin-chung.htm"),
        ("mst", "bai-mau-197251104085210147.htm", "tin-tuc-su-kien.htm"),
        ("moha", "tin-tuc/bai-mau---oid57326", "tin-tuc"),
        ("baocaobang", "Kinh-te/Bai-mau-cua-bao/59490.bcb", "Kinh-te/59.html"),
        ("sggp", "bai-mau-cua-bao-post756000.html", "chinhtri/"),
        ("tienphong", "bai-mau-cua-bao-post1700000.tpo", "xa-hoi/"),
    ],
)
def test_articles_and_listings_of_bundled_sites(name: str, article: str, listing: str) -> None:
    site = known_sites()[name]
    assert site.is_article(site.url(article))
    assert not site.is_article(site.url(listing))
    assert not site.is_article(site.home)


def test_sites_of_the_user_stand_beside_the_bundled_ones_and_go_before_them(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    (tmp_path / "demo.toml").write_text(GOOD.replace('name = "bao"', 'name = "demo"'), "utf-8")
    known = known_sites(tmp_path)
    assert known["bao"].publisher == known["demo"].publisher == "Báo Thử"
    assert known["vnexpress"] == known_sites()["vnexpress"]


def test_sites_lie_in_a_directory(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="khong-co: no such directory"):
        known_sites(tmp_path / "khong-co")


def test_nobody_is_crawled_by_accident(tmp_path: Path) -> None:
    refused = trichtin("crawl", "--home", tmp_path / "home")
    assert refused.returncode == 1
    assert refused.stderr.startswith(
        "trichtin: name a site with --site, or your own with --sites (declared: "
    )
    (tmp_path / "sites").mkdir()
    written(tmp_path / "sites", GOOD.replace("feeds", "feedz"))
    refused = trichtin("crawl", "--sites", tmp_path / "sites", "--home", tmp_path / "home")
    assert "bao.toml: feedz is no field; allowed are name, home" in refused.stderr
    assert not (tmp_path / "home").exists()


def test_we_are_polite_to_others_and_quick_at_home(tmp_path: Path) -> None:
    site = read_site(written(tmp_path, GOOD))
    ours = Settings({"CONTACT": "ban.doc@bao.test"}, priority="cmdline")
    ours.setmodule("spiders.settings")
    there, here = ({**ours, **for_site(one, ours)} for one in (site, site.at("http://127.0.0.1:8642/")))
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
            "<urlset><url><loc>/1</loc><lastmod>2021-06-15</lastmod></url><url><loc>/2</loc><lastmod>"
            "2021-06-15T07:30:00+00:00</lastmod></url>"
            "<url><loc>/3</loc><lastmod>hôm qua</lastmod></url></urlset>",
            Index(("/1", "/2", "/3"), (), {"/1": 1623690000, "/2": 1623742200}),
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


def test_no_document_names_more_than_a_sitemap_may() -> None:
    urls = [f"/{n}" for n in range(MOST_LINKS + 5)]
    sitemap = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    feed = "".join(f"<item><link>{url}</link></item>" for url in urls)
    for body in (f"<urlset>{sitemap}</urlset>", f"<rss>{feed}</rss>"):
        assert read_index(body.encode()).pages == tuple(urls[:MOST_LINKS])


def test_links_become_plain_urls_each_once() -> None:
    links = [
        " /a ",
        "/a#phan-2",
        "b?utm_source=rss&id=1&utm_medium=x",
        "/c?fbclid=9",
        "/tin/đổi-mới",
        "http://[",
        "/" + "a" * 3000,
    ]
    assert list(absolute("http://h/tin/", links)) == [
        "http://h/a",
        "http://h/tin/b?id=1",
        "http://h/c",
        "http://h/tin/%C4%91%E1%BB%95i-m%E1%BB%9Bi",
    ]
