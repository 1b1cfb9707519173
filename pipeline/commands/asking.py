"""`trichtin sql`: ask the published warehouse."""

from __future__ import annotations

import io
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import DEFAULT_HOME, HomeDirectory
from pipeline.failures import Failure
from pipeline.home import Home
from pipeline.output import write
from pipeline.tables import csv_lines, distinct_names, json_lines, show_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from warehouse import Generation


class RowFormat(StrEnum):
    """How `sql` prints rows."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


_BY_SUFFIX = {
    ".csv": RowFormat.csv,
    ".json": RowFormat.json,
    ".jsonl": RowFormat.json,
    ".parquet": RowFormat.parquet,
}


def sql(  # noqa: PLR0913, PLR0917  (the options of a command)
    statement: Annotated[
        str | None, typer.Argument(help="One SQL statement that reads; without it you are asked for many.")
    ] = None,
    format: Annotated[  # noqa: A002
        RowFormat | None,
        typer.Option(help="How to print the rows; by default as --output is named, or as a table."),
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Write the rows to this file.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 10_000,
    timeout: Annotated[float, typer.Option(min=0.001, help="At most so many seconds.")] = 60,
    memory: Annotated[float, typer.Option(min=0.05, help="At most so many gigabytes of memory.")] = 1,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Ask the published warehouse one question in SQL; `docs/warehouse.md` lists views and columns.

    Examples:

    - `trichtin sql "select kind, count(*) from facts group by kind"`

    - `trichtin sql "from decisions" --output decisions.parquet`

    - `trichtin sql`

    On a terminal without a statement it asks for one after the other, each up to a semicolon; Tab completes,
    the arrow keys bring back earlier ones, Ctrl-C ends a query, Ctrl-D the session. Elsewhere the statement
    is read from standard input.
    """
    place = Home(home)
    form = format or _BY_SUFFIX.get(output.suffix.lower() if output else "", RowFormat.table)

    def answer(asked: str) -> None:
        _answer(place, asked, form, output, Limits(limit, timeout, memory))

    if statement is not None:
        answer(statement)
    elif not sys.stdin.isatty():
        answer(sys.stdin.read())
    else:
        from pipeline.prompting import converse
        from warehouse.querying import names

        with published(place) as generation:
            words = names(generation.database)
        converse(answer, words, place.directory / "sql_history")


@dataclass(frozen=True, slots=True)
class Limits:
    """At most so many rows, seconds and gigabytes of memory."""

    rows: int
    seconds: float
    memory: float


def _answer(home: Home, statement: str, form: RowFormat, output: Path | None, limits: Limits) -> None:
    from warehouse import query

    plain = form is not RowFormat.parquet
    try:
        with published(home) as generation:
            rows = query(
                generation.database,
                statement,
                seconds=limits.seconds,
                limit=limits.rows + 1,
                gigabytes=limits.memory,
                plain=plain,
            )
        _print(rows.slice(0, limits.rows), form, output)
    except MemoryError:
        raise Failure("the answer does not fit in memory: ask for fewer rows or columns") from None
    if rows.num_rows > limits.rows:
        typer.echo(f"trichtin: only the first {limits.rows} rows; --limit gives more", err=True)


@contextmanager
def published(home: Home) -> Iterator[Generation]:
    """The current generation, which stays until the block ends; Failure where nothing is published yet."""
    from warehouse import reading

    with reading(home.published) as generation:
        if generation is None:
            raise Failure(f"nothing is published in {home.directory} yet; run: trichtin build")
        yield generation


def print_rows(rows: pa.Table, title: str | None = None) -> None:
    """Rows as a table on stdout."""
    show_table(rows.column_names, _values(rows), title)


def _print(rows: pa.Table, form: RowFormat, output: Path | None) -> None:
    if form is RowFormat.table and output is None:
        print_rows(rows)
    elif output is None:
        sys.stdout.buffer.writelines(_encoded(rows, form))
        sys.stdout.buffer.flush()
    else:
        write(_encoded(rows, form), output)


def _encoded(rows: pa.Table, form: RowFormat) -> Iterator[bytes]:
    names = distinct_names(rows.column_names)
    if form is RowFormat.parquet:
        yield _parquet(rows.rename_columns(names))
    elif form is RowFormat.json:
        records = (dict(zip(names, row, strict=True)) for row in _values(rows))
        yield from (line.encode() for line in json_lines(records))
    elif form is RowFormat.csv:
        yield from (line.encode() for line in csv_lines(rows.column_names, _values(rows)))
    else:
        text = io.StringIO()
        show_table(rows.column_names, _values(rows), file=text)
        yield text.getvalue().encode()


def _values(rows: pa.Table) -> Iterator[tuple[object, ...]]:
    """Row by row, by position: as dicts, columns of one name would hide each other."""
    for batch in rows.to_batches(max_chunksize=1000):
        yield from zip(*(column.to_pylist() for column in batch.columns), strict=True)


def _parquet(rows: pa.Table) -> bytes:
    import pyarrow.parquet

    sink = pyarrow.BufferOutputStream()
    try:
        pyarrow.parquet.write_table(rows, sink)
    except (pyarrow.ArrowInvalid, pyarrow.ArrowNotImplementedError) as error:
        raise Failure(f"no parquet of these rows: {error}; cast the column to varchar") from None
    return bytes(sink.getvalue())
