"""What the warehouse says when it cannot: one clear line."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import duckdb

if TYPE_CHECKING:
    from collections.abc import Iterator


class WarehouseError(Exception):
    """Something about the warehouse that the user can act on, said in one line."""


class WarehouseInUseError(WarehouseError):
    """Another process has the warehouse open for writing."""


class RefusalError(Exception):
    """Why not, for `clearly` to complete with what was tried."""


class InUseError(RefusalError):
    """Another process has it."""


@contextmanager
def clearly(what: str) -> Iterator[None]:
    """Turns whatever DuckDB or the file system raises inside into `WarehouseError("what: why")`."""
    try:
        yield
    except InUseError as error:
        raise WarehouseInUseError(f"{what}: {error}") from error
    except RefusalError as error:
        raise WarehouseError(f"{what}: {error}") from error
    except duckdb.Error as error:
        raise WarehouseError(f"{what}: {_line(error)}") from error
    except OSError as error:
        raise WarehouseError(f"{what}: {error.strerror or error}") from error


def _line(error: duckdb.Error) -> str:
    """The first paragraph of DuckDB's message, without advice and the picture of the statement."""
    return " ".join(str(error).partition("\n\n")[0].split())
