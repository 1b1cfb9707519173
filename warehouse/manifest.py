"""What a generation says of itself: its manifest, by which readers know that it is whole and of one make."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from hashlib import file_digest
from typing import TYPE_CHECKING, Any, NamedTuple

import duckdb

from warehouse import loading
from warehouse.errors import RefusalError, clearly

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

DATABASE = "warehouse.duckdb"
INDEX = "index"
MANIFEST = "manifest.json"


class Damage(RefusalError):
    """Which generation is not what its manifest says, and which file of it."""

    def __init__(self, path: Path, what: str) -> None:
        """`what` is wrong with the generation in a directory."""
        super().__init__(f"{path.name} is damaged: {what}; run: trichtin rebuild")


class File(NamedTuple):
    """What a file of a generation held when it was published."""

    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Generation:
    """One published state of the warehouse; `path` is its directory.

    `warehouse` and `revision` are the state that it mirrors, `schema` the last migration of it, `rows` counts
    by view, `files` are named from `path`. `run` is the id of the run that published it.
    """

    number: int
    path: Path
    warehouse: str
    revision: int
    schema: int
    made_at: str
    extractor_versions: tuple[str, ...]
    rows: Mapping[str, int]
    files: Mapping[str, File]
    run: str | None = None

    @property
    def database(self) -> Path:
        """The DuckDB file, to be opened read-only."""
        return self.path / DATABASE

    @property
    def index(self) -> Path:
        """The directory of the search index; missing where it was published without one."""
        return self.path / INDEX

    def loaded(self, archive: str | None, version: str) -> set[int]:
        """The pages of an archive that this version of the extractors has read or found unreadable."""
        with (
            clearly(f"cannot read what is published in {self.path}"),
            duckdb.connect(self.database, read_only=True) as connection,
        ):
            known = connection.execute("select archive from stored.state").fetchall()
            return loading.loaded(connection, version) if known == [(archive,)] else set()


def read(path: Path) -> Generation:
    """The generation in a directory; raises Damage where its manifest or a file is missing or cut short."""
    try:
        manifest = json.loads((path / MANIFEST).read_text("utf-8"))
        manifest["files"] = {name: File(**file) for name, file in manifest["files"].items()}
        manifest["extractor_versions"] = tuple(manifest["extractor_versions"])
        generation = Generation(path=path, **manifest)
    except FileNotFoundError:
        raise Damage(path, f"{MANIFEST} is missing") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Damage(path, f"{MANIFEST} cannot be read") from None
    for name, file in generation.files.items():
        _require_size(path, name, file.bytes)
    return generation


def verify(generation: Generation) -> None:
    """Reads all files; raises Damage, naming the first that is another than was published."""
    for name, file in generation.files.items():
        if _sha256(generation.path / name) != file.sha256:
            raise Damage(generation.path, f"{name} was altered")


def write(generation: Generation, directory: Path) -> None:
    """Puts the manifest into the directory, durably."""
    content: dict[str, Any] = asdict(generation)
    del content["path"]
    content["files"] = {name: file._asdict() for name, file in generation.files.items()}
    path = directory / MANIFEST
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", "utf-8")
    keep(path)


def files(directory: Path, before: Generation | None = None) -> dict[str, File]:
    """All files below a directory as they are now, and durably so.

    Those that it shares with the generation before, which was verified, are not read again.
    """
    found = {}
    for path in sorted(path for path in directory.rglob("*") if path.is_file()):
        if path.stat().st_size:  # Locks are empty and come and go.
            keep(path)
            name = str(path.relative_to(directory))
            shared = before.files[name] if before and _is_shared(path, before, name) else None
            found[name] = shared or File(path.stat().st_size, _sha256(path))
    return found


def _is_shared(path: Path, generation: Generation, name: str) -> bool:
    return name in generation.files and path.samefile(generation.path / name)


def keep(path: Path) -> None:
    """Waits until a file or a directory is on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _require_size(path: Path, name: str, size: int) -> None:
    try:
        found = (path / name).stat().st_size
    except FileNotFoundError:
        raise Damage(path, f"{name} is missing") from None
    if found != size:
        raise Damage(path, f"{name} has {found} bytes of {size}")


def _sha256(path: Path) -> str:
    with path.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()
