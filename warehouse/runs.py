"""The crawls that brought pages home, for readers of the warehouse."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.schema import changed, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable

    import duckdb

    from corpus.crawls import CrawlReport

_SCHEMA = pa.schema(
    [
        ("site", pa.string()),
        ("started", pa.timestamp("us")),
        ("ended", pa.timestamp("us")),
        ("because", pa.string()),
        *(
            (name, pa.int64())
            for name in ("requests", "discovered", "fetched", "new", "changed", "unchanged")
        ),
        ("failed", pa.int64()),
        ("breaches", pa.list_(pa.string())),
        ("run", pa.string()),
    ]
)


def keep(connection: duckdb.DuckDBPyConnection, reports: Iterable[CrawlReport]) -> None:
    """Stores these crawls and no others; the revision grows where they are others than before."""
    rows = pa.Table.from_pylist([_row(report) for report in reports], schema=_SCHEMA)
    connection.register("runs_now", rows)
    try:
        ((different,),) = connection.execute(
            """
            select count(*) from (
                (from stored.runs except all from runs_now)
                union all
                (from runs_now except all from stored.runs)
            )
            """
        ).fetchall()
        if different:
            with transaction(connection):
                connection.execute("delete from stored.runs")
                connection.execute("insert into stored.runs by name from runs_now")
                changed(connection)
    finally:
        connection.unregister("runs_now")


def _row(report: CrawlReport) -> dict[str, object]:
    row = {name: getattr(report, name) for name in _SCHEMA.names}
    return row | {
        "started": _time(report.started),
        "ended": _time(report.ended) if report.ended is not None else None,
        "failed": sum(report.failed.values()),
        "breaches": list(report.breaches),
    }


def _time(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).replace(tzinfo=None)
