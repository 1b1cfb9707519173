"""What is new for whom: hits that a saved search has not had before, breaches that were not there before.

A new alert tells of nothing that its search finds already, but of breaches that are there. All that is new at
once is one message.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from corpus.store import Store
from pipeline import logs
from pipeline.crawls import moment
from pipeline.sending import NotSent, send
from warehouse import WarehouseError, reading
from warehouse.search import SearchIndex
from warehouse.web.links import article_link, decision_link

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pipeline.alert_rules import Alert, Rules
    from pipeline.home import Home
    from pipeline.outbox import Outbox
    from warehouse.search import Hit
    from warehouse.web.search_question import SearchQuestion

SHOWN = 20
"""Hits that a message tells of, those found last; it says how many there are."""

_FIGURES = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Told:
    """One line on an alert, and whether it is of something that is wrong."""

    line: str
    wrong: bool = False


@dataclass(frozen=True, slots=True)
class _News:
    """What an alert has found: items that it did not know, those that hold no longer, and its message."""

    items: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    total: int = 0
    found: Sequence[Mapping[str, Any]] = ()


def find(rules: Rules, home: Home, outbox: Outbox) -> Iterator[Told]:
    """Puts a message for each alert with something new into the outbox; tells what can't be watched.

    Raises Failure, StoreError, WarehouseError.
    """
    outbox.keep_only(rules.alerts)
    with reading(home.published) as generation:
        index = SearchIndex.open(generation.index) if generation and generation.index.exists() else None
        for alert in rules.alerts:
            known = outbox.known(alert)
            try:
                news = _news(alert, known, index, home, rules.pages)
            except WarehouseError as error:
                # From now on it is watched: what it finds once it can is new.
                news = _News()
                yield Told(f"{alert.name}: {error}", wrong=True)
            if news is not None and (known is None or news.items or news.gone):
                body = _message(alert, news, rules.pages) if news.total else None
                outbox.note(alert, news.items, news.gone, body)
                logs.tell("alert looked", alert=alert.name, found=news.total)


def deliver(rules: Rules, outbox: Outbox) -> Iterator[Told]:
    """Sends what is due, oldest first, and tells of each message; after a failure a way is left alone."""
    for alert in rules.alerts:
        for way in alert.ways:
            for delivery in outbox.waiting(alert, way.kind):
                if not delivery.due(now := time.time()):
                    break
                what = f"{alert.name}: {delivery.body['total']} new"
                try:
                    refused = send(way, delivery.body)
                except NotSent as error:
                    outbox.refused(delivery, str(error), now)
                    logs.tell("alert not sent", alert=alert.name, way=way.kind, why=str(error))
                    yield Told(f"{what}, not sent by {way.place}: {error}")
                    break
                outbox.accepted(delivery, time.time())
                logs.tell("alert sent", alert=alert.name, way=way.kind, id=delivery.message)
                but = f", but refused for {', '.join(refused)}" if refused else ""
                yield Told(f"{what}, sent by {way.place}{but}", wrong=bool(refused))


def _news(
    alert: Alert, known: set[str] | None, index: SearchIndex | None, home: Home, pages: str | None
) -> _News | None:
    """What is new for an alert; None where nothing is published that it could watch."""
    if alert.search is None:
        return _breaches(home, known or set())
    if index is None:
        return None
    return _hits(alert.search, known, index, pages)


def _hits(search: SearchQuestion, known: set[str] | None, index: SearchIndex, pages: str | None) -> _News:
    keys = frozenset(index.keys(search.text, search.filters, known or ()))
    if known is None or not keys:
        return _News(keys)
    answer = index.search(search.text, search.filters, sort="found", limit=SHOWN, apart=known)
    return _News(keys, total=answer.total, found=[_hit(hit, pages) for hit in answer.hits])


def _hit(hit: Hit, pages: str | None) -> dict[str, Any]:
    names = ("kind", "id", "title", "number", "source", "url", "articles", "article_id")
    link = decision_link(hit.id) if hit.kind == "decision" else article_link(hit.id)
    return {
        **{name: getattr(hit, name) for name in names},
        "day": hit.day.isoformat() if hit.day else None,
        "passage": " ".join(hit.snippet.text.split()),
        "link": pages + link if pages else None,
    }


def _breaches(home: Home, known: set[str]) -> _News:
    """Breaches of the last crawl of each site; one that stays is told once, whatever its figures are."""
    with Store.reading(home.directory) as store:
        crawls = [crawl for site in store.crawls.sites() for crawl in store.crawls.last(site, 1)]
    now = {_kind(crawl.site, breach): crawl for crawl in crawls for breach in crawl.breaches}
    new = frozenset(now.keys() - known)
    sites = {crawl.site: crawl for kind, crawl in now.items() if kind in new}
    found = [
        {"site": crawl.site, "started": moment(crawl.started), "breaches": list(crawl.breaches)}
        for crawl in sites.values()
    ]
    return _News(new, frozenset(known - now.keys()), len(new), found)


def _kind(site: str, breach: str) -> str:
    return f"{site}: {_FIGURES.sub('#', breach).partition(',')[0]}"


def _message(alert: Alert, news: _News, pages: str | None) -> dict[str, Any]:
    """A message, as webhooks get it and e-mails are written from; docs/alerts.md describes its keys."""
    search = alert.search
    return {
        "id": str(uuid4()),
        "alert": alert.name,
        "kind": "search" if search else "health",
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "run": logs.run_id(),
        "total": news.total,
        "found": news.found,
        "search": search.address() if search else None,
        "page": pages + search.address() if pages and search else None,
        "feed": pages + search.address("/search.atom") if pages and search else None,
    }
