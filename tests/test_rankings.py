"""Promises of the ranking extractor that no single case can hold."""

from __future__ import annotations

import csv
import re
import unicodedata
from datetime import date
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus
import extractors
from corpus.annotation import read_cases
from corpus.article import Article
from corpus.facts import Date, Ranking
from extractors import rankings
from extractors.document import Document
from extractors.ownership import Ownership

CASES = sorted((Path(corpus.__file__).parent / "cases").glob("rankings*.txt"))
LEXICONS = Path(extractors.__file__).parent / "lexicons"
PIECES = st.sampled_from(
    ["Việt Nam", "xếp", "đứng", "hạng", "thứ", "vị trí", "từ", "lên", "xuống", "tăng", "bậc", "top",
     "một trong", "nhất",
     "dẫn đầu", "so với", "năm 2016", "86/193", "quốc gia", "3", "99", "٣", "0", "9999", "1.888", "thứ hai",
     "mươi", "hai",
     ",", "(", ")", ";", ".", "\n", "“", "và", "của", "Đông Nam Á", "trong số",
     "giữ nguyên", "nhóm 4 nước", "là", "/"]
)  # fmt: skip


def find(text: str, dates: list[Date] | None = None, owned: Ownership | None = None) -> list[Ranking]:
    return rankings.find(Document(Article.from_text(text)), owned or Ownership(), dates or [])


def year(text: str, written: str) -> Date:
    start = text.index(written)
    first = date(int(written[-4:]), 1, 1)
    last = first.replace(month=12, day=31)
    return Date(
        start=start, end=start + len(written), text=written, rule="test", start_date=first,
        end_date=last,
    )  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=300))
def test_any_text_gives_exact_offsets_and_plausible_places(text: str) -> None:
    article = Article.from_text(text)
    for fact in rankings.find(Document(article), Ownership(), []):
        assert article.text[fact.start : fact.end] == fact.text
        assert "\n" not in fact.text
        assert fact.rank is None or fact.rank > 0
        assert fact.rank is None or fact.out_of is None or fact.rank <= fact.out_of
        assert (fact.rank, fact.top_n, fact.previous_rank, fact.change) != (None,) * 4


@given(st.lists(st.tuples(st.integers(1, 50), st.integers(50, 200)), min_size=1, max_size=6))
def test_each_item_of_a_list_is_a_ranking_of_the_same_subject(places: list[tuple[int, int]]) -> None:
    written = ", ".join(f"{rank}/{size} nước" for rank, size in places)
    found = find(f"Việt Nam xếp hạng {written}.")
    assert [(fact.rank, fact.out_of) for fact in found] == places
    assert {fact.subject for fact in found} == {"Việt Nam"}


@given(st.integers(1, 90), st.integers(1, 9))
def test_a_move_says_the_same_before_and_behind_its_place(rank: int, places: int) -> None:
    (before,) = find(f"Lâm Sơn tăng {places} bậc, xếp thứ {rank} về chuyển đổi số.")
    (behind,) = find(f"Lâm Sơn xếp thứ {rank}, tăng {places} bậc về chuyển đổi số.")
    assert (before.rank, before.change) == (behind.rank, behind.change) == (rank, places)


def test_a_figure_that_is_owned_is_left_and_one_that_is_found_is_claimed() -> None:
    text = "Việt Nam xếp hạng 86/193 quốc gia."
    taken = Ownership()
    taken.claim(text.index("86"), text.index("86") + 2)
    assert find(text, owned=taken) == []
    owned = Ownership()
    assert len(find(text, owned=owned)) == 1
    assert not owned.free(text.index("86"), text.index("86") + 2)
    assert not owned.free(text.index("193"), text.index("193") + 3)


@pytest.mark.parametrize(
    ("text", "years", "expected", "since"),
    [
        ("Năm 2018, Việt Nam xếp thứ 88, tăng 1 bậc so với năm 2016.", ["Năm 2018", "năm 2016"], 2018, 2016),
        ("Việt Nam xếp thứ 88 trong năm 2018.", ["năm 2018"], 2018, None),
        ("Việt Nam xếp thứ 88, tăng 1 bậc so với năm 2016.", ["năm 2016"], None, 2016),
        ("Năm 2013 Lâm Sơn đứng thứ 15/63.", ["Năm 2013"], 2013, None),
        ("Na Uy nhảy lên xếp hạng thứ nhì (từ vị trí số 9 năm 2016).", ["năm 2016"], None, 2016),
    ],
)
def test_the_year_of_a_ranking_is_not_the_year_it_is_measured_from(
    text: str, years: list[str], expected: int | None, since: int | None
) -> None:
    (fact,) = find(text, [year(text, written) for written in years])
    assert (fact.year, fact.change_since) == (expected, since)


def test_other_paragraphs_change_nothing() -> None:
    text = "Việt Nam xếp hạng 86/193 quốc gia, tăng 2 bậc về Chính phủ điện tử."
    (alone,) = find(text)
    within = find(f"Trời mưa ở nhiều nơi.\n{text}\nHội nghị bế mạc.")
    assert [(f.text, f.rank, f.out_of, f.change, f.subject, f.index) for f in within] == [
        (alone.text, alone.rank, alone.out_of, alone.change, alone.subject, alone.index)
    ]


def test_subject_and_index_come_from_the_nearest_mention_before() -> None:
    (fact,) = rankings.find(
        Document(Article.from_text("Vị trí xếp hạng 86/193 là tốt.", "Việt Nam tăng hạng Chính phủ điện tử")),
        Ownership(),
        [],
    )  # fmt: skip
    assert (fact.subject, fact.index) == ("Việt Nam", "Chính phủ điện tử")


def test_every_rule_has_a_case() -> None:
    used = {fact.rule for path in CASES for case in read_cases(path) for fact in find(case.article.text)}
    assert used == set(rankings.CONFIDENCE)


@pytest.mark.parametrize(
    "piece",
    [
        "từ vị trí 1 ",
        "xếp thứ 2, ",
        "một trong 9 a ",
        "86/193 ",
        "hạng (",
        "tăng 2 bậc so với ",
        "xếphạng",
        "là top 5",
    ],
)
def test_time_grows_with_the_text_and_not_with_its_square(piece: str) -> None:
    def seconds(length: int) -> float:
        line = piece * (1_500 // len(piece))
        document = Document(Article.from_text("\n".join([line] * (length // 1_500))))
        _ = document.sentences
        before = process_time()
        rankings.find(document, Ownership(), [])
        return process_time() - before

    seconds(3_000)
    assert seconds(24_000) < 8 * (seconds(6_000) + 0.05)


def test_the_words_of_the_rules_are_sorted_unique_and_of_roles_that_are_read() -> None:
    written = (LEXICONS / "rank_words.csv").read_text(encoding="utf-8")
    rows = [(row["role"], row["phrase"]) for row in csv.DictReader(written.splitlines())]
    assert unicodedata.is_normalized("NFC", written)
    assert rows == sorted(set(rows))
    code = "".join(path.read_text(encoding="utf-8") for path in LEXICONS.parent.glob("rank*.py"))
    asked = set(re.findall(r"(?:any_of|begins|ends|follows|found)\([\"'](\w+)[\"']\)", code))
    assert asked == {role for role, _ in rows}


@pytest.mark.parametrize("name", ["places", "indexes"])
def test_word_lists_are_sorted_unique_and_composed(name: str) -> None:
    written = (LEXICONS / f"{name}.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(written.splitlines()))
    assert unicodedata.is_normalized("NFC", written)
    assert [row["canonical"] for row in rows] == sorted(row["canonical"] for row in rows)
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(row["source"] for row in rows)
