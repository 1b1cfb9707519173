"""The example questions of docs/warehouse.md are answered as they stand there."""

from __future__ import annotations

from pathlib import Path

import pytest
from extracted import pages

from warehouse import Generation, Warehouse, publish, query
from warehouse.examples import Example, examples

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def generation(tmp_path_factory: pytest.TempPathFactory) -> Generation:
    home = tmp_path_factory.mktemp("home")
    with Warehouse.open(home / "warehouse.duckdb") as warehouse:
        warehouse.load(pages(1, 3), "rules-1")
        return publish(warehouse, home / "published")


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.asks)
def test_an_example_is_shown_and_answered(generation: Generation, example: Example) -> None:
    assert f"{example.asks}\n\n```sql\n{example.sql}```" in (ROOT / "docs" / "warehouse.md").read_text(
        "utf-8"
    )
    query(generation.database, example.sql)
