"""docs/analyst.ipynb runs from top to bottom, and docs/snapshot.md as far as it is DuckDB's own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from extracted import pages

from warehouse import Warehouse, publish

DOCS = Path(__file__).parent.parent / "docs"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("home")
    with Warehouse.open(home / "warehouse.duckdb") as warehouse:
        warehouse.load(pages(1, 3), "rules-1")
        publish(warehouse, home / "published")
    return home


def test_every_cell_runs(home: Path) -> None:
    notebook = json.loads((DOCS / "analyst.ipynb").read_text("utf-8"))
    assert (notebook["nbformat"], len({cell["id"] for cell in notebook["cells"]})) == (
        4,
        len(notebook["cells"]),
    )
    code = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert not any(cell.get("outputs") for cell in notebook["cells"]), "no output of other people's articles"
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(code)],
        env=os.environ | {"TRICHTIN_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 targets, 8 columns" in done.stdout


def test_the_sql_of_the_page_runs(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home.parent)
    page = (DOCS / "snapshot.md").read_text("utf-8").replace("trichtin-data", home.name)
    first, *_ = re.findall(r"```sql\n(.*?)```", page, re.DOTALL)
    with duckdb.connect() as connection:
        connection.execute(first)
        assert len(connection.fetchall()) == 3
    (python,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names: dict[str, object] = {}
    exec(python, names)  # noqa: S102
    assert names["targets"].num_rows == 3  # type: ignore[attr-defined]
