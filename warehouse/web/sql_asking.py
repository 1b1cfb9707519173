"""Asks questions of a generation, each in a process of its own, a few at a time."""

from __future__ import annotations

import asyncio
import json
import socket
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Self

import pyarrow as pa

if TYPE_CHECKING:
    from types import TracebackType

    from warehouse.web.settings import Settings

WAIT = 10.0
"""Seconds that a question waits for its turn."""

LONGEST = 20_000
"""Characters of a question."""

MOST_BYTES = 64 << 20
"""Bytes of an answer."""


class Busy(Exception):
    """So many questions run that this one did not get its turn."""


class Refusal(Exception):
    """Why there is no answer, in one line; empty where its process was ended for time or memory."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of an answer, and whether there would have been more."""

    rows: pa.Table
    cut: bool


class Asking:
    """The process that answers (`warehouse.web.sql_process`), and the turns of those who ask."""

    def __init__(self, settings: Settings) -> None:
        """Starts nothing; entering does."""
        self._settings = settings
        self._turns = asyncio.Semaphore(settings.sql_at_once)
        self._stack = ExitStack()
        self._socket: Path | None = None

    def __enter__(self) -> Self:
        """Starts the process; leaving ends it."""
        directory = self._stack.enter_context(TemporaryDirectory(prefix="trichtin-"))
        self._socket = Path(directory, "sql")
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(self._socket))
            listening.listen()
            command = [sys.executable, "-m", "warehouse.web.sql_process", str(listening.fileno())]
            process = subprocess.Popen(  # noqa: S603  (our own)
                command, stdin=subprocess.PIPE, pass_fds=[listening.fileno()]
            )
        self._stack.enter_context(process)  # Leaving closes its stdin and waits for its end.
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the process; questions that run have the time that they were given."""
        self._stack.close()

    async def ask(self, database: Path, sql: str) -> Answer:
        """The answer to a question; raises Refusal or Busy."""
        if len(sql) > LONGEST:
            raise Refusal(f"the question has more than {LONGEST} characters")
        try:
            await asyncio.wait_for(self._turns.acquire(), WAIT)
        except TimeoutError:
            raise Busy from None
        try:
            return self._read(await self._said(database, sql))
        finally:
            self._turns.release()

    async def _said(self, database: Path, sql: str) -> bytes:
        """What the process says, up to the most that is taken."""
        chosen = self._settings
        limits = {"seconds": chosen.sql_seconds, "gigabytes": chosen.sql_gigabytes}
        asked = {"database": str(database), "sql": sql, "rows": chosen.sql_rows + 1} | limits
        reader, writer = await asyncio.open_unix_connection(self._socket)
        try:
            writer.write(json.dumps(asked).encode() + b"\n")
            said = bytearray()
            while piece := await reader.read(1 << 18):
                said += piece
                if len(said) > MOST_BYTES:
                    raise Refusal(f"the answer has more than {MOST_BYTES >> 20} MB: ask for fewer columns")
            return bytes(said)
        except ConnectionError:
            raise Refusal from None
        finally:
            writer.close()

    def _read(self, said: bytes) -> Answer:
        if said.startswith(b"-"):
            raise Refusal(said[1:].decode())
        try:
            rows = pa.ipc.open_stream(said[1:]).read_all()
        except pa.ArrowInvalid:  # It was ended on the way.
            raise Refusal from None
        most = self._settings.sql_rows
        return Answer(rows.slice(0, most), cut=rows.num_rows > most)
