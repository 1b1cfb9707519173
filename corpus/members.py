"""The members of a gzip file: one after the other, up to the first that is not whole."""

from __future__ import annotations

import zlib
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CHUNK = 1 << 16
_BEGINNING = b"\x1f\x8b\x08"  # of every member


def members(path: Path, offset: int) -> Iterator[tuple[int, int, bytes]]:
    """Offset, length and content of each whole gzip member from `offset` on, up to the first damage.

    Raises OSError.
    """
    with path.open("rb") as file:
        while True:
            file.seek(offset)
            found = _whole(file)
            if found is None:
                return
            length, content = found
            yield offset, length, content
            offset += length


def next_member(path: Path, offset: int) -> int | None:
    """Where behind `offset` the next whole member begins, None where there is none; raises OSError."""
    with path.open("rb") as file:
        file.seek(offset)
        tail = file.read()
        found = tail.find(_BEGINNING, 1)
        while found >= 0:
            file.seek(offset + found)
            if _whole(file) is not None:
                return offset + found
            found = tail.find(_BEGINNING, found + 1)
    return None


def has_our_header(path: Path, offset: int) -> bool:
    """Whether a member begins as those that we write: what its header says is in no checksum.

    Raises OSError.
    """
    with path.open("rb") as file:
        file.seek(offset)
        header = file.read(10)
    flags, moment, level, system = header[3], header[4:8], header[8], header[9]
    return flags in {0, 0x10} and not any(moment) and level in {0, 2} and system in {3, 255}


def _whole(file: IO[bytes]) -> tuple[int, bytes] | None:
    inflate, parts, size = zlib.decompressobj(zlib.MAX_WBITS | 16), [], 0
    while not inflate.eof:
        chunk = file.read(CHUNK)
        if not chunk:
            return None
        size += len(chunk)
        try:
            parts.append(inflate.decompress(chunk))
        except zlib.error:
            return None
    return size - len(inflate.unused_data), b"".join(parts)
