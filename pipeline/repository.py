"""Where backups lie: a directory or any URL that fsspec knows.

    backups/2026-11-22T180000.123456Z-0f1e2d3c4b5a6978.json    which file is made of which objects; named by
                                                               its moment and its own digest, written last
    objects/ab/abcd...                                         at most 16 MiB, named by their SHA-256

What several backups have in common lies there once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from pipeline.failures import Failure
from warehouse.manifest import keep

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of a backup: its bytes, and the objects that it is made of, in order."""

    bytes: int
    objects: Sequence[str]


@dataclass(frozen=True, slots=True)
class Backup:
    """A home as it was at `made_at` (ISO, UTC); `archive` is its identity, `links` are symbolic links."""

    name: str
    made_at: str
    archive: str | None
    files: Mapping[str, Stored]
    links: Mapping[str, str]

    @property
    def objects(self) -> set[str]:
        """All objects that it is made of."""
        return {name for file in self.files.values() for name in file.objects}

    @property
    def bytes(self) -> int:
        """The size of the home."""
        return sum(file.bytes for file in self.files.values())


class DamagedBackup(Failure):
    """A manifest or an object is not what it was when it was written."""


class Repository:
    """Backups and their objects. Raises Failure on a URL that nothing here can open."""

    def __init__(self, url: str) -> None:
        """The repository at a path or URL; nothing is written before the first `put`."""
        self.url = url
        scheme = url.partition("://")[0]
        try:
            self._files, self._root = fsspec.url_to_fs(url)
        except ImportError as error:
            extra = "; run: pip install 'trichtin[s3]'" if scheme in {"s3", "s3a"} else ""
            raise Failure(f"{url}: {error}{extra}") from None
        except ValueError as error:
            raise Failure(f"{url}: {error}") from None
        self._files.invalidate_cache()

    @property
    def local(self) -> Path | None:
        """Its directory, None where it is none of this machine."""
        return Path(self._root) if isinstance(self._files, LocalFileSystem) else None

    def names(self) -> list[str]:
        """The names of all backups, the oldest first."""
        found = self._found("backups")
        return sorted(Path(path).stem for path in found if path.endswith(".json"))

    def read(self, name: str) -> Backup:
        """The backup of a name; raises DamagedBackup, and Failure where there is none."""
        try:
            content = self._files.cat_file(self._manifest(name))
        except FileNotFoundError:
            raise Failure(f"{self.url}: there is no backup {name}") from None
        if not name.endswith(digest(content)[:16]):
            raise DamagedBackup(f"{self.url}: the manifest of backup {name} is damaged")
        said = json.loads(content)
        files = {path: Stored(**file) for path, file in said.pop("files").items()}
        return Backup(name=name, files=files, **said)

    def write(self, backup: Backup) -> Backup:
        """Writes the manifest of a backup whose objects are there; the backup under its name."""
        said: dict[str, Any] = {
            "made_at": backup.made_at,
            "archive": backup.archive,
            "links": dict(backup.links),
            "files": {
                path: {"bytes": file.bytes, "objects": list(file.objects)}
                for path, file in backup.files.items()
            },
        }
        content = json.dumps(said, indent=1, ensure_ascii=False).encode()
        name = f"{backup.made_at.replace(':', '')}-{digest(content)[:16]}"
        self._put(self._manifest(name), content)
        return self.read(name)

    def sizes(self) -> dict[str, int]:
        """All objects that are there, with their bytes."""
        found = self._found("objects")
        return {Path(path).name: size for path, size in found.items() if not path.endswith(".tmp")}

    def put(self, content: bytes) -> str:
        """Writes an object and reads it back; its name."""
        name = digest(content)
        self._put(self._object(name), content)
        self.get(name)
        return name

    def get(self, name: str) -> bytes:
        """The content of an object; raises DamagedBackup where it is another or missing."""
        try:
            content = bytes(self._files.cat_file(self._object(name)))
        except FileNotFoundError:
            raise DamagedBackup(f"{self.url}: object {name} is missing") from None
        if digest(content) != name:
            raise DamagedBackup(f"{self.url}: object {name} is damaged")
        return content

    def is_whole(self, name: str) -> bool:
        """Whether an object is there and what it was."""
        try:
            self.get(name)
        except DamagedBackup:
            return False
        return True

    def remove(self, names: Collection[str]) -> None:
        """Removes backups, then every object that no other is made of; DamagedBackup comes before it does."""
        wanted = [self.read(name).objects for name in self.names() if name not in names]
        for name in names:
            self._files.rm_file(self._manifest(name))
        kept: set[str] = set().union(*wanted)
        for path in self._found("objects"):
            if Path(path).name not in kept:  # of no backup, or left half written by a killed one
                self._files.rm_file(path)

    def _found(self, below: str) -> dict[str, int]:
        self._files.invalidate_cache()
        try:
            found = self._files.find(f"{self._root}/{below}", detail=True)
        except FileNotFoundError:
            return {}
        return {path: info["size"] for path, info in found.items()}

    def _manifest(self, name: str) -> str:
        return f"{self._root}/backups/{name}.json"

    def _object(self, name: str) -> str:
        return f"{self._root}/objects/{name[:2]}/{name}"

    def _put(self, path: str, content: bytes) -> None:
        # Stores of objects take them whole or not at all; a directory is given time and a second name.
        if self.local is None:
            self._files.makedirs(self._files._parent(path), exist_ok=True)  # noqa: SLF001
            self._files.pipe_file(path, content)
            return
        final = Path(path)
        final.parent.mkdir(parents=True, exist_ok=True)
        beside = final.with_name(f"{final.name}.tmp")
        beside.write_bytes(content)
        keep(beside)
        beside.replace(final)
        keep(final.parent)


def digest(content: bytes) -> str:
    """The name of an object."""
    return sha256(content).hexdigest()
