"""Shows rows to people and to programs: tables on a terminal, plain text in a pipe."""

from __future__ import annotations

import csv
import json
import math
import re
from decimal import Decimal
from typing import IO, TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def show_table(
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    title: str | None = None,
    file: IO[str] | None = None,
) -> None:
    """A table on stdout or in a file: as wide as the terminal, and with whole cells in a pipe."""
    console = Console(file=file)
    if not console.is_terminal:
        console = Console(file=file, width=_PIPE_WIDTH)
    table = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(_cell(column), overflow="fold")
    for row in rows:
        table.add_row(*map(_cell, row))
    console.print(table)


_PIPE_WIDTH = 160
_CELL = 20_000
"""Characters of a cell that are shown: folding a gigabyte would take the machine's memory and hours."""

_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Characters that a terminal acts on: controls but for tab and newline, and changes of direction."""


def _cell(value: object) -> Text:
    """Text as it is, never markup, with steering characters spelled out and endless text cut."""
    shown = "" if value is None else str(_readable(value))
    if len(shown) > _CELL:
        shown = f"{shown[:_CELL]}… ({len(shown)} characters)"
    return Text(_STEERING.sub(lambda found: ascii(found[0])[1:-1], shown))


def _readable(value: object) -> object:
    return value.hex() if isinstance(value, bytes) else value


def as_csv(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """RFC 4180 text with a header row."""
    return "".join(csv_lines(columns, rows))


def csv_lines(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The same row by row; bytes are in hexadecimal."""
    writer = csv.writer(_Returned(), lineterminator="\n")
    yield writer.writerow(columns)
    for row in rows:
        yield writer.writerow(map(_readable, row))


class _Returned:
    """A file that hands each written line back to the one who wrote."""

    def write(self, line: str) -> str:
        return line


def as_json_lines(rows: Iterable[dict[str, Any]]) -> str:
    """One JSON object a line, Vietnamese as it is."""
    return "".join(json_lines(rows))


def json_lines(rows: Iterable[dict[str, Any]]) -> Iterator[str]:
    """The same row by row; bytes are in hexadecimal, and what JSON has no number for is null."""
    for row in rows:
        yield json.dumps(_in_json(row), ensure_ascii=False, default=str, allow_nan=False) + "\n"


def _in_json(value: object) -> object:
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, Decimal) and value.as_tuple().exponent == 0:
        return int(value)
    if isinstance(value, dict):
        return {str(key): _in_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_in_json(item) for item in value]
    return _readable(value)


def distinct_names(columns: Sequence[str]) -> list[str]:
    """The names, later ones of a name with a number as DuckDB gives it: a, a_1, a_2."""
    names: dict[str, None] = {}
    for column in columns:
        name, number = column, 0
        while name in names or (number and name in columns):
            number += 1
            name = f"{column}_{number}"
        names[name] = None
    return list(names)
