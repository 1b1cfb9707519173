"""Locks of a home: files that one process holds, in which it says who it is and what it does."""

from __future__ import annotations

import fcntl
import json
import os
import time
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from corpus.records import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST = 4096  # bytes that are read of what a holder says


class InUseError(StoreError):
    """Another process holds a lock; the message says which one, since when, and what it does."""


class Lock:
    """A lock that this process holds."""

    def __init__(self, handle: int, since: float) -> None:
        """Use `held`."""
        self._handle, self._since = handle, since

    def say(self, doing: str) -> None:
        """What the holder does from now on, for whoever asks for the lock meanwhile."""
        told = {"pid": os.getpid(), "since": self._since, "doing": doing}
        os.ftruncate(self._handle, 0)
        os.pwrite(self._handle, json.dumps(told).encode()[:LONGEST], 0)


@contextmanager
def held(path: Path, doing: str) -> Iterator[Lock]:
    """Holds the lock until the block ends, or the process: a killed one leaves none behind.

    The file is made where it is missing, its directory is not. Raises InUseError where another process (or
    another block of this one) holds it, StoreError where it can't be had.
    """
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise StoreError(f"{path.parent}: {error.strerror}") from error
    try:
        _take(handle, path)
        lock = Lock(handle, time.time())
        lock.say(doing)
        yield lock
        os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def is_held(path: Path) -> bool:
    """Whether a process holds a lock."""
    if not path.exists():
        return False
    with path.open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def _take(handle: int, path: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise InUseError(f"{path.parent} is being written by {_told(handle)}") from error


def _told(handle: int) -> str:
    try:
        told = json.loads(os.pread(handle, LONGEST, 0))
        since = datetime.fromtimestamp(told["since"]).astimezone().isoformat(" ", "seconds")
        return f"another process (pid {told['pid']}), since {since}: {told['doing']}"
    except (ValueError, KeyError, TypeError):
        return "another process, which has not said yet who it is"
