"""`trichtin run`: crawl, then build; with `--due` what the schedule asks for."""

from __future__ import annotations

import math
import signal
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.alerting import tell_alerts
from pipeline.commands.keeping import (
    chosen_sites,
    crawl_sites,
    require_fine,
    stopped,
    tell_build,
    tell_crawl,
    unhealthy,
)
from pipeline.commands.options import DEFAULT_HOME, HomeDirectory, OwnSites, ShardOf, SiteNames
from pipeline.home import Home

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from corpus.crawls import CrawlReport
    from corpus.locks import Lock
    from spiders.site import Site


def run(  # noqa: PLR0913  (the options of a command)
    *,
    names: SiteNames = None,
    shard: ShardOf = None,
    due: Annotated[
        bool, typer.Option("--due", help="Crawl only the sites that are due: see `trichtin due`.")
    ] = False,
    longest: Annotated[
        str | None,
        typer.Option("--for", metavar="TIME", help="Begin no site after this time (30m, 2h); then build."),
    ] = None,
    own: OwnSites = None,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Crawl, build, and send the alerts of the home, where it has any; one run of a home at a time.

    With `--due` it is what a timer calls as often as it likes: where nothing is due it only builds what
    waits, where the home is in use already it says by whom, and ends well.

    Examples:

    - `trichtin run --site demo`

    - `trichtin run --due --sites my-sites/ --for 2h`
    """
    from corpus.locks import InUseError, held
    from pipeline.durations import seconds

    until = time.monotonic() + seconds(longest, "--for") if longest is not None else math.inf
    place, chosen = Home(home), chosen_sites(names or [], own, shard)
    home.mkdir(parents=True, exist_ok=True)
    try:
        with _ended_by_sigterm(), held(place.run_lock, "beginning") as lock:
            _crawl_and_build(place, _due(place, chosen) if due else chosen, own, until, lock)
    except InUseError as busy:
        if not due:
            raise
        typer.echo(f"nothing begun: {busy}")


@contextmanager
def _ended_by_sigterm() -> Iterator[None]:
    """A service or a container that is stopped ends what is under way as Ctrl-C does."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _crawl_and_build(home: Home, chosen: Sequence[Site], own: Path | None, until: float, lock: Lock) -> None:
    from corpus.store import Store
    from pipeline.building import build

    reports: Sequence[CrawlReport] = []
    if chosen:
        lock.say(f"crawling {', '.join(site.name for site in chosen)}")
        reports = crawl_sites(chosen, home, until)
        tell_crawl(reports)
        if left := [site.name for site in chosen[len(reports) :]]:
            typer.echo(f"no time left for {', '.join(left)}")
    if Store.is_in(home.directory):
        lock.say("building")
        tell_build(build(home, own))
    require_fine([*unhealthy(reports), *tell_alerts(home)])


def _due(home: Home, chosen: Sequence[Site]) -> Sequence[Site]:
    """The sites that are due, the one that is for the longest first; where there are none, says why."""
    from pipeline.schedule import histories, span, turns

    now = time.time()
    found = turns(chosen, histories(home, chosen), now)
    due = [turn.site for turn in found if turn.at <= now]
    if due and (stop := stopped(home)):
        typer.echo(stop)
        return []
    if not due:
        typer.echo(f"nothing is due; next: {found[0].site.name} in {span(found[0].at - now)}")
    return due
