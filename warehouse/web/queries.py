"""The questions that the pages ask of the database, one in each file of queries/."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def sql(name: str) -> str:
    """The question of a name."""
    return (Path(__file__).parent / "queries" / f"{name}.sql").read_text("utf-8")
