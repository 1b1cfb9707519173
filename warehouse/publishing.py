"""Publishes the warehouse as numbered read-only generations; `current` points at one that is whole.

    published/
        current -> generation-0002
        generation-0001/  warehouse.duckdb  index/  manifest.json
        generation-0002/  ...

A generation is built in `generation-NNNN.tmp`, its manifest is written last, and only then does it get
its name: what bears the name is whole, whenever the process was killed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from warehouse import manifest
from warehouse.errors import clearly
from warehouse.manifest import DATABASE, INDEX, Damage, Generation
from warehouse.reading import locked, resolved
from warehouse.schema import bundled, view_names

if TYPE_CHECKING:
    from warehouse.connection import Warehouse

KEPT = 3
"""How many generations stay, the current one among them."""

Indexer = Callable[[Path, Path], None]
"""Makes the search index of a DuckDB file in a directory.

The directory holds what the generation before had, or is empty. Its files are shared with that generation:
they may be removed and replaced, never written into.
"""


def publish(
    warehouse: Warehouse, directory: Path, index: Indexer | None = None, run: str | None = None
) -> Generation:
    """The current generation of the directory, made anew unless the newest already mirrors the warehouse.

    Copies are linked and documents brought together first. Readers of older generations go on; all but the
    newest three, and those that somebody reads, are removed, and so is each that holds an article which the
    warehouse no longer has. A new one bears the id of the `run`. Raises WarehouseError, and then what was
    current still is.
    """
    warehouse.link_copies()
    warehouse.bring_together()
    with clearly(f"cannot publish to {directory}"):
        directory.mkdir(parents=True, exist_ok=True)
        _sweep(directory)
        numbers = _numbers(directory)
        newest = _whole(_path(directory, numbers[-1])) if numbers else None
        if newest is None or not _mirrors(newest, warehouse, index):
            number = (numbers[-1] if numbers else 0) + 1
            # Files that are continued keep the text of what was removed from them.
            before = newest if newest and warehouse.has_all_of(newest.database) else None
            newest = _make(warehouse, _path(directory, number), index, before, run)
        _flip(directory, newest)
        _prune(directory, warehouse)
        return newest


def current(directory: Path) -> Generation | None:
    """The generation that readers are to open, None where nothing is published yet.

    It may be pruned once three newer ones are there; `warehouse.reading.reading` keeps it.
    """
    with clearly(f"cannot read what is published in {directory}"):
        return resolved(directory)


def outdated(warehouse: Warehouse, directory: Path) -> list[int]:
    """The older generations with an article that the warehouse no longer has; after `publish` they are read.

    Raises WarehouseError.
    """
    numbers = _numbers(directory)[:-1]
    return [number for number in numbers if not warehouse.has_all_of(_path(directory, number) / DATABASE)]


def _path(directory: Path, number: int) -> Path:
    return directory / f"generation-{number:04d}"


def _numbers(directory: Path) -> list[int]:
    """The generations that bear their name, oldest first."""
    names = (path.name.removeprefix("generation-") for path in directory.glob("generation-*"))
    return sorted(int(name) for name in names if name.isdecimal())


def _whole(path: Path) -> Generation | None:
    """The generation in a directory, None where a byte of it is another than was published."""
    try:
        generation = manifest.read(path)
        manifest.verify(generation)
    except Damage:
        return None
    return generation


def _mirrors(generation: Generation, warehouse: Warehouse, index: Indexer | None) -> bool:
    indexed = index is None or generation.index.exists()
    return indexed and (generation.warehouse, generation.revision) == warehouse.state


def _make(
    warehouse: Warehouse, path: Path, index: Indexer | None, before: Generation | None, run: str | None
) -> Generation:
    beside = path.with_name(f"{path.name}.tmp")
    beside.mkdir()
    try:
        database = beside / DATABASE
        warehouse.copy_to(database, before.database if before else None)
        database.chmod(0o444)
        if index:
            _share(before, beside / INDEX)
            with warehouse.resting():
                index(database, beside / INDEX)
        generation = _described(warehouse, path, beside, before, run)
        manifest.write(generation, beside)
        manifest.keep(beside)
        beside.rename(path)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    manifest.keep(path.parent)
    return generation


def _share(before: Generation | None, index: Path) -> None:
    """Begins an index with the files of the one before, by links: an index only adds and removes files."""
    index.mkdir()
    names = [Path(name) for name in before.files] if before else []
    for name in names:
        if before and name.parent == Path(INDEX):
            os.link(before.path / name, index / name.name)


def _described(
    warehouse: Warehouse, path: Path, directory: Path, before: Generation | None, run: str | None
) -> Generation:
    """What the finished copy holds, read as any reader would."""
    with duckdb.connect(directory / DATABASE, read_only=True) as connection:
        counts = [f"select '{view}', count(*) from {view}" for view in view_names(connection)]
        rows = dict(connection.execute(" union all ".join(counts)).fetchall())
        versions = connection.execute(
            "select distinct extractor_version from articles order by extractor_version"
        ).fetchall()
    identity, revision = warehouse.state
    return Generation(
        number=int(path.name.removeprefix("generation-")),
        path=path,
        warehouse=identity,
        revision=revision,
        schema=bundled()[-1].number,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        extractor_versions=tuple(version for (version,) in versions),
        rows=rows,
        files=manifest.files(directory, before),
        run=run,
    )


def _flip(directory: Path, generation: Generation) -> None:
    link = directory / "current"
    if link.is_symlink() and link.readlink() == Path(generation.path.name):
        return
    beside = directory / "current.tmp"
    beside.unlink(missing_ok=True)
    beside.symlink_to(generation.path.name)
    beside.replace(link)
    manifest.keep(directory)


def _sweep(directory: Path) -> None:
    """Removes what a killed run has left half-made or half-removed."""
    for path in directory.glob("generation-*.tmp"):
        shutil.rmtree(path)


def _prune(directory: Path, warehouse: Warehouse) -> None:
    gone = {*_numbers(directory)[:-KEPT], *outdated(warehouse, directory)}
    for number in sorted(gone):
        path = _path(directory, number)
        with locked(path) as alone:
            if alone:
                shutil.rmtree(path.rename(path.with_name(f"{path.name}.tmp")))
