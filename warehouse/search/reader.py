"""Asks the index of a generation."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

from tantivy import Query

from corpus.text import fold
from warehouse.errors import RefusalError
from warehouse.search.numbers import joined as joined_type
from warehouse.search.queries import Filters, better, required
from warehouse.search.questions import units
from warehouse.search.schema import FACETS, key, open_index, telling
from warehouse.search.snippets import Snippet, marks, snippet, written
from warehouse.search.suggestions import alternatives, spelled
from warehouse.search.words import words

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path
    from typing import Self

    from tantivy import DocAddress, Index, SearchResult

    from corpus.facts import Span
    from warehouse.search.queries import Clause
    from warehouse.search.questions import Unit
    from warehouse.search.schema import Kind

Sort = Literal["relevance", "date", "found"]

_FIELDS = {"relevance": None, "date": "day", "found": "found"}
"""What each order goes by."""

_COUNTED = 10
"""Values of a facet that are told, the most frequent."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article or a document that was found.

    `id` is that of the view of its kind. The snippet is a passage of the text of the article `article_id`,
    at `url`: of the hit itself or, for a document, of one that speaks of it. `articles` counts those that
    tell the same story or speak of the document. `day` is that of publication or of issue,
    `found` when it was fetched first.
    """

    kind: Kind
    id: str
    title: str
    title_marks: tuple[Span, ...]
    number: str | None
    day: date | None
    found: datetime | None
    source: str | None
    url: str | None
    articles: int
    article_id: str
    snippet: Snippet

    @property
    def key(self) -> str:
        """What it is called among articles and documents alike, in every generation."""
        return key(self.kind, self.id)


@dataclass(frozen=True, slots=True)
class Answer:
    """The hits asked for of `total`, counts by facet and value if asked for, and help where there is none.

    `unfiltered` counts the hits that there would be without filters; `suggestion` is a question that has
    hits. Both are only given where there is no hit.
    """

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    unfiltered: int = 0
    suggestion: str | None = None


class SearchIndex:
    """The index in a directory as it was when it was opened; any number of readers and threads may ask it."""

    def __init__(self, index: Index) -> None:
        """Use `open`."""
        self._schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def open(cls, directory: Path) -> Self:
        """Opens an index; raises WarehouseError where there is none, or one that is damaged."""
        with telling(f"cannot open the search index {directory}"):
            return cls(open_index(directory))

    def __len__(self) -> int:
        """How many articles and documents it holds."""
        return int(self._searcher.num_docs)

    def search(  # noqa: PLR0913  (each is a wish of its own)
        self,
        question: str = "",
        filters: Filters = Filters(),  # noqa: B008  (inert)
        *,
        sort: Sort = "relevance",
        limit: int = 10,
        offset: int = 0,
        facets: bool = False,
        apart: Collection[str] = (),
    ) -> Answer:
        """Articles and documents that have all that is asked for.

        Words match as written where they are typed with diacritics, else whatever diacritics they have;
        words in quotes stand together; document numbers may be spelled in any way. No words match all.
        By date, the latest come first and what has none last; by `found`, the latest finds. Of all hits,
        `limit` are given after the first `offset`; with `facets` all are counted. What has a key in `apart`
        is no hit. Raises WarehouseError where a filter has a value that the index does not know, a page is
        below 0, or the question is endless or no Unicode.
        """
        with telling("cannot search"):
            asked = units(question, self._types, self._is_number)
            values = self._values_of(filters)
            must = required(self._schema, asked, values, filters, apart)
            total, addresses = self._found(must, asked, sort, limit, offset)
            hits = tuple(self._hit(address, asked) for address in addresses)
            counts = self._counts(Query.boolean_query(must)) if facets else {}
            if total:
                return Answer(total, hits, counts)
            others = self._unfiltered(asked, filters)
            return Answer(0, (), counts, others, self._suggestion(asked, values, filters))

    def keys(
        self,
        question: str = "",
        filters: Filters = Filters(),  # noqa: B008  (inert)
        apart: Collection[str] = (),
    ) -> set[str]:
        """The keys of all hits, of which `search` tells more; it raises what `search` raises."""
        with telling("cannot search"):
            asked = units(question, self._types, self._is_number)
            must = required(self._schema, asked, self._values_of(filters), filters, apart)
            _, addresses = self._found(must, asked, "date", len(self), 0)
            shown = (json.loads(self._searcher.doc(address).to_dict()["shown"][0]) for address in addresses)
            return {key(about["kind"], about["id"]) for about in shown}

    def values(self, field: str) -> dict[str, int]:
        """The values of a facet with how many entries have each."""
        with telling("cannot search"):
            return dict(self._searcher.terms_with_prefix(field, ""))

    @cached_property
    def _types(self) -> frozenset[str]:
        return frozenset(map(joined_type, self.values("type")))

    @cached_property
    def _spellings(self) -> dict[str, dict[str, list[str]]]:
        """The values of each facet by their folded spelling."""
        spellings: dict[str, dict[str, list[str]]] = {}
        for field in FACETS:
            own = spellings.setdefault(field, {})
            for value in self.values(field):
                own.setdefault(fold(value), []).append(value)
        return spellings

    def _is_number(self, key: str) -> bool:
        return bool(self._searcher.doc_freq("numbers", key))

    def _values_of(self, filters: Filters) -> dict[str, list[str]]:
        chosen = {field: _several(getattr(filters, field)) for field in FACETS}
        return {
            field: [value for wish in wishes for value in self._meant(field, wish)]
            for field, wishes in chosen.items()
            if wishes
        }

    def _meant(self, field: str, wish: str) -> list[str]:
        """The values of a facet that are called so, else those that have all the words, in any spelling."""
        spellings = self._spellings[field]
        wished = set(words(fold(wish)))
        having = [each for each in spellings if wished and wished <= set(words(each))]
        called = [fold(wish)] if fold(wish) in spellings else having
        if called:
            return [value for spelling in called for value in spellings[spelling]]
        near = get_close_matches(fold(wish), spellings, 3, 0.5) or sorted(spellings)[:_COUNTED]
        known = ", ".join(value for spelling in near for value in spellings[spelling])
        raise RefusalError(
            f"no {field} is called {wish}; " + (f"there is {known}" if known else "none is known")
        )

    def _found(
        self, must: list[Clause], asked: Sequence[Unit], sort: Sort, limit: int, offset: int
    ) -> tuple[int, list[DocAddress]]:
        if limit < 0 or offset < 0:
            raise RefusalError(f"there are no {min(limit, offset)} hits")
        ranked = asked and sort == "relevance"
        field = None if ranked else _FIELDS[sort] or "day"
        match = Query.boolean_query(must + (better(self._schema, asked) if ranked else []))
        many = max(1, min(limit, len(self)))  # tantivy takes memory for all that it is asked for, and not 0.
        result = self._searcher.search(match, many, order_by_field=field, offset=min(offset, len(self)))
        return _total(result), [address for _, address in result.hits[:limit]]

    def _hit(self, address: DocAddress, asked: Sequence[Unit]) -> Hit:
        about, text = self._stored(address)
        day, found, offset = about.pop("day"), about.pop("found"), about.pop("offset")
        return Hit(
            **about,
            title_marks=marks(about["title"], asked),
            day=date.fromisoformat(day) if day else None,
            found=datetime.fromisoformat(found).replace(tzinfo=UTC) if found else None,
            snippet=snippet(text, asked, offset),
        )

    def _stored(self, address: DocAddress) -> tuple[dict[str, Any], str]:
        """What a hit tells, and its text."""
        stored = self._searcher.doc(address).to_dict()
        return json.loads(stored["shown"][0]), zlib.decompress(stored["text"][0]).decode()

    def _counts(self, match: Query) -> dict[str, dict[str, int]]:
        wanted = {
            field: {"terms": {"field": field, "size": _COUNTED, "segment_size": len(self) + 1}}
            for field in (*FACETS, "year")
        }
        counted = self._searcher.aggregate(match, wanted)
        return {
            field: {str(bucket["key"]): bucket["doc_count"] for bucket in counted[field]["buckets"]}
            for field in wanted
        }

    def _unfiltered(self, asked: Sequence[Unit], filters: Filters) -> int:
        must = required(self._schema, asked, {}, Filters())
        return _total(self._searcher.search(Query.boolean_query(must), 1)) if filters != Filters() else 0

    def _suggestion(
        self, asked: Sequence[Unit], values: Mapping[str, Sequence[str]], filters: Filters
    ) -> str | None:
        """The nearest question with hits, spelled as in the best of them."""
        for meant in alternatives(asked, lambda word: self._searcher.doc_freq("words", word)):
            must = required(self._schema, meant, values, filters)
            _, best = self._found(must, meant, "relevance", 1, 0)
            if meant and best:
                about, text = self._stored(best[0])
                return spelled(meant, written(f"{about['title']}\n{text}", meant))
        return None


def _total(result: SearchResult) -> int:
    return int(result.count)  # type: ignore[attr-defined]  # tantivy's stubs do not know it


def _several(wishes: str | Sequence[str]) -> Sequence[str]:
    return [wishes] if isinstance(wishes, str) else wishes
