"""Mentions of one document come together across articles, and no others."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from mentioned import CT, NQ, QD, STRATEGY, in_memory, named, one, told

from warehouse.document_numbers import cited

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warehouse import Warehouse


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    with in_memory(tmp_path / "warehouse.duckdb") as opened:
        yield opened


# Numbers


@pytest.mark.parametrize(
    ("said", "key"),
    [
        (("Quyết định", "942/QĐ-TTg", None, "2021-06-15"), ("QĐ", "942", "TTG", "2021")),
        (("Nghị quyết", "19-2017/NQ-CP", None, None), ("NQ", "19", "CP", "2017")),
        (("Nghị định", "67", None, "2014-07"), ("NĐ", "67", "CP", "2014")),
        (("Nghị định", "67/CP", None, None), ("NĐ", "67", "CP", "")),
        (("Nghị quyết", "52-NQ/TW", None, "2019-09-27"), ("NQ", "52", "TW", "khoa-12")),
        (("Nghị quyết", "8-NQ/TƯ", None, "2016"), ("NQ", "8", "TW", "")),
        (("Bộ luật", "100/2015/QH13", None, None), ("L", "100", "QH", "khoa-13")),
        (("Thông tư", "23/2014", "Bộ trưởng Bộ Giáo dục và Đào tạo", None), ("TT", "23", "BGDĐT", "2014")),
        (("Văn bản", "152/TTg-CN", None, "2017-01-25"), ("CV", "152", "TTG", "2017")),
        (("Chỉ thị", "20", "Chính phủ", None), ("CT", "20", "TTG", "")),
        (("Quyết định", "309/QĐ-CP", None, "2017"), ("QĐ", "309", "TTG", "2017")),
        (("Quyết định", "718/2004/QĐ-UB", None, None), ("QĐ", "718", "UBND", "2004")),
        (("Quyết định", "33", "Ủy ban nhân dân thành phố", None), ("QĐ", "33", "UBND", "")),
        (("Thông tư liên tịch", "06/2013/TTLTBCA-BQP", None, None), ("TTLT", "6", "BCA", "2013")),
        (("Nghị quyết", "33/NQ-TU", "Bộ Chính trị", None), ("NQ", "33", "TW", "")),
        (("Nghị quyết", "49-NQ/TW", None, "1961-06-20"), ("NQ", "49", "TW", "1961")),
        (("Công điện", "18/CĐ-TW", None, None), ("CĐ", "18", "TWPCTT", "")),
        (("Công điện", "18", "Ủy ban Quốc gia Tìm kiếm cứu nạn", None), ("CĐ", "18", "TWPCTT", "")),
        (("Nghị định", "92/CP/2015", None, None), ("NĐ", "92", "CP", "2015")),
        (("Quyết định", "23/QĐ-UBND", "Ủy ban nhân dân tỉnh Cà Mau", "2017"), ("QĐ", "23", "UBND", "2017")),
    ],
)
def test_a_number_is_read_in_any_spelling(said: Any, key: tuple[str, ...]) -> None:
    citation = cited(*said)
    assert citation
    assert (citation.kind, citation.ordinal, citation.issuer, citation.period) == key


def test_numbers_start_again_each_year_and_each_term(warehouse: Warehouse) -> None:
    state = {**CT, "number": "26/CT-TTg"}
    party = {**NQ, "number": "11-NQ/TW", "issuer": "Bộ Chính trị"}
    warehouse.load(
        [
            one(1, "Chỉ thị số 26/CT-TTg", date(2017, 1, 9), **state, issued_on="2016-09-05"),
            one(2, "Chỉ thị 26/CT-TTg", date(2017, 7, 7), **state, issued_on="2017-06-06"),
            one(3, "Chỉ thị số 26/CT-TTg", date(2017, 8, 1), **state, issued_on="2017-06-06"),
            one(4, "Nghị quyết số 11-NQ/TW", **party, issued_on="2007-04-27"),
            one(5, "Nghị quyết số 11-NQ/TW", **party, issued_on="2017-06-03"),
            one(6, "Nghị quyết 11-NQ/TW", **party, around="của Bộ Chính trị khóa X"),
        ],
        "rules-1",
    )
    assert named(warehouse) == {
        "11-nq-tw-khoa-10": ["4", "6"],
        "11-nq-tw-khoa-12": ["5"],
        "26-ct-ttg-2016": ["1"],
        "26-ct-ttg-2017": ["2", "3"],
    }


def test_one_number_of_two_places_is_two_documents(warehouse: Warehouse) -> None:
    own = {**QD, "number": "23/QĐ-UBND", "issued_on": "2017-02-06"}
    places = ("Ủy ban nhân dân tỉnh Cà Mau", "Ủy ban nhân dân tỉnh Yên Bái", "Ủy ban nhân dân tỉnh Cà Mau")
    warehouse.load(
        [one(n, "Quyết định số 23/QĐ-UBND", **own, issuer=place) for n, place in enumerate(places)], "r"
    )
    assert sorted(named(warehouse).values()) == [["0", "2"], ["1"]]


def test_an_undated_number_is_that_which_the_words_around_speak_of(warehouse: Warehouse) -> None:
    warehouse.load(
        [
            one(1, "Nghị định 100/2015/NĐ-CP", None, doc_type="Nghị định", number="100/2015/NĐ-CP",
                title="phát triển và quản lý nhà ở xã hội"),
            one(2, "Nghị định 100/2006/NĐ-CP", None, doc_type="Nghị định", number="100/2006/NĐ-CP",
                title="quyền tác giả trong âm nhạc"),
            one(3, "Nghị định 100", None, doc_type="Nghị định", number="100", around="mua nhà ở xã hội"),
            one(4, "Nghị định 100", None, doc_type="Nghị định", number="100", around="về xe cộ trên cao tốc"),
        ],
        "r",
    )  # fmt: skip
    documents = named(warehouse)
    assert documents["100-nd-cp-2015"] == ["1", "3"]
    assert documents["100-nd-cp-2006"] == ["2"]


def test_a_short_form_is_what_its_article_or_its_title_says(warehouse: Warehouse) -> None:
    title = "một số nhiệm vụ trọng tâm phát triển Chính phủ điện tử"
    both = "Nghị quyết số 17/NQ-CP ra đời. Nay Nghị quyết 17 được thực hiện."
    full = ("Nghị quyết số 17/NQ-CP", {"number": "17/NQ-CP", "issuer": "Chính phủ", "title": title})
    short = ("Nghị quyết 17", {**NQ, "number": "17", "refers_to": 0})
    warehouse.load(
        [
            told(1, both, full, short, published=date(2019, 9, 4)),
            one(2, "Nghị quyết 17", **NQ, number="17", title=title + " giai đoạn 2019 - 2020"),
            one(3, "Nghị quyết 17", **NQ, number="17", title="xây dựng nông thôn mới kiểu mẫu"),
        ],
        "r",
    )
    assert named(warehouse)["17-nq-cp-c2019"] == ["1", "2"]
    evidence = "select surface, document_evidence from decision_mentions where document_id = '17-nq-cp-c2019'"
    assert ("Nghị quyết 17", "short form in the article") in warehouse._connection.sql(evidence).fetchall()


def test_a_strategy_is_the_decision_that_approves_it(warehouse: Warehouse) -> None:
    ttg = {"issuer": "Thủ tướng Chính phủ"}
    warehouse.load(
        [
            one(1, "Quyết định số 942/QĐ-TTg", **QD, **ttg, number="942/QĐ-TTg", issued_on="2021-06-15",
                title=f"phê duyệt Chiến lược {STRATEGY}, định hướng đến 2030"),
            one(2, "Chiến lược", doc_type="Chiến lược", **ttg, issued_on="2021-06",
                title="phát triển Chính phủ điện tử, hướng tới Chính phủ số giai đoạn 2021-2025, tới 2030"),
            one(3, "Quyết định 942/QĐ-TTg", **QD, number="942/QĐ-TTg", title="chuyển đổi số"),
            one(4, "Chiến lược", doc_type="Chiến lược", issuer="Bộ Y tế", title=STRATEGY),
        ],
        "r",
    )  # fmt: skip
    assert named(warehouse)["942-qd-ttg-2021"] == ["1", "2", "3"]
    (document,) = warehouse._connection.sql(
        """
        select doc_type, number, issued_on, year, issuer, articles from decisions where number is not null
        """
    ).fetchall()
    assert document == ("Quyết định", "942/QĐ-TTg", "2021-06-15", 2021, "Thủ tướng Chính phủ", 3)


def test_a_law_is_the_one_in_force_when_the_article_speaks(warehouse: Warehouse) -> None:
    law = {"doc_type": "Luật"}
    warehouse.load(
        [
            one(1, "Luật Đất đai", date(2017, 5, 1), **law),
            one(2, "Luật Đất đai", date(2025, 5, 1), **law),
            one(3, "Luật Đất đai số 45/2013/QH13", date(2025, 5, 1), **law, number="45/2013/QH13"),
            one(4, "Luật đất đai", date(2017, 6, 1), **law, issued_on="2003"),
        ],
        "r",
    )
    assert named(warehouse) == {
        "luat-dat-dai-2003": ["4"],
        "luat-dat-dai-2013": ["1", "3"],
        "luat-dat-dai-2024": ["2"],
    }


def test_what_changes_and_replaces_what(warehouse: Warehouse) -> None:
    text = (
        "Nghị định số 45/2020/NĐ-CP thay thế Nghị định số 61/2018/NĐ-CP. "
        "Nghị định số 20/2010/NĐ-CP được thay thế bởi Nghị định số 30/2015/NĐ-CP."
    )
    numbers = {"45/2020": "issue", "61/2018": "replace", "20/2010": "replace", "30/2015": "cite"}
    said = [
        (f"Nghị định số {number}/NĐ-CP", {"number": f"{number}/NĐ-CP", "action": action})
        for number, action in numbers.items()
    ]
    warehouse.load([told(1, text, *said)], "r")
    named(warehouse)
    relations = "select document_id, relation, other_document_id from decision_relations order by all"
    assert warehouse._connection.sql(relations).fetchall() == [
        ("30-nd-cp-2015", "replaces", "20-nd-cp-2010"),
        ("45-nd-cp-2020", "replaces", "61-nd-cp-2018"),
    ]
