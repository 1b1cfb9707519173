"""Writes the copy of a warehouse that readers get: packed, and without what only the loader needs.

Articles lie in the order of their headlines there, and facts in that of their articles: copies, versions and
instalments of one series come to lie side by side, so that what they say again takes next to no room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import duckdb

LOADERS_OWN = frozenset({"fingerprints", "bands", "sketches", "alike"})
"""Tables by which copies are found; their outcome stands in `copies`."""


def write(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Copies all that is committed into a new DuckDB file, with views and comments.

    Views of the schema `stored` become tables there: what every question would have to work out anew is
    worked out once.
    """
    connection.execute(f"attach {literal(path)} as snapshot")
    try:
        ((name,),) = connection.execute("select current_database()").fetchall()
        connection.execute(f"copy from database {identifier(name)} to snapshot (schema)")
        _copy_tables(connection)
        _fill_views(connection)
    finally:
        connection.execute("drop table if exists temp.places")
        connection.execute("detach snapshot")


def _copy_tables(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        """
        create temp table places as
        select page, row_number() over (order by title, page) as place from stored.articles
        """
    )
    for table, columns in connection.execute(_TABLES).fetchall():
        if table in LOADERS_OWN:
            connection.execute(f"drop table snapshot.stored.{table}")
        elif "page" in columns:
            within = ", span_start" if "span_start" in columns else ""
            connection.execute(
                f"""
                insert into snapshot.stored.{table}
                select rows.* from stored.{table} as rows left join places using (page) order by place{within}
                """
            )
        else:
            connection.execute(f"insert into snapshot.stored.{table} from stored.{table}")


_TABLES = """
select table_name, list(column_name)
from duckdb_tables() join duckdb_columns() using (database_name, schema_name, table_name)
where schema_name = 'stored' and database_name = current_database()
group by table_name
order by table_name
"""


def _fill_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Each from what is in the snapshot already: views that others are made of were created before them."""
    for (view,) in connection.execute(
        """
        select view_name from duckdb_views()
        where schema_name = 'stored' and database_name = current_database()
        order by view_oid
        """
    ).fetchall():
        connection.execute(f"create table snapshot.stored.filled as from snapshot.stored.{view}")
        connection.execute(f"drop view snapshot.stored.{view}")
        connection.execute(f"alter table snapshot.stored.filled rename to {view}")


def literal(path: Path) -> str:
    """A path as SQL writes a text."""
    return "'" + str(path).replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name as SQL writes one that could be anything."""
    return '"' + name.replace('"', '""') + '"'
