"""How fast the warehouse takes facts in, builds and answers: `python benchmarks/warehousing.py`.

Reads ../shared/pool (10,000 real articles). Extracts it once, then measures in a temporary directory:

- loading: the pool's facts into a new warehouse, a transaction a batch;
- a build over the whole pool, and the same build again without any change;
- the pool repeated, each time with other figures in texts and surfaces, with dates and values shifted and
  addresses of its own, until there are so many facts: the example questions of docs/warehouse.md over the
  file that would be published, warm; and how large it is, which is little as it repeats itself: what the pool
  takes once is told too.

Medians, with two threads as `trichtin sql` has them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import platform
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import duckdb
from rich.console import Console
from rich.table import Table

import extractors
from corpus import Article, Fact, Page
from corpus.store import Arrival, Store
from pipeline.building import BATCH, build
from pipeline.home import Home
from warehouse import Extracted, Warehouse, query
from warehouse.examples import examples

POOL = Path(__file__).parents[1].parent / "shared" / "pool" / "articles.jsonl.gz"
FETCHED = datetime(2026, 11, 1, tzinfo=UTC)
FIRST_DAY = date(2015, 1, 1)
RUNS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--facts", type=int, default=10_000_000, help="that the questions are asked of")
    parser.add_argument("--articles", type=int, default=10_000, help="of the pool")
    parser.add_argument("--no-build", action="store_true", help="without the two builds")
    chosen = parser.parse_args()
    if not POOL.exists():
        sys.exit(f"{POOL} is not here")
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with TemporaryDirectory() as directory:
        if not chosen.no_build:
            builds(Path(directory), chosen.articles)
        pool = extracted(chosen.articles)
        loading(Path(directory), pool)
        questions(Path(directory), pool, chosen.facts)


def rows(articles: int) -> Iterator[dict[str, Any]]:
    with gzip.open(POOL, "rt", encoding="utf-8") as lines:
        for line, _ in zip(lines, range(articles), strict=False):
            yield json.loads(line)


def builds(directory: Path, articles: int) -> None:
    home = Home(directory / "home")
    pages = [
        Page(
            f"https://pool.example/{row['id']}.txt",
            row["text"].encode(),
            FETCHED,
            "text/plain; charset=utf-8",
        )
        for row in rows(articles)
    ]
    with Store.open(home.directory) as store:
        for start in range(0, len(pages), 500):
            store.add_all([Arrival(page, page.url) for page in pages[start : start + 500]])
    print(f"build of {articles} articles: {timed(lambda: build(home)):.1f} s")
    again = median(timed(lambda: build(home)) for _ in range(3))
    print(f"build again without change: {again:.2f} s")


def extracted(articles: int) -> list[Extracted]:
    found = []
    for number, row in enumerate(rows(articles)):
        day = (
            date.fromisoformat(row["published"][:10])
            if row["published"]
            else FIRST_DAY + timedelta(number % 2500)
        )
        url = f"https://pool.example/{row['id']}"
        article = Article.from_text(row["text"], row["title"], day, url=url, source=row["source"])
        facts, sentences = extractors.extract_with_sentences(article)
        found.append(Extracted(number, article, facts, sentences, FETCHED))
    return found


def loading(directory: Path, pool: Sequence[Extracted]) -> None:
    facts = sum(len(page.facts) for page in pool)
    spent, once = [], directory / "once.duckdb"
    for run in range(3):
        with Warehouse.open(directory / f"loading-{run}.duckdb") as warehouse:
            spent.append(timed(lambda: load(warehouse, pool)))
            if not run:
                warehouse.copy_to(once)
    print(f"loading: {facts / median(spent):,.0f} facts/s ({facts} facts of {len(pool)} articles)")
    print(f"the pool once, where little repeats: {once.stat().st_size / facts:.1f} bytes a fact")


def load(warehouse: Warehouse, pages: Sequence[Extracted]) -> None:
    for start in range(0, len(pages), BATCH):
        warehouse.load(pages[start : start + BATCH], "benchmark")


def questions(directory: Path, pool: Sequence[Extracted], wanted: int) -> None:
    database, facts, round_ = directory / "published.duckdb", 0, 0
    with Warehouse.open(directory / "large.duckdb") as warehouse:
        while facts < wanted:
            pages = [shifted(page, round_, len(pool)) for page in pool]
            load(warehouse, pages)
            facts += sum(len(page.facts) for page in pages)
            round_ += 1
        print(f"documents brought together: {timed(warehouse.bring_together):.1f} s")
        print(f"copy for readers: {timed(lambda: warehouse.copy_to(database)):.1f} s")
    size = database.stat().st_size
    print(f"{facts:,} facts of {round_ * len(pool):,} articles: {size:,} bytes, {size / facts:.1f} a fact")
    table = Table("question", "rows", "ms")
    for example in examples():
        answer = query(database, example.sql)
        spent = median(warm(database, example.sql))
        table.add_row(example.asks, str(answer.num_rows), f"{1000 * spent:.0f}")
    Console().print(table)


def warm(database: Path, sql: str) -> list[float]:
    """Seconds of some runs on an open connection, after one that warms it."""

    settings: dict[str, Any] = {"threads": 2, "memory_limit": "1GB"}
    with duckdb.connect(database, read_only=True, config=settings) as connection:
        return [timed(lambda: connection.sql(sql).to_arrow_table()) for _ in range(RUNS + 1)][1:]


def shifted(page: Extracted, round_: int, step: int) -> Extracted:
    """The page as another one of the same form: its figures are others, and what was read from them too."""
    figures = str.maketrans("0123456789", "".join(str((digit + round_) % 10) for digit in range(10)))
    article = page.article
    other = replace(
        article,
        text=article.text.translate(figures),
        url=f"{article.url}-{round_}",
        published=article.published and article.published + timedelta(round_),
    )
    facts = [shifted_fact(fact, round_, figures) for fact in page.facts] if round_ else page.facts
    return replace(page, page=page.page + round_ * step, article=other, facts=facts)


def shifted_fact(fact: Fact, round_: int, figures: dict[int, int]) -> Fact:
    changed: dict[str, Any] = {"text": fact.text.translate(figures)}
    for field in fields(fact):
        value = getattr(fact, field.name)
        if isinstance(value, date):
            changed[field.name] = value + timedelta(round_) if value.year < 9000 else value
        elif field.name in ("low", "high", "rank", "out_of") and value is not None:
            changed[field.name] = value + round_
    return replace(fact, **changed)


def timed(work: Any) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
