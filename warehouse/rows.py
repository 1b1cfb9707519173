"""What was read from pages as rows: one Arrow table for each table of the warehouse."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, date
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, get_type_hints

import pyarrow as pa
import pyarrow.compute as pc

from corpus.facts import FACTS, Fact

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

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
"""Where the facts of each kind are stored."""

Rows = Mapping[str, pa.Table]
"""The rows of a batch by table; tables that get none are left out."""

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


def tables(results: Sequence[Extracted | Unreadable], version: str) -> Rows:
    """What a version of the extractors made of some pages, as rows.

    Facts have, in place of their id, what it is made of: `article`, the article's id and version.
    """
    extracted = [result for result in results if isinstance(result, Extracted)]
    unreadable = [result for result in results if isinstance(result, Unreadable)]
    rows = {}
    if extracted:
        rows["articles"] = _articles(extracted, version)
    if unreadable:
        rows["unreadable"] = _unreadable(unreadable, version)
    found: defaultdict[str, _Found] = defaultdict(_Found)
    for number, result in enumerate(extracted):
        _add(found, number, result)
    return rows | {TABLES[kind]: facts.rows(kind, rows["articles"]) for kind, facts in found.items()}


class _Shared:
    """A column of texts that many rows share: each is held once."""

    def __init__(self) -> None:
        self._texts: dict[str, int] = {}
        self._rows: list[int] = []

    def append(self, text: str) -> None:
        self._rows.append(self._texts.setdefault(text, len(self._texts)))

    def column(self) -> pa.Array:
        return pa.DictionaryArray.from_arrays(pa.array(self._rows, _INTEGER), _column(list(self._texts)))


@dataclass(frozen=True, slots=True)
class _Found:
    """The facts of one kind on their way into a table, with the places of their articles in the batch."""

    articles: list[int] = field(default_factory=list)
    sentences: _Shared = field(default_factory=_Shared)
    facts: list[Fact] = field(default_factory=list)

    def rows(self, kind: str, batch: pa.Table) -> pa.Table:
        articles = pa.array(self.articles, _INTEGER)
        names = pc.binary_join_element_wise(batch["article_id"], batch["version"], " ").combine_chunks()
        own = {name: self._told(name, type_) for name, type_ in _own(kind)}
        return pa.table(
            {
                "page": batch["page"].take(articles),
                "article": pa.DictionaryArray.from_arrays(articles, names),
                "surface": self._told("text"),
                "span_start": self._told("start", _INTEGER),
                "span_end": self._told("end", _INTEGER),
                "sentence": self.sentences.column(),
                "rule": self._told("rule"),
                "confidence": self._told("confidence", _FLOAT),
                "noise": self._told("noise", _TRUTH),
                "said_by": self._told("said_by"),
                **own,
            }
        )

    def _told(self, name: str, type_: pa.DataType = _TEXT) -> pa.Array:
        """What the facts say themselves in one of their fields."""
        return _column(list(map(attrgetter(name), self.facts)), type_)


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


def _add(found: Mapping[str, _Found], number: int, result: Extracted) -> None:
    """Adds the facts of one article with their sentences; of two of one kind and span the first counts."""
    text, sentences = result.article.text, result.sentences
    starts = [sentence.start for sentence in sentences]
    whole = [text[sentence.start : sentence.end] for sentence in sentences]
    seen = set()
    for fact in result.facts:
        key = (fact.kind, fact.start, fact.end)
        if key not in seen:
            seen.add(key)
            within = bisect_right(starts, fact.start) - 1
            inside = within >= 0 and fact.end <= sentences[within].end
            rows = found[fact.kind]
            rows.articles.append(number)
            rows.sentences.append(whole[within] if inside else text[_across(sentences, starts, fact)])
            rows.facts.append(fact)


def _across(sentences: Sequence[Span], starts: Sequence[int], fact: Fact) -> slice:
    """From the start of the sentence that the fact starts in to the end of the one that it ends in."""
    start, end = fact.start, fact.end
    first = bisect_right(starts, start) - 1
    if first >= 0 and start < sentences[first].end:
        start = sentences[first].start
    last = bisect_left(starts, end) - 1
    if last >= 0 and end < sentences[last].end:
        end = sentences[last].end
    return slice(start, end)


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
