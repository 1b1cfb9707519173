"""What the web application is told when it starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`published` holds the generations, `archive` is the home of the stored pages, None without them.

    `hosts` are the names that requests may come for. The rates are requests a minute of one client address,
    None for as many as it likes. A question in SQL ends after `sql_seconds`, takes `sql_gigabytes` of memory
    and shows `sql_rows`; `sql_at_once` of them run beside each other.
    """

    published: Path
    archive: Path | None = None
    hosts: tuple[str, ...] = LOOPBACK
    search_rate: int | None = 120
    sql_rate: int | None = 30
    sql_seconds: float = 15
    sql_gigabytes: float = 0.5
    sql_rows: int = 1000
    sql_at_once: int = 2
