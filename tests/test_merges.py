"""Mentions in real articles come together as those who read them said: labelled pairs."""

from __future__ import annotations

import csv
import gzip
import json
import random
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb
import pytest
from extracted import FETCHED

import extractors
from corpus import Article
from warehouse import Extracted, Warehouse
from warehouse.schema import bundled, update

if TYPE_CHECKING:
    from collections.abc import Iterator

MERGES = Path(__file__).with_name("merges.csv")

Pair = tuple[tuple[str, int, int], tuple[str, int, int], bool]


def labelled() -> list[Pair]:
    with MERGES.open(encoding="utf-8") as file:
        return [
            (
                (row["one"], int(row["start"]), int(row["end"])),
                (row["other"], int(row["other_start"]), int(row["other_end"])),
                row["same"] == "yes",
            )
            for row in csv.DictReader(file)
        ]


def real(shared: Path, names: set[str]) -> Iterator[Article]:
    for directory in ("seeds", "dev"):
        for path in sorted((shared / "gold" / directory).glob("*.txt")):
            about = json.loads(path.with_suffix(".jsonl").read_text("utf-8").splitlines()[0])
            yield article(path.read_text("utf-8"), about, f"gold/{directory}/{path.stem}")
    with gzip.open(shared / "pool" / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if f"pool/{row['id']}" in names:
                yield article(row["text"], row, f"pool/{row['id']}")


def article(text: str, about: dict[str, Any], url: str) -> Article:
    published = date.fromisoformat(about["published"]) if about.get("published") else None
    return Article.from_text(text, about.get("title"), published, url=url, source=about.get("source"))


@pytest.fixture(scope="module")
def library(shared: Path) -> Iterator[Warehouse]:
    """The articles of the labelled pairs, in no order."""
    names = {name for (one, _, _), (other, _, _), _ in labelled() for name in (one, other)}
    articles = list(real(shared, names))
    random.Random(5).shuffle(articles)  # noqa: S311 (an order, no secret)
    connection = duckdb.connect()
    update(connection, bundled())
    with Warehouse(connection, Path("/nowhere/warehouse.duckdb")) as opened:
        opened.load([read(number, each) for number, each in enumerate(articles)], "rules-1")
        opened.link_copies()
        opened.bring_together()
        yield opened


def read(number: int, each: Article) -> Extracted:
    facts, sentences = extractors.extract_with_sentences(each)
    return Extracted(number, each, facts, sentences, FETCHED)


def test_hand_made_pairs_come_together(library: Warehouse) -> None:
    rows = library._connection.sql(
        "select url, span_start, span_end, document_id from decision_mentions where document_id is not null"
    ).fetchall()
    documents = {(url, start, end): document for url, start, end, document in rows}
    counts: Counter[tuple[bool, bool]] = Counter()
    for one_, other, same in labelled():
        merged = documents.get(one_, one_) == documents.get(other, other)
        counts[merged, same] += 1
    precision = counts[True, True] / (counts[True, True] + counts[True, False])
    recall = counts[True, True] / (counts[True, True] + counts[False, True])
    assert counts.total() >= 200
    assert precision >= 0.99, counts
    assert recall >= 0.9, counts


def test_the_first_five_articles(library: Warehouse) -> None:
    rows = library._connection.sql(
        """
        select document_id, count(distinct url) from decision_mentions
        where url like 'gold/seeds/%' and document_id in ('942-qd-ttg-2021', '17-nq-cp-c2019') group by all
        """
    ).fetchall()
    assert dict(rows) == {"942-qd-ttg-2021": 3, "17-nq-cp-c2019": 2}
