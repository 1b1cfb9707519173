"""Which URLs name one article, and which do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.addresses import identity, plain

ARTICLE = "https://bao.vn/tin/chuyen-doi-so-12.html"


@pytest.mark.parametrize(
    "twin",
    [
        "http://bao.vn/tin/chuyen-doi-so-12.html",
        "https://www.bao.vn/tin/chuyen-doi-so-12.html",
        "https://m.bao.vn/tin/chuyen-doi-so-12.html",
        "https://amp.bao.vn/tin/chuyen-doi-so-12.html",
        "https://bao.vn/amp/tin/chuyen-doi-so-12.html",
        "https://bao.vn/tin/chuyen-doi-so-12.html/amp",
        "https://bao.vn/tin/chuyen-doi-so-12.html?amp",
        "https://bao.vn/tin/chuyen-doi-so-12.html/",
        "https://BAO.VN:443//tin/chuyen-doi-so-12.html#binh-luan",
        "https://bao.vn/tin/chuyen-doi-so-12.html?utm_source=rss&utm_medium=x",
        "https://bao.vn/tin/chuyen-doi-so-12.html;jsessionid=1A2B?zarsrc=30",
        "https://bao.vn/tin/chuyen%2Ddoi-so-12.html?sid=0123456789abcdef0123",
    ],
)
def test_twins(twin: str) -> None:
    assert identity(twin) == identity(ARTICLE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (ARTICLE, "https://bao.vn/tin/chuyen-doi-so-13.html"),
        (ARTICLE, "https://laodong.bao.vn/tin/chuyen-doi-so-12.html"),
        (ARTICLE, "https://bao.vn:8080/tin/chuyen-doi-so-12.html"),
        ("https://bao.vn/?id=1", "https://bao.vn/?id=2"),
        ("https://bao.vn/view?sid=123", "https://bao.vn/view?sid=124"),  # a story's number
        ("https://m.vn/tin-1.html", "https://vn/tin-1.html"),
        ("file:///a/tin.html", "file:///b/tin.html"),
    ],
)
def test_no_twins(one: str, other: str) -> None:
    assert identity(one) != identity(other)


def test_the_order_of_parameters_tells_nothing() -> None:
    assert identity("https://bao.vn/?a=1&b=2") == identity("https://bao.vn/?b=2&a=1")


def test_what_is_asked_for_keeps_all_that_says_what_is_read() -> None:
    url = "https://m.bao.vn/Tin/?id=7&page=2"
    assert plain(url + "&gclid=x&session_id=y#top") == url


@given(st.text(st.characters(min_codepoint=33, max_codepoint=126, exclude_characters="[]"), max_size=60))
def test_an_identity_hangs_on_the_plain_url_alone(rest: str) -> None:
    url = f"https://bao.vn/{rest}"
    assert plain(plain(url)) == plain(url)
    assert identity(plain(url)) == identity(url)
