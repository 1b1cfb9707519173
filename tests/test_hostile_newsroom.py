"""A newsroom where all goes wrong: the crawl ends, keeps what can be had, says why the rest can't."""

from __future__ import annotations

import gzip
import socket
import struct
from collections import Counter
from itertools import count
from typing import TYPE_CHECKING

import pytest
from paper import Paper, at, crawled, declare, links, rss, says, story, urls_in, urlset, written

from spiders.news import MOST_SOURCES
from spiders.robots import LARGEST

if TYPE_CHECKING:
    from http.server import BaseHTTPRequestHandler
    from pathlib import Path

    from paper import Answer

HURRIED = {"DOWNLOAD_TIMEOUT": 1.0, "RETRY_TIMES": 1}
DECLARED = """
feeds = ["rss.xml", "hong.xml", "mat.xml"]
sitemaps = ["sitemap.xml"]
listings = ["tin/", "lich/"]
next_page = "a[rel=next]"
pages = 6
"""


def drips(desk: BaseHTTPRequestHandler) -> None:
    """A byte now and then, for longer than anybody waits."""
    desk.send_response(200)
    desk.send_header("Content-Type", "text/html")
    desk.end_headers()
    desk.connection.settimeout(0.2)
    for _ in range(100):
        desk.wfile.write(b" ")
        try:
            if not desk.connection.recv(1):
                return
        except TimeoutError:
            continue


def resets(desk: BaseHTTPRequestHandler) -> None:
    desk.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    desk.connection.shutdown(socket.SHUT_RD)
    desk.connection.close()


def floods(desk: BaseHTTPRequestHandler) -> None:
    """50 MB that nobody announced."""
    desk.send_response(200)
    desk.send_header("Content-Type", "text/html")
    desk.end_headers()
    for _ in range(50):
        desk.wfile.write(b" " * (1 << 20))


def at_first(*answers: Answer) -> Answer:
    """One answer after the other, the last for ever."""
    left = list(answers)

    def answer(desk: BaseHTTPRequestHandler) -> None:
        (left.pop(0) if len(left) > 1 else left[0])(desk)

    return answer


# Articles that can't be had, and why.
BAD: dict[str, tuple[str, Answer]] = {
    "/tin/cam-8.html": ("forbidden by robots.txt", story(8)),
    "/tin/mat-1.html": ("HTTP 404", says(404, "mất")),
    "/tin/het-1.html": ("HTTP 410", says(410, "hết")),
    "/tin/ban-1.html": ("HTTP 429", says(429, "bận")),
    "/tin/loi-1.html": ("HTTP 503", says(503, "lỗi")),
    "/tin/vong-1.html": ("too many redirects", says(302, "", Location="/tin/vong-1.html")),
    "/tin/lau-1.html": ("too many redirects", says(302, "", Location="/tin/lai-1.html")),
    "/tin/xa-1.html": ("redirected to another site", says(302, "", Location="/xa")),
    "/tin/ve-1.html": ("redirected to no article", says(302, "", Location="/tin/")),
    "/tin/rong-1.html": ("empty page", says(200, "")),
    "/tin/anh-1.html": ("no page but image/png", says(200, b"\x89PNG\r\n\x1a\n" + bytes(99), "image/png")),
    "/tin/la-1.html": ("no page but an unknown type", says(200, b"\x00\x01", "x\x1b[31m; 7")),
    "/tin/to-1.html": ("too large", says(200, b" " * (50 << 20))),
    "/tin/lut-1.html": ("too large", floods),
    "/tin/bom-1.html": ("too large", says(200, gzip.compress(bytes(60 << 20), 1), Content_Encoding="gzip")),
    "/tin/dut-1.html": ("connection lost", says(200, "nửa", Content_Length="999")),
    "/tin/ngat-1.html": ("connection lost", resets),
    "/tin/giot-1.html": ("timeout", drips),
}
# Articles that can be had all the same.
GOOD: dict[str, Answer] = {
    "/tin/doi-1.html": says(301, "", Location="/tin/moi-1.html"),
    "/tin/nhom-1.html": story(12, Content_Type="image/png"),
    "/tin/tep-1.html": says(200, written(13), "application/octet-stream"),
    "/tin/chu-1.html": says(200, written(14), "text/html; charset=windows-1252"),
    "/tin/nen-1.html": says(200, gzip.compress(written(15).encode()), Content_Encoding="gzip"),
    "/tin/cho-1.html": at_first(says(503, "đợi", Retry_After="1"), story(16)),
    "/tin/voi-1.html": at_first(says(429, "đợi", Retry_After="Wed, 21 Oct 2015 07:28:00 GMT"), story(17)),
    "/tin/rot-1.html": at_first(resets, story(18)),
    "/tin/phien-1.html": story(19),
}
MOVED = {"/tin/doi-1.html": "/tin/moi-1.html"}


def calendar(paper: Paper) -> None:
    """Every day names the next, and the articles by a session of its own."""
    days = count(1)

    def day(desk: BaseHTTPRequestHandler) -> None:
        n = next(days)
        named = [f"/tin/phien-1.html?PHPSESSID={n}", f"/tin/phien-1.html;jsessionid={n:X}?utm_medium={n}"]
        says(200, links(named, f"/lich/?ngay={n}&sid={n:032x}"))(desk)

    paper.answers["/lich/"] = day
    paper.answers |= {f"/lich/?ngay={n}": day for n in range(1, 99)}


def publish(paper: Paper) -> None:
    future = "<item><link>/tin/bai-1.html</link><pubDate>Sat, 01 Jan 2186 00:00:00 GMT</pubDate></item>"
    broken = urlset([at(3), at(4)])[: -len("</url></urlset>")] + "<url><loc>&khong;"
    sitemaps = {
        "/bai.xml.gz": says(200, gzip.compress(urlset([at(2)]).encode()), "application/gzip"),
        "/hong.xml.gz": says(200, b"\x1f\x8b\x08" + bytes(30), "application/gzip"),
        "/bom.xml.gz": says(200, gzip.compress(bytes(60 << 20), 1), "application/gzip"),
        "/gay.xml": says(200, broken, "text/xml"),
    }
    index = "".join(f"<sitemap><loc>{path}</loc></sitemap>" for path in ("/sitemap.xml", *sitemaps))
    paper.answers = {
        "/robots.txt": says(200, "User-agent: *\nDisallow: /tin/cam-8.html\n", "text/plain"),
        "/rss.xml": says(200, f"<rss><channel>{future}</channel></rss>", "text/html"),
        "/hong.xml": says(200, "<html>Bảo trì</html>"),
        "/sitemap.xml": says(200, f"<sitemapindex>{index}</sitemapindex>", "text/xml"),
        "/tin/": says(200, links([*BAD, *GOOD])),
        "/xa": says(302, "", Location=f"http://localhost:{paper.server_port}/tin/bai-5.html"),
        "/tin/lai-1.html": says(302, "", Location="/tin/lau-1.html"),
        "/tin/moi-1.html": story(11),
        **sitemaps,
        **{at(n): story(n) for n in range(1, 6)},
        **{url: answer for url, (_, answer) in BAD.items()},
        **GOOD,
    }
    calendar(paper)


def test_it_ends_with_all_that_can_be_had_and_a_reason_for_the_rest(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Paper() as paper:
        publish(paper)
        directory = declare(tmp_path / "sites", DECLARED, bao=paper.home)
        report = crawled(directory, home, **HURRIED)["bao"]
        good = [MOVED.get(url, url) for url in GOOD] + [at(n) for n in range(1, 5)]
        assert sorted(urls_in(home)) == sorted(map(paper.url, good))
        reasons = Counter(why for why, _ in BAD.values())
        # /mat.xml is missing, /hong.xml and the sitemaps hong and bom are none.
        reasons.update(["HTTP 404", "neither feed nor sitemap", "broken gzip", "too large"])
        assert report["failed"] == reasons
        assert report["because"] == "finished"
        assert paper.asked["/tin/cam-8.html"] == 0
        assert paper.asked[at(5)] == 0  # where another site is redirected to
        assert sum(n for path, n in paper.asked.items() if path.startswith("/lich/")) == 6
        assert sum(n for path, n in paper.asked.items() if "phien" in path) == 1


def test_sitemaps_that_name_ever_more_sitemaps(tmp_path: Path) -> None:
    asked = count(1)

    def more(desk: BaseHTTPRequestHandler) -> None:
        n = next(asked)
        names = "".join(f"<sitemap><loc>/s-{n}-{i}.xml</loc></sitemap>" for i in range(20))
        says(200, f"<sitemapindex>{names}</sitemapindex>", "text/xml")(desk)

    with Paper() as paper:
        paper.answers = {f"/s-{n}-{i}.xml": more for n in range(1, 1200) for i in range(20)}
        paper.answers["/sitemap.xml"] = more
        directory = declare(tmp_path / "sites", 'sitemaps = ["sitemap.xml"]', bao=paper.home)
        assert crawled(directory, tmp_path / "home")["bao"]["because"] == "finished"
        assert paper.asked.total() - paper.asked["/robots.txt"] == MOST_SOURCES


@pytest.mark.parametrize(
    ("robots", "kept", "failed"),
    [
        (says(404, "<html>Disallow: /</html>"), 1, {}),
        (says(403, "User-agent: *\nDisallow: /"), 1, {}),
        (says(200, b"\xff\xfe\x00rubbish", "image/png"), 1, {}),
        (says(200, b"#" * LARGEST + b"\nUser-agent: *\nDisallow: /", "text/plain"), 1, {}),
        (says(200, "User-agent: *\nDisallow: /", "text/plain"), 0, {"forbidden by robots.txt": 1}),
        (says(500, "hỏng"), 0, {"robots.txt answers HTTP 500": 1}),
        (says(429, "bận"), 0, {"robots.txt answers HTTP 429": 1}),
        (drips, 0, {"timeout": 1}),
        (says(302, "", Location="/robots.txt"), 0, {"too many redirects": 1}),
    ],
    ids=["missing", "not for us", "rubbish", "endless", "forbids", "broken", "busy", "drips", "loops"],
)
def test_robots_txt(tmp_path: Path, robots: Answer, kept: int, failed: dict[str, int]) -> None:
    with Paper() as paper:
        paper.answers = {"/robots.txt": robots, "/rss.xml": rss([at(1)]), at(1): story(1)}
        directory = declare(tmp_path / "sites", bao=paper.home)
        report = crawled(directory, tmp_path / "home", **HURRIED)["bao"]
    assert (report["new"], report["failed"]) == (kept, failed)
    assert bool(kept) == bool(paper.asked["/rss.xml"])
