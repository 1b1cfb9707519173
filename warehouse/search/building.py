"""Makes the index of a generation, anew or from the one before with only what changed."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tantivy

from warehouse.search.schema import Entry, create_index, document, telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import duckdb

BATCH = 1000
"""Entries that are held in memory at a time."""

_MEMORY = 256_000_000
_THREADS = 2
"""Each thread leaves segments of its own, and every segment costs a search time."""


def build(connection: duckdb.DuckDBPyConnection, directory: Path, previous: Path | None = None) -> None:
    """Makes the index in a directory hold what an open warehouse or generation holds, and nothing else.

    What is in the directory already, or in the index of the `previous` generation, is kept where it is still
    true; that index is not touched. Nothing else may write to the directory meanwhile. Raises WarehouseError.
    """
    with telling(f"cannot build the search index {directory}"):
        _seed(directory, previous)
        index = _opened(directory)
        held = _states(index)
        wanted = {state for (state,) in connection.execute(f"select state from ({_entries()})").fetchall()}
        new = wanted - held
        if new or held - wanted:
            with _writing(index) as writer:
                for state in held - wanted:
                    writer.delete_documents_by_term("state", state)
                for entry in _read(connection, sorted(new)):
                    writer.add_document(document(entry))


def add(entries: Iterable[Entry], directory: Path) -> None:
    """Adds entries to the index in a directory, made where there is none, in place of those of their ids.

    Raises WarehouseError, and then the index is as it was.
    """
    with telling(f"cannot add to the search index {directory}"):
        directory.mkdir(parents=True, exist_ok=True)
        with _writing(create_index(directory)) as writer:
            for entry in entries:
                writer.delete_documents_by_term("key", entry.key)
                writer.add_document(document(entry))


def _seed(directory: Path, previous: Path | None) -> None:
    """Links the files of an index, which tantivy never rewrites, into a directory that has none."""
    if previous is not None and not directory.exists():
        locks = shutil.ignore_patterns("*.lock")
        shutil.copytree(previous, directory, copy_function=os.link, ignore=locks)
    directory.mkdir(parents=True, exist_ok=True)


def _opened(directory: Path) -> tantivy.Index:
    """The index in a directory; an empty one in place of one that is of another format or damaged."""
    try:
        return create_index(directory)
    except ValueError:
        shutil.rmtree(directory)
        directory.mkdir()
        return create_index(directory)


def _states(index: tantivy.Index) -> set[str]:
    searcher = index.searcher()
    count = searcher.num_docs
    if not count:
        return set()
    found = searcher.search(tantivy.Query.all_query(), count, count=False, order_by_field="state")
    return {state for state, _ in found.hits}


@contextmanager
def _writing(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    """Commits at the end, and waits until the files in the directory are those that stay."""
    writer = index.writer(_MEMORY, _THREADS)
    yield writer
    writer.commit()
    writer.wait_merging_threads()


def _read(connection: duckdb.DuckDBPyConnection, states: Sequence[str]) -> Iterator[Entry]:
    query = f"select * from ({_entries()}) where state in (select unnest(?::varchar[]))"
    for batch in connection.sql(query, params=[states]).to_arrow_reader(BATCH):
        for row in batch.to_pylist():
            yield _entry(row)


def _entry(row: dict[str, Any]) -> Entry:
    lists = ("types", "issuers", "actions", "indexes", "sources")
    numbers = tuple(tuple(number.values()) for number in row["numbers"] or ())
    return Entry(**row | {name: tuple(row[name] or ()) for name in lists} | {"numbers": numbers})


@cache
def _entries() -> str:
    return (Path(__file__).parent / "entries.sql").read_text("utf-8")
