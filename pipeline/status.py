"""How things stand in a home, as one value: what `trichtin status` tells."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import extractors
from corpus.store import Store
from pipeline import outbox
from pipeline.crawls import crawl_fields
from warehouse import current

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpus.crawls import CrawlReport
    from pipeline.home import Home
    from warehouse import Generation


@dataclass(frozen=True, slots=True)
class Status:
    """What is stored, what waits, what is published, and the last crawl of each site that came to an end.

    `stored` counts pages, `waiting` those that no build with these `rules` has read; `urls` counts by state;
    `alerts` are those with messages that are not sent.
    """

    stored: int
    waiting: int
    urls: Mapping[str, int]
    rules: str
    generation: Generation | None
    crawls: Sequence[CrawlReport]
    alerts: Sequence[outbox.Standing]


def status(home: Home) -> Status:
    """How things stand now; raises StoreError, WarehouseError, Failure."""
    rules = extractors.version()
    generation = current(home.published)
    with Store.reading(home.directory) as store:
        pages = set(store.numbers())
        done = generation.loaded(store.identity, rules) if generation else set()
        crawls = [crawl for site in store.crawls.sites() for crawl in store.crawls.last(site, 1)]
        urls = dict(sorted(store.frontier.states().items()))
    unsent = outbox.standings(home.directory)
    return Status(len(pages), len(pages - done), urls, rules, generation, crawls, unsent)


def as_json(told: Status) -> dict[str, Any]:
    """The status as `status --json` prints it; its keys are described in docs/operating.md."""
    return {
        "pages": {"stored": told.stored, "waiting": told.waiting},
        "urls": dict(told.urls),
        "rules": told.rules,
        "generation": _generation(told.generation) if told.generation else None,
        "crawls": [crawl_fields(crawl) for crawl in told.crawls],
        "alerts": [asdict(alert) for alert in told.alerts],
    }


def _generation(generation: Generation) -> dict[str, Any]:
    return {
        "number": generation.number,
        "made_at": generation.made_at,
        "run": generation.run,
        "rules": list(generation.extractor_versions),
        "rows": dict(generation.rows),
    }
