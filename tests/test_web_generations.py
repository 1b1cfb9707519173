"""A new generation appears without a restart, and no request fails meanwhile."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING

import httpx
import pytest
from served import newsroom, page, serving

from corpus.store import Store
from pipeline.building import build
from pipeline.home import Home

if TYPE_CHECKING:
    from pathlib import Path

    from served import Site

FLIPS = 4
PATHS = (
    "/",
    "/search?q=quyet+dinh",
    "/decisions/942-qd-ttg-2021",
    "/rankings/egdi/vietnam",
    "/api/v1/articles?limit=3",
    "/sql?q=select+count(*)+from+facts",
)


def add(home: Path, number: int) -> None:
    text = [f"Ngày 15/6/2021, Thủ tướng ban hành Quyết định số {7000 + number}/QĐ-TTg về phát triển số."]
    with Store.open(home) as store:
        store.add(page(f"https://moi.test/{number}", f"Bài mới {number}", text, "2026-05-01"))
    build(Home(home))


def appears(site: Site, path: str, title: str) -> bool:
    """Whether a title is found in the end: others are told of the generation before while one is opened."""
    until = monotonic() + 30
    while monotonic() < until:
        if title in {row["title"] for row in site.get(path).json()}:
            return True
    return False


def test_generations_flip_under_readers(newsroom_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(newsroom_home, home, symlinks=True)
    done = Event()

    def read(address: str, path: str) -> list[int]:
        codes = []
        with httpx.Client(base_url=address, timeout=60) as client:
            while not done.is_set() or not codes:
                codes.append(client.get(path).status_code)
        return codes

    with serving(home) as site, ThreadPoolExecutor(len(PATHS)) as pool:
        readers = [pool.submit(read, site.address, path) for path in PATHS]
        try:
            for number in range(FLIPS):
                add(home, number)
                assert appears(site, f"/search.json?q={7000 + number}/QĐ-TTg", f"Bài mới {number}")
        finally:
            done.set()
        codes = [code for reader in readers for code in reader.result()]
        assert set(codes) == {200}
        assert len(codes) > FLIPS * len(PATHS)
        assert site.get("/healthz").json()["generation"] == FLIPS + 1
    kept = [path.name for path in (home / "published").iterdir() if path.name.startswith("generation-")]
    assert len(kept) == 3 or f"generation-{FLIPS + 1:04}" in kept


def test_what_a_browser_has_it_gets_again_only_after_a_flip(newsroom_home: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    shutil.copytree(newsroom_home, home, symlinks=True)
    with serving(home) as site:
        for path in ("/search?q=quyet+dinh", "/api/v1/decisions"):
            etag = site.get(path).headers["etag"]
            assert site.get(path, headers={"if-none-match": etag}).status_code == 304
        add(home, 1)
        for path in ("/search?q=quyet+dinh", "/api/v1/decisions"):
            assert site.get(path, headers={"if-none-match": etag}).status_code == 200


def test_a_damaged_generation_is_told_and_the_one_before_is_shown(
    newsroom_home: Path, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    shutil.copytree(newsroom_home, home, symlinks=True)
    with serving(home) as site:
        assert site.get("/").status_code == 200
        damaged = home / "published" / "generation-0009"
        damaged.mkdir()
        link = home / "published" / "current"
        link.unlink()
        link.symlink_to(damaged.name)
        assert site.get("/search?q=quyet+dinh").status_code == 200
        health = site.get("/healthz")
        assert health.status_code == 503
        assert "generation-0009 is damaged" in health.json()["reason"]


@pytest.mark.parametrize("path", ["/", "/api/v1/decisions", "/healthz"])
def test_before_anything_is_published_all_say_so_and_then_show_it(tmp_path: Path, path: str) -> None:
    (tmp_path / "published").mkdir()
    with serving(tmp_path) as site:
        assert site.get(path).status_code == 503
        if path == "/":
            newsroom(tmp_path)
            assert site.get(path).status_code == 200
