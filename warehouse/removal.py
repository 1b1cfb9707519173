"""Takes pages out of a warehouse, by a new file without them: no freed block keeps what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from warehouse.snapshot import identifier, literal

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


_PAGES = "select page, url from stored.articles union select page, url from stored.unreadable"


def of_urls(connection: duckdb.DuckDBPyConnection, urls: Collection[str]) -> list[int]:
    """The pages that are loaded and were fetched from some URLs, ascending."""
    query = f"select page from ({_PAGES}) where url in (select unnest($urls::varchar[])) order by page"
    return [page for (page,) in connection.execute(query, {"urls": list(urls)}).fetchall()]


def lacking(connection: duckdb.DuckDBPyConnection, database: Path) -> bool:
    """Whether a generation's DuckDB file has articles of pages that are not loaded, or cannot be read."""
    try:
        with duckdb.connect(database, read_only=True) as published:
            pages = published.sql("select distinct page from stored.articles").to_arrow_table()
    except duckdb.Error:
        return True
    connection.register("published_pages", pages)
    try:
        query = f"select 1 from published_pages where page not in (select page from ({_PAGES})) limit 1"
        return bool(connection.execute(query).fetchall())
    finally:
        connection.unregister("published_pages")


def write_without(connection: duckdb.DuckDBPyConnection, pages: Collection[int], path: Path) -> None:
    """Copies the warehouse but for some pages into a new DuckDB file, a revision further."""
    connection.execute(f"attach {literal(path)} as beside")
    try:
        ((name,),) = connection.execute("select current_database()").fetchall()
        connection.execute(f"copy from database {identifier(name)} to beside (schema)")
        for table, paged in connection.execute(_TABLES).fetchall():
            without = "where page not in (select unnest($pages::bigint[]))" if paged else ""
            values = {"pages": list(pages)} if paged else {}
            connection.execute(f"insert into beside.stored.{table} from stored.{table} {without}", values)
        # Names that only these pages wrote go too; `publish` finds the others again.
        connection.execute("delete from beside.stored.names")
        connection.execute("update beside.stored.state set revision = revision + 1")
        connection.execute("checkpoint beside")
    finally:
        connection.execute("detach beside")


_TABLES = """
select table_name, bool_or(column_name = 'page')
from duckdb_tables() join duckdb_columns() using (database_name, schema_name, table_name)
where schema_name = 'stored' and database_name = current_database()
group by table_name
order by table_name
"""
