"""The demo newsroom: a site that a crawler can walk, and copy that contradicts nowhere."""

from __future__ import annotations

import errno
import json
import re
import socket
import struct
import threading
import unicodedata
from collections import defaultdict
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPResponse
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import pytest
from lxml import etree, html

from pipeline.newsroom import Newsroom
from pipeline.newsroom.site import dateline
from pipeline.newsroom.stories import Story, stories

if TYPE_CHECKING:
    from collections.abc import Iterator

STORIES = stories()
XML_TYPES = ("application/rss+xml", "application/xml")


@pytest.fixture(scope="module")
def newsroom() -> Iterator[Newsroom]:
    with Newsroom(port=0) as server:
        yield server


class Answer:
    def __init__(self, response: HTTPResponse) -> None:
        self.status, self.headers, self.body = response.status, response.headers, response.read()

    @property
    def tree(self) -> etree._Element:
        if self.headers.get_content_type() in XML_TYPES:
            return etree.fromstring(self.body)
        return html.document_fromstring(self.body.decode())

    def all(self, xpath: str) -> list[str]:
        return self.tree.xpath(xpath, namespaces={"s": "http://www.sitemaps.org/schemas/sitemap/0.9"})

    def one(self, xpath: str) -> str:
        (value,) = self.all(xpath)
        return value


def ask(newsroom: Newsroom, url: str, method: str = "GET", **headers: str) -> Answer:
    target = urlsplit(urljoin(newsroom.home, url))
    connection = HTTPConnection("127.0.0.1", newsroom.server_port, timeout=10)
    try:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, target._replace(scheme="", netloc="").geturl(), headers=given)
        return Answer(connection.getresponse())
    finally:
        connection.close()


def links(answer: Answer, base: str) -> set[str]:
    kind = answer.headers.get_content_type()
    if kind == "text/html":
        found = answer.all("//@href") + answer.all("//@src")
    elif kind in XML_TYPES:
        found = answer.all("//s:loc/text() | //item/link/text() | //guid/text() | //channel/link/text()")
    else:
        found = re.findall(r"http://\S+", answer.body.decode())
    return {urljoin(base, link) for link in found if not link.startswith("data:")}


def test_every_link_of_the_site_answers(newsroom: Newsroom) -> None:
    waiting = {newsroom.home, urljoin(newsroom.home, "robots.txt")}
    seen: set[str] = set()
    while waiting:
        seen.add(url := waiting.pop())
        answer = ask(newsroom, url)
        assert answer.status == 200, url
        waiting |= links(answer, url) - seen
    assert all(url.startswith(newsroom.home) for url in seen)
    assert {story.path for story in STORIES} <= {urlsplit(url).path for url in seen}


def test_listing_leads_to_its_second_page_and_both_name_every_story_once(newsroom: Newsroom) -> None:
    first = ask(newsroom, "/tin-tuc/")
    following = first.one("//a[@rel='next']/@href")
    assert following == first.one("//link[@rel='next']/@href") == urljoin(newsroom.home, "/tin-tuc/trang-2/")
    titles = "//main//article//h2/a/@href"
    halves = [page.all(titles) for page in (first, ask(newsroom, following))]
    assert [urlsplit(link).path for half in halves for link in half] == [story.path for story in STORIES]
    assert abs(len(halves[0]) - len(halves[1])) <= 1


def test_feed_names_the_newest_eight_with_their_times(newsroom: Newsroom) -> None:
    feed = ask(newsroom, "/rss.xml")
    assert feed.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert feed.all("//item/title/text()") == [story.title for story in STORIES[:8]]
    times = [parsedate_to_datetime(time) for time in feed.all("//item/pubDate/text()")]
    assert times == [story.published for story in STORIES[:8]]


def test_a_tracked_link_of_the_feed_leads_to_a_page_that_names_its_address(newsroom: Newsroom) -> None:
    (tracked,) = [link for link in ask(newsroom, "/rss.xml").all("//item/link/text()") if "?" in link]
    page = ask(newsroom, tracked)
    assert tracked == page.one("//link[@rel='canonical']/@href") + "?utm_source=rss"


def test_sitemap_names_all_stories_with_their_times(newsroom: Newsroom) -> None:
    sitemap = ask(newsroom, "/sitemap.xml")
    assert [urlsplit(url).path for url in sitemap.all("//s:loc/text()")] == [story.path for story in STORIES]
    times = [datetime.fromisoformat(time) for time in sitemap.all("//s:lastmod/text()")]
    assert times == [story.published for story in STORIES]


def test_robots_keep_out_of_the_search_page_only(newsroom: Newsroom) -> None:
    robots = RobotFileParser()
    robots.parse(ask(newsroom, "/robots.txt").body.decode().splitlines())
    assert robots.site_maps() == [urljoin(newsroom.home, "sitemap.xml")]
    assert not robots.can_fetch("trichtin", urljoin(newsroom.home, "/tim-kiem/?q=so"))
    assert all(robots.can_fetch("trichtin", urljoin(newsroom.home, story.path)) for story in STORIES)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.path)
def test_an_article_page_declares_what_its_file_says(newsroom: Newsroom, story: Story) -> None:
    page = ask(newsroom, story.path)
    assert page.headers["Content-Type"] == "text/html; charset=utf-8"
    declared = json.loads(page.one("//script[@type='application/ld+json']/text()"))
    address, time = urljoin(newsroom.home, story.path), story.published.isoformat()
    assert (declared["@type"], declared["author"]["name"]) == ("NewsArticle", story.author)
    assert (declared["headline"], declared["datePublished"]) == (story.title, time)
    assert page.one("//meta[@property='og:title']/@content") == page.one("//h1/text()") == story.title
    assert page.one("//meta[@property='article:published_time']/@content") == time
    assert page.one("//link[@rel='canonical']/@href") == declared["mainEntityOfPage"] == address
    assert page.all("//*[@class='article-body']/p/text()") == list(story.paragraphs)
    assert "bản mẫu" in page.tree.xpath("string(//footer)")


def test_a_page_that_the_reader_has_is_not_sent_again(newsroom: Newsroom) -> None:
    page = ask(newsroom, STORIES[0].path)
    etag, modified = page.headers["ETag"], page.headers["Last-Modified"]
    assert parsedate_to_datetime(modified) == STORIES[0].published
    for known in ({"If_None_Match": f'"x", W/{etag}'}, {"If_Modified_Since": modified}):
        again = ask(newsroom, STORIES[0].path, **known)
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", etag)
    other = ask(newsroom, STORIES[0].path, If_None_Match='"x"', If_Modified_Since=modified)
    assert (other.status, other.body) == (200, page.body)


def test_head_says_the_same_without_a_body(newsroom: Newsroom) -> None:
    page, head = ask(newsroom, "/"), ask(newsroom, "/", "HEAD")
    assert head.body == b""
    assert head.headers["Content-Length"] == str(len(page.body))
    assert head.headers["ETag"] == page.headers["ETag"]


@pytest.mark.parametrize(
    "path", ["/khong-co/", "/tin-tuc", "/tin-tuc/trang-3/", "/../articles/", "/%00", "/<b>"]
)
def test_what_is_not_there_is_404(newsroom: Newsroom, path: str) -> None:
    answer = ask(newsroom, path)
    assert (answer.status, answer.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
    assert answer.all("//b") == []


def test_links_lead_to_the_host_that_was_asked(newsroom: Newsroom) -> None:
    page = ask(newsroom, "/sitemap.xml", Host="bao.example:81")
    assert {urlsplit(url).netloc for url in page.all("//s:loc/text()")} == {"bao.example:81"}


def test_a_busy_port_is_told_and_a_closed_newsroom_gives_its_port_back() -> None:
    with Newsroom(port=0) as first, pytest.raises(OSError, match="in use") as refusal:
        Newsroom(first.server_port)
    assert refusal.value.errno == errno.EADDRINUSE
    with Newsroom(first.server_port) as second:
        assert ask(second, "/").status == 200


def test_nothing_is_printed_even_where_readers_hang_up(capfd: pytest.CaptureFixture[str]) -> None:
    with Newsroom(port=0) as newsroom:
        reader = socket.create_connection(("127.0.0.1", newsroom.server_port))
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # close by reset
        reader.close()
        assert [ask(newsroom, path).status for path in ("/", "/khong-co")] == [200, 404]
        for thread in threading.enumerate():
            if "process_request_thread" in thread.name:
                thread.join(10)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("time", "line"),
    [
        ("2021-06-15T14:30:00+07:00", "Thứ ba, 15/06/2021, 14:30 (GMT+7)"),
        ("2023-01-01T06:05:00+07:00", "Chủ nhật, 01/01/2023, 06:05 (GMT+7)"),
    ],
)
def test_dateline(time: str, line: str) -> None:
    assert dateline(datetime.fromisoformat(time)) == line


def copy(story: Story) -> str:
    return "\n".join((story.title, story.sapo, *story.paragraphs))


def test_there_are_stories_of_every_year() -> None:
    assert len(STORIES) >= 14
    for year in (2022, 2023, 2024, 2025):
        assert sum(story.published.year == year for story in STORIES) >= 3


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.path)
def test_copy_is_clean_and_of_one_length(story: Story) -> None:
    text = copy(story)
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search(r"[^\S\n ]| {2}| \n|\n | [,.;:]|\n\n", text)
    assert 180 <= len(f"{story.sapo} {' '.join(story.paragraphs)}".split()) <= 450
    assert story.path.endswith(f"-{story.published:%y%m%d%H%M}.html")


DATED = re.compile(
    r"(?:Quyết định|Nghị quyết|Nghị định|Chỉ thị|Thông tư) số (\S+) "
    r"ngày (\d+)(?:/| tháng )(\d+)(?:/| năm )(\d{4})"
)
PLACE = re.compile(r"năm (20\d\d)[^.;]*?(\d+)/193", re.IGNORECASE)
PLACES = {2014: 99, 2016: 89, 2018: 88, 2020: 86, 2022: 86, 2024: 71}
"""Viet Nam in the United Nations' E-Government Survey, as published."""


def test_a_document_has_the_same_date_wherever_it_is_named() -> None:
    dates = defaultdict(set)
    for story in STORIES:
        for number, day, month, year in DATED.findall(copy(story)):
            issued = date(int(year), int(month), int(day))
            assert issued <= story.published.date()
            assert year in number or not re.search(r"/\d{4}/", number)
            dates[number].add(issued)
    assert len(dates) >= 20
    assert {number: days for number, days in dates.items() if len(days) > 1} == {}


def test_e_government_places_are_those_published_and_told_by_several_stories() -> None:
    tellers = defaultdict(set)
    for story in STORIES:
        for year, place in PLACE.findall(copy(story)):
            assert PLACES[int(year)] == int(place), story.path
            tellers[int(year)].add(story.path)
    assert all(len(tellers[year]) >= 2 for year in (2016, 2018, 2020, 2022, 2024))
