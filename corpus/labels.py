"""What people read in percentages of real articles: offsets only, the articles are not ours to give on.

`labels/percentages.csv` names articles of a pool by their id there. Offsets count in the text that
`article_of` makes of the pool's row.
"""

from __future__ import annotations

import csv
import gzip
import json
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.article import Article
from corpus.facts import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corpus.facts import Status

_LABELS = Path(__file__).parent / "labels" / "percentages.csv"


@dataclass(frozen=True, slots=True)
class Label(Span):
    """A percentage at [start, end) and how a person read it."""

    subject: Span | None
    period: Span | None
    status: Status


@dataclass(frozen=True, slots=True)
class Labelled:
    """The labels of one article, which spoke on the day `published`."""

    published: date
    labels: tuple[Label, ...]


def read_labels(path: Path = _LABELS) -> dict[str, Labelled]:
    """The labelled articles by their id in the pool."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    return {
        name: _labelled(list(group)) for name, group in groupby(rows, key=lambda row: row["article"])
    }


def _labelled(rows: list[dict[str, str]]) -> Labelled:
    labels = tuple(
        Label(
            int(row["start"]),
            int(row["end"]),
            _span(row, "subject"),
            _span(row, "period"),
            "target" if row["status"] == "target" else "actual",
        )
        for row in rows
    )
    return Labelled(date.fromisoformat(rows[0]["published"]), labels)


def _span(row: Mapping[str, str], name: str) -> Span | None:
    start, end = row[f"{name}_start"], row[f"{name}_end"]
    return Span(int(start), int(end)) if start else None


def read_pool(path: Path) -> Iterator[tuple[str, Article]]:
    """The articles of a pool (JSON lines, gzipped: id, title, text, published) with their ids.

    Raises OSError for a file that isn't there or isn't gzip, KeyError and ValueError for lines of another kind.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["id"], article_of(row)


def article_of(row: Mapping[str, Any]) -> Article:
    """The article of a pool's row: the title stands at the head of the text, as on the page."""
    text = f"{row['title']}\n\n{row['text']}" if row["title"] else row["text"]
    published = row.get("published")
    return Article.from_text(text, row["title"], date.fromisoformat(published) if published else None)
