"""Each page is in the warehouse once, as the newest rules read it; a batch is loaded whole or not at all."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from extracted import TEXT, fact, page, pages
from warehoused import ask, fact_ids

from corpus import Percentage
from warehouse import Unreadable, Warehouse, WarehouseError


def test_loading_twice_is_loading_once(warehouse: Warehouse) -> None:
    warehouse.load([page(1)], "rules-1")
    before, state = fact_ids(warehouse), warehouse.state
    warehouse.load([page(1)], "rules-1")
    warehouse.load([], "rules-1")
    assert (fact_ids(warehouse), warehouse.state) == (before, state)
    assert len(set(before)) == len(before) == 6


def test_a_page_twice_in_a_batch_counts_once(warehouse: Warehouse) -> None:
    warehouse.load([page(1), page(1)], "rules-1")
    assert len(fact_ids(warehouse)) == 6


def test_of_two_facts_of_one_kind_and_span_the_first_counts(warehouse: Warehouse) -> None:
    first, second = (fact(Percentage, TEXT, "80%", low=low, high=80.0) for low in (80.0, 8.0))
    warehouse.load([page(1, facts=[first, second])], "rules-1")
    assert ask(warehouse, "select low from percentages") == [{"low": 80.0}]


def test_newer_rules_replace_the_rows_of_their_pages_only(warehouse: Warehouse) -> None:
    warehouse.load(pages(1, 3), "rules-1")
    (again,) = pages(2, 1)
    warehouse.load([replace(again, facts=again.facts[:1])], "rules-2")
    rows = ask(warehouse, "select url, extractor_version, count(*) as n from facts group by all order by url")
    assert [(row["url"][-1], row["extractor_version"], row["n"]) for row in rows] == [
        ("1", "rules-1", 6),
        ("2", "rules-2", 1),
        ("3", "rules-1", 6),
    ]
    assert (warehouse.loaded("rules-1"), warehouse.loaded("rules-2")) == ({1, 3}, {2})


STORED = """
select 'articles', rowid, page from stored.articles
union all select 'dates', rowid, page from stored.dates
union all select 'percentages', rowid, page from stored.percentages
order by all
"""


def test_newer_rules_that_read_a_page_alike_leave_its_rows_where_they_are(warehouse: Warehouse) -> None:
    first, second, third = pages(1, 3)
    warehouse.load([first, second, third], "rules-1")
    before, (_, revision) = ask(warehouse, STORED), warehouse.state
    changed = replace(second, facts=[*second.facts[:-1], replace(second.facts[-1], confidence=0.5)])
    warehouse.load([first, changed, third], "rules-2")
    after = ask(warehouse, STORED)
    assert [row for row in after if row["page"] != 2] == [row for row in before if row["page"] != 2]
    assert [row for row in after if row["page"] == 2] != [row for row in before if row["page"] == 2]
    assert (warehouse.loaded("rules-1"), warehouse.loaded("rules-2")) == (set(), {1, 2, 3})
    assert {row["extractor_version"] for row in ask(warehouse, "from facts")} == {"rules-2"}
    assert ask(warehouse, "select confidence, count(*) as n from facts group by 1 order by 1") == [
        {"confidence": 0.5, "n": 1},
        {"confidence": 0.9, "n": 17},
    ]
    assert warehouse.state[1] > revision


@pytest.mark.parametrize("fewer", [0, 1, 3])
def test_a_fact_that_newer_rules_leave_out_goes(warehouse: Warehouse, fewer: int) -> None:
    warehouse.load([page(1)], "rules-1")
    kept = page(1).facts[: 6 - fewer]
    warehouse.load([page(1, facts=kept)], "rules-2")
    assert len(fact_ids(warehouse)) == 6 - fewer
    warehouse.load([page(1)], "rules-3")
    assert len(fact_ids(warehouse)) == 6


def test_ids_are_the_same_in_every_warehouse_and_differ_between_articles(
    warehouse: Warehouse, tmp_path: Path
) -> None:
    warehouse.load(pages(1, 2), "rules-1")
    with Warehouse.open(tmp_path / "other" / "w.duckdb") as other:
        other.load(pages(2, 1), "rules-2")
        other.load([replace(pages(1, 1)[0], page=9)], "rules-2")
        assert fact_ids(other) == fact_ids(warehouse)
    assert len(set(fact_ids(warehouse))) == 12


VERSIONS = "select text, is_current from articles order by text"


def test_facts_are_those_of_the_newest_version(warehouse: Warehouse) -> None:
    old, new = TEXT, TEXT.replace("80%", "85%")
    changed = fact(Percentage, new, "85%", low=85.0, high=85.0)
    warehouse.load([page(1, old), page(2, new, facts=[changed])], "rules-1")
    assert ask(warehouse, VERSIONS) == [
        {"text": old, "is_current": False},
        {"text": new, "is_current": True},
    ]
    assert ask(warehouse, "select surface from facts") == [{"surface": "85%"}]
    warehouse.load([page(3, old)], "rules-1")
    assert ask(warehouse, VERSIONS) == [
        {"text": old, "is_current": True},
        {"text": new, "is_current": False},
    ]
    assert len(fact_ids(warehouse)) == 6


def test_an_unreadable_page_is_done_and_hides_nothing(warehouse: Warehouse) -> None:
    warehouse.load([page(1), Unreadable(2, "https://bao.example/bai-1", "no text")], "rules-1")
    assert warehouse.loaded("rules-1") == {1, 2}
    assert len(fact_ids(warehouse)) == 6


def test_a_page_that_newer_rules_cannot_read_gives_way(warehouse: Warehouse) -> None:
    newer = page(2, TEXT + " Hết.", facts=[])
    warehouse.load([page(1), newer], "rules-1")
    assert fact_ids(warehouse) == []
    warehouse.load([Unreadable(2, None, "a list\ud800")], "rules-2")
    assert len(fact_ids(warehouse)) == 6
    warehouse.load([newer], "rules-3")
    assert fact_ids(warehouse) == []


def test_a_batch_is_all_or_nothing(warehouse: Warehouse) -> None:
    warehouse.load([page(1)], "rules-1")
    before, state = fact_ids(warehouse), warehouse.state
    nameless = replace(page(3).facts[0], rule=None)
    with pytest.raises(WarehouseError, match=r"^cannot load into the warehouse [^\n]*$"):
        warehouse.load([page(1, facts=[]), *pages(2, 1), page(3, facts=[nameless])], "rules-2")
    assert (fact_ids(warehouse), warehouse.state, warehouse.loaded("rules-2")) == (before, state, set())
    warehouse.load(pages(2, 1), "rules-2")
    assert len(fact_ids(warehouse)) == 12
