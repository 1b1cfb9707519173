"""What is in a warehouse that a test has open."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

from warehouse import Warehouse


def ask(warehouse: Warehouse, sql: str) -> list[dict[str, Any]]:
    return warehouse._connection.sql(sql).to_arrow_table().to_pylist()


def fact_ids(warehouse: Warehouse) -> list[str]:
    return [row["fact_id"] for row in ask(warehouse, "select fact_id from facts order by fact_id")]


def digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()
