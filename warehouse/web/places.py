"""Where in the tables an article stands: its rows lie together, and need no search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from warehouse.errors import clearly
from warehouse.rows import TABLES

if TYPE_CHECKING:
    import duckdb

PLACED = ("articles", *TABLES.values())

_NUMBERS = np.dtype(np.int64)


class Places:
    """The pages of each article, the copies of each story, and the rows of each page in each table."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Looks through the tables once."""
        with clearly("cannot look through the database"):
            self._places = {table: _places(connection, table) for table in PLACED}
            self._pages = _listed(connection, "article_id", "page", "articles")
            self._copies = _listed(connection, "canonical_id", "article_id", "copies")
            self._canonical = {copy: own for own, copies in self._copies.items() for copy in copies}

    def pages(self, article_id: str) -> list[int]:
        """The pages that an article was fetched as, the newest first."""
        return self._pages.get(article_id, [])

    def canonical(self, article_id: str) -> str:
        """The article that one is a copy of, itself where it is none."""
        return self._canonical.get(article_id, article_id)

    def story(self, article_id: str) -> list[str]:
        """The articles that tell the same, the canonical one first."""
        canonical = self.canonical(article_id)
        return [canonical, *self._copies.get(canonical, [])]

    def of(self, table: str, page: int) -> tuple[int, int] | None:
        """The first and last row of a page, None where it has none."""
        pages, first, last = self._places[table]
        at = int(np.searchsorted(pages, page))
        if at == len(pages) or pages[at] != page:
            return None
        return int(first[at]), int(last[at])


def _places(
    connection: duckdb.DuckDBPyConnection, table: str
) -> tuple[np.ndarray[tuple[int], np.dtype[np.int64]], ...]:
    found = connection.execute(
        f"select page, min(rowid), max(rowid) from stored.{table} group by page order by page"
    ).fetchnumpy()
    return tuple(column.astype(_NUMBERS) for column in found.values())


def _listed(connection: duckdb.DuckDBPyConnection, key: str, value: str, table: str) -> dict[str, list[Any]]:
    rows = connection.execute(
        f"select {key}, list({value} order by {value} desc) from stored.{table} group by {key}"
    )
    return dict(rows.fetchall())
