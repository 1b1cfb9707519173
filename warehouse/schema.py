"""Brings a DuckDB file to the schema of this version: migrations once, views whenever they differ."""

from __future__ import annotations

from contextlib import contextmanager, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import duckdb

from warehouse.errors import RefusalError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_HERE = Path(__file__).parent


class Migration(NamedTuple):
    """One step from a schema to the next; `checksum` tells whether its file was edited since."""

    number: int
    name: str
    checksum: str
    sql: str


def update(connection: duckdb.DuckDBPyConnection, migrations: Sequence[Migration]) -> None:
    """Applies what is missing, each step in a transaction; raises RefusalError before it writes anything."""
    applied = _applied(connection)
    _check(applied, migrations)
    if not applied:
        connection.execute("create schema if not exists stored")
        connection.execute(
            "create table if not exists stored.migrations (number integer, name varchar, checksum varchar)"
        )
    for migration in migrations[len(applied) :]:
        with transaction(connection):
            connection.execute(migration.sql)
            connection.execute("insert into stored.migrations values (?, ?, ?)", migration[:3])
            changed(connection)
    _refresh_views(connection)


@cache
def bundled() -> tuple[Migration, ...]:
    """The migrations of this version, 0001 first."""
    return tuple(
        Migration(int(path.stem[:4]), path.stem, _checksum(path.read_bytes()), path.read_text("utf-8"))
        for path in sorted((_HERE / "migrations").glob("*.sql"))
    )


@contextmanager
def transaction(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """All or nothing; what broke it is raised even where DuckDB has rolled back by itself."""
    connection.begin()
    try:
        yield
        connection.commit()
    except BaseException:
        with suppress(duckdb.Error):
            connection.rollback()
        raise


def changed(connection: duckdb.DuckDBPyConnection) -> None:
    """Notes, in the transaction that is open, that readers would see something new."""
    connection.execute("update stored.state set revision = revision + 1")


def view_names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The views that are promised, sorted; what else the file holds is nobody's business."""
    rows = connection.execute(
        """
        select view_name from duckdb_views()
        where not internal and schema_name = 'main' and database_name = current_database()
        order by view_name
        """
    ).fetchall()
    return [name for (name,) in rows]


def read_all(connection: duckdb.DuckDBPyConnection) -> None:
    """Reads every block of every table, so that DuckDB compares their checksums."""
    for (table,) in connection.execute(
        "select table_name from duckdb_tables() where schema_name = 'stored' order by table_name"
    ).fetchall():
        connection.execute(f"select bit_xor(hash(t)) from stored.{table} t").fetchall()


def _applied(connection: duckdb.DuckDBPyConnection) -> list[tuple[int, str, str]]:
    tables = connection.execute(
        "select schema_name || '.' || table_name from duckdb_tables() where not internal"
    ).fetchall()
    if tables and ("stored.migrations",) not in tables:
        raise RefusalError("it is a DuckDB file, but no trichtin warehouse")
    if not tables:
        return []
    return connection.execute(
        "select number, name, checksum from stored.migrations order by number"
    ).fetchall()


def _check(applied: Sequence[tuple[int, str, str]], migrations: Sequence[Migration]) -> None:
    if len(applied) > len(migrations):
        raise RefusalError(
            f"it was made by a newer trichtin (schema {len(applied)}; this one knows {len(migrations)})"
        )
    for (_, name, checksum), migration in zip(applied, migrations, strict=False):
        if (name, checksum) != (migration.name, migration.checksum):
            raise RefusalError(f"migration {name} was edited after it had been applied")


def create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes all views of the current database, in place of those that it has."""
    for schema, view in connection.execute(
        """
        select schema_name, view_name from duckdb_views()
        where not internal and database_name = current_database()
        """
    ).fetchall():
        connection.execute(f'drop view "{schema}"."{view}"')
    for script in _view_scripts():
        connection.execute(script)
    _share_comments(connection)


def _refresh_views(connection: duckdb.DuckDBPyConnection) -> None:
    checksum = _checksum("".join(_view_scripts()).encode())
    if connection.execute("select views from stored.state").fetchall() == [(checksum,)]:
        return
    with transaction(connection):
        create_views(connection)
        connection.execute("update stored.state set views = ?", [checksum])
        changed(connection)


@cache
def _view_scripts() -> tuple[str, ...]:
    return tuple(path.read_text("utf-8") for path in sorted((_HERE / "views").glob("*.sql")))


def _share_comments(connection: duckdb.DuckDBPyConnection) -> None:
    """A column of a fact view without a comment of its own means what it means in `facts`."""
    for view, column, comment in connection.execute(
        """
        select own.table_name, column_name, shared.comment
        from duckdb_columns() own join duckdb_columns() shared using (database_name, schema_name, column_name)
        where database_name = current_database() and schema_name = 'main'
            and shared.table_name = 'facts' and own.comment is null
        """
    ).fetchall():
        quoted = comment.replace("'", "''")
        connection.execute(f"comment on column {view}.{column} is '{quoted}'")


def _checksum(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]
