"""Puts what was read from pages into the warehouse: whole batches through Arrow, once a page and version."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass, field, fields
from datetime import UTC, date
from functools import cache
from hashlib import sha256
from operator import attrgetter
from typing import TYPE_CHECKING, Any, get_type_hints

import pyarrow as pa
import pyarrow.compute as pc

from corpus.facts import FACTS, Fact
from warehouse.schema import changed, transaction

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    import duckdb

    from corpus.article import Article
    from corpus.facts import Span

TABLES = {
    "decision": "decisions",
    "date": "dates",
    "percentage": "percentages",
    "ranking": "rankings",
    "quantity": "quantities",
    "entity": "entities",
}
"""Where the facts of each kind are stored, and the view that shows them."""

_ALL_TABLES = ("articles", "unreadable", "fingerprints", *TABLES.values())
_SURROGATE = re.compile("[\ud800-\udfff]")
_LARGEST_INTEGER = 2**31 - 1
_INTEGER, _FLOAT, _DAY, _TEXT = pa.int32(), pa.float64(), pa.date32(), pa.string()
_TRUTH = pa.bool_()


@dataclass(frozen=True, slots=True)
class Extracted:
    """A page of the archive that could be read: its article, the facts in it, and its sentences in order.

    `fetched` is an aware time; `official` tells whether the site is a public body's, None where nobody knows.
    """

    page: int
    article: Article
    facts: Sequence[Fact]
    sentences: Sequence[Span]
    fetched: datetime
    official: bool | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A page of the archive that no article could be made of."""

    page: int
    url: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class _Found:
    """The facts of one kind on their way into a table, with what they do not know themselves."""

    pages: list[int] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    sentences: list[str] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)


def loaded(connection: duckdb.DuckDBPyConnection, version: str) -> set[int]:
    """The pages that this extractor version has read or found unreadable."""
    rows = connection.execute(
        """
        select page from stored.articles where extractor_version = $version
        union all
        select page from stored.unreadable where extractor_version = $version
        """,
        {"version": version},
    ).fetchall()
    return {page for (page,) in rows}


def claim(connection: duckdb.DuckDBPyConnection, archive: str | None) -> bool:
    """Whether the pages are those of this archive, which an unclaimed warehouse belongs to from now on."""
    ((known,),) = connection.execute("select archive from stored.state").fetchall()
    if known is None and archive is not None:
        connection.execute("update stored.state set archive = ?", [archive])
        return True
    return bool(known == archive)


def load(
    connection: duckdb.DuckDBPyConnection,
    batch: Sequence[Extracted | Unreadable],
    version: str,
    *,
    again: bool = False,
) -> None:
    """Stores a batch in one transaction; see `Warehouse.load`."""
    known = _known(connection, [result.page for result in batch])
    results = {r.page: r for r in batch if again or (r.page, version) not in known}
    if not results:
        return
    stale = [page for page, _ in known if page in results]
    tables = list(_tables(list(results.values()), version))
    with transaction(connection):
        if stale:
            for name in _ALL_TABLES:
                connection.execute(f"delete from stored.{name} where page in (select unnest(?))", [stale])
        for name, rows in tables:
            _insert(connection, name, rows)
        changed(connection)


def _known(connection: duckdb.DuckDBPyConnection, pages: Sequence[int]) -> set[tuple[int, str]]:
    """Which of the pages are stored, and by which extractor version."""
    return set(
        connection.execute(
            """
            select page, extractor_version from stored.articles where page in (select unnest($pages))
            union all
            select page, extractor_version from stored.unreadable where page in (select unnest($pages))
            """,
            {"pages": list(pages)},
        ).fetchall()
    )


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table) -> None:
    connection.register("batch", rows)
    try:
        connection.execute(f"insert into stored.{table} by name select * from batch")
    finally:
        connection.unregister("batch")


def _tables(results: Sequence[Extracted | Unreadable], version: str) -> Iterator[tuple[str, pa.Table]]:
    """The rows of a batch, table by table; tables that get none are left out."""
    extracted = [result for result in results if isinstance(result, Extracted)]
    unreadable = [result for result in results if isinstance(result, Unreadable)]
    if extracted:
        yield "articles", _articles(extracted, version)
    if unreadable:
        yield "unreadable", _unreadable(unreadable, version)
    found: defaultdict[str, _Found] = defaultdict(_Found)
    for result in extracted:
        _add(found, result)
    for kind, facts in found.items():
        yield TABLES[kind], _fact_rows(kind, facts)


def _articles(extracted: Sequence[Extracted], version: str) -> pa.Table:
    articles = [result.article for result in extracted]
    fetched = [result.fetched.astimezone(UTC).replace(tzinfo=None) for result in extracted]
    return pa.table(
        {
            "page": [result.page for result in extracted],
            "article_id": [article.id for article in articles],
            "version": [article.version for article in articles],
            "url": _column([article.url for article in articles]),
            "source": _column([article.source for article in articles]),
            "title": _column([article.title for article in articles]),
            "published": _column([article.published for article in articles], _DAY),
            "fetched": pa.array(fetched, pa.timestamp("us")),
            "text": _column([article.text for article in articles]),
            "extractor_version": [version] * len(extracted),
            "official": _column([result.official for result in extracted], _TRUTH),
        }
    )


def _unreadable(results: Sequence[Unreadable], version: str) -> pa.Table:
    return pa.table(
        {
            "page": [result.page for result in results],
            "url": _column([result.url for result in results]),
            "reason": _column([result.reason for result in results]),
            "extractor_version": [version] * len(results),
        }
    )


def _add(found: Mapping[str, _Found], result: Extracted) -> None:
    """Adds the facts of one article with ids and sentences; of two of one kind and span the first counts."""
    article, sentences = result.article, result.sentences
    text = article.text
    name = sha256(f"{article.id} {article.version}".encode())
    starts = [sentence.start for sentence in sentences]
    seen = set()
    for fact in result.facts:
        key = f" {fact.kind} {fact.start} {fact.end}"
        if key not in seen:
            seen.add(key)
            fact_id = name.copy()
            fact_id.update(key.encode())
            rows = found[fact.kind]
            rows.pages.append(result.page)
            rows.ids.append(fact_id.hexdigest()[:16])
            rows.sentences.append(text[_sentence(sentences, starts, fact)])
            rows.facts.append(fact)


def _sentence(sentences: Sequence[Span], starts: Sequence[int], fact: Fact) -> slice:
    """From the start of the sentence that the fact starts in to the end of the one that it ends in."""
    start, end = fact.start, fact.end
    first = bisect_right(starts, start) - 1
    if first >= 0 and start < sentences[first].end:
        start = sentences[first].start
    last = bisect_left(starts, end) - 1
    if last >= 0 and end < sentences[last].end:
        end = sentences[last].end
    return slice(start, end)


def _fact_rows(kind: str, found: _Found) -> pa.Table:
    facts = found.facts
    own = {name: _column(list(map(attrgetter(name), facts)), type_) for name, type_ in _own(kind)}
    return pa.table(
        {
            "page": pa.array(found.pages, pa.int64()),
            "fact_id": _column(found.ids),
            "surface": _column([fact.text for fact in facts]),
            "span_start": _column([fact.start for fact in facts], _INTEGER),
            "span_end": _column([fact.end for fact in facts], _INTEGER),
            "sentence": _column(found.sentences),
            "rule": _column([fact.rule for fact in facts]),
            "confidence": _column([fact.confidence for fact in facts], _FLOAT),
            "noise": pa.array([fact.noise for fact in facts], pa.bool_()),
            **own,
        }
    )


@cache
def _own(kind: str) -> tuple[tuple[str, pa.DataType], ...]:
    """The fields that facts of this kind have beyond those of all facts, with their Arrow types."""
    hints = get_type_hints(FACTS[kind])
    common = {shared.name for shared in fields(Fact)}
    names = [own.name for own in fields(FACTS[kind]) if own.name not in common]
    return tuple((name, _arrow_type(hints[name])) for name in names)


def _arrow_type(hint: Any) -> pa.DataType:
    for python, arrow in ((bool, _TRUTH), (int, _INTEGER), (float, _FLOAT), (date, _DAY)):
        if hint in (python, python | None):
            return arrow
    return _TEXT


def _column(values: Sequence[Any], type_: pa.DataType = _TEXT) -> pa.Array:
    """Any values as a column; what it cannot hold is mended (see `_held`), and no offset moves."""
    try:
        column = pa.array(values, type_)
    except (UnicodeEncodeError, OverflowError, pa.ArrowInvalid):
        column = pa.array([_held(value, type_) for value in values], type_)
    return pc.if_else(pc.is_finite(column), column, None) if type_ == _FLOAT else column


def _held(value: Any, type_: pa.DataType) -> Any:
    """A lone surrogate, which UTF-8 has no room for, becomes U+FFFD, a number out of range None."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if type_ == _INTEGER and value is not None:
        return value if abs(value) <= _LARGEST_INTEGER else None
    if type_ == _FLOAT and value is not None:
        try:
            return float(value)
        except OverflowError:
            return None
    return value
