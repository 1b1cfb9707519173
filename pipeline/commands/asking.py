"""`trichtin sql`: ask the published warehouse."""

from __future__ import annotations

import io
import sys
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
    statement: Annotated[str, typer.Argument(help="One SQL statement that reads.")],
    format: Annotated[  # noqa: A002
        RowFormat | None,
        typer.Option(help="How to print the rows; by default as --output is named, or as a table."),
    ] = None,
    output: Annotated[Path | None, typer.Option(help="Write the rows to this file.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="At most so many rows.")] = 10_000,
    timeout: Annotated[float, typer.Option(min=0.001, help="At most so many seconds.")] = 60,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Ask the published warehouse one question in SQL; `docs/warehouse.md` lists views and columns.

    Examples:

    - `trichtin sql "select kind, count(*) from facts group by kind"`

    - `trichtin sql "from decisions" --output decisions.parquet`
    """
    from warehouse import query

    form = format or _BY_SUFFIX.get(output.suffix.lower() if output else "", RowFormat.table)
    database = published(Home(home)).database
    plain = form is not RowFormat.parquet
    try:
        rows = query(database, statement, seconds=timeout, limit=limit + 1, plain=plain)
        _print(rows.slice(0, limit), form, output)
    except MemoryError:
        raise Failure("the answer does not fit in memory: ask for fewer rows or columns") from None
    if rows.num_rows > limit:
        typer.echo(f"trichtin: only the first {limit} rows; --limit gives more", err=True)


def published(home: Home) -> Generation:
    """The current generation; Failure where nothing is published yet."""
    from warehouse import current

    generation = current(home.published)
    if generation is None:
        raise Failure(f"nothing is published in {home.directory} yet; run: trichtin build")
    return generation


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
