"""How fast facts come out of real text, beside what most people would use: `python benchmarks/extraction.py`.

Reads ../shared/pool (10,000 real articles). Prints articles a second on one core for each kind, for the five
rule kinds together and for all six, linked and with who says what, and the same for the usual stack
(underthesea.ner and dateparser.search_dates) over a sample of the same articles in the same process, with
the ratio; then texts through the spaCy component, one by one and in batches.
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
from typing import Any, TypeVar

from dateparser.search import search_dates
from rich.console import Console
from rich.table import Table
from underthesea import ner

from corpus import Article
from extractors import (
    attribution,
    dates,
    decisions,
    entities,
    linking,
    percentages,
    quantities,
    rankings,
    readings,
    roles,
    statements,
)
from extractors.component import vietnamese
from extractors.document import Document
from extractors.ownership import Ownership

Result = TypeVar("Result")
OF_NAMES = ("entities", "names linked", "roles", "attribution", "statements")
SPACY = 300
"""Texts for the spaCy component, which cuts words besides."""
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
    print("spaCy component: {:.1f} articles/s one by one, {:.1f} in batches".format(*component(articles)))


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
        read = timed("percentages read again", readings.read_again, document, shares, found)
        ranked = timed("rankings", rankings.find, document, owned, found)
        counted = timed("quantities", quantities.find, document, owned)
        names = timed("entities", entities.find, document, owned, named)
        day = linking.spoken_on(document, found)
        linked = timed("names linked", linking.linked, document, names, day)
        known = timed("roles", roles.with_roles, document, linked, day)
        facts = [*named, *found, *read, *ranked, *counted]
        facts = timed("attribution", attribution.attributed, document, facts, known, day)
        timed("statements", statements.told, document, facts, known)
    return spent


def component(articles: Sequence[Article]) -> tuple[float, float]:
    """Articles a second, one call for each text and one for all, each the faster of two turns."""
    nlp, texts = vietnamese(), [article.text for article in articles[:SPACY]]
    nlp.add_pipe("trichtin_facts")
    ways: tuple[Callable[[list[str]], object], ...] = (
        lambda texts: [nlp(text) for text in texts],
        lambda texts: list(nlp.pipe(texts)),
    )
    spent = [min(seconds(way, texts) for _ in range(2)) for way in ways]
    return len(texts) / spent[0], len(texts) / spent[1]


def usual_stack(articles: list[Article]) -> None:
    for article in articles:
        ner(article.text)
        search_dates(article.text, languages=["vi"])


def seconds(work: Callable[[list[Any]], object], given: list[Any]) -> float:
    started = time.process_time()
    work(given)
    return time.process_time() - started


def show(articles: Sequence[Article], spent: Counter[str], usual: float) -> None:
    table = Table("step", "ms an article", "articles/s")
    count = len(articles)
    for step, taken in spent.items():
        table.add_row(step, f"{1000 * taken / count:.2f}", f"{count / taken:.0f}")
    six = spent.total() / count
    five = six - sum(spent[step] for step in OF_NAMES) / count
    rows = (("five rule kinds", five), ("all six kinds", six), ("underthesea.ner + search_dates", usual))
    for name, taken in rows:
        table.add_row(name, f"{1000 * taken:.2f}", f"{1 / taken:.1f}")
    Console().print(table)
    characters = sum(len(article.text) for article in articles) // count
    print(f"{count} articles of {characters} characters; one core, processor time")
    print(f"all six kinds are {usual / six:.0f} times as fast as the usual stack")


if __name__ == "__main__":
    main()
