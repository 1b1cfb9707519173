"""Pages become articles: what is declared, then what the site says, then a generic reader."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article, Page
from spiders.dating import day
from spiders.parsing import UnreadablePage, parse
from spiders.site import Site

PAGES = Path(__file__).parent / "pages"
FETCHED = datetime(2024, 5, 2, 3, 0, tzinfo=UTC)
SOUP = Site(
    name="huyen-thu",
    home="http://huyenthu.test/",
    publisher="Huyện Thử",
    kind="official",
    article=".*",
    listings=("",),
    selectors={
        "title": ".tieude",
        "published": ".ngay",
        "sapo": ".chapo",
        "body": ".noidung",
        "drop": ".lienquan",
    },
)


def page(body: str | bytes, content_type: str = "text/html; charset=utf-8", **declared: str) -> Page:
    raw = body.encode() if isinstance(body, str) else body
    return Page("http://huyenthu.test/tin/1", raw, FETCHED, content_type, declared=declared)


def test_what_a_page_declares() -> None:
    article = parse(page((PAGES / "declared.html").read_bytes()))
    assert article.title == "Bảy tỉnh dùng chung nền tảng họp trực tuyến"
    assert article.published == date(2022, 3, 9)  # 23:30 in Greenwich is the next day in Viet Nam
    assert article.source == "Báo Thử Nghiệm"
    assert article.url == "http://huyenthu.test/tin/1"
    lines = article.text.split("\n")
    assert lines[0].startswith("Từ tháng này, bảy tỉnh")
    assert lines[1].startswith("Theo kế hoạch, 100% cuộc họp")
    assert lines[1].endswith("với xã cũng vậy.")
    assert [line[:14] for line in lines[2:4]] == ["Giai đoạn một ", "Giai đoạn hai "]
    assert lines[4:7] == ["Tỉnh | Điểm cầu", "Lào Cai | 152", "Yên Bái | 173"]
    assert lines[7].startswith("Chi phí vận hành")
    assert len(lines) == 8


def test_what_a_site_says_of_its_pages() -> None:
    article = parse(page((PAGES / "soup.html").read_bytes()), SOUP)
    assert article.title == "Huyện Thử trả kết quả hồ sơ qua bưu điện"
    assert article.published == date(2019, 9, 4)
    assert article.source == "Huyện Thử"
    assert article.text.split("\n") == [
        "UBND huyện Thử vừa ký thỏa thuận với bưu điện về việc trả kết quả tại nhà.",
        "Người dân nộp hồ sơ ở bộ phận một cửa và nhận kết quả tại nhà sau 3 ngày.",
        "Phí chuyển phát là 15.000 đồng mỗi hồ sơ.",
        "Trong tháng đầu, 412 hồ sơ đã được trả theo cách này.",
        "Ảnh: lễ ký thỏa thuận.",
    ]


HEAD = "<html><head><title>{title}</title>{meta}</head><body>{body}</body></html>"
TEXT = "<p>Từ đầu năm, huyện Thử nhận 3.120 hồ sơ qua mạng, bằng 82% số hồ sơ phải giải quyết.</p>" * 4
OG = '<meta property="og:title" content="{}">'


@pytest.mark.parametrize(
    ("title", "meta", "heading", "expected"),
    [
        # The headline that readers see, where a declared title confirms it.
        ("Bài một | Báo Thử", OG.format("Bài một nói gì"), "<h1>Bài một</h1>", "Bài một"),
        ("Báo Thử - Bài một xa", "", "<h1>Báo Thử</h1><h2>Bài một xa</h2>", "Bài một xa"),
        ("Bài ‘một’ của báo", "", "<h1>Bài 'một' của báo</h1>", "Bài 'một' của báo"),
        (
            "Bài một của báo bị cắt...",
            "",
            "<h1>Bài một của báo bị cắt ngắn</h1>",
            "Bài một của báo bị cắt ngắn",
        ),
        # Nothing confirms it: what its name tells, else what is declared.
        ("Khác", OG.format("Tên cho máy tìm"), '<h1 class="detail-title">Tên bài dài</h1>', "Tên bài dài"),
        ("Khác", OG.format("Tên cho máy tìm"), "<h1>Chuyên mục</h1>", "Tên cho máy tìm"),
        # A portal that declares its own name only.
        ("Bộ Thử", OG.format("Bộ Thử"), "<h3>Bộ Thử đưa hồ sơ lên mạng</h3>", "Bộ Thử đưa hồ sơ lên mạng"),
        ("Tên bài trên cửa sổ - Báo Thử", "", "", "Tên bài trên cửa sổ"),
    ],
)
def test_titles(title: str, meta: str, heading: str, expected: str) -> None:
    markup = HEAD.format(title=title, meta=meta, body=f"<div>{heading}<div>{TEXT}</div></div>")
    assert parse(page(markup)).title == expected


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ('<time datetime="2024-04-05T10:00:00+07:00">3 tuần trước</time>', date(2024, 4, 5)),
        ('<time datetime="2011-01-12">05/04/2024 - 10:00</time>', date(2024, 4, 5)),
        ('<time datetime="2011-01-12">January 12th, 2011</time>', None),
        ("<p>Thứ sáu, 05/04/2024, 10:00 (GMT+7) - Lượt xem: 31</p>", date(2024, 4, 5)),
        (
            '<span class="date">05-04-2024</span><p>Họp ngày 01/02/2024.</p>',
            date(2024, 4, 5),
        ),
        ('<ul class="related"><li><a href="/1">Tin ngày 01/02/2024</a></li></ul>', None),
        ("", None),
    ],
)
def test_dates_that_are_shown(shown: str, expected: date | None) -> None:
    clock = '<div class="top"><div class="date">Thứ năm, 02/05/2024</div></div>'
    body = f"{clock}<div><div><h1>Bài một của báo</h1>{shown}<div>{TEXT}</div></div></div>"
    assert parse(page(HEAD.format(title="Báo", meta="", body=body))).published == expected


def test_what_is_declared_for_machines_stands_in_for_a_body_that_a_script_fills() -> None:
    told = '{"@type": "NewsArticle", "headline": "Bài", "articleBody": "Đoạn một.\\nĐoạn hai."}'
    script = f'<script type="application/ld+json">{told}</script>'
    article = parse(page(HEAD.format(title="Bài", meta=script, body='<div id="app"></div>')))
    assert article.text == "Đoạn một.\nĐoạn hai."


def test_only_the_first_of_the_articles_that_follow_each_other_on_a_page() -> None:
    other = TEXT.replace("Thử", "Khác") * 3
    body = "".join(
        f'<div><article><h1>{title}</h1><div class="article__content">{text}</div></article></div>'
        for title, text in (("Bài một của báo", TEXT), ("Bài hai của báo", other))
    )
    for site in (None, SOUP, replace(SOUP, selectors={"body": ".article__content"})):
        assert "Khác" not in parse(page(HEAD.format(title="Bài một của báo", meta="", body=body)), site).text


def test_a_box_with_a_misleading_name_is_kept_where_it_is_the_text() -> None:
    body = f'<h1>Bài một của báo</h1><div class="article-content"><div class="tag-box ads">{TEXT}</div></div>'
    assert "3.120" in parse(page(HEAD.format(title="Bài một của báo", meta="", body=body))).text


def test_somebody_who_knows_has_the_last_word() -> None:
    known = {"title": "Tên khác", "published": "2020-02-03", "source": "Nguồn khác"}
    for body, content_type in (((PAGES / "declared.html").read_bytes(), "text/html"), (b"Xin", "text/plain")):
        article = parse(page(body, content_type, **known), SOUP)
        assert (article.title, article.published, article.source) == (
            "Tên khác",
            date(2020, 2, 3),
            "Nguồn khác",
        )


def test_a_text_page_is_text_throughout() -> None:
    text = "Tên bài\n\nĐoạn một: 5 < 6.\n<b>không phải thẻ</b>\n"
    assert parse(page(text, "text/plain; charset=utf-8")) == Article.from_text(
        text, url="http://huyenthu.test/tin/1"
    )


@pytest.mark.parametrize(
    "content_type", ["", "text/plain", "application/octet-stream", "image/jpeg", "TEXT/HTML"]
)
def test_html_is_known_under_any_content_type(content_type: str) -> None:
    assert parse(page((PAGES / "declared.html").read_bytes(), content_type)).published == date(2022, 3, 9)


def test_legacy_encodings() -> None:
    text = (PAGES / "declared.html").read_text("utf-8").replace('<meta charset="utf-8">', "")
    expected = parse(page(text))
    assert parse(page(text.encode("utf-16"), "text/html")) == expected
    assert parse(page(windows_1258(text), "text/html; charset=windows-1258")) == expected


def windows_1258(text: str) -> bytes:
    """As Vietnamese keyboards wrote it: tones as characters of their own."""
    written = b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            written += letter.encode("cp1258")
        except UnicodeEncodeError:
            *rest, tone = unicodedata.normalize("NFD", letter)
            # The dot below sorts before other marks, but is the tone.
            base, tone = (
                ("".join(rest), tone)
                if tone in "\u0300\u0301\u0303\u0309\u0323"
                else (rest[0] + tone, rest[1])
            )
            written += (unicodedata.normalize("NFC", base) + tone).encode("cp1258")
    return written


def test_the_title_is_text_only_where_there_is_nothing_else() -> None:
    body = "<html><body><h1>Chỉ có tiêu đề</h1><div>{}</div></body></html>"
    assert parse(page(body.format(""))).text == "Chỉ có tiêu đề"
    long = "<p>Chỉ có tiêu đề</p>" + "<p>Và nhiều đoạn văn nói về việc nộp hồ sơ qua mạng ở huyện.</p>" * 9
    lines = parse(page(body.format(long))).text.split("\n")
    assert "Chỉ có tiêu đề" not in lines
    assert len(lines) == 9


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", "text/html", "no text"),
        (b" \n ", "text/plain", "no text"),
        (b"<html><body></body></html>", "text/html", "no text"),
        (b"%PDF-1.7 abc", "application/pdf", "application/pdf is neither HTML nor text"),
        (b"\x00\x01\x02", "text/html", "not text"),
    ],
)
def test_pages_that_hold_no_article(body: bytes, content_type: str, reason: str) -> None:
    with pytest.raises(UnreadablePage, match=reason) as told:
        parse(page(body, content_type))
    assert "\n" not in str(told.value)


def test_a_declared_day_that_is_none() -> None:
    with pytest.raises(UnreadablePage, match="'hôm qua'"):
        parse(page("Xin chào", "text/plain", published="hôm qua"))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2021-06-15T14:30:00+07:00", date(2021, 6, 15)),
        ("2021-06-15T20:00:00Z", date(2021, 6, 16)),
        ("2021-06-05", date(2021, 6, 5)),
        ("Tue, 15 Jun 2021 14:30:00 +0700", date(2021, 6, 15)),
        ("Thứ ba, 15/06/2021, 14:30 (GMT+7)", date(2021, 6, 15)),
        ("Ngày đăng 04/09/2019 | 14:50", date(2019, 9, 4)),
        ("Cập nhật lúc 14:30 - 5-6-2021", date(2021, 6, 5)),
        ("Chủ nhật, ngày 6 tháng 6 năm 2021", date(2021, 6, 6)),
        ("15.6.2021 | 08:05 GMT+7", date(2021, 6, 15)),
        ("2 giờ trước", date(2024, 5, 2)),
        ("2024-05-04T00:00:00+07:00", None),  # two days after it was fetched
        ("31/02/2021", None),
        ("0001-01-01", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("hôm nào đó", None),
        ("2021", None),
        ("", None),
    ],
)
def test_days(written: str, expected: date | None) -> None:
    assert day(written, FETCHED) == expected


def test_a_site_with_a_date_format_of_its_own() -> None:
    assert day("06.15.21", FETCHED, "%m.%d.%y") == date(2021, 6, 15)


PIECES = (
    *("<p>", "</p>", "<div>", "<table><tr><td>", "</table>", "<br>", "<h1>", "</h1>", "<article>"),
    *(
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "chữ ",
        "15/06/2021",
        "\x00",
        "&#0;",
        "&nbsp;",
        "<?xml encoding='x'?>",
        "[[",
    ),
    "<script type='application/ld+json'>",
    '{"@type":"NewsArticle","headline":1,"datePublished":[]}',
    "<meta property='og:title' content='chữ'>",
    "<meta itemprop='datePublished' content='99999'>",
)
MARKUP = st.lists(st.sampled_from(PIECES), max_size=40).map(lambda pieces: "".join(pieces).encode())


@given(
    st.one_of(MARKUP, st.binary(max_size=300)),
    st.sampled_from(["text/html", "", "text/plain", "x/y;charset=q"]),
)
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_read_or_refused(body: bytes, content_type: str) -> None:
    for site in (None, SOUP):
        try:
            article = parse(page(body, content_type), site)
        except UnreadablePage:
            continue
        assert article.text.strip()
        assert article.published is None or isinstance(article.published, date)


@pytest.mark.parametrize("piece", ["<div>", "<p>chữ", "<table><tr><td>", "<b>chữ ", "&amp;", "[", "<ul><li>"])
def test_a_long_monotonous_page_is_read_or_refused(piece: str) -> None:
    with suppress(UnreadablePage):
        assert parse(page("<html><body>" + piece * 20_000)).text.strip()
