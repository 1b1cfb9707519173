"""What there is to measure, for Prometheus: requests, the generation that is shown, the crawls it tells of.

Requests are counted by the template of their route, never by their address, so that there are only so many
series. Where several processes answer, each writes its counts into files of one directory, which whoever is
asked adds up; the rest is read from the generation, which is the same for all of them.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from time import perf_counter, time
from typing import TYPE_CHECKING, Any

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from starlette.responses import Response
from starlette.routing import Mount, Route

from corpus.store import Store, StoreError
from warehouse.errors import WarehouseError
from warehouse.web.generations import NothingPublished
from warehouse.web.queries import sql
from warehouse.web.stored_copies import is_here

if TYPE_CHECKING:
    from collections.abc import Iterable

    from prometheus_client import Metric
    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from warehouse.web.generations import Opened
    from warehouse.web.site import Site

DIRECTORY = "PROMETHEUS_MULTIPROC_DIR"
"""Where prometheus_client is told of the directory that several processes share."""

METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15)


class Requests:
    """How many requests were answered, how fast and with which status."""

    def __init__(self) -> None:
        """Nothing yet."""
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self._seconds = Histogram(
            "trichtin_request_seconds",
            "Seconds until a request was answered.",
            ("method", "route", "status"),
            buckets=SECONDS,
            registry=self.registry,
        )

    def answered(self, scope: Scope, status: int, seconds: float) -> None:
        """A request was answered."""
        method = scope["method"] if scope["method"] in METHODS else "other"
        self._seconds.labels(method, template(scope), str(status)).observe(seconds)

    def written(self) -> bytes:
        """The counts of all processes, in Prometheus' text format."""
        registry = self.registry
        if DIRECTORY in os.environ:
            registry = CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)


class Measured:
    """An application whose requests are counted."""

    def __init__(self, app: ASGIApp, requests: Requests) -> None:
        """`requests` counts."""
        self._app, self._requests = app, requests

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hands on; a request counts before its answer ends, so that whoever has that finds it counted."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status, begun, counted = 500, perf_counter(), False

        def count() -> None:
            nonlocal counted
            if not counted:
                counted = True
                self._requests.answered(scope, status, perf_counter() - begun)

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif not message.get("more_body", False):
                count()
            await send(message)

        try:
            await self._app(scope, receive, noting)
        finally:
            count()


def template(scope: Scope) -> str:
    """The route that answered, as it is declared; all that leads nowhere is one."""
    route = scope.get("route")
    if route is None:
        return "none"
    return str(route.path if isinstance(route, Mount) else scope.get("root_path", "") + route.path)


class Shown(Collector):
    """What the generation tells that is shown, and how many pages wait for the next one."""

    def __init__(self, site: Site) -> None:
        """Reads when it is asked."""
        self._site = site

    def collect(self) -> Iterable[Metric]:
        """Gauges; only that nothing is up where no generation can be shown."""
        try:
            with self._site.generations.current() as opened:
                up = self._site.generations.failure is None
                return [_up(up), *_generation(opened), *_crawls(opened), *self._waiting(opened)]
        except (NothingPublished, WarehouseError):
            return [_up(False)]

    def _waiting(self, opened: Opened) -> Iterable[GaugeMetricFamily]:
        """Nothing where the stored pages are not here, or are those of another archive."""
        home = self._site.settings.archive
        (read,) = opened.rows(sql("pages_read"))
        if home is None or not is_here(home):
            return
        try:
            with Store.reading(home) as store:
                if store.identity == read["archive"]:
                    waiting = len(store.numbers()) - read["pages"]
                    yield _gauge("trichtin_pages_waiting", "Stored pages that no build has read.", waiting)
        except StoreError:
            return  # `trichtin status` says what is wrong with them.


def _up(up: bool) -> GaugeMetricFamily:
    return _gauge("trichtin_up", "Whether the newest generation is shown.", up)


def _generation(opened: Opened) -> Iterable[GaugeMetricFamily]:
    generation = opened.generation
    age = time() - datetime.fromisoformat(generation.made_at).timestamp()
    yield _gauge("trichtin_generation", "Number of the generation that is shown.", generation.number)
    yield _gauge("trichtin_generation_age_seconds", "Seconds since it was published.", age)
    rows = GaugeMetricFamily("trichtin_rows", "Rows of each view.", labels=("view",))
    for view, count in generation.rows.items():
        rows.add_metric((view,), count)
    yield rows


def _crawls(opened: Opened) -> Iterable[GaugeMetricFamily]:
    """The last crawl of each site, as far as the generation knows of it."""
    gauges = {
        name: GaugeMetricFamily(f"trichtin_crawl_{name}", said, labels=("site",))
        for name, said in _CRAWL.items()
    }
    for run in opened.rows(sql("last_runs")):
        told = run | {
            "finished": run["because"] == "finished",
            "breaches": len(run["breaches"]),
            "age_seconds": time() - run["started"].replace(tzinfo=UTC).timestamp(),
        }
        for name, gauge in gauges.items():
            gauge.add_metric((run["site"],), float(told[name]))
    yield from gauges.values()


_CRAWL = {
    "age_seconds": "Seconds since the last crawl of a site began.",
    "finished": "Whether it came to its end by itself.",
    "breaches": "What was not as the site declares it, or as in its last crawls.",
    "new": "Pages of articles that were not here.",
    "changed": "Pages stored as a further version.",
    "failed": "Addresses that could not be had.",
}


def _gauge(name: str, said: str, value: Any) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, said, value=float(value))


def metrics(request: Request) -> Response:
    """All of it, in Prometheus' text format."""
    shown = CollectorRegistry()
    shown.register(Shown(request.app.state.site))
    text = request.app.state.requests.written() + generate_latest(shown)
    return Response(text, headers={"cache-control": "no-store", "content-type": CONTENT_TYPE_LATEST})


ROUTES = [Route("/metrics", metrics)]
