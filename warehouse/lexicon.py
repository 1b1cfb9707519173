"""The word lists of `warehouse/lexicons`: CSV that a native reader can review."""

from __future__ import annotations

import csv
from functools import cache
from hashlib import sha256
from pathlib import Path

_HERE = Path(__file__).parent / "lexicons"


@cache
def lexicon(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `lexicons/NAME.csv`; lists within a cell are parted by semicolons."""
    with (_HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def listed(cell: str) -> list[str]:
    """The items of a cell that holds a list."""
    return [item for item in cell.split(";") if item]


def checksum(*names: str) -> str:
    """16 hex digits that change with any of the files in this directory whose names are given."""
    whole = sha256()
    for name in names:
        whole.update((Path(__file__).parent / name).read_bytes())
    return whole.hexdigest()[:16]
