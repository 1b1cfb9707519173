"""What a thousand articles cost as an archive grows to 100,000: `nice python benchmarks/scale.py`.

Imports and builds in lots of 1,000, as files with their sidecars, and publishes after every 10,000, in one
process and an empty directory, with the commands' own code. The articles are those of ../shared/pool (10,000
real ones), ten times: in each round each has the second and the last third of two others in the place of its
own, numbers that grow by one a round, a publish date of its own and a new address: few of them are copies.

Prints processor seconds of this process and its children, as others may be using the machine; wall time is
told beside it. As machines are faster in one minute than in another, the same few articles are extracted
before each step, and the table holds what it would have cost at the usual speed: a step had the speed of the
steps around it. Memory
is the largest resident size of the process tree, sampled. `--chart FILE.svg` draws the curve,
`--figures FILE.json` keeps what was measured.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Event, Thread
from typing import Any

import psutil
import vl_convert

from corpus.article import Article
from corpus.store import Store
from extractors import extract
from pipeline.building import load
from pipeline.home import Home
from pipeline.importing import checked_files, import_files
from spiders.site import known_sites
from warehouse import Warehouse, publish, search

POOL = Path(__file__).parents[1].parent / "shared" / "pool" / "articles.jsonl.gz"
YARDSTICK = 40
"""Articles."""
STEPS = ["import", "build", "publish"]
LOT = 1_000
PUBLISHED_AFTER = 10_000
FIRST_DAY = date(2015, 1, 1)
DAYS = 4_000
STEPS_ASIDE = 37, 5_003  # to the articles that give the second and the last third, a round
SAMPLED_EVERY = 0.1  # seconds
NEAR = 4
"""Steps before and after one that tell how fast the machine was; a single one may have been disturbed."""
SENTENCE_END = re.compile(r"[.?!] (?=[^\W\da-z])|\n")
# Numbers, those of documents too, but neither years nor the parts of dates.
NUMBER = re.compile(r"(?<![\d/])(?!(?:19|20)\d\d\b)\d+(?!\d|/\d{1,2}\b)")


@dataclass(slots=True)
class Cost:
    """Of one step: processor seconds, seconds by the clock, the largest resident size in bytes.

    `yardstick`: processor seconds that the same few articles took right before it.
    """

    step: str
    articles: int
    cpu: float
    wall: float
    memory: int
    yardstick: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--figures", type=Path, help="a JSON file for what was measured")
    parser.add_argument(
        "--measured", type=Path, help="such a file: it is told and drawn, nothing is measured"
    )
    parser.add_argument("--chart", type=Path, help="an SVG file for the curve")
    chosen = parser.parse_args()
    if chosen.measured:
        costs = [Cost(**cost) for cost in json.loads(chosen.measured.read_text())]
    elif not POOL.exists():
        sys.exit(f"{POOL} is not here")
    else:
        with TemporaryDirectory() as directory:
            costs = list(grown(Path(directory), chosen.articles))
    if chosen.figures:
        chosen.figures.write_text(json.dumps([asdict(cost) for cost in costs]) + "\n")
    if chosen.chart:
        chosen.chart.write_text(drawn(costs))
    told(costs)


def grown(directory: Path, articles: int) -> Iterator[Cost]:
    home, files = Home(directory / "home"), directory / "files"
    with gzip.open(POOL) as lines:
        pool = list(lines)
    few = [Article.from_text(json.loads(line)["text"]) for line in pool[:YARDSTICK]]
    yardstick(few)  # The first time more is read than articles.
    for first in range(0, articles, LOT):
        written = [file for n in range(first, first + LOT) for file in write(files, pool, n)]
        yield from (
            measured("import", first + LOT, lambda: import_lot(home, files), few),
            measured("build", first + LOT, lambda: build_lot(home), few),
        )
        for file in written:
            file.unlink()
        if (first + LOT) % PUBLISHED_AFTER == 0:
            yield measured("publish", first + LOT, lambda: publish_all(home), few)


def write(directory: Path, pool: Sequence[bytes], number: int) -> tuple[Path, Path]:
    """One article as a text file with its sidecar, of a pool of JSON."""
    before, place = divmod(number, len(pool))
    turn = before + 1
    row = json.loads(pool[place])
    others = (json.loads(pool[(place + step * turn) % len(pool)]) for step in STEPS_ASIDE)
    texts = (row["text"], *(other["text"] for other in others))
    text = "\n".join(third(each, at) for at, each in enumerate(texts))
    told = {
        "title": later(row["title"] or "", turn),
        "published": (FIRST_DAY + timedelta((place * 7 + turn * 31) % DAYS)).isoformat(),
        "source": row["source"],
        "url": f"https://pool.example/{row['id']}-{turn}",
    }
    directory.mkdir(exist_ok=True)
    file, sidecar = directory / f"{number}.txt", directory / f"{number}.json"
    file.write_text(later(text, turn), "utf-8")
    sidecar.write_text(json.dumps({name: value for name, value in told.items() if value}), "utf-8")
    return file, sidecar


def third(text: str, number: int) -> str:
    """The first, second or last third of a text (0, 1, 2), up to where a sentence or a line ends."""
    ends = [0, *(cut(text, len(text) * part // 3) for part in (1, 2)), len(text)]
    return text[ends[number] : ends[number + 1]]


def cut(text: str, near: int) -> int:
    end = SENTENCE_END.search(text, near)
    return end.end() if end else len(text)


def later(text: str, turn: int) -> str:
    return NUMBER.sub(lambda match: str(int(match[0]) + turn), text)


def import_lot(home: Home, files: Path) -> None:
    with Store.open(home.directory) as store:
        import_files(checked_files([files]), store, None, known_sites(), lambda _: None)


def build_lot(home: Home) -> None:
    with Warehouse.open(home.warehouse) as warehouse:
        load(home, warehouse, known_sites())


def publish_all(home: Home) -> None:
    with Warehouse.open(home.warehouse) as warehouse:
        publish(warehouse, home.published, search.build)


def measured(step: str, articles: int, work: Any, few: Sequence[Article]) -> Cost:
    before = yardstick(few)
    cpu, wall = processor(), time.perf_counter()
    with largest() as memory:
        work()
    cost = Cost(step, articles, processor() - cpu, time.perf_counter() - wall, memory(), before)
    told = f"{cost.cpu:.2f} s CPU, {cost.wall:.2f} s, {cost.memory >> 20} MB, yardstick {before:.3f} s"
    print(f"{step} {articles}: {told}", flush=True)
    return cost


def yardstick(few: Sequence[Article]) -> float:
    begin = processor()
    for article in few:
        extract(article)
    return processor() - begin


def processor() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@contextmanager
def largest() -> Iterator[Any]:
    """Gives what tells the largest resident size of this process with its children since."""
    ended, found = Event(), [resident()]

    def watch() -> None:
        while not ended.wait(SAMPLED_EVERY):
            found.append(resident())

    watching = Thread(target=watch)
    watching.start()
    try:
        yield lambda: max(found)
    finally:
        ended.set()
        watching.join()


def resident() -> int:
    size = 0
    own = psutil.Process()
    for process in (own, *own.children(recursive=True)):
        try:
            size += process.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return size


def summary(costs: Sequence[Cost]) -> list[dict[str, Any]]:
    """Of each ten thousand articles: processor seconds a thousand, and the largest size in MB."""
    rows = []
    at_usual_speed = [cost.cpu / slowness for cost, slowness in zip(costs, slownesses(costs), strict=True)]
    for last in sorted({cost.articles for cost in costs if cost.step == "publish"}):
        own = [at for at, cost in enumerate(costs) if last - PUBLISHED_AFTER < cost.articles <= last]
        spent = {step: sum(at_usual_speed[at] for at in own if costs[at].step == step) for step in STEPS}
        lots = PUBLISHED_AFTER / LOT
        rows.append(
            {"articles": last}
            | {step: round(spent[step] / lots, 2) for step in STEPS}
            | {"all": round(sum(spent.values()) / lots, 2)}
            | {"MB": max(costs[at].memory for at in own) >> 20}
        )
    return rows


def slownesses(costs: Sequence[Cost]) -> list[float]:
    """How many times as long as usual the machine took for the same work at each step."""
    took = [cost.yardstick for cost in costs]
    usual = median(took)
    return [median(took[max(0, at - NEAR) : at + NEAR + 1]) / usual for at in range(len(took))]


def told(costs: Sequence[Cost]) -> None:
    """As a table of Markdown."""
    rows = summary(costs)
    print("|", " | ".join(rows[0]), "|")
    print("|" + "---|" * len(rows[0]))
    for row in rows:
        print("|", " | ".join(f"{value:,}" for value in row.values()), "|")


def drawn(costs: Sequence[Cost]) -> str:
    """The curves of import, build and publish as SVG."""
    values = [
        {"articles": row["articles"], "step": step, "seconds": row[step]}
        for row in summary(costs)
        for step in STEPS
    ]
    chart = {
        "data": {"values": values},
        "width": 560,
        "height": 240,
        "mark": {"type": "area", "line": True, "opacity": 0.6},
        "encoding": {
            "x": {"field": "articles", "type": "quantitative", "title": "articles in the archive"},
            "y": {
                "field": "seconds",
                "type": "quantitative",
                "stack": True,
                "title": "processor seconds a thousand articles",
            },
            "color": {"field": "step", "type": "nominal", "sort": STEPS, "title": None},
            "order": {"field": "step"},
        },
    }
    svg: str = vl_convert.vegalite_to_svg(chart, allowed_base_urls=[])
    return svg


if __name__ == "__main__":
    main()
