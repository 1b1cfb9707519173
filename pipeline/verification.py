"""Holds archive, ledger, warehouse, what is published and a backup against each other, and writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.inspection import inspect
from corpus.store import Store, StoreError
from pipeline.repository import DamagedBackup
from warehouse import Warehouse, WarehouseError, WarehouseInUseError, outdated, reading, search, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pipeline.home import Home
    from pipeline.repository import Repository

_ADVICE = "; run: trichtin rebuild"
_RESTORE = ("restore", "BACKUP")


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with a part of a home, and the arguments of the command that mends it."""

    part: str
    says: str
    run: tuple[str, ...]


def findings(home: Home, advance: Callable[[int], None], note: Callable[[str], None]) -> Iterator[Finding]:
    """All that is wrong with a home; `advance` hears of records read, `note` of what could not be looked at.

    Raises StoreError where nothing is stored.
    """
    if not (home.directory / "archive").exists() and not (home.directory / "ledger.sqlite").exists():
        raise StoreError(f"{home.directory}: nothing is stored here yet")
    ledger_is_whole = True
    for fault in inspect(home.directory, advance):
        ledger_is_whole = ledger_is_whole and fault.of != "ledger"
        yield Finding(fault.of, fault.says, ("rebuild", "--ledger") if fault.of == "ledger" else _RESTORE)
    published = list(_published(home))
    yield from published
    damaged = any(finding.part == "published" for finding in published)
    if home.warehouse.exists():
        try:
            yield from _of_warehouse(home, ledger_is_whole=ledger_is_whole, published_is_whole=not damaged)
        except WarehouseInUseError as error:
            note(f"not looked at: {error}")
        except WarehouseError as error:
            yield Finding("warehouse", str(error), ("rebuild",))


def damage_of_backups(repository: Repository, advance: Callable[[int], None]) -> Iterator[Finding]:
    """Which backups are damaged, and which objects; `advance` hears of objects read."""
    wanted: set[str] = set()
    for name in repository.names():
        try:
            wanted |= repository.read(name).objects
        except DamagedBackup as error:
            yield Finding("backup", str(error), ("backup", repository.url, "--mend"))
    for name in sorted(wanted):
        try:
            repository.get(name)
        except DamagedBackup as error:
            yield Finding("backup", str(error), ("backup", repository.url, "--mend"))
        advance(1)


def _published(home: Home) -> Iterator[Finding]:
    try:
        verify(home.published)
        with reading(home.published) as generation:
            if generation is None:
                return
            behind = search.differing(generation.database, generation.index)
            if behind:
                told = f"the index of generation {generation.number} lacks or has too many: {behind} entries"
                yield Finding("index", told, ("rebuild",))
    except WarehouseError as error:
        yield Finding("published", str(error).removesuffix(_ADVICE), ("rebuild",))


def _of_warehouse(home: Home, *, ledger_is_whole: bool, published_is_whole: bool) -> Iterator[Finding]:
    with Warehouse.open(home.warehouse) as warehouse:
        warehouse.check()
        if ledger_is_whole:  # else what it does not know might be there all the same
            with Store.reading(home.directory) as store:
                for told in warehouse.unfounded(store.numbers()):
                    yield Finding("warehouse", told, ("rebuild",))
        for number in outdated(warehouse, home.published):
            told = f"generation {number} holds an article that the warehouse no longer has"
            yield Finding("published", told, ("build",))
        if published_is_whole:
            yield from _behind(home, warehouse.state)


def _behind(home: Home, state: tuple[str, int]) -> Iterator[Finding]:
    """Whether what is published is what the warehouse holds."""
    with reading(home.published) as generation:
        if generation and (generation.warehouse, generation.revision) != state:
            told = f"generation {generation.number} is behind the warehouse"
            yield Finding("published", told, ("build",))
