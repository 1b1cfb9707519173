"""What a page declares of its article, for machines: JSON-LD, OpenGraph, microdata."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.html import HtmlElement

DEEPEST = 10  # levels of JSON-LD under which no article is looked for
MOST = 10  # titles, dates, authors that are looked at, each of which costs time

# Where else than in JSON-LD a page says it, best first.
_TITLES = (
    "//meta[@property='og:title']/@content",
    "//*[@itemprop='headline']/@content",
    "//meta[@name='og:title' or @name='twitter:title' or @property='twitter:title']/@content",
)
_DESCRIPTIONS = ("//meta[@property='og:description' or @name='description']/@content",)
_DATES = (
    "//meta[@property='article:published_time' or @name='article:published_time']/@content",
    "//*[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//meta[@name='pubdate' or @name='publishdate' or @name='DC.date.issued']/@content",
    "//time[@pubdate]/@datetime",
)
_PUBLISHERS = ("//meta[@property='og:site_name']/@content",)
_AUTHORS = (
    "//meta[@property='article:author' or @name='article:author' or @name='author']/@content",
    "//*[@itemprop='author']//*[@itemprop='name']/text()",
)


@dataclass(frozen=True, slots=True)
class Declared:
    """What was declared, as it was written; all `titles`, `dates` of publishing and `authors`, best first."""

    titles: tuple[str, ...]
    description: str | None
    dates: tuple[str, ...]
    publisher: str | None
    authors: tuple[str, ...]
    body: str


def declared(tree: HtmlElement) -> Declared:
    """What a page declares of its article."""
    articles = list(_articles(tree))
    descriptions = [*_strings(articles, "description"), *_values(tree, _DESCRIPTIONS)]
    titles = [*_strings(articles, "headline"), *map(unescape, _values(tree, _TITLES))]
    dates = [*_strings(articles, "datePublished"), *_values(tree, _DATES)]
    publishers = [a["publisher"] for a in articles if isinstance(a.get("publisher"), dict)]
    names = [*_strings(publishers, "name"), *_values(tree, _PUBLISHERS)]
    authors = [*_authors(articles), *_values(tree, _AUTHORS)]
    body = max(_strings(articles, "articleBody"), key=len, default="")
    description, name = (next(iter(found), None) for found in (descriptions, names))
    return Declared(tuple(titles[:MOST]), description, tuple(dates[:MOST]), name, tuple(authors[:MOST]), body)


def _articles(tree: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """The schema.org articles of a page; what can't be read as JSON declares nothing."""
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            data = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from (item for item in _objects(data, DEEPEST) if _is_article(item))


def _objects(data: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if not depth:
        return
    if isinstance(data, list):
        for item in data:
            yield from _objects(item, depth - 1)
    elif isinstance(data, dict):
        yield data
        yield from _objects(data.get("@graph"), depth - 1)
        yield from _objects(data.get("mainEntity"), depth - 1)


def _is_article(item: Mapping[str, Any]) -> bool:
    types = item.get("@type")
    names = types if isinstance(types, list) else [types]
    return any(isinstance(name, str) and name.endswith(("Article", "Posting", "Report")) for name in names)


def _authors(articles: list[Mapping[str, Any]]) -> Iterator[str]:
    for article in articles:
        written = article.get("author")
        several = written if isinstance(written, list) else [written]
        names = [one.get("name") if isinstance(one, dict) else one for one in several]
        if joined := ", ".join(
            unescape(name).strip() for name in names if isinstance(name, str) and name.strip()
        ):
            yield joined


def _strings(items: list[Any], key: str) -> Iterator[str]:
    # Many systems escape a headline for HTML before they put it into JSON.
    found = (item.get(key) for item in items)
    yield from (unescape(value) for value in found if isinstance(value, str) and value.strip())


def _values(tree: HtmlElement, paths: tuple[str, ...]) -> Iterator[str]:
    for path in paths:
        yield from (str(value) for value in tree.xpath(path) if value.strip())
