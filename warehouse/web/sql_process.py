"""Answers one question in a process of its own: `python -m warehouse.web.sql_process` reads it from stdin.

What a question does to memory and processor it does to that process, which is ended when its time is up;
the pages go on. DuckDB itself refuses all but reading the database (`warehouse.querying`).
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from warehouse.errors import WarehouseError
from warehouse.querying import query

ROOM = 3 << 30
"""Bytes of address space beside the memory of the question: libraries, threads, and the mapped answer."""

REFUSED = 3
"""The exit code where the reason stands on stdout, as the answer would."""


def main() -> int:
    """The answer on stdout as an Arrow stream; where there is none the reason, as text."""
    asked = json.load(sys.stdin)
    _limit(asked["seconds"], asked["gigabytes"])
    out = sys.stdout.buffer
    try:
        rows = query(
            Path(asked["database"]),
            asked["sql"],
            seconds=asked["seconds"],
            limit=asked["rows"],
            gigabytes=asked["gigabytes"],
            plain=True,
        )
        _write(rows, out)
    except WarehouseError as error:
        out.write(str(error).encode())
        return REFUSED
    return 0


def _write(rows: pa.Table, out: BinaryIO) -> None:
    # DuckDB's own types, such as UUID, would be unknown to who reads this; names may be there twice.
    with pa.ipc.new_stream(out, rows.schema) as stream:
        stream.write_table(rows)


def _limit(seconds: float, gigabytes: float) -> None:
    room = int(gigabytes * 10**9) + ROOM
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    spent = int(4 * seconds) + 10
    resource.setrlimit(resource.RLIMIT_CPU, (spent, spent))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    sys.exit(main())
