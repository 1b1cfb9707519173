"""Makes the index of a generation, anew or from what is there with only what changed."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pyarrow as pa
import tantivy

from warehouse.memory import give_back, memory_limit
from warehouse.search.schema import Entry, create_index, document, open_index, telling

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

BATCH = 10_000
"""Entries that are held in memory at a time."""

_MEMORY = 256_000_000
_THREADS = 1
"""Each leaves segments of its own, which cost every search time; one keeps up with what is read."""


def build(database: Path, directory: Path) -> None:
    """Makes the index in a directory hold what a generation's DuckDB file holds, and nothing else.

    What the directory has already is kept where it is still true; files are removed and replaced, never
    written into, so that they may be shared with the generation before. Nothing else may write to the
    directory meanwhile. Raises WarehouseError.
    """
    with telling(f"cannot build the search index {directory}"):
        index = _opened(directory)
        with ExitStack() as opened:
            connection = opened.enter_context(_read_only(database))
            gone, new = _changes(connection, _states(index))
            if not gone and not new.num_rows:
                return
            with _writing(index) as writer:
                for state in gone:
                    writer.delete_documents_by_term("state", state)
                for entry in _read(connection, new):
                    writer.add_document(document(entry))
                opened.close()  # Merging takes memory too.


def differing(database: Path, directory: Path) -> int:
    """How many entries the index lacks of what a generation's DuckDB file holds, or has beside it.

    Raises WarehouseError where there is no index, or a damaged one.
    """
    with (
        telling(f"cannot read the search index {directory}"),
        duckdb.connect(database, read_only=True) as connection,
    ):
        wanted = {state for (state,) in connection.execute(f"select state from ({_entries()})").fetchall()}
        return len(_states(open_index(directory)) ^ wanted)


def add(entries: Iterable[Entry], directory: Path) -> None:
    """Adds entries, each once, to the index in a directory, in place of those that have their ids.

    Raises WarehouseError, and then the index is as it was.
    """
    with telling(f"cannot add to the search index {directory}"):
        directory.mkdir(parents=True, exist_ok=True)
        index = create_index(directory)
        held = index.searcher()
        with _writing(index) as writer:
            for entry in entries:
                if held.doc_freq("key", entry.key):
                    writer.delete_documents_by_term("key", entry.key)
                writer.add_document(document(entry))


def _read_only(database: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(database, read_only=True, config={"memory_limit": memory_limit(database)})


def _opened(directory: Path) -> tantivy.Index:
    """The index in a directory; an empty one in place of one that is of another format or damaged."""
    directory.mkdir(parents=True, exist_ok=True)
    try:
        return create_index(directory)
    except ValueError:
        shutil.rmtree(directory)
        directory.mkdir()
        return create_index(directory)


def _states(index: tantivy.Index) -> set[str]:
    there = tantivy.Query.all_query()  # Terms of deleted entries stay until their segments are merged.
    return {state for state, count in index.searcher().terms_with_prefix("state", "", there) if count}


@contextmanager
def _writing(index: tantivy.Index) -> Iterator[tantivy.IndexWriter]:
    """Commits at the end, and waits until the files in the directory are those that stay."""
    writer = index.writer(_MEMORY, _THREADS)
    yield writer
    writer.commit()
    give_back()  # What is merged now is mapped into memory.
    writer.wait_merging_threads()


def _changes(connection: duckdb.DuckDBPyConnection, held: set[str]) -> tuple[set[str], pa.Table]:
    """The states that are held of no entry, and the entries not held, without the texts of articles.

    `held` is used up: there is a state for each entry, and memory for one set of them is enough.
    What most articles tell comes first: of hits that are as good, the first in the index is shown first.
    """
    new = []
    reader = connection.sql(_entries()).to_arrow_reader(BATCH)
    for batch in reader:
        found = batch["state"].to_pylist()
        new.append(batch.filter(pa.array([state not in held for state in found], pa.bool_())))
        held.difference_update(found)
    rows = pa.Table.from_batches(new, reader.schema)
    return held, rows.sort_by([("articles", "descending"), ("state", "ascending")])


def _read(connection: duckdb.DuckDBPyConnection, rows: pa.Table) -> Iterator[Entry]:
    for batch in rows.to_batches(BATCH):
        entries = batch.to_pylist()
        texts = _texts(connection, [row["article_id"] for row in entries])
        for row in entries:
            text = texts[row["article_id"]]
            if row["kind"] == "article":
                yield _entry(row | {"text": text})
            else:
                yield _entry(row | {"offset": max(0, text.find(row["text"]))})


def _texts(connection: duckdb.DuckDBPyConnection, articles: Sequence[str]) -> dict[str, str]:
    """The texts of articles as they are now, by id: the query for entries would hold those of all at once."""
    query = """
        select article_id, text from articles where is_current and article_id in (select unnest(?::varchar[]))
    """
    return dict(connection.execute(query, [articles]).fetchall())


def _entry(row: dict[str, Any]) -> Entry:
    lists = ("types", "issuers", "actions", "indexes", "sources")
    numbers = tuple(tuple(number.values()) for number in row["numbers"] or ())
    return Entry(**row | {name: tuple(row[name] or ()) for name in lists} | {"numbers": numbers})


@cache
def _entries() -> str:
    return (Path(__file__).parent / "entries.sql").read_text("utf-8")
