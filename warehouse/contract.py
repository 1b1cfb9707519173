"""The public contract: the views with their columns, and docs/warehouse.md that is made of their comments.

`python -m warehouse.contract > docs/warehouse.md` writes the file anew.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import duckdb

from warehouse import examples
from warehouse.rows import TABLES
from warehouse.schema import bundled, update, view_names

if TYPE_CHECKING:
    from collections.abc import Iterator


FACT_VIEWS = TABLES | {"decision": "decision_mentions"}
"""The view that shows the facts of each kind."""


class Column(NamedTuple):
    """One column of a view, its DuckDB type and what it means."""

    name: str
    type: str
    comment: str | None


class View(NamedTuple):
    """One view that is promised to readers."""

    name: str
    comment: str | None
    columns: tuple[Column, ...]


def views(connection: duckdb.DuckDBPyConnection) -> list[View]:
    """The promised views of an open warehouse, sorted by name."""
    return [_view(connection, name) for name in view_names(connection)]


def document() -> str:
    """docs/warehouse.md: the contract as this version makes it, in Markdown."""
    with duckdb.connect() as connection:
        update(connection, bundled())
        return "\n".join(_markdown(views(connection)))


def _view(connection: duckdb.DuckDBPyConnection, name: str) -> View:
    ((comment,),) = connection.execute(
        "select comment from duckdb_views() where schema_name = 'main' and view_name = ?", [name]
    ).fetchall()
    columns = connection.execute(
        """
        select column_name, data_type, comment from duckdb_columns()
        where schema_name = 'main' and table_name = ? order by column_index
        """,
        [name],
    ).fetchall()
    return View(name, comment, tuple(Column(*column) for column in columns))


def _markdown(contract: list[View]) -> Iterator[str]:
    yield _preface()
    yield examples.document()
    for view in contract:
        yield f"## {view.name}\n"
        yield f"{view.comment}\n"
        yield "| column | type | meaning |"
        yield "| --- | --- | --- |"
        for column in view.columns:
            yield f"| `{column.name}` | {column.type} | {column.comment} |"
        yield ""


def _preface() -> str:
    return (Path(__file__).parent / "preface.md").read_text("utf-8")


if __name__ == "__main__":
    sys.stdout.write(document())
