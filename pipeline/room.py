"""Refuses work that the disk has no room for, before it begins."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from pipeline.failures import Failure

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.home import Home

FLOOR = "TRICHTIN_FREE_MB"
"""The environment variable that says how many megabytes stay free whatever is done."""

USUAL_FLOOR = 500
_MEGABYTE = 1_000_000


def require_room(directory: Path, work: str, needed: int = 0) -> None:
    """Raises Failure where the disk of a directory has no room for so many bytes and the floor."""
    there = next(place for place in (directory.absolute(), *directory.absolute().parents) if place.exists())
    free, wanted = shutil.disk_usage(there).free, needed + _floor() * _MEGABYTE
    if free < wanted:
        raise Failure(
            f"{work} needs {_megabytes(wanted)} free on the disk of {there}, and {_megabytes(free)} are:"
            f" make room ({FLOOR} says how much of it stays free)"
        )


def require_room_to_build(home: Home, *, anew: bool = False) -> None:
    """The same for a build: one more warehouse, two where it is made anew, and one more generation.

    Where there is no warehouse yet it counts as large as the archive.
    """
    held = size(home.warehouse) or size(home.directory / "archive")
    require_room(home.directory, "a build", held * (2 if anew else 1) + size(home.published / "current"))


def size(path: Path) -> int:
    """The bytes of a file, or of all files below a directory; 0 where there is none."""
    if path.is_dir():
        return sum(below.stat().st_size for below in path.resolve().rglob("*") if below.is_file())
    return path.stat().st_size if path.exists() else 0


def _floor() -> int:
    said = os.environ.get(FLOOR, str(USUAL_FLOOR))
    if not said.isdecimal():
        raise Failure(f"{FLOOR}={said} is no number of megabytes")
    return int(said)


def _megabytes(count: int) -> str:
    return f"{count / _MEGABYTE:,.0f} MB"
