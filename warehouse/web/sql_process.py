"""Answers questions, each in a process of its own: `python -m warehouse.web.sql_process LISTENING_FD`.

What a question does to memory and processor it does to its process, which the system ends when its time is
up; the pages go on. DuckDB itself refuses all but reading the database (`warehouse.querying`). The processes
are forks of this one, which has imported all that they need and has no threads; it ends with its parent,
when stdin does.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import socket
import sys
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa

from warehouse.errors import WarehouseError
from warehouse.querying import query

ROOM = 3 << 30
"""Bytes of address space beside the memory of the question: libraries, threads, and the mapped answer."""

GRACE = 3.0
"""Seconds beyond those of the question after which its process is ended, whatever it does."""


def main(listening: socket.socket) -> None:
    """Forks for every connection until stdin ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # Nobody waits for them.
    while True:
        ready, _, _ = select.select([listening, sys.stdin], [], [])
        if sys.stdin in ready:
            return
        connection, _ = listening.accept()
        with connection:
            if os.fork() == 0:
                listening.close()
                _serve(connection)


def _serve(connection: socket.socket) -> None:
    code = 1
    try:
        with connection.makefile("rb") as asked, connection.makefile("wb") as said:
            _answer(json.loads(asked.readline()), said)
        code = 0
    finally:
        os._exit(code)  # Nothing of the parent's is to be ended twice.


def _answer(asked: dict[str, Any], said: BinaryIO) -> None:
    """`+` and the answer as an Arrow stream, or `-` and the reason why there is none."""
    _limit(asked["seconds"], asked["gigabytes"])
    try:
        rows = query(
            Path(asked["database"]),
            asked["sql"],
            seconds=asked["seconds"],
            limit=asked["rows"],
            gigabytes=asked["gigabytes"],
            plain=True,
        )
    except WarehouseError as error:
        said.write(b"-" + str(error).encode())
        return
    said.write(b"+")
    with pa.ipc.new_stream(said, rows.schema) as stream:
        stream.write_table(rows)


def _limit(seconds: float, gigabytes: float) -> None:
    """The system ends the process that goes beyond, in whatever code it is."""
    signal.setitimer(signal.ITIMER_REAL, seconds + GRACE)
    room = int(gigabytes * 10**9) + ROOM
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


if __name__ == "__main__":
    main(socket.socket(fileno=int(sys.argv[1])))
