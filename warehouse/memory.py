"""How much memory DuckDB may take while a warehouse is written and published."""

from __future__ import annotations

import ctypes
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import duckdb

LEAST = 512 << 20
"""Bytes."""

RESTING = "64MB"


def memory_limit(database: Path) -> str:
    """As much as the file has, at least 512 MB; what needs more DuckDB lays beside the file meanwhile.

    Without a limit it takes four fifths of the machine, which others work on too.
    """
    size = database.stat().st_size if database.exists() else 0
    return f"{max(LEAST, size)}B"


@contextmanager
def resting(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Has DuckDB give back most of what it keeps in memory, as long as something else needs it."""
    ((usual,),) = connection.execute("select current_setting('memory_limit')").fetchall()
    connection.execute(f"set memory_limit = '{RESTING}'")
    give_back()
    try:
        yield
    finally:
        connection.execute(f"set memory_limit = '{usual}'")


def give_back() -> None:
    """Returns to the system what is free: Arrow and the C library of Linux keep it for later."""
    pa.default_memory_pool().release_unused()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim:
        trim(0)
