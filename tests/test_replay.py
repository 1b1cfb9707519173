"""Articles are made anew from the archive without a request, and other crawlers' archives are brought in."""

from __future__ import annotations

import gzip
import resource
from io import BytesIO
from typing import TYPE_CHECKING

import brotli
import duckdb
import pytest
from conftest import trichtin
from paper import Paper, at, crawled, declare, pages_in, rss, says, urls_in, written
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

if TYPE_CHECKING:
    from pathlib import Path

PAGE = '<html><head><title>{}</title></head><body><p class="x">Hà Nội, ngày 5/6/2021.</p>{}</body></html>'
HTML = "text/html; charset=utf-8"


def titles(home: Path) -> list[tuple[str, ...]]:
    with duckdb.connect(home / "published" / "current" / "warehouse.duckdb", read_only=True) as published:
        return published.execute("select title, text from articles order by title").fetchall()


def test_a_changed_declaration_reaches_the_articles_of_the_archive(tmp_path: Path) -> None:
    home, directory = tmp_path / "home", tmp_path / "sites"
    boxed = written(1).replace(
        "<body>", '<body><div class="hop">Đăng ký nhận bản tin của báo mỗi ngày.</div>'
    )
    with Paper() as paper:
        paper.answers = {at(1): says(200, boxed), "/rss.xml": rss([at(1)])}
        declare(directory, bao=paper.home)
        crawled(directory, home)
        asked = paper.asked.total()
        assert trichtin("build", "--sites", directory, "--home", home).returncode == 0
        before = titles(home)
        declare(directory, 'feeds = ["rss.xml"]\n[selectors]\nbody = "p:last-of-type"', bao=paper.home)
        again = trichtin("build", "--sites", directory, "--home", home)
        assert again.stdout.startswith("nothing new")
        anew = trichtin("build", "--sites", directory, "--home", home, "--reparse")
        assert (anew.returncode, anew.stderr) == (0, "")
        assert anew.stdout.startswith("1 articles, ")
        assert paper.asked.total() == asked
    after = titles(home)
    assert len(before) == len(after) == 1
    assert len(before[0][1]) > 2 * len(after[0][1])


def web_archive(path: Path, *answers: tuple[str, int, str, str]) -> Path:
    """As other crawlers write it: requests beside the answers, bodies chunked or packed."""
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=path.suffix == ".gz")
        writer.write_record(writer.create_warcinfo_record(path.name, {"software": "other/1.0"}))
        for n, (url, status, content_type, body) in enumerate(answers):
            asks = StatusAndHeaders("GET / HTTP/1.1", [("Host", "bao.test")], is_http_request=True)
            writer.write_record(writer.create_warc_record(url, "request", http_headers=asks))
            packed = gzip.compress(body.encode()) if n % 2 else body.encode()
            headers = [("Content-Type", content_type), *([("Content-Encoding", "gzip")] if n % 2 else [])]
            says = StatusAndHeaders(f"{status} X", headers, protocol="HTTP/1.1")
            record = writer.create_warc_record(
                url,
                "response",
                payload=BytesIO(packed),
                length=len(packed),
                http_headers=says,
                warc_headers_dict={"WARC-Date": f"2021-06-{n + 1:02}T00:00:00Z"},
            )
            writer.write_record(record)
    return path


@pytest.mark.parametrize("name", ["kho.warc.gz", "kho.warc"])
def test_a_web_archive_of_another_crawler(tmp_path: Path, name: str) -> None:
    home, told = tmp_path / "home", '<link rel="canonical" href="https://bao.test/tin/mot-1.html">'
    declare(tmp_path / "sites", bao="https://bao.test/")
    archive = web_archive(
        tmp_path / name,
        ("https://bao.test/tin/mot-1.html", 200, HTML, PAGE.format("Một", "")),
        ("https://bao.test/tin/hai-2.html?utm_source=x", 200, HTML, PAGE.format("Hai", "")),
        ("https://bao.test/", 200, HTML, PAGE.format("Trang chủ", "")),
        ("https://bao.test/tin/ba-3.html", 404, HTML, "mất"),
        ("https://bao.test/tin/anh-4.html", 200, "image/png", "ảnh"),
        (
            "https://bao.test/tin/moi-5.html",
            200,
            HTML,
            PAGE.format("Một", "").replace("</head>", told + "</head>"),
        ),
        ("https://khac.test/bai", 200, HTML, PAGE.format("Khác", "")),
        ("https://bao.test/tin/mot-1.html", 200, HTML, PAGE.format("Một, sửa", "")),
    )
    sites = ("--sites", tmp_path / "sites", "--home", home)
    done = trichtin("import", archive, *sites)
    assert (done.returncode, done.stdout[:25], done.stderr) == (0, "4 new, 0 known already; n", "")
    pages = pages_in(home)
    assert [(page.url, page.site, page.fetched.day) for page in pages] == [
        ("https://bao.test/tin/mot-1.html", "bao", 1),
        ("https://bao.test/tin/hai-2.html", "bao", 2),
        ("https://khac.test/bai", "import", 7),
        ("https://bao.test/tin/mot-1.html", "bao", 8),
    ]
    assert pages[1].body.decode() == PAGE.format("Hai", "")
    assert trichtin("build", *sites).returncode == 0
    assert {title for title, _ in titles(home)} == {"Một", "Một, sửa", "Hai", "Khác"}


@pytest.mark.parametrize("keep", [0.5, 0.9])
def test_a_damaged_web_archive_brings_in_nothing(tmp_path: Path, keep: float) -> None:
    pages = [(f"https://bao.test/{n}", 200, HTML, PAGE.format(n, "<p>x</p>" * n * 50)) for n in range(9)]
    whole = web_archive(tmp_path / "kho.warc.gz", *pages).read_bytes()
    (tmp_path / "kho.warc.gz").write_bytes(whole[: int(len(whole) * keep)])
    assert_refused(tmp_path, "kho.warc.gz: damaged, or no WARC file")


def test_a_web_archive_with_pages_that_browsers_were_sent(tmp_path: Path) -> None:
    headers = StatusAndHeaders(
        "200 OK", [("Content-Type", HTML), ("Content-Encoding", "br")], protocol="HTTP/1.1"
    )
    body = PAGE.format("Nén", "<p>x</p>" * 9000)
    with (tmp_path / "kho.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for n, packed in enumerate(
            (brotli.compress(body.encode()), brotli.compress(bytes(900 << 20), quality=1))
        ):
            record = writer.create_warc_record(
                f"https://khac.test/{n}",
                "response",
                payload=BytesIO(packed),
                length=len(packed),
                http_headers=headers,
            )
            writer.write_record(record)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert trichtin("import", tmp_path, "--home", tmp_path / "home").returncode == 0
    assert [page.body.decode() for page in pages_in(tmp_path / "home")] == [body]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 << 10  # KiB


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("http://[/a", 0),
        ("http:///a", 0),
        ("https://khac.test/\x1b[31m", 0),
        ("https://khac.test/../../a", 1),
    ],
)
def test_what_is_kept_under_no_web_address_is_passed_over(tmp_path: Path, url: str, kept: int) -> None:
    web_archive(
        tmp_path / "kho.warc.gz",
        (url, 200, HTML, PAGE.format("A", "")),
        ("https://khac.test/b", 200, HTML, PAGE.format("B", "")),
    )
    done = trichtin("import", tmp_path / "kho.warc.gz", "--home", tmp_path / "home")
    assert (done.returncode, done.stderr) == (0, "")
    assert urls_in(tmp_path / "home") == [url] * kept + ["https://khac.test/b"]


@pytest.mark.parametrize(
    ("header", "value"),
    [("WARC-Date", None), ("WARC-Date", "0001-01-01T00:00:00+14:00"), ("WARC-Target-URI", None)],
)
def test_a_record_without_what_every_record_has(tmp_path: Path, header: str, value: str | None) -> None:
    with (tmp_path / "kho.warc.gz").open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        says = StatusAndHeaders("200 OK", [("Content-Type", HTML)], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            "https://khac.test/a", "response", payload=BytesIO(b"a"), length=1, http_headers=says
        )
        record.rec_headers.remove_header(header)
        if value:
            record.rec_headers.add_header(header, value)
        writer.write_record(record)
    assert_refused(tmp_path, "kho.warc.gz: damaged, or no WARC file")


def test_what_is_no_web_archive(tmp_path: Path) -> None:
    (tmp_path / "kho.warc.gz").write_bytes(gzip.compress(b"none at all"))
    assert_refused(tmp_path, "kho.warc.gz: damaged, or no WARC file")


def assert_refused(tmp_path: Path, says: str) -> None:
    done = trichtin("import", tmp_path / "kho.warc.gz", "--home", tmp_path / "home")
    assert (done.returncode, done.stdout) == (1, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "home" / "archive").exists()


def test_our_own_archive_is_one_like_others(tmp_path: Path) -> None:
    home, other = tmp_path / "home", tmp_path / "other"
    archive = web_archive(tmp_path / "kho.warc.gz", ("https://khac.test/a", 200, HTML, PAGE.format("A", "")))
    assert trichtin("import", archive, "--home", home).returncode == 0
    (ours,) = (home / "archive").iterdir()
    assert trichtin("import", ours, "--home", other).returncode == 0
    assert urls_in(other) == urls_in(home) == ["https://khac.test/a"]
