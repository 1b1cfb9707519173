"""Answers one question in SQL about a published warehouse, and does nothing else for it."""

from __future__ import annotations

from concurrent.futures import Future, wait
from contextlib import suppress
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING

import duckdb
from duckdb.sqltypes import DuckDBPyType

from warehouse.errors import RefusalError, clearly

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyarrow as pa

_SETTINGS: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": False,
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,
    "temp_directory": "",
    "threads": 2,
    "lock_configuration": True,
}
"""No files, no extensions, no variables of this process, no change of these settings."""

# PIVOT is several statements to DuckDB, hence MULTI; the database is opened read-only in any case.
_ANSWERING = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN, duckdb.StatementType.MULTI}


def query(  # noqa: PLR0913  (a question and its limits)
    database: Path,
    sql: str,
    *,
    seconds: float = 60,
    limit: int | None = None,
    gigabytes: float = 1,
    plain: bool = False,
) -> pa.Table:
    """The answer to one statement that reads, or its first `limit` rows.

    A plain answer holds only what Python can: what may be beyond it (dates, times, intervals, variants) is
    text in DuckDB's spelling, such as `infinity`.

    Raises WarehouseError where there is no such database, where the SQL is wrong, where it is more than one
    statement or would do anything but read the database's own tables, where it takes more memory than so
    many gigabytes, and where there is no answer within so many seconds. An interrupt (Ctrl-C) ends the query
    as well.
    """
    with clearly(f"cannot open {database}"):
        settings = _SETTINGS | {"memory_limit": f"{gigabytes:f}GB"}
        connection = duckdb.connect(database.resolve(strict=True), read_only=True, config=settings)

    def answer() -> pa.Table:
        with connection:
            rows = connection.sql(_only_statement(connection, sql))
            names = rows.columns  # each step below would number those that are there twice
            rows = rows.project(_plain_columns(rows)) if plain else rows
            rows = rows if limit is None else rows.limit(limit)
            return rows.to_arrow_table().rename_columns(names)

    with clearly("cannot answer"):
        return _within(seconds, answer, connection)


def names(database: Path) -> dict[str, str]:
    """What a statement may be written with, and what it is: views, columns, functions and keywords."""
    rows = query(
        database,
        """
        select keyword_name as name, 'keyword' as what from duckdb_keywords()
            where keyword_category in ('reserved', 'type_function')
        union all
        select distinct function_name, 'function' from duckdb_functions()
            where regexp_full_match(function_name, '[a-z][a-z0-9_]*') and function_name not like '\\_\\_%'
        union all
        select column_name, 'column of ' || string_agg(table_name, ', ' order by table_name)
            from duckdb_columns() where schema_name = 'main' and not internal group by column_name
        union all
        select view_name, 'view' from duckdb_views() where schema_name = 'main' and not internal
        """,
    )
    return dict(zip(*(column.to_pylist() for column in rows.columns), strict=True))


_GRACE = 5.0
"""Seconds that an interrupted query has to end in; after them it is left to end with the process."""


def _within(
    seconds: float, answer: Callable[[], pa.Table], connection: duckdb.DuckDBPyConnection
) -> pa.Table:
    """What the answer is, found on a thread of its own: DuckDB would keep Python from seeing Ctrl-C."""
    answered: Future[pa.Table] = Future()

    def run() -> None:
        try:
            answered.set_result(answer())
        except BaseException as error:  # noqa: BLE001  (raised again by result)
            answered.set_exception(error)

    Thread(target=run, name="query", daemon=True).start()
    try:
        if not wait([answered], seconds).done:
            raise RefusalError(f"no answer within {seconds:g} seconds")
        return answered.result()
    finally:
        _end(answered, connection)


def _end(answered: Future[pa.Table], connection: duckdb.DuckDBPyConnection) -> None:
    """Interrupts a query that still runs, again and again as it may not have begun yet."""
    until = monotonic() + _GRACE
    while not answered.done() and monotonic() < until:
        with suppress(duckdb.ConnectionException):  # closed in the meantime
            connection.interrupt()
        wait([answered], 0.05)


_HELD = {
    *("boolean", "tinyint", "smallint", "integer", "bigint", "hugeint"),
    *("utinyint", "usmallint", "uinteger", "ubigint", "float", "double", "decimal"),
    *("varchar", "blob", "uuid", "enum", "null"),
}
"""The types whose every value Python can hold."""


def _plain_columns(rows: duckdb.DuckDBPyRelation) -> str:
    """The columns as a projection, by position: names may be there twice."""
    return ", ".join(
        f"#{number}" if kind.id in _HELD else f"#{number}::{_plain(kind)}"
        for number, kind in enumerate(rows.types, 1)
    )


def _plain(kind: DuckDBPyType) -> str:
    if kind.id in _HELD:
        return str(kind)
    if kind.id not in {"list", "array", "map", "struct"}:
        return "VARCHAR"
    parts = {name: _plain(part) for name, part in kind.children if isinstance(part, DuckDBPyType)}
    if kind.id == "list":
        return f"{parts['child']}[]"
    if kind.id == "array":
        return f"{parts['child']}[{dict(kind.children)['size']}]"
    if kind.id == "map":
        return f"MAP({parts['key']}, {parts['value']})"
    return f"STRUCT({', '.join(f'{_quoted(name)} {part}' for name, part in parts.items())})"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _only_statement(connection: duckdb.DuckDBPyConnection, sql: str) -> duckdb.Statement:
    if not _is_unicode(sql):
        raise RefusalError("the SQL is not valid Unicode")
    statements = connection.extract_statements(sql)
    if len(statements) != 1:
        raise RefusalError(f"one statement is asked for, not {len(statements)}")
    if statements[0].type not in _ANSWERING:
        raise RefusalError(f"only statements that read are allowed, not {statements[0].type.name}")
    return statements[0]


def _is_unicode(text: str) -> bool:
    """Whether it has no lone surrogates, as Python puts in for what a terminal sent in no UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
