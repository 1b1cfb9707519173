"""Brings the mentions of one document together across articles.

It is worked out anew from all mentions whenever they, the rules, the word lists or the overrides have
changed: the outcome hangs on them alone, never on the order in which articles came.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.document_mentions import Mention
from warehouse.document_overrides import overridden, read
from warehouse.document_resolution import resolve
from warehouse.document_words import forget
from warehouse.lexicon import checksum
from warehouse.memory import resting
from warehouse.schema import changed, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator

    import duckdb

    from warehouse.document_mentions import Resolved

_HERE = Path(__file__).parent
_RULES = (
    *sorted(path.name for path in _HERE.glob("document*.*")),
    *(f"lexicons/{name}.csv" for name in ("document_types", "issuer_codes", "laws", "terms")),
    "lexicons/title_stop_syllables.csv",
)


def bring_together(connection: duckdb.DuckDBPyConnection, overrides: Path) -> None:
    """Resolves the mentions of all documents; the revision grows where one is another's than before.

    Raises RefusalError where the overrides cannot be read.
    """
    ruled = read(overrides)
    if _done(connection) == _made_from(connection, ruled.checksum):
        return
    with _uncollected():
        rows = connection.execute((_HERE / "document_mentions.sql").read_text("utf-8"))
        mentions = [Mention(*row) for row in rows.fetchall()]
        with resting(connection):
            found = overridden(resolve(mentions), ruled)
            forget()
    with transaction(connection):
        _store(connection, found)
        connection.execute("update stored.state set resolved = ?", [_made_from(connection, ruled.checksum)])


@contextmanager
def _uncollected() -> Iterator[None]:
    """All that is made meanwhile is needed to the end: the collector would look through it in vain."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _done(connection: duckdb.DuckDBPyConnection) -> str | None:
    ((done,),) = connection.execute("select resolved from stored.state").fetchall()
    return str(done) if done is not None else None


def _made_from(connection: duckdb.DuckDBPyConnection, overrides: str) -> str:
    ((revision,),) = connection.execute("select revision from stored.state").fetchall()
    return f"{checksum(*_RULES)} {overrides} {revision}"


def _store(connection: duckdb.DuckDBPyConnection, found: dict[str, Resolved]) -> None:
    rows = sorted((fact, *resolved) for fact, resolved in found.items())
    names = ("fact_id", "document_id", "confidence", "evidence")
    columns = list(zip(*rows, strict=True)) or [()] * len(names)
    types = (pa.string(), pa.string(), pa.float64(), pa.string())
    arrays = [pa.array(column, type_) for column, type_ in zip(columns, types, strict=True)]
    connection.register("resolved_now", pa.table(arrays, names=list(names)))
    try:
        different = connection.execute(
            """
            select count(*) from (
                (from stored.resolved except from resolved_now)
                union all
                (from resolved_now except from stored.resolved)
            )
            """
        ).fetchall()
        if different != [(0,)]:
            connection.execute("delete from stored.resolved")
            connection.execute("insert into stored.resolved from resolved_now")
            changed(connection)
    finally:
        connection.unregister("resolved_now")
