"""Where in its tables what was read from a page stands: its rows lie together, and need no search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from warehouse.errors import clearly
from warehouse.rows import TABLES

if TYPE_CHECKING:
    import duckdb

PLACED = ("articles", *TABLES.values())

_NUMBERS = np.dtype(np.int64)


class Places:
    """The first and last row of each page in each table of a generation."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Looks through the tables once."""
        with clearly("cannot look through the database"):
            self._places = {table: _places(connection, table) for table in PLACED}

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
