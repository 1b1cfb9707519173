"""What reading percentages again brings on articles not learned from: `python benchmarks/readings.py`.

The labelled articles (`corpus/labels`, over ../shared/pool) and the gold are dealt out into parts; what is
learned from the others reads each part. Prints, for the rules alone and for what is read again: accuracy of
the status, token F1 of period and subject. Takes about four minutes.
"""

from __future__ import annotations

import random
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from unittest.mock import patch

from rich.console import Console
from rich.table import Table

from corpus.annotation import Annotated, cases, read_gold
from corpus.facts import Percentage
from corpus.labels import annotated, read_labels, read_pool
from corpus.scoring import token_f1
from extractors import readings
from extractors.choosers import Chooser
from extractors.teaching import Lessons, read

SHARED = Path(__file__).parents[1].parent / "shared"
POOL = SHARED / "pool" / "articles.jsonl.gz"
PARTS = 4
FIELDS = ("status", "period", "subject")

Sums = dict[tuple[str, str], list[float]]


def main() -> None:
    if not POOL.exists():
        sys.exit(f"{POOL} is not here")
    rules, labelled = pool()
    gold = [article for part in ("seeds", "dev") for article in read_gold(SHARED / "gold" / part)]
    sums: Sums = defaultdict(lambda: [0.0, 0.0, 0])
    for taught, asked in parts({"labelled": labelled, "gold": gold}):
        lessons = Lessons(of_rules=rules.of_rules)
        for article in (*taught, *cases("percentages*.txt")):
            lessons.add_labelled(article)
        measure(lessons, asked, sums)
    show(sums)


def pool() -> tuple[Lessons, list[Annotated]]:
    """What the rules read in articles without labels, and the labelled articles."""
    labels, lessons, labelled = read_labels(), Lessons(), []
    for name, article in read_pool(POOL):
        if name in labels:
            labelled.append(annotated(name, article, labels[name]))
        else:
            lessons.add(article)
    return lessons, labelled


def parts(sets: dict[str, list[Annotated]]) -> Iterator[tuple[list[Annotated], dict[str, list[Annotated]]]]:
    """For each part: the articles outside it, and those in it by set."""
    chance = random.Random(1)  # noqa: S311
    for articles in sets.values():
        chance.shuffle(articles)
    for part in range(PARTS):
        asked = {name: articles[part::PARTS] for name, articles in sets.items()}
        held = {id(article) for articles in asked.values() for article in articles}
        yield [a for articles in sets.values() for a in articles if id(a) not in held], asked


def measure(lessons: Lessons, asked: dict[str, list[Annotated]], sums: Sums) -> None:
    learned = {question: Chooser(weights) for question, weights in lessons.weights().items()}
    with patch.object(readings, "chooser", learned.__getitem__):
        for name, articles in asked.items():
            for article in articles:
                found = read(article.article)
                again = readings.read_again(found.document, found.found, found.dates)
                add(article, found.found, again, name, sums)


def add(
    article: Annotated, ruled: Sequence[Percentage], again: Sequence[Percentage], name: str, sums: Sums
) -> None:
    for before, after in zip(ruled, again, strict=True):
        label = next((label for label in article.expected if label.overlaps(before)), None)
        if label is None or label.kind != "percentage" or label.ignore:
            continue
        for field in FIELDS:
            right = label.fields.get(field)
            sums[name, field][0] += alike(field, right, getattr(before, field))
            sums[name, field][1] += alike(field, right, getattr(after, field))
            sums[name, field][2] += 1


def alike(field: str, right: str | None, found: str | None) -> float:
    return float(right == found) if field == "status" else token_f1(right, found)


def show(sums: Sums) -> None:
    table = Table("articles", "field", "labels", "rules alone", "read again")
    for (name, field), (before, after, count) in sums.items():
        table.add_row(name, field, f"{count:.0f}", f"{before / count:.3f}", f"{after / count:.3f}")
    Console().print(table)


if __name__ == "__main__":
    main()
