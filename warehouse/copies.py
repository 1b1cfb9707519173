"""Links the articles that are copies to one canonical article, whatever order they came in.

Every text is signed once and compared with all that were signed before; the pairs that are copies are kept.
From them all links are made anew each time, so that a better canonical that arrives later, a new version or
a page that newer rules read in another way moves them as if it had been there from the start.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from corpus.duplicates import (
    Outline,
    Sketch,
    are_copies,
    bands,
    canonicals,
    may_be_copies,
    outline,
    scheme,
    sketches,
)
from warehouse.schema import changed, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import duckdb

BATCH = 2000
"""Texts that are held in memory at a time; for each batch the texts that are like one of it are looked up."""


def link(connection: duckdb.DuckDBPyConnection) -> None:
    """Brings the links up to date; what a killed run has signed stays signed."""
    with transaction(connection):
        _forget(connection)
    unsigned = True
    while unsigned:
        with transaction(connection):
            unsigned = _sign(connection)
    links = _links(connection)
    if links != set(connection.execute("select article_id, canonical_id from stored.copies").fetchall()):
        with transaction(connection):
            connection.execute("delete from stored.copies")
            _insert(connection, "copies", pa.string(), sorted(links))
            changed(connection)


def _forget(connection: duckdb.DuckDBPyConnection) -> None:
    """Drops what was signed by another scheme, and the signatures of texts that are no longer here."""
    if connection.execute("select copies from stored.state").fetchall() != [(scheme(),)]:
        connection.execute("delete from stored.fingerprints")
        connection.execute("update stored.state set copies = ?", [scheme()])
    here = "(select fingerprint from stored.fingerprints)"
    for table in ("bands", "sketches"):
        connection.execute(f"delete from stored.{table} where fingerprint not in {here}")
    connection.execute(f"delete from stored.alike where one not in {here} or other not in {here}")


def _sign(connection: duckdb.DuckDBPyConnection) -> bool:
    """Signs the texts of the next pages and compares them with all signed texts; False where none is left."""
    pages = connection.execute(
        "select page from stored.articles anti join stored.fingerprints using (page) order by page limit ?",
        [BATCH],
    ).fetchall()
    texts = _texts(connection, [page for (page,) in pages])
    outlines = {page: outline(text) for page, text in texts.items()}
    _insert(
        connection, "fingerprints", pa.uint64(), [(page, one.fingerprint) for page, one in outlines.items()]
    )
    new = _unsigned(connection, outlines.values())
    signed = dict(zip(new, sketches(list(new.values())), strict=True))
    _insert(
        connection,
        "sketches",
        pa.uint64(),
        [(one, sketch.tobytes()) for one, sketch in signed.items()],
        pa.binary(),
    )
    _insert(
        connection,
        "bands",
        pa.uint64(),
        [(one, band) for one, sketch in signed.items() for band in bands(sketch)],
    )
    _compare(connection, new, signed)
    return bool(pages)


def _unsigned(connection: duckdb.DuckDBPyConnection, outlines: Iterable[Outline]) -> dict[int, Outline]:
    """The outlines of texts that were not signed before, by their fingerprints."""
    texts = {one.fingerprint: one for one in outlines}
    known = connection.execute(
        "select distinct fingerprint from stored.bands where fingerprint in (select unnest(?::ubigint[]))",
        [list(texts)],
    ).fetchall()
    for (text,) in known:
        del texts[text]
    return texts


def _compare(
    connection: duckdb.DuckDBPyConnection, new: dict[int, Outline], signed: dict[int, Sketch]
) -> None:
    """Keeps the pairs of a new text and any other that are copies."""
    likely = _likely(connection, signed)
    others = sorted(likely)
    for first in range(0, len(others), BATCH):
        some = others[first : first + BATCH]
        outlines = _outlines(connection, set(some) - new.keys()) | new
        pairs = [(one, other) for other in some for one in likely[other]]
        copies = [(one, other) for one, other in pairs if are_copies(new[one], outlines[other])]
        _insert(connection, "alike", pa.uint64(), copies)


def _likely(connection: duckdb.DuckDBPyConnection, new: dict[int, Sketch]) -> dict[int, list[int]]:
    """The texts that are worth comparing with new ones, each with those; a pair of new ones stands once."""
    candidates = connection.sql(
        """
        with new as (select unnest(?::ubigint[]) as fingerprint)
        select b.fingerprint, list(distinct a.fingerprint)
        from stored.bands a join stored.bands b using (band)
        where a.fingerprint in (from new)
            and (a.fingerprint < b.fingerprint or b.fingerprint not in (from new))
        group by b.fingerprint
        """,
        params=[list(new)],
    ).to_arrow_table()
    likely = {}
    for rows in candidates.to_batches(max_chunksize=BATCH):
        found = dict(zip(*(column.to_pylist() for column in rows.columns), strict=True))
        known = _sketches(connection, found.keys() - new.keys()) | new
        for other, ones in found.items():
            near = [one for one in ones if may_be_copies(new[one], known[other])]
            if near:
                likely[other] = near
    return likely


def _sketches(connection: duckdb.DuckDBPyConnection, fingerprints: Iterable[int]) -> dict[int, Sketch]:
    rows = connection.execute(
        "select fingerprint, sketch from stored.sketches where fingerprint in (select unnest(?::ubigint[]))",
        [list(fingerprints)],
    ).fetchall()
    return {fingerprint: np.frombuffer(sketch, "<u4") for fingerprint, sketch in rows}


def _outlines(connection: duckdb.DuckDBPyConnection, fingerprints: Iterable[int]) -> dict[int, Outline]:
    pages = connection.execute(
        """
        select min(page), fingerprint from stored.fingerprints
        where fingerprint in (select unnest(?::ubigint[]))
        group by fingerprint
        """,
        [list(fingerprints)],
    ).fetchall()
    texts = _texts(connection, [page for page, _ in pages])
    return {fingerprint: outline(texts[page]) for page, fingerprint in pages}


def _texts(connection: duckdb.DuckDBPyConnection, pages: Sequence[int]) -> dict[int, str]:
    """The texts of pages: where they are asked for by page alone, DuckDB reads no others."""
    query = "select page, text from stored.articles where page in (select unnest(?::bigint[]))"
    return dict(connection.execute(query, [pages]).fetchall())


def _links(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    """Every article that is a copy, with its canonical.

    Canonical is what was published first; of one day, what an official site has before what others have,
    then what was fetched first.
    """
    alike = connection.execute("select one, other from stored.alike").fetchall()
    ranked = connection.execute(
        """
        select fingerprint, article_id
        from stored.articles join stored.fingerprints using (page)
        qualify page = max(page) over (partition by article_id) and (
            count(*) over (partition by fingerprint) > 1
            or fingerprint in (select unnest([one, other]) from stored.alike)
        )
        order by published nulls last, official is not true,
            min(fetched) over (partition by article_id), article_id
        """
    ).fetchall()
    first: dict[int, str] = {}
    for text, article in ranked:
        first.setdefault(text, article)
    chosen = canonicals(first, alike)
    links = {(article, first[chosen[text]]) for text, article in ranked}
    return {(article, canonical) for article, canonical in links if article != canonical}


def _insert(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    first: pa.DataType,
    rows: Sequence[tuple[object, object]],
    second: pa.DataType | None = None,
) -> None:
    """Puts rows into a table of two columns, of one type where no second is given."""
    ones, others = zip(*rows, strict=True) if rows else ((), ())
    columns = {"a": pa.array(ones, first), "b": pa.array(others, second or first)}
    connection.register("rows", pa.table(columns))
    try:
        connection.execute(f"insert into stored.{table} select a, b from rows")
    finally:
        connection.unregister("rows")
