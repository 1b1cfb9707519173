"""The pages over the demo newsroom's stories and what a hostile one would send, on a real server."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html import escape
from threading import Thread
from typing import TYPE_CHECKING

import httpx
import uvicorn

from corpus.article import Page
from corpus.store import Store
from pipeline.building import build
from pipeline.home import Home
from pipeline.newsroom.stories import stories
from warehouse.web import Settings, create_app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FETCHED = datetime(2026, 11, 1, 8, tzinfo=UTC)
HOSTILE_TITLE = 'Báo cáo <script>window.owned = 1</script> & "trích dẫn"'
HOSTILE = "https://kedich.test/bai.html"
TWICE = "https://bao.test/hai-ban.html"
COPIED = "https://chep.test/chep.html"


@dataclass(frozen=True)
class Site:
    """Where the pages are open, and over what."""

    address: str
    home: Path

    def get(self, path: str, **options: object) -> httpx.Response:
        return httpx.get(self.address + path, timeout=60, **options)  # type: ignore[arg-type]

    def article(self, url: str) -> str:
        """The address of the page of an article."""
        items = self.get("/api/v1/articles?copies=true&limit=200").json()["items"]
        return next(f"/articles/{item['article_id']}" for item in items if item["url"] == url)


def page(url: str, title: str, paragraphs: list[str], day: str, hours: int = 0) -> Page:
    told = "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)
    body = (
        f"<!doctype html><html lang=vi><title>{escape(title)}</title><article><h1>{escape(title)}</h1>{told}"
    )
    declared = {"title": title, "published": day, "source": url.split("/")[2]}
    fetched = FETCHED + timedelta(hours=hours)
    return Page(url, body.encode(), fetched, "text/html; charset=utf-8", declared=declared)


def newsroom(home: Path) -> None:
    """Stores and builds the stories, a hostile article, one in two wordings, and a copy of a story."""
    told = [
        page(
            f"https://bao.test{story.path}",
            story.title,
            [story.sapo, *story.paragraphs],
            story.published.date().isoformat(),
        )
        for story in stories()
    ]
    copied = stories()[0]
    body = [
        "Ngày 15/6/2021, Thủ tướng ban hành <script>window.owned = 1</script> Quyết định số 942/QĐ-TTg.",
        "<img src=x onerror='window.owned = 1'> Năm 2024, Việt Nam xếp thứ 71/193 quốc gia về EGDI </mark>.",
        "Đến năm 2025, tỷ lệ <b>người dân</b> dùng dịch vụ công trực tuyến phải đạt tối thiểu 80%.",
    ]
    told += [
        page(HOSTILE, HOSTILE_TITLE, body, "2025-03-01"),
        page(COPIED, copied.title, [copied.sapo, *copied.paragraphs], "2026-01-01"),
        page(TWICE, "Bài có hai bản", ["Bản đầu nêu mục tiêu 50% vào năm 2030 cho cả nước."], "2025-04-01"),
    ]
    later = [page(TWICE, "Bài có hai bản", ["Bản sau nêu mục tiêu 55% vào năm 2030."], "2025-04-01", hours=2)]
    with Store.open(home) as store:
        for one in [*told, *later]:
            store.add(one)
    build(Home(home))


@contextmanager
def serving(home: Path, **settings: object) -> Iterator[Site]:
    """The pages on a port of loopback that is free."""
    chosen: dict[str, object] = {"search_rate": None, "sql_rate": None, "sql_seconds": 5.0, **settings}
    app = create_app(Settings(published=home / "published", archive=home, **chosen))  # type: ignore[arg-type]
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        thread.join(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield Site(f"http://127.0.0.1:{port}", home)
    finally:
        server.should_exit = True
        thread.join()
