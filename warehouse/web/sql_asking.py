"""Asks a question of a generation in a process of its own, a few at a time."""

from __future__ import annotations

import asyncio
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.web.sql_process import REFUSED

if TYPE_CHECKING:
    from asyncio import Semaphore
    from pathlib import Path

    from warehouse.web.settings import Settings

_GRACE = 5.0
"""Seconds beyond those of the question that its process has to start and to end."""

_WAIT = 10.0
"""Seconds that a question waits for its turn."""

LONGEST = 20_000
"""Characters of a question."""

MOST_BYTES = 64 << 20
"""Bytes of an answer."""


class Busy(Exception):
    """So many questions run that this one did not get its turn."""


class Refusal(Exception):
    """Why there is no answer, in one line; `ended` where the process was, without a word."""

    def __init__(self, why: str = "", *, ended: bool = False) -> None:
        """`why` in words for the one who asked."""
        super().__init__(why)
        self.ended = ended


@dataclass(frozen=True, slots=True)
class Answer:
    """The rows of an answer, and whether there would have been more."""

    rows: pa.Table
    cut: bool


async def ask(database: Path, sql: str, settings: Settings, running: Semaphore) -> Answer:
    """The answer to a question; raises Refusal or Busy."""
    if len(sql) > LONGEST:
        raise Refusal(f"the question has more than {LONGEST} characters")
    try:
        await asyncio.wait_for(running.acquire(), _WAIT)
    except TimeoutError:
        raise Busy from None
    try:
        return await _answered(database, sql, settings)
    finally:
        running.release()


async def _answered(database: Path, sql: str, settings: Settings) -> Answer:
    asked = {
        "database": str(database),
        "sql": sql,
        "seconds": settings.sql_seconds,
        "rows": settings.sql_rows + 1,
        "gigabytes": settings.sql_gigabytes,
    }
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "warehouse.web.sql_process"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(settings.sql_seconds + _GRACE):
            said = await _exchanged(process, json.dumps(asked).encode())
    except TimeoutError:
        raise Refusal(ended=True) from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    return _read(process.returncode, said, settings.sql_rows)


async def _exchanged(process: asyncio.subprocess.Process, asked: bytes) -> bytes:
    """What the process says, up to the most that is taken; then it is over."""
    assert process.stdin  # noqa: S101  (both are pipes)
    assert process.stdout  # noqa: S101
    process.stdin.write(asked)
    process.stdin.close()
    said = bytearray()
    while piece := await process.stdout.read(1 << 18):
        said += piece
        if len(said) > MOST_BYTES:
            raise Refusal(f"the answer has more than {MOST_BYTES >> 20} MB: ask for fewer rows or columns")
    await process.wait()
    return bytes(said)


def _read(code: int | None, said: bytes, most: int) -> Answer:
    if code == REFUSED:
        raise Refusal(said.decode())
    if code != 0:
        raise Refusal(ended=True)
    rows = pa.ipc.open_stream(said).read_all()
    return Answer(rows.slice(0, most), cut=rows.num_rows > most)
