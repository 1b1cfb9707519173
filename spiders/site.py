"""What a site declares of itself: where its news is listed, which URLs are articles, how they are read."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from cssselect import SelectorError
from parsel.csstranslator import HTMLTranslator

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BUNDLED = Path(__file__).parent / "sites"
KINDS = ("official", "press")
SELECTORS = ("title", "published", "author", "sapo", "body", "drop")
EXPECTATIONS = ("articles_a_day", "silent_hours")
MOST_PAGES = 1000


class SiteError(Exception):
    """A site's file is wrong; the message is one line with file, field and what is allowed."""


@dataclass(frozen=True, slots=True)
class Site:
    """One news site.

    `feeds`, `sitemaps` and `listings` are URLs relative to `home`. A listing goes on over the links that the
    CSS selector `next_page` finds, for at most `pages` pages. `article` is a regular expression that the
    whole path of an article's URL matches, on the host of `home` or on one of `domains` or below it.
    `selectors` (CSS, by the names in SELECTORS) say where things stand in pages that don't declare them.
    `date_format` is the strptime format of published dates where they are written in an unusual way.
    `budget` is how many requests a day may be made. `expects` says what must be true of it, by the names in
    EXPECTATIONS: how many new articles a day it brings, after how many hours without any something is wrong.
    `every` is after how many minutes the site is worth another crawl, which `pipeline.schedule` goes by. A
    site that is not `verified` was declared without a page of it at hand, and says what it was
    `written_from`.
    """

    name: str
    home: str
    publisher: str
    kind: str
    article: str
    domains: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    next_page: str | None = None
    pages: int = 20
    selectors: Mapping[str, str] = field(default_factory=dict)
    date_format: str | None = None
    budget: int = 5000
    expects: Mapping[str, float] = field(default_factory=dict)
    every: int = 60
    verified: bool = True
    written_from: str | None = None

    def at(self, home: str) -> Site:
        """The same site at another address."""
        return replace(self, home=home if home.endswith("/") else home + "/")

    def url(self, relative: str) -> str:
        """A URL of the site in full."""
        return urljoin(self.home, relative)

    def owns(self, url: str) -> bool:
        """Whether a URL lies on the host of `home`, or on one of `domains` or below it."""
        try:
            parts = urlsplit(url)
        except ValueError:
            return False
        host = parts.netloc.lower()
        ours = host == urlsplit(self.home).netloc.lower()
        below = any(host == domain or host.endswith("." + domain) for domain in self.domains)
        return parts.scheme in ("http", "https") and (ours or below)

    def is_article(self, url: str) -> bool:
        """Whether a URL is one of the site's articles."""
        return self.owns(url) and re.fullmatch(self.article, urlsplit(url).path) is not None


def known_sites(own: Path | None = None) -> Mapping[str, Site]:
    """The bundled sites by name, and those in the user's own directory, which go before; raises SiteError."""
    directories = (BUNDLED, own) if own else (BUNDLED,)
    return {site.name: site for directory in directories for site in sites(directory)}


def sites(directory: Path = BUNDLED) -> tuple[Site, ...]:
    """All sites declared in a directory, one `NAME.toml` each; raises SiteError."""
    if not directory.is_dir():
        raise SiteError(f"{directory}: no such directory")
    return tuple(read_site(path) for path in sorted(directory.glob("*.toml")))


def read_site(path: Path) -> Site:
    """The site that a TOML file declares; raises SiteError."""
    try:
        declared = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise SiteError(f"{path}: {error}") from error
    _check_names(path, "", declared, FIELDS)
    for name in ("name", "home", "publisher", "kind", "article"):
        if name not in declared:
            raise SiteError(f"{path}: {name} is missing: {FIELDS[name][1]}")
    if declared["name"] != path.stem:
        raise SiteError(
            f"{path}: name is {declared['name']!r}; it must be {path.stem!r}, as the file is called"
        )
    if not any(declared.get(name) for name in ("feeds", "sitemaps", "listings")):
        raise SiteError(f"{path}: one of feeds, sitemaps, listings must name a URL")
    if declared.get("verified") is False and "written_from" not in declared:
        raise SiteError(f"{path}: written_from is missing: {FIELDS['written_from'][1]}, as verified is false")
    values = {name: _checked(path, name, value) for name, value in declared.items()}
    return Site(**values)


def _checked(path: Path, name: str, value: Any) -> Any:
    holds, allowed = FIELDS[name]
    if not holds(value):
        raise SiteError(f"{path}: {name} is {value!r}; allowed is {allowed}")
    if name == "selectors":
        _check_names(path, "selectors.", value, SELECTORS)
    if name == "expects":
        _check_names(path, "expects.", value, EXPECTATIONS)
    if name == "home":
        return value if value.endswith("/") else value + "/"
    return tuple(value) if isinstance(value, list) else value


def _check_names(path: Path, prefix: str, found: Mapping[str, Any], allowed: Any) -> None:
    for name in found:
        if name not in allowed:
            raise SiteError(f"{path}: {prefix}{name} is no field; allowed are {', '.join(allowed)}")


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(_text, value))


def _web_address(value: Any) -> bool:
    return _text(value) and urlsplit(value).scheme in ("http", "https") and bool(urlsplit(value).hostname)


def _expression(value: Any) -> bool:
    try:
        return _text(value) and bool(re.compile(value))
    except re.error:
        return False


def _selector(value: Any) -> bool:
    try:
        return _text(value) and bool(HTMLTranslator().css_to_xpath(value))
    except SelectorError:
        return False


def _selectors(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_selector, value.values()))


def _count(value: Any) -> bool:
    return type(value) is int and 1 <= value <= MOST_PAGES


def _whole(value: Any) -> bool:
    return type(value) is int and value >= 1


def _amounts(value: Any) -> bool:
    return isinstance(value, dict) and all(type(n) in (int, float) and n > 0 for n in value.values())


# What each field may hold, as a test and in words.
FIELDS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "name": (lambda value: _text(value) and bool(re.fullmatch("[a-z0-9-]+", value)), "a-z, 0-9 and -"),
    "home": (_web_address, "an http or https URL"),
    "publisher": (_text, "the publisher's name"),
    "kind": (lambda value: value in KINDS, " or ".join(KINDS)),
    "article": (_expression, "a regular expression over the path of an article's URL"),
    "domains": (_texts, "a list of host names"),
    "feeds": (_texts, "a list of URLs relative to home"),
    "sitemaps": (_texts, "a list of URLs relative to home"),
    "listings": (_texts, "a list of URLs relative to home"),
    "next_page": (_selector, "a CSS selector"),
    "pages": (_count, f"a number from 1 to {MOST_PAGES}"),
    "selectors": (_selectors, f"a table of CSS selectors for any of {', '.join(SELECTORS)}"),
    "date_format": (_text, "a strptime format such as '%d/%m/%Y'"),
    "budget": (_whole, "a number of requests a day, at least 1"),
    "expects": (_amounts, f"a table of numbers above 0 for any of {', '.join(EXPECTATIONS)}"),
    "every": (_whole, "a number of minutes, at least 1"),
    "verified": (lambda value: isinstance(value, bool), "true or false"),
    "written_from": (_text, "what the declaration was written from"),
}
