"""Publishes the warehouse as numbered read-only generations; `current` points at one that is whole.

    published/
        current -> generation-0002
        generation-0001/  warehouse.duckdb  manifest.json
        generation-0002/  ...

A generation is built in `generation-NNNN.tmp`, its manifest is written last, and only then does it get
its name: what bears the name is whole, whenever the process was killed.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from warehouse import loading
from warehouse.errors import RefusalError, clearly
from warehouse.schema import view_names

if TYPE_CHECKING:
    from warehouse.connection import Warehouse

KEPT = 3
"""How many generations stay, the current one among them."""

_DATABASE = "warehouse.duckdb"
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Generation:
    """One published state of the warehouse; `path` is its directory, `rows` counts by view."""

    number: int
    path: Path
    warehouse: str
    revision: int
    made_at: str
    extractor_versions: tuple[str, ...]
    rows: dict[str, int]
    sha256: dict[str, str]

    @property
    def database(self) -> Path:
        """The DuckDB file, to be opened read-only."""
        return self.path / _DATABASE

    def loaded(self, archive: str | None, version: str) -> set[int]:
        """The pages of an archive that this version of the extractors has read or found unreadable."""
        with (
            clearly(f"cannot read what is published in {self.path}"),
            duckdb.connect(self.database, read_only=True) as connection,
        ):
            known = connection.execute("select archive from stored.state").fetchall()
            return loading.loaded(connection, version) if known == [(archive,)] else set()


def publish(warehouse: Warehouse, directory: Path) -> Generation:
    """The current generation of the directory, made anew unless the newest already mirrors the warehouse.

    Copies are linked first. Readers of older generations go on; all but the newest three are removed.
    Raises WarehouseError, and then what was current still is.
    """
    warehouse.link_copies()
    with clearly(f"cannot publish to {directory}"):
        directory.mkdir(parents=True, exist_ok=True)
        _sweep(directory)
        numbers = _numbers(directory)
        newest = _read(_path(directory, numbers[-1])) if numbers else None
        if newest is None or (newest.warehouse, newest.revision) != warehouse.state:
            newest = _make(warehouse, _path(directory, (numbers[-1] if numbers else 0) + 1))
        _flip(directory, newest)
        _prune(directory)
        return newest


def current(directory: Path) -> Generation | None:
    """The generation that readers are to open, None where nothing is published yet."""
    with clearly(f"cannot read what is published in {directory}"):
        link = directory / "current"
        if not link.is_symlink():
            return None
        generation = _read(directory / link.readlink())
        if generation is None:
            raise RefusalError(f"{link.readlink()} is damaged; publish again")
        return generation


def _path(directory: Path, number: int) -> Path:
    return directory / f"generation-{number:04d}"


def _numbers(directory: Path) -> list[int]:
    """The generations that bear their name, oldest first."""
    names = (path.name.removeprefix("generation-") for path in directory.glob("generation-*"))
    return sorted(int(name) for name in names if name.isdecimal())


def _read(path: Path) -> Generation | None:
    """The generation in a directory; None where its manifest or its database is missing or cut short."""
    try:
        manifest = json.loads((path / _MANIFEST).read_text("utf-8"))
        whole = (path / _DATABASE).stat().st_size == manifest.pop("bytes")
        manifest["extractor_versions"] = tuple(manifest["extractor_versions"])
        generation = Generation(path=path, **manifest)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return generation if whole else None


def _make(warehouse: Warehouse, path: Path) -> Generation:
    beside = path.with_name(f"{path.name}.tmp")
    beside.mkdir()
    try:
        database = beside / _DATABASE
        warehouse.copy_to(database)
        _keep(database)
        database.chmod(0o444)
        generation = _described(warehouse, path, database)
        manifest = _manifest(generation, database.stat().st_size)
        (beside / _MANIFEST).write_text(json.dumps(manifest, indent=2, ensure_ascii=False) + "\n", "utf-8")
        _keep(beside / _MANIFEST)
        _keep(beside)
        beside.rename(path)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    _keep(path.parent)
    return generation


def _described(warehouse: Warehouse, path: Path, database: Path) -> Generation:
    """What the finished copy holds, read as any reader would."""
    with duckdb.connect(database, read_only=True) as connection:
        counts = [f"select '{view}', count(*) from {view}" for view in view_names(connection)]
        rows = dict(connection.execute(" union all ".join(counts)).fetchall())
        versions = connection.execute(
            "select distinct extractor_version from articles order by extractor_version"
        ).fetchall()
    with database.open("rb") as content:
        checksum = file_digest(content, "sha256").hexdigest()
    identity, revision = warehouse.state
    return Generation(
        number=int(path.name.removeprefix("generation-")),
        path=path,
        warehouse=identity,
        revision=revision,
        made_at=datetime.now(UTC).isoformat(timespec="seconds"),
        extractor_versions=tuple(version for (version,) in versions),
        rows=rows,
        sha256={_DATABASE: checksum},
    )


def _manifest(generation: Generation, size: int) -> dict[str, Any]:
    content = asdict(generation)
    del content["path"]
    return content | {"bytes": size}


def _flip(directory: Path, generation: Generation) -> None:
    link = directory / "current"
    if link.is_symlink() and link.readlink() == Path(generation.path.name):
        return
    beside = directory / "current.tmp"
    beside.unlink(missing_ok=True)
    beside.symlink_to(generation.path.name)
    beside.replace(link)
    _keep(directory)


def _sweep(directory: Path) -> None:
    """Removes what a killed run has left half-made."""
    for path in directory.glob("generation-*.tmp"):
        shutil.rmtree(path)


def _prune(directory: Path) -> None:
    for number in _numbers(directory)[:-KEPT]:
        shutil.rmtree(_path(directory, number))


def _keep(path: Path) -> None:
    """Waits until a file or a directory is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
