"""How well articles are read from real pages, beside two well-known readers: `python benchmarks/pages.py`.

Reads the pages in ../shared/html whose lines were marked by hand (tests/golden/real.jsonl) with our parser,
with and without the site's declaration, with trafilatura as it comes and with newspaper4k. Prints for each:
how many articles are good (token F1 of the body >= 0.97 with precision >= 0.98), the means, titles and
publish dates that are exact where the page has them, and seconds a page.

newspaper4k is no dependency of this project, and wants an older python-dateutil than it has:
`pip install --target DIRECTORY newspaper4k`, then PYTHONPATH=DIRECTORY. Where it is missing a line says so.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from statistics import mean
from typing import Any

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from real_pages import PAGES, Match, digest, golden, marked_lines, match, page, site

from corpus.article import Article, Page
from corpus.encodings import decode
from spiders.parsing import parse
from spiders.site import Site


@dataclass(frozen=True, slots=True)
class Read:
    """What a reader makes of a page."""

    text: str
    title: str | None
    day: str | None


Reader = Callable[[Page, Site], Read]


def declared(one: Page, declaration: Site) -> Read:
    return _ours(parse(one, declaration))


def undeclared(one: Page, _: Site) -> Read:
    return _ours(parse(one))


def _ours(article: Article) -> Read:
    return Read(article.text, article.title, str(article.published) if article.published else None)


def trafilatura(one: Page, _: Site) -> Read:
    from trafilatura import bare_extraction

    found: Any = bare_extraction(decode(one.body), with_metadata=True)
    return Read(found.text or "", found.title, found.date) if found else Read("", None, None)


def newspaper(one: Page, _: Site) -> Read:
    from newspaper import article

    found = article(one.url, input_html=decode(one.body), language="vi", fetch_images=False)
    day = found.publish_date.date().isoformat() if found.publish_date else None
    return Read(found.text, found.title, day)


def readers() -> dict[str, Reader]:
    chosen: dict[str, Reader] = {
        "trichtin": undeclared,
        "trichtin, site known": declared,
        "trafilatura": trafilatura,
    }
    if find_spec("newspaper"):
        return chosen | {"newspaper4k": newspaper}
    print("newspaper4k is not installed and left out")
    return chosen


def main() -> None:
    if not PAGES.is_dir():
        sys.exit(f"{PAGES} is not here")
    rows = golden()
    pages = [(row, page(row)) for row in rows]
    groups = {
        "whole pages": [pair for pair in pages if "dev-db" not in pair[0]["file"]],
        "stored bodies": [pair for pair in pages if "dev-db" in pair[0]["file"]],
    }
    chosen = readers()
    table = Table(title=f"{len(rows)} articles of {len({row['site'] for row in rows})} sites")
    for name in ("", "reader", "pages", "good", "F1", "precision", "recall", "title", "date", "s a page"):
        table.add_column(name, justify="left" if name in ("", "reader") else "right")
    for group, some in groups.items():
        table.add_section()
        for name, reader in chosen.items():
            table.add_row(group, name, *measured(reader, some))
    Console(width=110).print(table)


def measured(reader: Reader, pages: Sequence[tuple[dict[str, Any], Page]]) -> Iterable[str]:
    row, one = pages[0]
    reader(one, site(row))  # loads what a process loads once
    started = time.perf_counter()
    read = [reader(one, site(row)) for row, one in pages]
    spent = (time.perf_counter() - started) / len(pages)
    found: list[Match] = [
        match(one.text, marked_lines(row)) for one, (row, _) in zip(read, pages, strict=True)
    ]
    titles = [digest(one.title or "") == row["title"] for one, (row, _) in zip(read, pages, strict=True)]
    days = [
        one.day == row["published"] for one, (row, _) in zip(read, pages, strict=True) if row["published"]
    ]
    yield str(len(pages))
    yield str(sum(one.good for one in found))
    yield from (f"{mean(getattr(one, name) for one in found):.3f}" for name in ("f1", "precision", "recall"))
    yield f"{sum(titles)}/{len(titles)}"
    yield f"{sum(days)}/{len(days)}"
    yield f"{spent:.3f}"


if __name__ == "__main__":
    main()
