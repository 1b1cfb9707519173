"""Where a user's data lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Home:
    """One directory: archive and ledger (`corpus.store`), the warehouse, the published generations."""

    directory: Path

    @property
    def warehouse(self) -> Path:
        """The DuckDB file that builds write."""
        return self.directory / "warehouse.duckdb"

    @property
    def rebuilding(self) -> Path:
        """The DuckDB file that a rebuild makes, until it takes the place of `warehouse`."""
        return self.directory / "rebuilding.duckdb"

    @property
    def alerts(self) -> Path:
        """The TOML file that says who is told of what, where the user has written one."""
        return self.directory / "alerts.toml"

    @property
    def published(self) -> Path:
        """The directory of generations; readers open `current` in it."""
        return self.directory / "published"

    @property
    def run_lock(self) -> Path:
        """Held by whoever crawls and builds in one go (`corpus.locks`)."""
        return self.directory / "run.lock"

    @property
    def archive(self) -> Path:
        """The directory of the WARC files."""
        return self.directory / "archive"

    @property
    def partitions(self) -> Path:
        """The directory of what workers have extracted and the warehouse has not loaded yet."""
        return self.directory / "partitions"
