"""Writes the copy of a warehouse that readers get: packed, and without what only the loader needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

LOADERS_OWN = frozenset({"fingerprints", "bands", "alike"})
"""Tables by which copies are found; their outcome stands in `copies`."""


def write(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Copies all that is committed into a new DuckDB file, with views and comments.

    Views of the schema `stored` become tables there: what every question would have to work out anew is
    worked out once.
    """
    connection.execute(f"attach {_literal(path)} as snapshot")
    try:
        ((name,),) = connection.execute("select current_database()").fetchall()
        connection.execute(f"copy from database {_identifier(name)} to snapshot (schema)")
        for table in _stored(connection, "table"):
            if table in LOADERS_OWN:
                connection.execute(f"drop table snapshot.stored.{table}")
            else:
                connection.execute(f"insert into snapshot.stored.{table} from stored.{table}")
        for view in _stored(connection, "view"):
            connection.execute(f"drop view snapshot.stored.{view}")
            connection.execute(f"create table snapshot.stored.{view} as from stored.{view}")
    finally:
        connection.execute("detach snapshot")


def _stored(connection: duckdb.DuckDBPyConnection, what: str) -> list[str]:
    """The names of the tables or views of the schema `stored`."""
    rows = connection.execute(
        f"""
        select {what}_name from duckdb_{what}s()
        where schema_name = 'stored' and database_name = current_database()
        order by {what}_name
        """
    ).fetchall()
    return [name for (name,) in rows]


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _identifier(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
