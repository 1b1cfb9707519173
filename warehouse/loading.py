"""Puts what was read from pages into the warehouse: whole batches through Arrow, once a page and version."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from warehouse.rows import TABLES, Extracted, Unreadable
from warehouse.schema import changed, transaction

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import duckdb

    from warehouse.rows import Rows

__all__ = ["TABLES", "Extracted", "Unreadable", "claim", "load", "loaded"]

_READ = ("articles", "unreadable")
_ALL_TABLES = (*_READ, "fingerprints", *TABLES.values())
_REVISION = "(select revision from stored.state)"
_UNSAID = {"extractor_version", "article"}


def loaded(connection: duckdb.DuckDBPyConnection, version: str) -> set[int]:
    """The pages that this extractor version has read or found unreadable."""
    rows = connection.execute(
        """
        select page from stored.articles where extractor_version = $version
        union all
        select page from stored.unreadable where extractor_version = $version
        """,
        {"version": version},
    ).fetchall()
    return {page for (page,) in rows}


def claim(connection: duckdb.DuckDBPyConnection, archive: str | None) -> bool:
    """Whether the pages are those of this archive, which an unclaimed warehouse belongs to from now on."""
    ((known,),) = connection.execute("select archive from stored.state").fetchall()
    if known is None and archive is not None:
        connection.execute("update stored.state set archive = ?", [archive])
        return True
    return bool(known == archive)


def load(connection: duckdb.DuckDBPyConnection, rows: Rows, version: str, *, again: bool = False) -> None:
    """Stores the rows of a batch of pages in one transaction; see `Warehouse.load_rows`."""
    pages = {page for name in _READ if name in rows for page in rows[name]["page"].to_pylist()}
    known = _known(connection, pages)
    news = {page for page in pages if again or (page, version) not in known}
    if not news:
        return
    stored = {page for page, _ in known} & news
    differ = _differing(connection, _of(rows, stored), stored)
    new = _of(rows, news - (stored - differ))
    with transaction(connection):
        changed(connection)
        for name in _READ:
            update = f"update stored.{name} set extractor_version = $version, revision = {_REVISION}"
            _run(connection, update, stored - differ, version)
        for name in _ALL_TABLES:
            _run(connection, f"delete from stored.{name}", differ)
        for name, found in new.items():
            with _registered(connection, found):
                connection.execute(f"insert into stored.{name} by name {_selected(name)}")


def _of(rows: Rows, pages: Collection[int]) -> Rows:
    """The rows of some pages; tables that have none are left out."""
    wanted = pa.array(sorted(pages), pa.int64())
    found = {name: table.filter(pc.is_in(table["page"], wanted)) for name, table in rows.items()}
    return {name: table for name, table in found.items() if table.num_rows}


def _known(connection: duckdb.DuckDBPyConnection, pages: Collection[int]) -> set[tuple[int, str]]:
    """Which of the pages are stored, and by which extractor version."""
    return set(
        connection.execute(
            """
            select page, extractor_version from stored.articles where page in (select unnest($pages))
            union all
            select page, extractor_version from stored.unreadable where page in (select unnest($pages))
            """,
            {"pages": list(pages)},
        ).fetchall()
    )


def _run(
    connection: duckdb.DuckDBPyConnection, statement: str, pages: Collection[int], version: str | None = None
) -> None:
    """Runs a statement for the rows of some pages."""
    if pages:
        known = {"version": version} if version else {}
        connection.execute(
            f"{statement} where page in (select unnest($pages))", {"pages": list(pages)} | known
        )


@contextmanager
def _registered(connection: duckdb.DuckDBPyConnection, rows: pa.Table) -> Iterator[None]:
    """Lets SQL read the rows as `new`."""
    connection.register("new", rows)
    try:
        yield
    finally:
        connection.unregister("new")


def _selected(table: str) -> str:
    """The rows of `new`: pages with their revision, facts with their ids (see `facts.fact_id`)."""
    if table in _READ:
        return f"select *, {_REVISION} as revision from new"
    for kind, name in TABLES.items():
        if name == table:
            span = f"article || ' {kind} ' || span_start || ' ' || span_end"
            return f"select * exclude (article), left(sha256({span}), 16) as fact_id from new"
    return "select * from new"


def _differing(connection: duckdb.DuckDBPyConnection, rows: Rows, pages: Collection[int]) -> set[int]:
    """Which of these stored pages have other rows now; who read them is no difference."""
    differing: set[tuple[int]] = set()
    known = {"pages": list(pages)}
    for name in (*_READ, *TABLES.values()) if pages else ():
        if name not in rows:
            select = f"select distinct page from stored.{name} where page in (select unnest($pages))"
            differing.update(connection.execute(select, known).fetchall())
        else:
            said = ", ".join(f'"{column}"' for column in rows[name].column_names if column not in _UNSAID)
            with _registered(connection, rows[name]):
                select = _DIFFERENT.format(said=said, name=name)
                differing.update(connection.execute(select, known).fetchall())
    return {page for (page,) in differing}


_DIFFERENT = """
with old as materialized (select {said} from stored.{name} where page in (select unnest($pages))),
    now as (select {said} from new)
select page from (from old except all from now)
union
select page from (from now except all from old)
"""
