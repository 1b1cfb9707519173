"""Who issued, who says, which place: views in SQL over what the extractors link, and old warehouses grow."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
from extracted import FETCHED, fact, page

from corpus import Decision
from corpus.article import Article
from extractors import extract_with_sentences
from extractors.wordlists import rows
from warehouse import Extracted, Warehouse
from warehouse.lexicon import lexicon
from warehouse.schema import bundled, update

TEXTS = (
    "Thứ trưởng Bộ TT&TT Trần Minh Khôi cho biết có 62 tỉnh tham gia."
    " Bộ Thông tin và Truyền thông khen Nghệ An.",
    "Ông Khôi đến Nghệ An. Theo Thứ trưởng Bộ TT&TT Trần Minh Khôi, 80% hồ sơ đúng hạn.",
    "UBND TP. Hà Nội và Ủy ban nhân dân thành phố Hà Nội là một.",
)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    opened = Warehouse.open(tmp_path / "warehouse.duckdb")
    opened.load([extracted(number, text) for number, text in enumerate(TEXTS, start=1)], "rules-1")
    return opened


def extracted(number: int, text: str) -> Extracted:
    article = Article.from_text(text, published=date(2021, 7, number), url=f"https://bao.example/{number}")
    facts, sentences = extract_with_sentences(article)
    return Extracted(number, article, facts, sentences, FETCHED)


def ask(warehouse: Warehouse, sql: str) -> list[dict[str, Any]]:
    return warehouse._connection.sql(sql).to_arrow_table().to_pylist()


def test_a_body_is_one_row_however_articles_write_it(warehouse: Warehouse) -> None:
    known = {row["body_id"]: row for row in ask(warehouse, "from bodies")}
    assert known.keys() == {"bo-tttt", "ubnd-ha-noi"}
    assert known["bo-tttt"]["surfaces"] == ["Bộ TT&TT", "Bộ Thông tin và Truyền thông"]
    assert (known["bo-tttt"]["articles"], known["bo-tttt"]["mentions"]) == (2, 3)
    assert known["ubnd-ha-noi"]["name"] == "Ủy ban nhân dân thành phố Hà Nội"


def test_places_tell_where_and_when_they_are_named(warehouse: Warehouse) -> None:
    (row,) = ask(warehouse, "select place_id, name, first_published, last_published, articles from places")
    assert row == {
        "place_id": "nghe-an",
        "name": "Nghệ An",
        "first_published": date(2021, 7, 1),
        "last_published": date(2021, 7, 2),
        "articles": 2,
    }


def test_people_have_roles_and_bodies(warehouse: Warehouse) -> None:
    (row,) = ask(warehouse, "select name, role, body, articles from people where role is not null")
    assert row == {
        "name": "Trần Minh Khôi",
        "role": "Thứ trưởng",
        "body": "Bộ Thông tin và Truyền thông",
        "articles": 2,
    }


def test_statements_say_who_said_what(warehouse: Warehouse) -> None:
    told = ask(warehouse, "select surface, said_by, label, role, body from statements order by published")
    speaker = {
        "said_by": "Trần Minh Khôi",
        "label": "PER",
        "role": "Thứ trưởng",
        "body": "Bộ Thông tin và Truyền thông",
    }
    assert told == [{"surface": "62 tỉnh", **speaker}, {"surface": "80%", **speaker}]


def test_issuers_ranked_subjects_and_actors_are_linked(warehouse: Warehouse) -> None:
    text = (
        "Bộ TT&TT ban hành Quyết định số 186/QĐ-BTTTT. Việt Nam xếp hạng 71/193 về EGDI."
        " Đến năm 2025, tỉnh Nghệ An phấn đấu 80% hồ sơ trực tuyến."
    )
    warehouse.load([extracted(9, text)], "rules-1")
    assert ask(warehouse, "select issuer, issuer_id from decision_mentions") == [
        {"issuer": "Bộ Thông tin và Truyền thông", "issuer_id": "bo-tttt"}
    ]
    assert ask(warehouse, "select subject_id from rankings") == [{"subject_id": "vietnam"}]
    assert ask(warehouse, "select actor, actor_id from percentages where actor is not null") == [
        {"actor": "Nghệ An", "actor_id": "nghe-an"}
    ]


def test_names_of_one_issuer_vote_together(warehouse: Warehouse) -> None:
    """Two spellings of one body outvote another body, though that one is written most often as it is."""
    premier = "thu-tuong-chinh-phu"
    said = [("Thủ tướng", premier), ("Thủ tướng Chính phủ", premier), ("Thủ tướng Việt Nam", premier)]
    said += [("Bộ Y tế", "bo-y-te")] * 2
    warehouse.load([issued(number, *issuer) for number, issuer in enumerate(said, start=11)], "rules-1")
    warehouse.link_copies()
    warehouse.bring_together()
    assert ask(warehouse, "select issuer, issuer_id from decisions") == [
        {"issuer": "Thủ tướng Chính phủ", "issuer_id": premier}
    ]


def issued(number: int, issuer: str, issuer_id: str) -> Extracted:
    text = f"Tin số {number}: Quyết định số 942/QĐ-TTg."
    own = {
        "doc_type": "Quyết định",
        "number": "942/QĐ-TTg",
        "issued_on": "2021-06-15",
        "issuer": issuer,
        "issuer_id": issuer_id,
    }
    decision = fact(Decision, text, "Quyết định số 942/QĐ-TTg", **own)
    return page(number, text, url=f"https://bao.example/{number}", facts=[decision])


def test_the_subjects_of_series_are_the_things_that_names_are_linked_to() -> None:
    """One scheme of ids: `warehouse/lexicons/subjects.csv` against what the extractors give."""
    given = {row["id"]: row for name in ("bodies", "places") for row in rows(name)}
    for subject in lexicon("subjects"):
        same = given[subject["id"]]
        assert subject["name"] == same["canonical"]
        assert (subject["valid_from"], subject["valid_to"]) == (same["valid_from"], same["valid_to"])


def test_a_warehouse_of_before_keeps_what_it_holds(tmp_path: Path) -> None:
    older = [migration for migration in bundled() if migration.number < 6]
    with duckdb.connect(tmp_path / "old.duckdb") as old:
        old.execute("create schema stored")
        old.execute("create table stored.migrations (number integer, name varchar, checksum varchar)")
        for migration in older:
            old.execute(migration.sql)
            old.execute("insert into stored.migrations values (?, ?, ?)", migration[:3])
        old.execute(
            """
            insert into stored.entities by name
            select 1 as page, 'f' as fact_id, 'Hà Nội' as surface, 0 as span_start, 6 as span_end,
                'Hà Nội.' as sentence, 'entity.any' as rule, 0.9 as confidence, false as noise, 'LOC' as label
            """
        )
        update(old, bundled())
        kept = old.execute("select surface, entity_id, said_by from stored.entities").fetchall()
    assert kept == [("Hà Nội", None, None)]
