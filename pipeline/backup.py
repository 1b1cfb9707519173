"""Copies a home to a repository while others write and read it, and brings it back.

Of the warehouse the current generation is copied, so that readers are served as soon as it is restored; the
file that builds write is not, as no process may open it while one builds: the first build makes it anew from
the archive.
"""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from corpus.store import Store
from pipeline import outbox
from pipeline.failures import Failure
from pipeline.home import Home
from pipeline.outbox import Outbox
from pipeline.progress import progress
from pipeline.repository import Backup, DamagedBackup, Stored, digest
from pipeline.retention import superfluous
from pipeline.room import require_room
from warehouse import reading
from warehouse.manifest import keep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pipeline.repository import Repository
    from pipeline.retention import Rules

OBJECT = 16 << 20  # bytes of one object, at most: what a file that grows has gained costs no more than that
_OVERRIDES = "overrides"
_PRIVATE, _USUAL = 0o600, 0o666  # what may hold secrets, and the rest as the user's umask says


@dataclass(frozen=True, slots=True)
class BackupReport:
    """What a backup did: `written` bytes were not there before; older backups that were removed, by name."""

    backup: Backup
    written: int
    removed: list[str]


def back_up(home: Home, repository: Repository, rules: Rules, *, mend: bool = False) -> BackupReport:
    """Copies what the repository does not have yet of a home, then forgets what no rule keeps.

    With `mend` nothing that is there is trusted: damaged objects are written anew, and backups that still
    lack one are removed. A killed backup leaves those before it as they were. Raises Failure, StoreError,
    WarehouseError.
    """
    known = _trusted(repository) if mend else repository.sizes()
    with _frozen(home) as (files, links, archive):
        _require_same_archive(repository, archive)
        total = sum(length for _, length in files.values())
        if repository.local:
            require_room(repository.local, "a backup", max(0, total - sum(known.values())))
        writer = _Writer(repository, known)
        with progress("megabytes backed up", total // 1_000_000) as advance:
            stored = {name: writer.store(path, length, advance) for name, (path, length) in files.items()}
    now = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    made = repository.write(Backup("", now, archive, stored, links))
    removed = _unrestorable(repository, writer.known) if mend else []
    moments = {name: repository.read(name).made_at for name in repository.names() if name not in removed}
    if removed := [*removed, *superfluous(moments, rules)]:
        repository.remove(removed)
    return BackupReport(made, writer.written, removed)


def restore(repository: Repository, home: Path, name: str | None = None) -> Backup:
    """Brings a backup back, the newest unless one is named, into a home that is empty or not there.

    It is written beside and checked byte by byte before it gets its place. Raises Failure.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise Failure(f"{home} is not empty: name another directory with --home, or move it away")
    names = repository.names()
    if not names:
        raise Failure(f"{repository.url} holds no backup")
    backup = repository.read(name or names[-1])
    require_room(home, "a restore", backup.bytes)
    beside = home.absolute().with_name(f".{home.name}.restoring")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    with progress("megabytes restored", backup.bytes // 1_000_000) as advance:
        for file, stored in backup.files.items():
            path = _below(beside, file)
            mode = _PRIVATE if path == Home(beside).alerts else _USUAL
            _bring_back(repository, stored, path, mode, advance)
    for link, target in backup.links.items():
        _below(beside, link).symlink_to(target)
    beside.rename(home.absolute())
    keep(home.absolute().parent)
    return backup


@contextmanager
def _frozen(home: Home) -> Iterator[tuple[dict[str, tuple[Path, int]], dict[str, str], str | None]]:
    """What belongs to one moment of a home: files by name with their bytes, links, the archive's identity.

    The generation is older than the ledger, and the ledger than the files of the archive, which only grow.
    """
    with (
        TemporaryDirectory(prefix="trichtin-") as own,
        reading(home.published) as generation,
        Store.reading(home.directory) as store,
    ):
        ledger, before = Path(own, "ledger.sqlite"), store.takedowns.all()
        files = {f"archive/{path.name}": (path, length) for path, length in store.copy_ledger(ledger).items()}
        files["ledger.sqlite"] = (ledger, ledger.stat().st_size)
        if (home.directory / outbox.FILE).exists():
            with Outbox.aside(home.directory) as known:
                known.save(Path(own, outbox.FILE))
            files[outbox.FILE] = (Path(own, outbox.FILE), Path(own, outbox.FILE).stat().st_size)
        links = {}
        published = sorted(generation.path.rglob("*")) if generation else []
        overrides = sorted((home.directory / _OVERRIDES).rglob("*"))
        for path in (path for path in (*published, *overrides, home.alerts) if path.is_file()):
            files[str(path.relative_to(home.directory))] = (path, path.stat().st_size)
        if generation:
            links["published/current"] = generation.path.name
        yield files, links, store.identity
        if store.takedowns.all() != before:
            raise Failure("an article was taken down meanwhile: run the backup again")


class _Writer:
    """Puts files into a repository, object by object, and counts the bytes that were new to it."""

    def __init__(self, repository: Repository, known: Mapping[str, int]) -> None:
        self._repository, self.known = repository, dict(known)
        self.written = 0

    def store(self, path: Path, length: int, advance: Callable[[int], None]) -> Stored:
        """The first bytes of a file; raises Failure where it has fewer."""
        objects = []
        with path.open("rb") as file:
            for start in range(0, length, OBJECT):
                content = file.read(min(OBJECT, length - start))
                objects.append(self._object(content))
                advance(len(content) // 1_000_000)
            if file.tell() != length:
                raise Failure(f"{path} has {file.tell()} bytes of {length}; run: trichtin verify")
        return Stored(length, objects)

    def _object(self, content: bytes) -> str:
        name = digest(content)
        if self.known.get(name) != len(content):
            self._repository.put(content)
            self.known[name] = len(content)
            self.written += len(content)
        return name


def _trusted(repository: Repository) -> dict[str, int]:
    """The objects that are what their names say."""
    sizes = repository.sizes()
    with progress("objects checked", len(sizes)) as advance:
        whole = {}
        for name, size in sizes.items():
            if repository.is_whole(name):
                whole[name] = size
            advance(1)
    return whole


def _unrestorable(repository: Repository, whole: Mapping[str, int]) -> list[str]:
    """The backups with a damaged manifest, or with an object that is not whole."""
    found = []
    for name in repository.names():
        try:
            if not repository.read(name).objects <= whole.keys():
                found.append(name)
        except DamagedBackup:
            found.append(name)
    return found


def _require_same_archive(repository: Repository, archive: str | None) -> None:
    for name in repository.names():
        with suppress(DamagedBackup):
            if repository.read(name).archive != archive:
                raise Failure(f"{repository.url} holds backups of another archive: name another place")


def _bring_back(
    repository: Repository, stored: Stored, path: Path, mode: int, advance: Callable[[int], None]
) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "wb", opener=partial(os.open, mode=mode)) as file:
        for name in stored.objects:
            content = repository.get(name)
            file.write(content)
            advance(len(content) // 1_000_000)
    keep(path)


def _below(directory: Path, name: str) -> Path:
    """A path of a manifest, which may come from elsewhere, inside the directory; raises Failure."""
    if (directory / name).is_relative_to(directory) and ".." not in Path(name).parts:
        return directory / name
    raise DamagedBackup(f"{name!r} is no file of a home")
