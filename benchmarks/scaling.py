"""How much faster workers build than one process, and whether it is the same: `python benchmarks/scaling.py`.

Builds 10,000 articles of ../shared/pool with one process, with one worker, with two, and with two of which
one is killed (SIGKILL) when a third of the pages is loaded. Prints for each the seconds by the clock, until
all is extracted and loaded and until it is published, the processor seconds of all processes, and whether
every row of every view is the one that the single process made. The machine must have nothing else to do:
the load is told beside it.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from tempfile import TemporaryDirectory

import duckdb
import psutil
from rich.console import Console
from rich.table import Table
from warehousing import FETCHED, POOL, rows

from corpus import Page
from corpus.store import Arrival, Store

LOT = 500


@dataclass(frozen=True, slots=True)
class Built:
    """Seconds, and a digest of all rows."""

    loaded: float
    published: float
    processor: float
    digest: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000, help="of the pool")
    chosen = parser.parse_args()
    if not POOL.exists():
        sys.exit(f"{POOL} is not here")
    ways: list[tuple[str, Sequence[str], int | None]] = [
        ("one process", (), None),
        ("one worker", ("--workers", "1"), None),
        ("two workers", ("--workers", "2"), None),
        ("two workers, one killed", ("--workers", "2"), chosen.articles // 3),
    ]
    table = Table("", "loaded", "published", "processor", "times as fast", "the same rows", "load before")
    first: Built | None = None
    for name, options, kill in ways:
        load = f"{os.getloadavg()[0]:.1f}"
        with TemporaryDirectory() as directory:
            built = build(stored(Path(directory), chosen.articles), options, kill)
        first = first or built
        seconds = (f"{each:.1f} s" for each in (built.loaded, built.published, built.processor))
        same = "yes" if built.digest == first.digest else "NO"
        faster = f"{first.loaded / built.loaded:.2f}, {first.published / built.published:.2f}"
        table.add_row(name, *seconds, faster, same, load)
        print(f"{name}: {built}", flush=True)
    Console(width=110).print(table)


def stored(home: Path, articles: int) -> Path:
    pages = [
        Page(
            f"https://pool.example/{row['id']}.txt",
            row["text"].encode(),
            FETCHED,
            "text/plain; charset=utf-8",
        )
        for row in rows(articles)
    ]
    with Store.open(home) as store:
        for start in range(0, len(pages), LOT):
            store.add_all([Arrival(page, page.url) for page in pages[start : start + LOT]])
    return home


def build(home: Path, options: Sequence[str], kill: int | None) -> Built:
    """Runs `trichtin build`; kills one of its workers once so many pages are loaded."""
    before, started, loaded = children(), time.perf_counter(), 0.0
    command = [sys.executable, "-c", TELLING, "build", *options, "--home", str(home)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603  (ours)
        assert process.stdout
        pages = 0
        for line in process.stdout:
            if told := re.match(r"loaded (\d+)", line):
                loaded, pages = time.perf_counter() - started, pages + int(told[1])
                if kill is not None and pages >= kill:
                    worker, kill = workers(process.pid)[0], None
                    worker.kill()
    if process.returncode:
        sys.exit(f"the build ended with {process.returncode}")
    return Built(loaded, time.perf_counter() - started, children() - before, digest(home))


TELLING = """
from pipeline.cli import main
from warehouse import Warehouse

load = Warehouse.load_rows

def telling(warehouse, rows, *arguments, **options):
    load(warehouse, rows, *arguments, **options)
    print("loaded", rows["articles"].num_rows, flush=True)

Warehouse.load_rows = telling
if __name__ == "__main__":
    main()
"""


def workers(process: int) -> list[psutil.Process]:
    below = psutil.Process(process).children(recursive=True)
    return [each for each in below if "spawn_main" in " ".join(each.cmdline())]


def children() -> float:
    usage = getrusage(RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def digest(home: Path) -> str:
    content = sha256()
    with duckdb.connect(home / "published" / "current" / "warehouse.duckdb", read_only=True) as published:
        views = "select view_name from duckdb_views() where schema_name = 'main' and not internal order by 1"
        for (view,) in published.execute(views).fetchall():
            for batch in published.execute(f"select * from {view} order by all").to_arrow_reader(10_000):
                content.update(repr(batch.to_pylist()).encode())
    return content.hexdigest()[:16]


if __name__ == "__main__":
    main()
