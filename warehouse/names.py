"""What is ranked and measured, under one name: indexes, scopes and measures; what is known of subjects.

Each different text is looked at once; what it stands for hangs on the text and the word lists alone.
"""

from __future__ import annotations

import re
from calendar import monthrange
from functools import cache
from typing import TYPE_CHECKING

import pyarrow as pa

from corpus.text import fold
from warehouse.lexicon import checksum, lexicon, listed
from warehouse.schema import changed, transaction

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import duckdb

LEFT = 5
"""Words that may stand beside the name of an index in what is said to be one."""

_LISTS = ("editions", "indexes", "measures", "scopes", "subjects")
_WORD = re.compile(r"[^\W_]+")


def name(connection: duckdb.DuckDBPyConnection) -> None:
    """Names what has come since; all anew where the word lists or these rules are others than before."""
    rules = checksum("names.py", *(f"lexicons/{each}.csv" for each in _LISTS))
    if connection.execute("select names from stored.state").fetchall() != [(rules,)]:
        with transaction(connection):
            _refill(connection)
            connection.execute("delete from stored.names")
            connection.execute("update stored.state set names = ?", [rules])
            changed(connection)
    for kind, written, known in (
        ("index", "select index from stored.rankings", index_of),
        ("scope", "select scope from stored.rankings", scope_of),
        ("measure", "select subject from stored.percentages", measure_of),
    ):
        _name(connection, kind, written, known)


def _name(
    connection: duckdb.DuckDBPyConnection, kind: str, written: str, known: Callable[[str], str | None]
) -> None:
    new = connection.execute(
        f"""
        select distinct written from ({written}) as said(written)
        where written is not null
        except select written from stored.names where kind = $kind
        order by written
        """,
        {"kind": kind},
    ).fetchall()
    if new:
        texts = [text for (text,) in new]
        rows = {"kind": [kind] * len(texts), "written": texts, "id": [known(text) for text in texts]}
        with transaction(connection):
            _insert(connection, "names", rows)
            changed(connection)


def index_of(text: str) -> str | None:
    """The index that a text names; the longest name in it counts, with few words beside it."""
    for abbreviation, index in _abbreviations():
        if re.search(rf"(?<!\w){re.escape(abbreviation)}(?!\w)", text):
            return index
    words = _words(text)
    spare = len(words) - LEFT - len(_COMMON & set(words))
    for names, index in _index_names():
        for at in range(len(words) - len(names) + 1):
            if len(names) >= spare and words[at : at + len(names)] == names:
                return index
    return None


_COMMON = frozenset(fold("chỉ số bảng xếp hạng của toàn cầu năm về Liên Hợp Quốc thế giới cấp tỉnh").split())


def scope_of(text: str) -> str | None:
    """Among whom is ranked, where a text is a name of that."""
    return _keys("scopes").get(" ".join(_words(text)))


def measure_of(text: str) -> str | None:
    """What is measured in per cent, where a text is a name of that."""
    return _keys("measures").get(" ".join(_words(text)))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(text)))


@cache
def _abbreviations() -> list[tuple[str, str]]:
    rows = lexicon("indexes")
    found = [(short, row["id"]) for row in rows for short in listed(row["abbreviations"])]
    return sorted(found, key=lambda one: (-len(one[0]), one))


@cache
def _index_names() -> list[tuple[tuple[str, ...], str]]:
    """Names of indexes as words, the longest first; `Chỉ số` in front is left out."""
    names = {
        _words(alias.removeprefix("Chỉ số ").removeprefix("chỉ số ")): row["id"]
        for row in lexicon("indexes")
        for alias in (row["name"], row["english"], *listed(row["aliases"]))
        if alias
    }
    return sorted(names.items(), key=lambda one: (-len(one[0]), one))


def _key(row: dict[str, str]) -> str:
    return f"{row['kind']} {' '.join(_words(row['name']))}"


@cache
def _keys(name: str) -> dict[str, str]:
    return {" ".join(_words(alias)): row["id"] for row in lexicon(name) for alias in listed(row["aliases"])}


def _refill(connection: duckdb.DuckDBPyConnection) -> None:
    indexes, editions, subjects = lexicon("indexes"), lexicon("editions"), lexicon("subjects")
    _replace(connection, "indexes", _columns(indexes, "id", "name", "english", "publisher"))
    _replace(
        connection,
        "editions",
        {
            "index_id": [row["index"] for row in editions],
            "year": [int(row["year"]) for row in editions],
            "released": [_day(row["released"], last=False) for row in editions],
        },
    )
    _replace(
        connection,
        "subjects",
        _columns(subjects, "id", "name", "kind", "successor")
        | {
            "key": [_key(row) for row in subjects],
            "valid_from": [_day(row["valid_from"], last=False) for row in subjects],
            "valid_to": [_day(row["valid_to"], last=True) for row in subjects],
        },
    )
    _replace(connection, "measures", _columns(lexicon("measures"), "id", "name"))


def _columns(rows: Iterable[dict[str, str]], *names: str) -> dict[str, list[str | None]]:
    return {column: [row[column] or None for row in rows] for column in names}


def _day(written: str, *, last: bool) -> str | None:
    """The first or last day of a year, a month or a day."""
    if not written:
        return None
    year, month, day = (*map(int, written.split("-")), 0, 0)[:3]
    month = month or (12 if last else 1)
    return f"{year:04}-{month:02}-{day or (monthrange(year, month)[1] if last else 1):02}"


def _replace(connection: duckdb.DuckDBPyConnection, table: str, rows: Mapping[str, Sequence[object]]) -> None:
    connection.execute(f"delete from stored.{table}")
    _insert(connection, table, rows)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: Mapping[str, Sequence[object]]) -> None:
    connection.register("names_now", pa.table(dict(rows)))
    try:
        connection.execute(f"insert into stored.{table} by name from names_now")
    finally:
        connection.unregister("names_now")
