"""Looks for rows of a warehouse that nothing stands behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from warehouse.rows import TABLES

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import duckdb


def unfounded(connection: duckdb.DuckDBPyConnection, pages: Collection[int]) -> Iterator[str]:
    """A line each for articles of pages that the archive does not have, and for facts without an article."""
    for (page,) in connection.execute(
        """
        select page from (select page from stored.articles union select page from stored.unreadable)
        where page not in (select unnest($archived::bigint[])) order by page
        """,
        {"archived": list(pages)},
    ).fetchall():
        yield f"page {page} is loaded, and the archive does not have it"
    for kind, table in TABLES.items():
        for page, count in connection.execute(
            f"""
            select page, count(*) from stored.{table}
            where page not in (select page from stored.articles) group by page order by page
            """
        ).fetchall():
            yield f"{count} facts of kind {kind} are of page {page}, which is no article"
