"""What must be read from real pages, which lie beside the checkout.

`golden/real.jsonl` holds of each page: which of its lines are the article, marked by hand (`marked`, ranges,
with the SHA-256 of those lines), title and publish date where the page has them (`title` as SHA-256), and
what the parser reads (`read`: SHA-256 of title, author and text, day, number of paragraphs, first and last
three words). Marks are never made anew.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from corpus.article import Article, Page
from corpus.encodings import decode
from spiders.paragraphs import paragraphs
from spiders.parsing import html_tree, parse
from spiders.site import Site, known_sites

GOLDEN = Path(__file__).parent / "golden" / "real.jsonl"
PAGES = Path(__file__).parents[1].parent / "shared" / "html"
FETCHED = datetime(2026, 11, 1, tzinfo=UTC)
F1, PRECISION = 0.97, 0.98  # of the tokens of every article


@dataclass(frozen=True, slots=True)
class Match:
    """How the tokens of a text agree with those of the marked lines."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def good(self) -> bool:
        return self.f1 >= F1 and self.precision >= PRECISION


def golden() -> list[dict[str, Any]]:
    return [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]


def page(row: dict[str, Any]) -> Page:
    body = (PAGES / row["file"]).read_bytes()
    url = index()[row["file"]]["url"] or f"https://{row['site']}/"
    return Page(url, body, FETCHED, "text/html")


def site(row: dict[str, Any]) -> Site:
    """The declaration that reads a page: that of the site whose host it has, or a part of it."""
    declared = _declared()
    return next(declared[name] for name in row["site"].split(".") if name in declared)


_declared = cache(known_sites)


def marked_lines(row: dict[str, Any]) -> list[str]:
    """The lines of a page that are the article; raises ValueError where the page's lines moved."""
    tree = html_tree(decode((PAGES / row["file"]).read_bytes()))
    body = tree.find("body")
    lines = paragraphs(tree if body is None else body)
    marked = [lines[i] for first, last in row["marked"]["lines"] for i in range(first, last + 1)]
    if digest("".join("".join(marked).split())) != row["marked"]["sha256"]:
        raise ValueError(f"{row['file']}: the marked lines are others now")
    return marked


def match(text: str, marked: list[str]) -> Match:
    found, wanted = tokens(text), tokens(" ".join(marked))
    hits = (found & wanted).total()
    return Match(hits / max(1, found.total()), hits / max(1, wanted.total()))


def tokens(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def pinned(article: Article) -> dict[str, Any]:
    words = article.text.split()
    return {
        "title": digest(article.title or ""),
        "published": article.published.isoformat() if article.published else None,
        "author": digest(article.author or ""),
        "paragraphs": article.text.count("\n") + 1,
        "text": digest(article.text),
        "first": " ".join(words[:3]),
        "last": " ".join(words[-3:]),
    }


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


@cache
def index() -> dict[str, dict[str, str]]:
    with (PAGES / "index.tsv").open(encoding="utf-8") as file:
        return {row["file"]: row for row in csv.DictReader(file, delimiter="\t")}


def main() -> None:
    if not PAGES.is_dir():
        sys.exit("the real pages (../shared/html) are not here")
    rows = [{**row, "read": pinned(parse(page(row), site(row)))} for row in golden()]
    GOLDEN.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


if __name__ == "__main__":
    main()
