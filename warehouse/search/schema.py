"""What the index holds of an article or a document, and the tantivy index that holds it."""

from __future__ import annotations

import json
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from itertools import chain
from typing import TYPE_CHECKING, Literal

import tantivy

from warehouse.errors import RefusalError, clearly
from warehouse.search.numbers import keys
from warehouse.search.words import EMPTY, indexed, pairs, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime
    from pathlib import Path

Kind = Literal["article", "decision"]

FORMAT = 3
"""Grows with every change of what is indexed and how. It is part of the schema: tantivy opens no other."""

FACETS = ("kind", "type", "issuer", "action", "index", "source")
"""What is filtered by and counted as text; beside them there is the year."""

_TOKENIZER = f"trichtin_words_{FORMAT}"
_TITLE_END = f" {EMPTY} {EMPTY} "
"""Keeps phrases from reaching over the end of a title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An article, or a document that articles speak of, as search knows it.

    `text` is what snippets are cut from: the text of an article; of a document a sentence that names it,
    which begins at `offset` of the text of `article_id`. An article is found by title and text, a document by
    its title alone, which should hold type, number and issuer. `articles` counts the articles that tell the
    same story, or that speak of the document. `numbers` are pairs of a document's number and its type; `day`
    is that of publication or of issue, `found` when it was fetched first (UTC). `state` changes whenever
    anything else does.
    """

    kind: Kind
    id: str
    state: str
    title: str
    text: str
    article_id: str
    offset: int = 0
    url: str | None = None
    source: str | None = None
    day: date | None = None
    year: int | None = None
    found: datetime | None = None
    articles: int = 1
    numbers: tuple[tuple[str, str | None], ...] = ()
    types: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What it is called among articles and documents alike."""
        return key(self.kind, self.id)


def key(kind: Kind, own_id: str) -> str:
    """What an article or a document is called among both."""
    return f"{kind}:{own_id}"


def open_index(directory: Path) -> tantivy.Index:
    """The index in a directory; ValueError where there is none, a damaged one or one of another format."""
    if not tantivy.Index.exists(str(directory)):
        raise ValueError("there is no index")
    return create_index(directory)


def create_index(directory: Path) -> tantivy.Index:
    """The same, or an empty index where there is none."""
    index = tantivy.Index(_schema(), path=str(directory))
    terms = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace())
    index.register_tokenizer(_TOKENIZER, terms.filter(tantivy.Filter.custom_stopword([EMPTY])).build())
    return index


@contextmanager
def telling(what: str) -> Iterator[None]:
    """Turns whatever tantivy or the file system raises inside into `WarehouseError("what: why")`."""
    with clearly(what):
        try:
            yield
        except (ValueError, RuntimeError, zlib.error) as error:  # tantivy has no exceptions of its own
            raise RefusalError(" ".join(str(error).split())) from error


def document(entry: Entry) -> tantivy.Document:
    """An entry as tantivy takes it."""
    made = tantivy.Document(state=entry.state, key=entry.key)
    title = words(entry.title)
    text = words(entry.text) if entry.kind == "article" else []  # A sentence names other documents too.
    made.add_text("title", indexed(title))
    made.add_text("words", indexed(title) + _TITLE_END + indexed(text))
    made.add_text("pairs", " ".join(chain(pairs(title), pairs(text))))
    for field, values in _terms(entry).items():
        for value in values:
            made.add_text(field, value)
    for name, number in _numbers(entry).items():
        if number is not None:
            made.add_integer(name, number)
    made.add_bytes("text", zlib.compress(entry.text.encode()))
    made.add_bytes("shown", json.dumps(_shown(entry), ensure_ascii=False).encode())
    return made


def _numbers(entry: Entry) -> dict[str, int | None]:
    return {
        "year": entry.year,
        "day": entry.day.toordinal() if entry.day else None,
        "found": int(entry.found.replace(tzinfo=UTC).timestamp()) if entry.found else None,
    }


def _terms(entry: Entry) -> dict[str, Iterable[str]]:
    return {
        "kind": [entry.kind],
        "type": entry.types,
        "issuer": entry.issuers,
        "action": entry.actions,
        "index": entry.indexes,
        "source": entry.sources,
        "numbers": {key for number, doc_type in entry.numbers for key in keys(number, doc_type)},
    }


def _shown(entry: Entry) -> dict[str, str | int | None]:
    """What a hit tells beside its text."""
    names = ("kind", "id", "title", "article_id", "offset", "url", "source", "articles")
    number = entry.numbers[0][0] if entry.kind == "decision" and entry.numbers else None
    moments = {"day": entry.day, "found": entry.found}
    written = {name: moment.isoformat() if moment else None for name, moment in moments.items()}
    return {name: getattr(entry, name) for name in names} | {"number": number} | written


def _schema() -> tantivy.Schema:
    fields = tantivy.SchemaBuilder()
    for name in ("state", "key", "numbers"):
        fields.add_text_field(name, fast=name == "state", tokenizer_name="raw", index_option="basic")
    fields.add_text_field("words", tokenizer_name=_TOKENIZER)
    for name in ("title", "pairs"):
        fields.add_text_field(name, tokenizer_name=_TOKENIZER, index_option="freq")
    for name in FACETS:
        fields.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    for name in ("year", "day", "found"):
        fields.add_integer_field(name, indexed=True, fast=True)
    for name in ("text", "shown"):
        fields.add_bytes_field(name, stored=True)
    return fields.build()
