"""`trichtin status`: tell how things stand."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import DEFAULT_HOME, HomeDirectory
from pipeline.home import Home
from pipeline.tables import show_table

if TYPE_CHECKING:
    from corpus.crawls import CrawlReport
    from pipeline.outbox import Standing
    from pipeline.status import Status


def status(
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON object, whose keys stay as they are.")
    ] = False,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Say what is stored, what waits, what is published, and how the last crawl of each site was.

    Examples:

    - `trichtin status`

    - `trichtin status --json`
    """
    from pipeline import status as standing

    told = standing.status(Home(home))
    if as_json:
        typer.echo(json.dumps(standing.as_json(told), ensure_ascii=False, indent=2))
    else:
        show_table(("what", "state"), _rows(told))


def _rows(told: Status) -> list[tuple[str, object]]:
    rows: list[tuple[str, object]] = [
        ("pages stored", told.stored),
        ("pages waiting for build", told.waiting),
        *((f"URLs {state}", count) for state, count in told.urls.items()),
        ("rules installed", told.rules),
    ]
    generation = told.generation
    if generation is None:
        rows.append(("published", "nothing yet; run: trichtin build"))
    else:
        rows.append(("published", f"generation {generation.number}, {generation.made_at}"))
        rows.append(("made by rules", ", ".join(generation.extractor_versions)))
        rows += sorted(generation.rows.items())
    rows += [(f"crawl of {crawl.site}", _told(crawl)) for crawl in told.crawls]
    return rows + [(f"alert {alert.alert} by {alert.way}", _unsent(alert)) for alert in told.alerts]


def _unsent(alert: Standing) -> str:
    given_up = f", {alert.given_up} given up" if alert.given_up else ""
    return f"{alert.waiting} waiting{given_up}" + (f"; {alert.error}" if alert.error else "")


def _told(crawl: CrawlReport) -> str:
    """One crawl in a line: when, what it did, and whether that is as it should be."""
    began = datetime.fromtimestamp(crawl.started, UTC).isoformat(sep=" ", timespec="seconds")
    did = f"{crawl.new} new, {crawl.changed} changed, {crawl.unchanged} unchanged"
    failed = sum(crawl.failed.values())
    verdict = ", ".join(crawl.breaches) or ("fine" if crawl.finished else crawl.because)
    return f"{began}: {did}, {failed} failed; {verdict}"
