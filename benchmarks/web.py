"""How fast the pages answer many readers at once: `python benchmarks/web.py`.

Repeats the articles of ../shared/pool (10,000 real ones) with shifted figures and dates until there are
100,000, publishes them once (`--home` keeps them for the next time), runs `trichtin serve` on loopback, and
lets readers go through it: each asks for a page, reads for a while, and asks for the next one. No two pages
are the same, so that each is made anew; then the same pages again, as readers see what others have read.
Told are median, 95 and 99 of a hundred, and the largest page.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch
from urllib.parse import quote, urlencode

import httpx
from rich.console import Console
from rich.table import Table
from warehousing import POOL, extracted, load, shifted

from warehouse import Warehouse, publish, query, reading
from warehouse.search import build as index

POOL_SIZE = 10_000
READERS = 20
WARM = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--pages", type=int, default=600, help="that the readers ask for")
    parser.add_argument("--pause", type=float, default=1.0, help="seconds that a page is read, on average")
    parser.add_argument("--workers", type=int, default=2, help="processes that answer")
    parser.add_argument("--home", type=Path, help="where the generation is kept, or is already")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as directory:
        home = chosen.home or Path(directory)
        if not (home / "published").exists():
            made(home, chosen.articles)
        drawn = pages(home, chosen.pages)
        with Console().status("reading"):
            asyncio.run(measure(home, drawn, chosen.pause, chosen.workers))


def made(home: Path, articles: int) -> None:
    if not POOL.exists():
        sys.exit(f"{POOL} is not here")
    home.mkdir(parents=True, exist_ok=True)
    pool = extracted(min(articles, POOL_SIZE))
    with Warehouse.open(home / "warehouse.duckdb") as warehouse:
        for turn in range(-(-articles // len(pool))):
            load(warehouse, [another(page, turn, len(pool)) for page in pool])
        # The repeated articles are copies of each other; here each shall be a story of its own.
        with patch.object(Warehouse, "link_copies"):
            publish(warehouse, home / "published", index)


def another(page, turn: int, step: int):  # type: ignore[no-untyped-def]
    other = shifted(page, turn, step)
    day = other.article.published and other.article.published + timedelta(97 * turn)
    return replace(other, article=replace(other.article, published=day))


def pages(home: Path, count: int) -> list[tuple[str, str]]:
    """Kinds and addresses of different pages, in the shares that readers ask for them."""
    chance = random.Random(1)  # noqa: S311  (the same in every run)
    with reading(home / "published") as generation:
        assert generation

        def column(sql: str) -> list[str]:
            rows = query(generation.database, f"select distinct {sql} limit 20000")
            return [str(value) for value in rows.column(0).to_pylist()]

        titles = column("title from articles where title is not null")
        articles, documents = column("article_id from articles"), column("document_id from decisions")
        numbers = column("number from decisions where number is not null")
        rankings = column("index_id || '/' || subject_id || '?' || scope from ranking_history")
    ways = [
        *["search"] * 30,
        *["number"] * 10,
        *["article"] * 30,
        *["document"] * 20,
        *["ranking"] * 3,
        *["api"] * 7,
    ]
    drawn: dict[str, str] = {}
    while len(drawn) < count:
        kind = chance.choice(ways)
        if kind == "search":
            words = re.findall(r"[^\W_]+", chance.choice(titles))
            start = chance.randrange(max(1, len(words) - 3))
            address = f"/search?{urlencode({'q': ' '.join(words[start : start + chance.choice((2, 3))])})}"
        elif kind == "number":
            address = f"/search?{urlencode({'q': chance.choice(numbers)})}"
        elif kind == "article":
            address = f"/articles/{chance.choice(articles)}"
        elif kind == "document":
            address = f"/decisions/{quote(chance.choice(documents), safe='')}"
        elif kind == "ranking":
            where, _, scope = chance.choice(rankings).partition("?")
            address = f"/rankings/{where}?{urlencode({'scope': scope})}&n={len(drawn)}"
        else:
            address = f"/api/v1/articles/{chance.choice(articles)}/facts"
        drawn.setdefault(address, kind)
    return [(kind, address) for address, kind in drawn.items()]


async def measure(home: Path, drawn: Sequence[tuple[str, str]], pause: float, workers: int) -> None:
    script = (
        "import sys; from pathlib import Path; from warehouse.web import Settings, run;"
        "home = Path(sys.argv[1]);"
        "settings = Settings(published=home / 'published', archive=home, search_rate=None);"
        "run(settings, '127.0.0.1', 0, int(sys.argv[2]), lambda address: print(address, flush=True))"
    )
    command = [sys.executable, "-c", script, str(home), str(workers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
        try:
            assert server.stdout
            address = server.stdout.readline().strip()
            limits = httpx.Limits(max_connections=READERS, max_keepalive_connections=READERS)
            async with httpx.AsyncClient(base_url=address, timeout=60, limits=limits) as client:
                for _ in range(WARM * workers):  # Each process opens the generation, and draws once.
                    await asyncio.gather(*(client.get("/") for _ in range(READERS)))
                await asyncio.sleep(WARM)
                table = Table("", *("median", "95 %", "99 %", "largest page"))
                for name in ("made anew", "made before"):
                    took = await readers(client, drawn, pause)
                    for kind, times in sorted(took.items()):
                        table.add_row(f"{name}: {kind} ({len(times)})", *told(times))
                    table.add_section()
                Console().print(table)
        finally:
            server.terminate()
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print(f"{READERS} readers, {workers} processes, {os.cpu_count()} cores, load {load}")


Taken = dict[str, list[tuple[float, int]]]


async def readers(client: httpx.AsyncClient, drawn: Sequence[tuple[str, str]], pause: float) -> Taken:
    waiting = list(reversed(drawn))
    took: Taken = defaultdict(list)

    async def reader(number: int) -> None:
        chance = random.Random(number)  # noqa: S311
        await asyncio.sleep(chance.uniform(0, pause))
        while waiting:
            kind, address = waiting.pop()
            started = time.perf_counter()
            answer = await client.get(address)
            spent = time.perf_counter() - started
            assert answer.status_code == 200, (address, answer.text[:500])
            for group in (kind, "all"):
                took[group].append((spent, len(answer.content)))
            await asyncio.sleep(chance.uniform(0.5, 1.5) * pause)

    await asyncio.gather(*map(reader, range(READERS)))
    return took


def told(times: Sequence[tuple[float, int]]) -> list[str]:
    spent = sorted(1000 * each for each, _ in times)
    shares = [statistics.median(spent), *(spent[int(share * (len(spent) - 1))] for share in (0.95, 0.99))]
    return [*(f"{each:.1f} ms" for each in shares), f"{max(size for _, size in times) / 1000:.0f} kB"]


if __name__ == "__main__":
    main()
