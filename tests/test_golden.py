"""Golden pages: what must be read from pages of our own, from real ones, and from those that a user saves."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import trichtin, trichtin_process
from real_pages import PAGES, golden, marked_lines, match, page, pinned, site

from corpus.article import Page
from pipeline.golden import differences, save
from pipeline.newsroom import Newsroom
from spiders.parsing import parse
from spiders.site import BUNDLED, Site, known_sites, read_site, sites

OURS = Path(__file__).parent / "pages" / "golden"
REAL = golden()
here = pytest.mark.skipif(not PAGES.is_dir(), reason="the real pages (../shared/html) are not here")


@pytest.mark.parametrize("name", sorted(path.stem for path in OURS.glob("*.html")))
def test_pages_of_our_own_are_read_as_they_must_be(name: str, tmp_path: Path) -> None:
    for suffix in (".html", ".json"):
        (tmp_path / name).with_suffix(suffix).write_bytes((OURS / name).with_suffix(suffix).read_bytes())
    assert list(differences(tmp_path, {})) == []


SITES = {row["file"]: site(row) for row in REAL}


@here
@pytest.mark.parametrize("row", REAL, ids=lambda row: row["file"][:24])
def test_a_real_page_is_read_as_it_was_marked(row: dict[str, Any]) -> None:
    declared = parse(page(row), SITES[row["file"]])
    for article in (declared, parse(page(row))):
        found = match(article.text, marked_lines(row))
        assert found.good, found
        assert pinned(article)["title"] == row["title"]
        assert row["published"] in (None, pinned(article)["published"])
    assert pinned(declared) == row["read"]


def test_every_verified_site_was_declared_with_real_pages_at_hand() -> None:
    seen = {one.name for one in SITES.values()}
    listed_only = {"baocaobang", "dantri", "vpcp"}  # of these there are home pages
    assert {one.name for one in sites() if one.verified} == seen - {"tienphong"} | listed_only | {"demo"}


def test_a_page_becomes_golden_and_is_held_to_it(tmp_path: Path) -> None:
    saved, into = OURS / "photos.html", tmp_path / "golden"
    done = trichtin("golden", saved, "--site", "vnexpress", "--into", into)
    assert done.returncode == 0, done.stderr
    (told,) = into.glob("*.json")
    assert done.stdout.startswith(str(told))
    assert told.with_suffix(".html").read_bytes() == saved.read_bytes()
    said = json.loads(told.read_text("utf-8"))
    assert (said["title"], said["published"]) == ("Chợ phiên vùng cao quét mã QR", "2024-02-11")
    assert (said["author"], said["source"], said["site"]) == ("Giàng Seo Mẫu", "VnExpress", "vnexpress")
    assert len(said["paragraphs"]) == 4
    assert trichtin("golden", "--check", "--into", into).returncode == 0

    told.write_text(json.dumps(said | {"author": "Người khác"}), "utf-8")
    refused = trichtin("golden", "--check", "--into", into)
    assert refused.returncode == 1
    assert refused.stdout == f"{told}: author is 'Giàng Seo Mẫu', not 'Người khác'\n"
    assert "1 difference" in refused.stderr


def moved(directory: Path, home: str) -> Path:
    """A directory of the user's own sites with the demo newsroom where it stands."""
    demo = (BUNDLED / "demo.toml").read_text("utf-8")
    directory.mkdir()
    (directory / "demo.toml").write_text(demo.replace("http://127.0.0.1:8642/", home), "utf-8")
    return directory


def test_a_page_is_fetched_and_becomes_golden(tmp_path: Path) -> None:
    with Newsroom(port=0) as newsroom:
        own = moved(tmp_path / "sites", newsroom.home)
        path = next(iter(newsroom_paths(own)))
        asked = (
            "golden",
            newsroom.home + path,
            "--site",
            "demo",
            "--sites",
            own,
            "--into",
            tmp_path / "golden",
        )
        done = trichtin_process(*asked)
        assert done.returncode == 0, done.stderr
        forbidden = trichtin_process("golden", f"{newsroom.home}tim-kiem/?q=so", *asked[2:])
        assert "forbidden by robots.txt" in forbidden.stderr
    (told,) = (tmp_path / "golden").glob("*.json")
    said = json.loads(told.read_text("utf-8"))
    assert said["url"] == newsroom.home + path
    assert said["title"]
    assert len(said["paragraphs"]) > 3


def newsroom_paths(own: Path) -> list[str]:
    from pipeline.newsroom.stories import stories

    demo = read_site(own / "demo.toml")
    return [story.path.lstrip("/") for story in stories() if demo.is_article(demo.url(story.path))]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "give a page to save, or --check"),
        (["x.html", "--check"], "give a page to save, or --check"),
        (["x.html"], "name the page's site with --site (declared: baocaobang, "),
        (["x.html", "--site", "demo"], "x.html: no such file"),
        (["https://khac.test/1.html", "--site", "demo"], "https://khac.test/1.html is no page of demo"),
        (["--check", "--into", "nowhere"], "nowhere holds no golden page"),
        (["x.html", "--site", "demo", "--sites", "nowhere"], "nowhere: no such directory"),
    ],
)
def test_mistakes_are_told_in_one_line(arguments: list[str], told: str) -> None:
    done = trichtin("golden", *arguments)
    assert done.returncode == 1
    assert done.stderr.startswith(f"trichtin: {told}")
    assert done.stderr.count("\n") == 1


def test_a_page_without_an_article_becomes_no_golden_page(tmp_path: Path) -> None:
    (tmp_path / "trong.html").write_text("<html><body><script>1</script>\n</body></html>", "utf-8")
    done = trichtin("golden", tmp_path / "trong.html", "--site", "demo", "--into", tmp_path / "golden")
    assert "there is no text in it" in done.stderr
    assert not (tmp_path / "golden").exists()


def test_two_pages_with_the_same_last_name_do_not_overwrite_each_other(tmp_path: Path) -> None:
    demo: Site = known_sites()["demo"]
    body = (OURS / "photos.html").read_bytes()
    for url in ("http://a.test/1/bai.html", "http://a.test/2/bai.html"):
        save(Page(url, body, datetime(2025, 1, 1, tzinfo=UTC), "text/html"), demo, tmp_path)
    assert len(list(tmp_path.glob("*.json"))) == 2
