"""How fast facts come out of real text, beside what most people would use: `python benchmarks/extraction.py`.

Reads ../shared/pool (10,000 real articles). Prints articles a second on one core for each kind, for the five
rule kinds together and for all six, and the same for the usual stack (underthesea.ner and
dateparser.search_dates) over a sample of the same articles in the same process, with the ratio.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

from dateparser.search import search_dates
from rich.console import Console
from rich.table import Table
from underthesea import ner

from corpus import Article
from extractors import dates, decisions, entities, percentages, quantities, rankings, readings
from extractors.document import Document
from extractors.ownership import Ownership

Result = TypeVar("Result")
POOL = Path(__file__).parents[1].parent / "shared" / "pool" / "articles.jsonl.gz"


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--articles", type=int, default=2000, help="of the pool, from its beginning")
    arguments.add_argument("--sample", type=int, default=10, help="articles for the usual stack")
    chosen = arguments.parse_args()
    if not POOL.exists():
        sys.exit(f"{POOL} is not here")
    articles = list(islice(pool(), chosen.articles))
    warm_up(articles[0])
    spent = extraction(articles)
    usual = seconds(usual_stack, articles[: chosen.sample]) / chosen.sample
    show(articles, spent, usual)


def pool() -> Iterator[Article]:
    with gzip.open(POOL, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Article.from_text(row["text"], row["title"])


def warm_up(article: Article) -> None:
    """Loads models and word lists, which a process does once."""
    extraction([article])
    usual_stack([article])


def extraction(articles: Sequence[Article]) -> Counter[str]:
    """Processor seconds by step, in the order in which `extract` runs them."""
    spent: Counter[str] = Counter()

    def timed(step: str, work: Callable[..., Result], *given: object) -> Result:
        started = time.process_time()
        result = work(*given)
        spent[step] += time.process_time() - started
        return result

    for article in articles:
        document, owned = Document(article), Ownership()
        timed("sentences", lambda document: document.sentences, document)
        citations = timed("decisions", decisions.find, document, owned)
        found = timed("dates", dates.find, document, owned)
        named = timed("decisions", decisions.annotate, document, citations, found)
        shares = timed("percentages", percentages.find, document, owned, found)
        timed("percentages read again", readings.read_again, document, shares, found)
        timed("rankings", rankings.find, document, owned, found)
        timed("quantities", quantities.find, document, owned)
        timed("entities", entities.find, document, owned, named)
    return spent


def usual_stack(articles: Sequence[Article]) -> None:
    for article in articles:
        ner(article.text)
        search_dates(article.text, languages=["vi"])


def seconds(work: Callable[[Sequence[Article]], None], articles: Sequence[Article]) -> float:
    started = time.process_time()
    work(articles)
    return time.process_time() - started


def show(articles: Sequence[Article], spent: Counter[str], usual: float) -> None:
    table = Table("step", "ms an article", "articles/s")
    count = len(articles)
    for step, taken in spent.items():
        table.add_row(step, f"{1000 * taken / count:.2f}", f"{count / taken:.0f}")
    six = spent.total() / count
    five = six - spent["entities"] / count
    rows = (("five rule kinds", five), ("all six kinds", six), ("underthesea.ner + search_dates", usual))
    for name, taken in rows:
        table.add_row(name, f"{1000 * taken:.2f}", f"{1 / taken:.1f}")
    Console().print(table)
    characters = sum(len(article.text) for article in articles) // count
    print(f"{count} articles of {characters} characters; one core, processor time")
    print(f"all six kinds are {usual / six:.0f} times as fast as the usual stack")


if __name__ == "__main__":
    main()
