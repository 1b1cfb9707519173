"""A row says all that its fact does, and where it stands in any text."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from extracted import FETCHED, TEXT, fact, page
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from warehoused import ask

from corpus import FACTS, Article, Date, Decision, Entity, Percentage, Quantity, Ranking, Span
from warehouse import Extracted, Warehouse
from warehouse.contract import FACT_VIEWS

if TYPE_CHECKING:
    from collections.abc import Iterator


OWN = {
    "decision_mentions": {
        "doc_type": "Quyết định",
        "number": "942/QĐ-TTg",
        "issued_on": "2021-06-15",
        "issuer": "Thủ tướng Chính phủ",
        "title": None,
        "action": "issue",
        "refers_to": None,
        "issuer_id": None,
        "document_id": None,  # before documents are brought together
        "document_confidence": None,
        "document_evidence": None,
    },
    "dates": {
        "start_date": date(2021, 6, 15),
        "end_date": date(2021, 6, 15),
        "modifier": None,
        "grain": "day",
        "value": "2021-06-15",
        "evidence": "text",
    },
    "percentages": {
        "low": 80.0,
        "high": 80.0,
        "unit": "percent",
        "comparator": "eq",
        "change": None,
        "status": "target",
        "subject": "hồ sơ",
        "period": None,
        "malformed": False,
        "actor": None,
        "actor_id": None,
    },
    "rankings": {
        "rank": 86,
        "out_of": 193,
        "top_n": None,
        "previous_rank": None,
        "change": None,
        "change_since": None,
        "year": None,
        "subject": "Nước ta",
        "index": None,
        "scope": None,
        "status": "actual",
        "subject_id": None,
    },
    "quantities": {
        "low": 62.0,
        "high": 62.0,
        "out_of": 63.0,
        "unit": "tỉnh",
        "comparator": "eq",
        "malformed": False,
    },
    "entities": {"label": "ORG", "entity_id": None, "name": None, "role": None, "body": None},
}
SENTENCES = {
    "decision_mentions": TEXT[: TEXT.index(" Mục")],
    "dates": TEXT[: TEXT.index(" Mục")],
    "entities": TEXT[: TEXT.index(" Mục")],
    "percentages": "Mục tiêu là 80% hồ sơ được xử lý trực tuyến.",
    "rankings": "Nước ta xếp hạng 86/193 quốc gia.",
    "quantities": "Đã có 62/63 tỉnh tham gia.",
}


@pytest.mark.parametrize("kind", FACTS)
def test_a_row_says_all_of_its_fact(warehouse: Warehouse, kind: str) -> None:
    view = FACT_VIEWS[kind]
    loaded = page(1, source="Báo mẫu")
    warehouse.load([loaded], "rules-1")
    (row,) = ask(warehouse, f"from {view}")
    (stated,) = [found for found in loaded.facts if found.kind == kind]
    assert re.fullmatch("[0-9a-f]{16}", row.pop("fact_id"))
    assert row == {
        "article_id": loaded.article.id,
        "version": loaded.article.version,
        "url": "https://bao.example/bai-1",
        "source": "Báo mẫu",
        "published": date(2021, 7, 1),
        "kind": kind,
        "surface": stated.text,
        "span_start": stated.start,
        "span_end": stated.end,
        "sentence": SENTENCES[view],
        "rule": f"{kind}.by_hand",
        "extractor_version": "rules-1",
        "confidence": 0.9,
        "noise": False,
        "canonical_id": loaded.article.id,
        "is_copy": False,
        "said_by": None,
        **OWN[view],
    }


def test_facts_of_all_kinds_stand_in_one_view(warehouse: Warehouse) -> None:
    warehouse.load([page(1)], "rules-1")
    together = ask(warehouse, "from facts order by fact_id")
    common = ", ".join(together[0])
    apart = [row for view in FACT_VIEWS.values() for row in ask(warehouse, f"select {common} from {view}")]
    assert together == sorted(apart, key=lambda row: row["fact_id"])
    assert {row["kind"] for row in together} == set(FACTS)


def test_an_article_row_says_all_of_its_article(warehouse: Warehouse) -> None:
    loaded = page(1, source="Báo mẫu")
    warehouse.load([loaded], "rules-1")
    assert ask(warehouse, "from articles") == [
        {
            "article_id": loaded.article.id,
            "version": loaded.article.version,
            "is_current": True,
            "title": "Tin mẫu",
            "published": date(2021, 7, 1),
            "url": "https://bao.example/bai-1",
            "source": "Báo mẫu",
            "text": TEXT,
            "fetched": datetime(2026, 3, 1, 8, 30),  # noqa: DTZ001 (UTC, as the contract says)
            "extractor_version": "rules-1",
            "canonical_id": loaded.article.id,
            "is_copy": False,
        }
    ]


def test_what_is_not_known_is_null(warehouse: Warehouse) -> None:
    bare = Extracted(1, Article.from_text("Có 5 xã."), [], [], FETCHED)
    warehouse.load([bare], "rules-1")
    (row,) = ask(warehouse, "from articles")
    assert {name for name, value in row.items() if value is None} == {"title", "published", "url", "source"}


def test_sentence_of_a_fact_that_crosses_or_misses_sentences(warehouse: Warehouse) -> None:
    text = "Một hai. Ba bốn. Năm"
    found = [fact(Entity, text, surface, label="ORG") for surface in ("hai. Ba", "bốn", "Năm")]
    article = Article.from_text(text)
    warehouse.load([Extracted(1, article, found, [Span(0, 8), Span(9, 16)], FETCHED)], "rules-1")
    rows = ask(warehouse, "select surface, sentence from entities")
    assert {row["surface"]: row["sentence"] for row in rows} == {
        "hai. Ba": "Một hai. Ba bốn.",
        "bốn": "Ba bốn.",
        "Năm": "Năm",
    }


HUGE = 10**400


@pytest.mark.parametrize(
    ("view", "found", "column", "held"),
    [
        ("rankings", fact(Ranking, TEXT, "86", rank=2**31 - 1), "rank", 2**31 - 1),
        ("rankings", fact(Ranking, TEXT, "86", change=-(2**31) + 1), "change", -(2**31) + 1),
        ("rankings", fact(Ranking, TEXT, "86", rank=2**31), "rank", None),
        ("rankings", fact(Ranking, TEXT, "86", rank=HUGE), "rank", None),
        ("quantities", fact(Quantity, TEXT, "62", low=8 * 10**12, high=2**53 + 2), "high", 2.0**53 + 2),
        ("quantities", fact(Quantity, TEXT, "62", low=HUGE, high=1.0), "low", None),
        ("quantities", fact(Quantity, TEXT, "62", low=1.0, high=float("inf")), "high", None),
        ("percentages", fact(Percentage, TEXT, "80", low=float("nan"), high=80.0), "low", None),
        ("percentages", fact(Percentage, TEXT, "80", low=0.1, high=0.1), "low", 0.1),
        ("dates", fact(Date, TEXT, "15", start_date=date.min, end_date=date.max), "start_date", date.min),
        (
            "decision_mentions",
            fact(Decision, TEXT, "942", doc_type="Luật", issued_on="2021-06"),
            "issued_on",
            "2021-06",
        ),
    ],
)
def test_numbers_at_the_ends_of_their_columns(
    warehouse: Warehouse, view: str, found: Any, column: str, held: object
) -> None:
    ordinary = [other for other in page(1).facts if other.kind == found.kind]
    warehouse.load([page(1, facts=[found, *ordinary])], "rules-1")
    rows = ask(warehouse, f"select {column} from {view} order by span_end - span_start")
    assert [row[column] for row in rows] == [held, getattr(ordinary[0], column)]


ANY_TEXT = st.text(
    st.one_of(st.characters(exclude_categories=()), st.sampled_from("aế\u0301👍🏽🇻🇳\x00\ud800\udfff\n "))
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    with Warehouse.open(tmp_path_factory.mktemp("shelf") / "w.duckdb") as opened:
        yield opened


@settings(max_examples=80, deadline=None)
@given(text=ANY_TEXT, data=st.data())
def test_the_surface_is_cut_from_any_text_by_code_points(
    shelf: Warehouse, text: str, data: st.DataObject
) -> None:
    article = Article.from_text(text, title=text, url="https://bao.example/bai", source=text)
    assume(article.text)
    start = data.draw(st.integers(0, len(article.text) - 1))
    end = data.draw(st.integers(start + 1, len(article.text)))
    surface = article.text[start:end]
    found = Entity(start=start, end=end, text=surface, rule="entity.any", label="ORG")
    number = max(shelf.loaded("rules-1"), default=0) + 1
    shelf.load([Extracted(number, article, [found], [Span(0, len(article.text))], FETCHED)], "rules-1")
    (row,) = ask(
        shelf,
        """
        select f.surface, f.sentence, a.text, length(a.text) as characters,
            substr(a.text, f.span_start + 1, f.span_end - f.span_start) as cut
        from entities f join articles a using (article_id, version)
        """,
    )
    storable = re.sub("[\ud800-\udfff]", "\ufffd", article.text)
    assert row == {
        "surface": storable[start:end],
        "sentence": storable,
        "text": storable,
        "characters": len(article.text),
        "cut": storable[start:end],
    }
