"""Writes the copy of a warehouse that readers get: packed, and without what only the loader needs.

It is the copy before with the pages that have changed since, or written anew once most of its pages would
have come since that was done last. In what is written at one time, articles lie in the order of their
headlines, and facts in that of their articles: copies, versions and instalments of one series come to lie
side by side, so that what they say again takes next to no room.
"""

from __future__ import annotations

from contextlib import contextmanager
from shutil import copyfile
from typing import TYPE_CHECKING

from warehouse.schema import create_views

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

LOADERS_OWN = frozenset({"fingerprints", "bands", "sketches", "alike"})
"""Tables by which copies are found; their outcome stands in `copies`."""

CONTINUED = 0.75
"""The share of the pages of a copy that may have come since it was written anew: they pack less well."""

_PAGES = """
select page, title, revision from stored.articles union all select page, null, revision from stored.unreadable
"""


def write(connection: duckdb.DuckDBPyConnection, path: Path, before: Path | None = None) -> None:
    """Copies all that is committed into a new DuckDB file, with views and comments.

    Views of the schema `stored` become tables there: what every question would have to work out anew is
    worked out once. `before` is the copy before, if there is one that may be continued.
    """
    since = _continued_from(connection, before) if before else None
    try:
        if before and since is not None:
            copyfile(before, path)
            with _attached(connection, path):
                _continue(connection, since)
        else:
            with _attached(connection, path):
                _begin(connection)
    finally:
        connection.execute("drop table if exists temp.newer")


def _continued_from(connection: duckdb.DuckDBPyConnection, before: Path) -> int | None:
    """The revision that an earlier copy mirrors; None where a new one is to be written anew."""
    with _attached(connection, before, "(read_only)"):
        if connection.execute(_OF_ONE_MAKE).fetchall() != [(True,)]:
            return None
        rows = connection.execute(_NEWER).fetchall()
        return int(rows[0][0]) if rows else None


_OF_ONE_MAKE = """
select own.warehouse = mirrored.warehouse and own.revision >= mirrored.revision
    and (select list(checksum order by number) from stored.migrations)
        = (select list(checksum order by number) from snapshot.stored.migrations)
from stored.state as own, snapshot.stored.state as mirrored
"""

_NEWER = f"""
select revision from snapshot.stored.state as mirrored
where continued + (select count(*) from ({_PAGES}) as pages where pages.revision > mirrored.revision)
    <= {CONTINUED} * (select count(*) from ({_PAGES}))
"""


def _begin(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(f"copy from database {identifier(_own_name(connection))} to snapshot (schema)")
    for table in LOADERS_OWN:
        connection.execute(f"drop table snapshot.stored.{table}")
    _insert_pages(connection, -1)
    _replace_others(connection)
    _lay_out_views(connection)
    _fill_views(connection)


def _continue(connection: duckdb.DuckDBPyConnection, since: int) -> None:
    """Brings a copy that mirrors the warehouse at a revision to what it is now."""
    ((written,),) = connection.execute("select continued from snapshot.stored.state").fetchall()
    _lay_out_views(connection)
    connection.execute("checkpoint snapshot")  # What the tables of views took is free again only then.
    written += _insert_pages(connection, since)
    _replace_others(connection)
    connection.execute("update snapshot.stored.state set continued = ?", [written])
    _fill_views(connection)


def _insert_pages(connection: duckdb.DuckDBPyConnection, since: int) -> int:
    """Writes the rows of all pages that have changed since a revision; how many pages that are."""
    connection.execute(
        f"""
        create temp table newer as
        select page, row_number() over (order by title, page) as place
        from ({_PAGES}) where revision > {since}
        """
    )
    for table, columns in _tables(connection):
        if "page" in columns:
            within = ", span_start" if "span_start" in columns else ""
            connection.execute(
                f"""
                delete from snapshot.stored.{table}
                where page in (select page from temp.newer) or page not in (select page from ({_PAGES}))
                """
            )
            connection.execute(
                f"""
                insert into snapshot.stored.{table}
                select rows.* from stored.{table} as rows join newer using (page) order by place{within}
                """
            )
    ((count,),) = connection.execute("select count(*) from temp.newer").fetchall()
    return int(count)


def _replace_others(connection: duckdb.DuckDBPyConnection) -> None:
    for table, columns in _tables(connection):
        if "page" not in columns:
            connection.execute(f"delete from snapshot.stored.{table}")
            connection.execute(f"insert into snapshot.stored.{table} from stored.{table}")


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, list[str]]]:
    """What a copy has of the tables that are stored, with their columns."""
    rows = connection.execute(
        """
        select table_name, list(column_name)
        from duckdb_tables() join duckdb_columns() using (database_name, schema_name, table_name)
        where schema_name = 'stored' and database_name = current_database()
        group by table_name
        order by table_name
        """
    ).fetchall()
    return [(table, columns) for table, columns in rows if table not in LOADERS_OWN]


def _lay_out_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes views again of what an earlier copy has as tables, those first that others are made of."""
    own, tables = _own_name(connection), dict(_tables(connection))
    for (table,) in connection.execute(
        "select table_name from duckdb_tables() where database_name = 'snapshot' and schema_name = 'stored'"
    ).fetchall():
        if table not in tables:
            connection.execute(f"drop table snapshot.stored.{table}")
    connection.execute("use snapshot")
    try:
        create_views(connection)
    finally:
        connection.execute(f"use {identifier(own)}")


def _fill_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Each from what is in the snapshot already: views that others are made of were created before them."""
    for (view,) in connection.execute(
        """
        select view_name from duckdb_views()
        where schema_name = 'stored' and database_name = 'snapshot'
        order by view_oid
        """
    ).fetchall():
        connection.execute(f"create table snapshot.stored.filled as from snapshot.stored.{view}")
        connection.execute(f"drop view snapshot.stored.{view}")
        connection.execute(f"alter table snapshot.stored.filled rename to {view}")


@contextmanager
def _attached(connection: duckdb.DuckDBPyConnection, path: Path, how: str = "") -> Iterator[None]:
    """Lets SQL speak of a DuckDB file as `snapshot`."""
    connection.execute(f"attach {literal(path)} as snapshot {how}")
    try:
        yield
    finally:
        connection.execute("detach snapshot")


def _own_name(connection: duckdb.DuckDBPyConnection) -> str:
    ((name,),) = connection.execute("select current_database()").fetchall()
    return str(name)


def literal(path: Path) -> str:
    """A path as SQL writes a text."""
    return "'" + str(path).replace("'", "''") + "'"


def identifier(name: str) -> str:
    """A name as SQL writes one that could be anything."""
    return '"' + name.replace('"', '""') + '"'
