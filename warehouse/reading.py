"""Reads the current generation while others are published: it stays as long as somebody reads it."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from warehouse import manifest
from warehouse.errors import clearly

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from warehouse.manifest import Generation


@contextmanager
def reading(directory: Path) -> Iterator[Generation | None]:
    """The current generation, None where nothing is published yet; its files stay until the block ends.

    Database and index are of one make, whatever is published meanwhile. Raises WarehouseError, naming the
    file, where the generation is damaged.
    """
    with clearly(f"cannot read what is published in {directory}"):
        generation, handle = _held(directory)
    try:
        yield generation
    finally:
        if handle is not None:
            os.close(handle)


def verify(directory: Path) -> None:
    """Reads all of the current generation; raises WarehouseError, naming the first file that is damaged."""
    with clearly(f"cannot read what is published in {directory}"):
        if generation := resolved(directory):
            manifest.verify(generation)


def resolved(directory: Path) -> Generation | None:
    """The generation that `current` points at; raises Damage where it is not whole."""
    link = directory / "current"
    while True:
        target = link.readlink() if link.is_symlink() else None
        if target is None:
            return None
        try:
            return manifest.read(directory / target)
        except manifest.Damage:
            if link.readlink() == target:
                raise


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Whether nobody reads the generation in a directory; nobody begins to until the block ends."""
    handle = os.open(path, os.O_RDONLY)
    try:
        yield _lock(handle, fcntl.LOCK_EX)
    finally:
        os.close(handle)


def _held(directory: Path) -> tuple[Generation | None, int | None]:
    while generation := resolved(directory):
        handle = _open(generation.path)
        if handle is not None:
            if _lock(handle, fcntl.LOCK_SH) and generation.path.exists():
                return generation, handle
            os.close(handle)
    return None, None


def _open(path: Path) -> int | None:
    """A handle on the directory, None where it was removed since."""
    try:
        return os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return None


def _lock(handle: int, how: int) -> bool:
    try:
        fcntl.flock(handle, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
