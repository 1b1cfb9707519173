"""How much memory DuckDB may take while a warehouse is written and published."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LEAST = 512 << 20
"""Bytes."""


def memory_limit(database: Path) -> str:
    """As much as the file has, at least 512 MB; what needs more DuckDB lays beside the file meanwhile.

    Without a limit it takes four fifths of the machine, which others work on too.
    """
    size = database.stat().st_size if database.exists() else 0
    return f"{max(LEAST, size)}B"
