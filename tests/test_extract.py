"""What `extract` promises on any text: it never raises, offsets are exact, and time grows with the text."""

from __future__ import annotations

import time
import unicodedata
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import corpus
from corpus import FACTS, Article, Fact
from corpus.annotation import read_cases
from extractors import extract, extract_with_sentences

SENTENCES = [
    case.article.text
    for path in sorted((Path(corpus.__file__).parent / "cases").glob("*.txt"))
    for case in read_cases(path)
]
PIECES = (
    "năm", "tháng", "ngày", "quý I", "15/6", "2021", "-", "–", "/", "%", "điểm phần trăm", "xếp", "thứ",
    "hạng", "86/193", "bậc", "tăng", "từ", "lên", "đến", "Quyết định số", "QĐ-TTg", "Luật", "Nghị quyết 17",
    "tỷ đồng", "1.000", "0,5", "99999999999999999999", "gấp", "đôi", "nhóm", "top 10", "trên", "khoảng", "(",
    ")", "\n", ";", "٣٤", "31/2/2021", "00/00/0000", "giai đoạn 2025-2021", "Chính phủ", "Ông Nguyễn",
    "\u0301", "🙂", "Đ", "đ",
)  # fmt: skip


def texts() -> st.SearchStrategy[str]:
    """Any Unicode, our own vocabulary at random, and our own sentences cut and glued."""
    words = st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join)
    glued = st.lists(st.sampled_from(SENTENCES), max_size=3).map("".join)
    cut = st.builds(lambda text, at: text[at:], st.sampled_from(SENTENCES), st.integers(0, 60))
    return st.one_of(st.text(), words, glued, cut, st.tuples(cut, st.text(max_size=9), words).map("".join))


def check(article: Article, facts: list[Fact]) -> None:
    for fact in facts:
        assert 0 <= fact.start < fact.end <= len(article.text)
        assert article.text[fact.start : fact.end] == fact.text
        assert "\n" not in fact.text
        assert fact.rule.split(".")[0] == fact.kind
        assert 0 < fact.confidence <= 1


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts(), st.none() | st.dates(), st.none() | st.text(max_size=40))
def test_never_raises_and_offsets_are_exact(text: str, published: date | None, title: str | None) -> None:
    article = Article.from_text(text, title, published)
    facts = extract(article)
    check(article, facts)
    assert facts == sorted(facts, key=lambda fact: (fact.start, -fact.end, fact.kind))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(SENTENCES))
def test_nfd_gives_the_facts_of_nfc(text: str) -> None:
    on = date(2021, 7, 1)
    decomposed = unicodedata.normalize("NFD", text)
    assert extract(Article.from_text(decomposed, published=on)) == extract(
        Article.from_text(text, published=on)
    )


@settings(max_examples=100, deadline=None)
@given(texts())
def test_sentences_hold_their_facts(text: str) -> None:
    article = Article.from_text(text, published=date(2021, 7, 1))
    facts, sentences = extract_with_sentences(article)
    for before, after in pairwise(sentences):
        assert before.end <= after.start
    starts = {sentence.start for sentence in sentences}
    assert not facts or starts


LONG = {
    "one endless line": "Đến năm 2025, 80% người dân hài lòng, xếp hạng 86/193 theo Quyết định 942/QĐ-TTg ",
    "figures": "1.234,5% 15/6 86/193 ",
    "figures without a space": "1/2",
    "one word": "năm",
    "capitals": "Ủy Ban Nhân Dân ",
    "openings": "(“Luật ",
    "spaces": " ",
    "line ends": "năm 2021\n",
    "commas": "năm 2021, ",
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_time_grows_with_the_text(text: str) -> None:
    """Eight times the text may take eight times as long, not 64 times."""
    short, long = (Article.from_text((text * (size // len(text) + 1))[:size]) for size in (10_000, 80_000))
    extract(short)
    most = 8 * 3 * max(min(spent(short) for _ in range(3)), 0.01)
    assert any(spent(long) < most for _ in range(3))  # What else the machine does takes no part.


def spent(article: Article) -> float:
    started = time.process_time()
    check(article, extract(article))
    return time.process_time() - started


def test_every_kind_is_found() -> None:
    text = (
        "Ngày 15/6/2021, Thủ tướng ban hành Quyết định số 942/QĐ-TTg. Việt Nam xếp thứ 86/193 quốc gia. "
        "Đến năm 2025, 80% người dân hài lòng, với 57 triệu hồ sơ."
    )
    assert {fact.kind for fact in extract(Article.from_text(text))} == set(FACTS)


COMPLETE = (
    "Ngày 15/6/2021, Thủ tướng Chính phủ ban hành Quyết định số 942/QĐ-TTg về Chính phủ số.",
    "Năm 2018, Việt Nam xếp thứ 88/193 quốc gia về Chính phủ điện tử, tăng 1 bậc so với năm 2016.",
    "Đến năm 2025, tối thiểu 80% người dân hài lòng với dịch vụ công.",
    "Quý I/2023, doanh thu đạt 8.000 tỷ đồng, gấp đôi quý I/2022.",
    "Sở Nội vụ tỉnh Bình Dương tiếp nhận 672.800 hồ sơ trong tháng 5/2022.",
    "Nghị quyết số 52-NQ/TW ngày 27/9/2019 của Bộ Chính trị nêu 20% GDP vào năm 2025.",
)


@given(st.lists(st.sampled_from(COMPLETE), min_size=1, max_size=8))
def test_neither_order_nor_repetition_of_paragraphs_changes_other_facts(paragraphs: list[str]) -> None:
    together = extract(Article.from_text("\n".join(paragraphs)))
    alone = [said(fact) for paragraph in paragraphs for fact in extract(Article.from_text(paragraph))]
    assert [said(fact) for fact in together] == alone


def said(fact: Fact) -> dict[str, object]:
    """All that a fact says but where it stands."""
    return {
        name: value
        for name, value in fact.row().items()
        if name not in ("start", "end", "refers_to", "evidence")
    }
