"""Articles that mention documents, and which of them name one document."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from extracted import fact, page

from corpus import Decision
from warehouse import Extracted, Warehouse
from warehouse.schema import bundled, update

STRATEGY = "phát triển Chính phủ điện tử hướng tới Chính phủ số giai đoạn 2021-2025"
QD: dict[str, Any] = {"doc_type": "Quyết định"}
NQ: dict[str, Any] = {"doc_type": "Nghị quyết"}
CT: dict[str, Any] = {"doc_type": "Chỉ thị"}


def in_memory(path: Path = Path("/nowhere/warehouse.duckdb")) -> Warehouse:
    """A warehouse that keeps nothing; overrides are looked for beside the path."""
    connection = duckdb.connect()
    update(connection, bundled())
    return Warehouse(connection, path)


def told(
    number: int, text: str, *said: tuple[str, dict[str, Any]], published: date | None = date(2021, 7, 1)
) -> Extracted:
    """An article with mentions: their words, and what is read from them."""
    facts = [
        fact(Decision, text, surface, **{"doc_type": surface.split(" số")[0]} | own) for surface, own in said
    ]
    return page(
        number, text, url=f"https://bao.example/{number}", title=None, published=published, facts=facts
    )


def one(
    at: int, surface: str, published: date | None = date(2021, 7, 1), *, around: str = "", **own: Any
) -> Extracted:
    """An article with one mention."""
    whole = f"Bài {at}: {surface} {own.get('title') or ''} {around}."
    return told(at, whole, (surface, own), published=published)


def named(warehouse: Warehouse) -> dict[str, list[str]]:
    """The documents, each with the ends of the addresses that name it."""
    warehouse.bring_together()
    rows = warehouse._connection.sql(
        """
        select document_id, list_sort(list(distinct parse_filename(url))) from decision_mentions
        where document_id is not null group by 1 order by 1
        """
    ).fetchall()
    return dict(rows)
