"""Which mentions are of one document hangs on the articles alone, not on the order that they came in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

from extracted import page
from hypothesis import given, settings
from hypothesis import strategies as st
from mentioned import CT, STRATEGY, in_memory, named, one

from warehouse import Extracted, Warehouse

NUMBERS = ["17/NQ-CP", "17", "17-NQ/TW", "17/2019/NQ-HĐND", None]


@st.composite
def newsrooms(draw: st.DrawFn) -> list[Extracted]:
    return [
        one(
            number,
            draw(st.sampled_from(["Nghị quyết", "Nghị quyết 17"])),
            draw(st.sampled_from([None, date(2019, 9, 4), date(2021, 7, 1), date(2026, 1, 1)])),
            doc_type="Nghị quyết",
            number=draw(st.sampled_from(NUMBERS)),
            issued_on=draw(st.sampled_from([None, "2019-03-07", "2020-03-07", "2019"])),
            issuer=draw(
                st.sampled_from([None, "Chính phủ", "Bộ Chính trị", "Hội đồng nhân dân tỉnh Cà Mau"])
            ),
            title=draw(st.sampled_from([None, STRATEGY, "xây dựng nông thôn mới nâng cao", "bảo vệ rừng"])),
        )
        for number in range(1, draw(st.integers(2, 9)) + 1)
    ]


SEEN = (
    "select fact_id, document_id, document_confidence, document_evidence from decision_mentions order by all"
)


def seen(warehouse: Warehouse) -> list[tuple[Any, ...]]:
    warehouse.bring_together()
    return [
        *warehouse._connection.sql(SEEN).fetchall(),
        *warehouse._connection.sql("from decisions order by all").fetchall(),
    ]


@settings(max_examples=10)
@given(data=st.data(), loaded=newsrooms())
def test_documents_hang_on_the_articles_alone(data: st.DataObject, loaded: list[Extracted]) -> None:
    cuts = [0, *sorted(data.draw(st.sets(st.integers(1, len(loaded) - 1)))), len(loaded)]
    shuffled = data.draw(st.permutations(loaded))
    with in_memory() as at_once, in_memory() as in_parts:
        at_once.load(loaded, "rules-1")
        outcome = seen(at_once)
        for start, end in pairwise(cuts):
            in_parts.load(shuffled[start:end], "rules-1")
            in_parts.bring_together()
        assert seen(in_parts) == outcome
        state = in_parts.state
        in_parts.bring_together()
        assert in_parts.state == state


def test_a_new_version_takes_its_mentions_along() -> None:
    with in_memory() as warehouse:
        first = one(1, "Chỉ thị 26/CT-TTg", **CT, number="26/CT-TTg")
        warehouse.load([first], "r")
        assert len(named(warehouse)) == 1
        warehouse.load([replace(page(2, "Tin khác.", url="https://bao.example/1", facts=[]), page=2)], "r")
        assert named(warehouse) == {}
        assert warehouse._connection.sql("from decisions").fetchall() == []
