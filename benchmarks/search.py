"""How fast journalists' search answers, beside SQLite FTS5 in the same run: `python benchmarks/search.py`.

Makes 100,000 articles of ../shared/pool (10,000 real articles) by repeating them with shifted dates and
numbers, indexes them in both, and asks both the same questions: words, phrases and document numbers drawn
from the articles, half of them typed without diacritics. A question is answered when the ten best hits are
there with their snippets; ours also counts all hits. SQLite is given the folded text, as it does not fold đ.
Every question is asked in five rounds and its best time counts, with the processor time beside; the first
round, told as well, is what those pay who come right after the index was opened. Five lots of 500 articles
are added one after the other: their median, and the worst, which may have paid for merging small segments.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from corpus.text import fold
from warehouse.search import Entry, Filters, SearchIndex, add

POOL = Path(__file__).parents[1].parent / "shared" / "pool" / "articles.jsonl.gz"
ADDED = 500
LOTS = 5
ROUNDS = 5
NUMBER = re.compile(r"\b(\d{1,4})(/(?:(?:19|20)\d\d/)?(?:QĐ|NQ|NĐ|TT|CT|KH|CV)-[A-ZĐ]+[a-z]*)")
TYPES = {"QĐ": "Quyết định", "NQ": "Nghị quyết", "NĐ": "Nghị định", "TT": "Thông tư", "CT": "Chỉ thị"}


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--articles", type=int, default=100_000)
    arguments.add_argument("--questions", type=int, default=300)
    chosen = arguments.parse_args()
    if not POOL.exists():
        sys.exit(f"{POOL} is not here")
    with tempfile.TemporaryDirectory() as directory:
        measure(Path(directory), chosen.articles, chosen.questions)


def measure(directory: Path, count: int, asked: int) -> None:
    drawn = questions(asked)
    ours, theirs = directory / "index", directory / "fts5.sqlite"
    database = connect(theirs)
    table = Table("", "tantivy (trichtin search)", "SQLite FTS5")
    made = [
        seconds(lambda: add(entries(0, count), ours)),
        seconds(lambda: insert(database, entries(0, count))),
    ]
    table.add_row(f"indexing {count:,} articles", *(f"{taken:.0f} s" for taken in made))
    more = [list(entries(count + lot * ADDED, ADDED)) for lot in range(LOTS)]
    added = [
        [seconds(partial(add, lot, ours)) for lot in more],
        [seconds(partial(insert, database, lot)) for lot in more],
    ]
    table.add_row(
        f"adding {ADDED} more: median, worst",
        *(f"{statistics.median(t):.2f} s, {max(t):.2f} s" for t in added),
    )
    table.add_row("size", *(f"{size(path) / 1e6:.0f} MB" for path in (ours, theirs)))
    index = SearchIndex.open(ours)
    rows: list[tuple[str, Callable[[str], Any], Callable[[str], Any] | None]] = [
        ("questions", index.search, lambda question: fts5(database, question)),
        ("by date", lambda question: index.search(question, sort="date"), None),
        ("of two years", lambda question: index.search(question, Filters(years=(2020, 2021))), None),
        ("with facets", lambda question: index.search(question, facets=True), None),
    ]
    for name, own, other in rows:
        rounds = [times(own, drawn), times(other, drawn[::5]) if other else ["", "", ""]]
        for title, *cells in zip(("", ", processor", ", first round"), *rounds, strict=True):
            table.add_row(f"{name}{title}: median, 95 %", *cells)
    Console().print(table)
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{len(drawn)} questions; {machine()}, load {load}")


def times(ask: Callable[[str], Any], drawn: Sequence[str]) -> list[str]:
    """The best times of all rounds, their processor times, and the times of the first round."""
    rounds = [[spent(partial(ask, question)) for question in drawn] for _ in range(ROUNDS)]
    best = [tuple(map(min, zip(*taken, strict=True))) for taken in zip(*rounds, strict=True)]
    return [middle(wall for wall, _ in best), middle(own for _, own in best), middle(w for w, _ in rounds[0])]


def middle(taken: Iterable[float]) -> str:
    ordered = sorted(1000 * each for each in taken)
    return f"{statistics.median(ordered):.2f} ms, {ordered[int(0.95 * len(ordered))]:.2f} ms"


def seconds(work: Callable[[], Any]) -> float:
    return spent(work)[0]


def spent(work: Callable[[], Any]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor on this thread."""
    started, own = time.perf_counter(), time.thread_time()
    work()
    return time.perf_counter() - started, time.thread_time() - own


@cache
def pool() -> list[dict[str, Any]]:
    with gzip.open(POOL, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def entries(first: int, count: int) -> Iterator[Entry]:
    for number in range(first, first + count):
        turn, place = divmod(number, len(pool()))
        row = pool()[place]
        text = NUMBER.sub(lambda match, turn=turn: f"{int(match[1]) + turn}{match[2]}", row["text"])
        numbers = [match[0] for match in NUMBER.finditer(text)]
        types = {found for found in (TYPES.get(kind_of(each)) for each in numbers) if found}
        day = date(2010, 1, 1) + timedelta(days=(place * 7 + turn * 31) % 5840)
        yield Entry(
            kind="article",
            id=f"{number:016x}",
            state=f"{number:016x}",
            title=row["title"] or "",
            text=text,
            article_id=f"{number:016x}",
            url=f"https://bao.example/{number}",
            source=row["source"],
            sources=(row["source"],),
            day=day,
            year=day.year,
            numbers=tuple((each, TYPES.get(kind_of(each))) for each in numbers),
            types=tuple(sorted(types)),
        )


def kind_of(number: str) -> str:
    return number.rpartition("/")[2].partition("-")[0]


def questions(count: int) -> list[str]:
    """One to five neighbouring words of an article, in quotes every fourth time; every ninth is a number."""
    chance = random.Random(1)  # noqa: S311  (the same in every run)
    numbers = sorted({match[0] for row in pool() for match in NUMBER.finditer(row["text"])})
    drawn: list[str] = []
    while len(drawn) < count:
        words = re.findall(
            r"[^\W_]+", chance.choice(pool())["title" if chance.random() < 0.5 else "text"] or ""
        )
        if len(words) > 10:
            length = chance.choice((1, 2, 2, 3, 3, 4, 5))
            start = chance.randrange(len(words) - length)
            said = " ".join(words[start : start + length])
            said = f'"{said}"' if len(drawn) % 4 == 0 else said
            said = chance.choice(numbers) if len(drawn) % 9 == 1 else said
            drawn.append(fold(said) if len(drawn) % 2 else said)
    return drawn


def connect(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    database.execute("create virtual table articles using fts5(title, text, tokenize = 'unicode61')")
    return database


def insert(database: sqlite3.Connection, articles: Iterable[Entry]) -> None:
    with database:
        rows = ((fold(each.title), fold(each.text)) for each in articles)
        database.executemany("insert into articles values (?, ?)", rows)


def fts5(database: sqlite3.Connection, question: str) -> list[tuple[Any, ...]]:
    words = re.findall(r"[^\W_]+", fold(question))
    match = (
        f'"{" ".join(words)}"' if '"' in question or "/" in question else " ".join(f'"{w}"' for w in words)
    )
    return database.execute(
        "select rowid, snippet(articles, 1, '[', ']', '…', 40) from articles where articles match ?"
        " order by rank limit 10",
        [match],
    ).fetchall()


def size(path: Path) -> int:
    return sum(file.stat().st_size for file in ([path] if path.is_file() else path.iterdir()))


def machine() -> str:
    about = Path("/proc/cpuinfo")
    named = re.search(r"model name\s*:\s*(.+)", about.read_text("utf-8")) if about.exists() else None
    return f"{os.cpu_count()} cores of {named[1] if named else 'a processor without a name'}"


if __name__ == "__main__":
    main()
