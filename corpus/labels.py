"""What people read in percentages of real articles: offsets only, the articles are not ours to give on.

`labels/percentages.csv` names articles of a pool (10,000 real articles, JSON lines) by their id there; its
offsets count in the text that this module makes of the pool's row.
"""

from __future__ import annotations

import csv
import gzip
import json
from dataclasses import replace
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.annotation import Annotated, Expected
from corpus.article import Article

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_LABELS = Path(__file__).parent / "labels" / "percentages.csv"
_NAMES, _LINKS = _LABELS.with_name("entities.csv"), _LABELS.with_name("links.csv")
_STATEMENTS = _LABELS.with_name("statements.csv")
_KINDS = frozenset({"percentage"})


def read_labels(path: Path = _LABELS) -> dict[str, list[dict[str, str]]]:
    """The rows of the labelled articles, by the article's id in the pool."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            name: list(rows) for name, rows in groupby(csv.DictReader(lines), key=lambda row: row["article"])
        }


def read_pool(path: Path) -> Iterator[tuple[str, Article]]:
    """The articles of a gzipped pool (id, title, text, published) with their ids.

    The title stands at the head of the text, as it does on a page. Raises OSError for a file that isn't
    there or isn't gzip, KeyError and ValueError for lines of another kind.
    """
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["id"], _article(row)


def _article(row: Mapping[str, Any]) -> Article:
    text = f"{row['title']}\n\n{row['text']}" if row["title"] else row["text"]
    published = row["published"]
    return Article.from_text(text, row["title"], date.fromisoformat(published) if published else None)


def annotated(name: str, article: Article, rows: Sequence[Mapping[str, str]]) -> Annotated:
    """The article with its labels; it speaks on the day that the labeller took it to speak on."""
    published = date.fromisoformat(rows[0]["published"])
    expected = tuple(_expected(article.text, row) for row in rows)
    return Annotated(name, replace(article, published=published), expected, _KINDS)


def _expected(text: str, row: Mapping[str, str]) -> Expected:
    start, end = int(row["start"]), int(row["end"])
    fields = {
        "status": row["status"],
        "subject": _surface(text, row, "subject"),
        "period": _surface(text, row, "period"),
    }
    return Expected(start, end, "percentage", text[start:end], fields)


def _surface(text: str, row: Mapping[str, str], name: str) -> str | None:
    start, end = row[f"{name}_start"], row[f"{name}_end"]
    return text[int(start) : int(end)] if start else None


def read_names(part: str, path: Path = _NAMES) -> dict[str, dict[tuple[int, int], str]]:
    """Names that people labelled in whole articles of a pool, by the article's id: offsets and label.

    `part`: "train", or "test", which nothing may be learned from. "" is no label: what was left open there.
    """
    with path.open(encoding="utf-8", newline="") as lines:
        named: dict[str, dict[tuple[int, int], str]] = {}
        for row in csv.DictReader(lines):
            if row["part"] == part:
                named.setdefault(row["article"], {})[int(row["start"]), int(row["end"])] = row["label"]
    return named


def read_links(path: Path = _LINKS) -> dict[str, dict[tuple[int, int], str]]:
    """What names of the "test" articles mean: offsets and the id of a lexicon, "" where no lexicon has it."""
    with path.open(encoding="utf-8", newline="") as lines:
        links: dict[str, dict[tuple[int, int], str]] = {}
        for row in csv.DictReader(lines):
            links.setdefault(row["article"], {})[int(row["start"]), int(row["end"])] = row["entity_id"]
    return links


def read_statements(path: Path = _STATEMENTS) -> dict[str, dict[tuple[int, int], tuple[int, int] | None]]:
    """Who says facts of articles: offsets of the fact and of the speaker's name, None: nobody is named."""
    with path.open(encoding="utf-8", newline="") as lines:
        told: dict[str, dict[tuple[int, int], tuple[int, int] | None]] = {}
        for row in csv.DictReader(lines):
            said = (int(row["speaker_start"]), int(row["speaker_end"])) if row["speaker_start"] else None
            told.setdefault(row["article"], {})[int(row["start"]), int(row["end"])] = said
    return told
