"""Shares and quantities hold what they promise on any text; what no inline case can say stands here."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article
from corpus.facts import Percentage, Quantity
from extractors import percentages, quantities
from extractors.document import Document
from extractors.ownership import Ownership

DAY = date(2021, 7, 1)
# pieces of which sentences with figures are made, well formed or not
PIECES = st.sampled_from(
    (
        *("12%", "1,5%", "7,5%/năm", "20-30%", "3‰", "% một năm", "١٢%", "%", "phần trăm", "điểm phần trăm"),
        *(
            "4.354459",
            "15/6",
            "10/16",
            "24/7",
            "1",
            "2",
            "$5",
            "tỷ",
            "ttỷ",
            "triệu đồng",
            "trİệu",
            "trıệu USD",
        ),
        *(
            "hồ sơ",
            "tỉnh",
            "người",
            "lần",
            "gấp",
            "mức lãi suất",
            "trong tổng số",
            "trong",
            "so với",
            "cùng kỳ",
        ),
        *(
            "từ",
            "đến",
            "đã",
            "ſẽ",
            "phấn đấu",
            "đạt",
            "chiếm",
            "tăng",
            "giảm",
            "khoảng",
            "không được quá",
            "là",
        ),
        *("năm 2025", "cho biết", ",", "và", ";", ":", "(", ")", ".", "-", "\n"),
    )
)
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map(" ".join), st.text(max_size=120))


def percentages_of(text: str) -> list[Percentage]:
    return percentages.find(Document(Article.from_text(text, None, DAY)), Ownership(), [])


def quantities_of(text: str) -> list[Quantity]:
    return quantities.find(Document(Article.from_text(text, None, DAY)), Ownership())


@given(TEXTS)
def test_every_percentage_stands_where_it_says(text: str) -> None:
    article = Article.from_text(text, None, DAY)
    found = percentages.find(Document(article), Ownership(), [])
    assert all(fact.end <= following.start for fact, following in pairwise(found))
    for fact in found:
        assert fact.text == article.text[fact.start : fact.end]
        assert "\n" not in fact.text
        assert fact.low <= fact.high
        assert fact.subject is None or fact.subject in article.text


@given(TEXTS)
def test_every_quantity_stands_where_it_says(text: str) -> None:
    article = Article.from_text(text, None, DAY)
    for fact in quantities.find(Document(article), Ownership()):
        assert fact.text == article.text[fact.start : fact.end]
        assert "\n" not in fact.text
        assert 0 <= fact.low <= fact.high
        assert fact.unit


@given(TEXTS)
def test_percentages_and_quantities_share_no_figure(text: str) -> None:
    document, owned = Document(Article.from_text(text, None, DAY)), Ownership()
    shares = percentages.find(document, owned, [])
    counts = quantities.find(document, owned)
    taken = {
        place for fact in shares for place in range(fact.start, fact.end) if document.text[place].isdecimal()
    }
    for fact in counts:
        figures = (place for place in range(fact.start, fact.end) if document.text[place].isdecimal())
        assert fact.rule == "quantity.times" or not taken.intersection(figures)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_a_line_of_its_own_reads_the_same_in_any_place(lines: list[str]) -> None:
    apart = "Lãi suất cho vay còn 7% trong quý."
    alone = percentages_of(apart)[0]
    among = percentages_of("\n".join(("\n".join(lines), "Hết phần đầu.", apart)))[-1]
    assert (among.low, among.subject, among.comparator) == (alone.low, alone.subject, alone.comparator)


@pytest.mark.parametrize(
    ("text", "malformed"),
    [
        ("Kho có 4.354459 hồ sơ.", True),
        ("Kho có 1.23.456 hồ sơ.", True),
        ("Kho có 4.354.459 hồ sơ.", False),
        ("Quỹ chi 1.234,5 tỷ đồng.", False),
    ],
)
def test_broken_grouping_of_a_quantity_is_flagged(text: str, malformed: bool) -> None:
    assert [fact.malformed for fact in quantities_of(text)] == [malformed]


@pytest.mark.parametrize(("text", "malformed"), [("Đạt 1.23.4%.", True), ("Đạt 15,9%.", False)])
def test_broken_grouping_of_a_percentage_is_flagged(text: str, malformed: bool) -> None:
    assert [fact.malformed for fact in percentages_of(text)] == [malformed]


@pytest.mark.parametrize("unit", ["5% ", "tăng 5%, ", "phấn đấu 5% xã; "])
def test_an_endless_line_costs_no_more_a_fact_than_a_short_one(unit: str) -> None:
    percentages_of(unit * 40)
    short, long = (document_of(unit * count) for count in (600, 6000))
    assert seconds(long) < 30 * max(seconds(short), 0.002)


def document_of(text: str) -> Document:
    document = Document(Article.from_text(text, None, DAY))
    assert document.sentences
    return document


def seconds(document: Document) -> float:
    start = process_time()
    percentages.find(document, Ownership(), [])
    return process_time() - start
