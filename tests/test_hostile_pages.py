"""No page takes long to read: the time grows with the page, whatever is written on it."""

from __future__ import annotations

import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from corpus.article import Page
from spiders.discovery import canonical
from spiders.parsing import LARGEST, UnreadablePage, parse
from spiders.site import known_sites

if TYPE_CHECKING:
    from collections.abc import Callable

SITE = known_sites()["vnexpress"]
URL = "https://vnexpress.net/bai-mau-3964246.html"
TEXT = (
    "<p>Bộ cho biết số hồ sơ nộp qua mạng ở các huyện tăng thêm so với năm trước, nhiều nơi gấp đôi.</p>" * 5
)
FETCHED = datetime(2025, 1, 1, tzinfo=UTC)
LETTERS = 100_000
SECONDS = 10  # of the processor; what is linear takes a fraction of one, what was found here took minutes


def page(head: str = "", body: str = "") -> str:
    return (
        f"<html><head><title>Bài mẫu</title>{head}</head><body><h1>Bài mẫu của báo</h1>{body}</body></html>"
    )


def many(piece: str) -> str:
    return piece * (LETTERS // len(piece))


PAGES: dict[str, Callable[[], str]] = {
    "white space": lambda: " " * LETTERS,
    "an endless comment": lambda: "<!-- title: " + many("x "),
    "open links": lambda: page(many("<link ")),
    "one open link": lambda: page("<link " + many("rel=canonical ")),
    "a line of signs": lambda: page(body=f"<p>{many('-')}x</p>" + TEXT),
    "a line of addresses": lambda: page(body=f"<p>xem {many('a://')} b</p>" + TEXT),
    "declared titles": lambda: page(
        many('<meta property="og:title" content="tên">'), many("<h1>Tin</h1>") + TEXT
    ),
    "declared dates": lambda: page(many('<meta itemprop="datePublished" content="hôm x">'), TEXT),
    "shown dates": lambda: page(body=many("<span>32/13/2021</span> ") + f"<article>{TEXT}</article>"),
    "hidden pieces": lambda: page(body=many("<i hidden>a</i>b") + TEXT),
    "boxes": lambda: page(body=f"<article>{TEXT}{many('<div class=related>a</div>b')}{TEXT}</article>"),
    "headings of boxes": lambda: page(
        body=f"<article>{TEXT}{many('<h3>Tin liên quan</h3>x')}{TEXT}</article>"
    ),
    "headings in a box": lambda: page(
        body=f"<article>{TEXT}<div>x {many('<h3>Tin liên quan</h3>')}</div>{TEXT * 20}</article>"
    ),
    "fields in a box": lambda: page(
        body=f"<article>{TEXT}<div>x {many('<input>chào bạn ')}</div>{TEXT}</article>"
    ),
    "bylines": lambda: page(body=f"<article>{TEXT}{many('<p>Nguyễn Văn A</p>')}</article>"),
    "nested before the body": lambda: page(
        body=many("<div>" * 200 + "<p>một hai</p><time>1/1/2021</time>" + "</div>" * 200)
        + f"<article>{TEXT}</article>"
    ),
    "a long name": lambda: page(body=f"<div class='{many('a-b')}'>{TEXT}</div>"),
}


@pytest.mark.parametrize("name", PAGES)
def test_time_grows_with_the_page_and_no_faster(name: str) -> None:
    body = PAGES[name]().encode()
    started = time.process_time()
    canonical(URL, body, SITE)
    with suppress(UnreadablePage):
        parse(Page(URL, body, FETCHED, "text/html; charset=utf-8"), SITE)
    assert time.process_time() - started < SECONDS


def test_a_page_larger_than_any_article_is_not_read() -> None:
    body = page(body=TEXT + " " * LARGEST).encode()
    with pytest.raises(UnreadablePage, match="too many for an article"):
        parse(Page(URL, body, FETCHED, "text/html"), SITE)
