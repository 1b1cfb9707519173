"""`trichtin import`, `crawl`, `build`, `rebuild`: bring pages home and make the warehouse of them."""

from __future__ import annotations

import logging
import math
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.clustering import ArchiveAddress, Cluster, PartitionsAddress, Workers, chosen_reader
from pipeline.commands.options import DEFAULT_HOME, HomeDirectory, OwnSites, ShardOf, SiteNames, command
from pipeline.crawls import crawl_fields
from pipeline.failures import Failure
from pipeline.home import Home
from pipeline.logs import run_id, tell
from pipeline.progress import progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.crawls import CrawlReport
    from pipeline.building import BuildReport
    from spiders.site import Site


def import_(
    paths: Annotated[list[Path], typer.Argument(help="Text, HTML and WARC files, or directories of them.")],
    published: Annotated[
        str | None,
        typer.Option(
            help="Publish date of files whose sidecar gives none (2021-06-20); goes before a page's own."
        ),
    ] = None,
    own: OwnSites = None,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Bring text and HTML files, and WARC files of any crawler, into the archive.

    A sidecar NAME.json beside NAME.txt may hold title, published, source and url. Of a WARC file every HTML
    page is taken, of declared sites the articles.

    Examples:

    - `trichtin import articles/`

    - `trichtin import speech.txt --published 2024-09-19`

    - `trichtin import crawl-2024.warc.gz`
    """
    from corpus.store import Store
    from pipeline.importing import checked_files, import_files
    from pipeline.room import require_room, size
    from pipeline.sidecars import day
    from spiders.site import known_sites

    on = day(published, "--published") if published is not None else None
    files = checked_files(paths)
    require_room(home, "an import", sum(map(size, files)))
    with Store.open(home) as store, progress("importing", len(files)) as advance:
        report = import_files(files, store, on, known_sites(own), advance)
    refused = f", {report.taken_down} taken down and not stored" if report.taken_down else ""
    typer.echo(f"{report.new} new, {report.known} known already{refused}; next: {command(home, 'build')}")


def crawl(
    names: SiteNames = None, shard: ShardOf = None, own: OwnSites = None, home: HomeDirectory = DEFAULT_HOME
) -> None:
    """Fetch what is new on the named sites, or on all of your own, into the archive.

    Recent articles are looked at again, after an hour, 6 hours, a day, a week; a change is kept as a further
    version. A killed crawl goes on with the same command. Sites that are not on this machine are told whom to
    turn to: set TRICHTIN_CONTACT to an e-mail address or a web page. A file STOP in the home directory stops
    every crawl, and lets none begin. What is not as a site declares it, or as it was before, is told,
    with exit code 1.

    Examples:

    - `trichtin crawl --site demo`

    - `trichtin crawl --sites my-sites/`

    - `trichtin crawl --sites my-sites/ --shard 2/5`
    """
    reports = crawl_sites(chosen_sites(names or [], own, shard), Home(home))
    tell_crawl(reports)
    require_fine(unhealthy(reports))
    typer.echo(f"next: {command(home, 'build')}")


def build(  # noqa: PLR0913  (the options of a command)
    *,
    reparse: Annotated[
        bool, typer.Option("--reparse", help="Make every article anew from the archive, known or not.")
    ] = False,
    workers: Workers = None,
    cluster: Cluster = None,
    archive: ArchiveAddress = None,
    partitions: PartitionsAddress = None,
    own: OwnSites = None,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Extract, load and publish whatever is new, or was made by older rules.

    Nothing is asked of any site. With `--reparse` a change in how pages are read, or in a site's declaration,
    reaches the articles that are there already. Over many thousands of pages several processes are faster;
    they need `pip install 'trichtin[cluster]'`.

    Examples:

    - `trichtin build`

    - `trichtin build --reparse --workers 8`

    - `trichtin build --cluster tcp://scheduler:8786 --archive s3://news/archive --partitions s3://news/done`
    """
    from pipeline.building import build as build_home

    place = Home(home)
    reader = chosen_reader(place, workers, cluster, archive, partitions)
    tell_build(build_home(place, own, reparse=reparse, reader=reader))


def rebuild(  # noqa: PLR0913  (the options of a command)
    *,
    ledger: Annotated[
        bool, typer.Option("--ledger", help="First learn anew from the archive which pages it has.")
    ] = False,
    workers: Workers = None,
    cluster: Cluster = None,
    archive: ArchiveAddress = None,
    partitions: PartitionsAddress = None,
    own: OwnSites = None,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Make the warehouse and what is published anew from the archive: what to do where a file is damaged.

    Says first what is damaged. Nothing is lost: all comes from the archive, and what is published now stays
    until the new is whole. A ledger that cannot be read is put away, and with it what it knew of crawls.

    Examples:

    - `trichtin rebuild`

    - `trichtin rebuild --ledger`
    """
    from corpus.store import Store
    from pipeline.building import damage
    from pipeline.building import rebuild as rebuild_home

    place = Home(home)
    reader = chosen_reader(place, workers, cluster, archive, partitions)
    if ledger:
        Store.relearn(home)
    for line in damage(place):
        typer.echo(f"damaged: {line}")
    tell_build(rebuild_home(place, own, reader=reader))


def chosen_sites(names: Sequence[str], own: Path | None, shard: str | None = None) -> Sequence[Site]:
    """The named sites, all in the directory of the user's own if none is named; of them the shard's.

    Nobody's server is asked by accident: Failure where neither is given, and on a name that is none.
    """
    from pipeline.sharding import Shard
    from spiders.site import known_sites, sites

    declared = known_sites(own)
    if unknown := sorted(set(names) - declared.keys()):
        raise Failure(f"no such site: {', '.join(unknown)} (declared: {', '.join(declared)})")
    chosen = [declared[name] for name in dict.fromkeys(names)] or (list(sites(own)) if own else [])
    if not chosen:
        raise Failure(f"name a site with --site, or your own with --sites (declared: {', '.join(declared)})")
    part = Shard.read(shard) if shard else None
    return [site for site in chosen if part is None or part.holds(site.name)]


def crawl_sites(chosen: Sequence[Site], home: Home, until: float = math.inf) -> Sequence[CrawlReport]:
    """Crawls sites into the archive; none is begun after `until` (time.monotonic). Raises Failure."""
    from corpus.store import Store
    from pipeline.room import require_room
    from spiders.crawling import crawl as crawl_into
    from spiders.settings import NoContact

    if stop := stopped(home):
        raise Failure(stop)
    require_room(home.directory, "a crawl")
    with Store.open(home.directory) as store, progress("pages") as advance:
        tell("crawl begins", sites=[site.name for site in chosen])
        try:
            return crawl_into(
                chosen, store, on_page=lambda _page, _number: advance(1), run=run_id(), until=until
            )
        except NoContact as missing:
            raise Failure(str(missing)) from None


def stopped(home: Home) -> str | None:
    """The line that says so where no crawl may begin."""
    from spiders.endings import STOP

    stop = home.directory / STOP
    return f"{stop} is there: no crawl begins until it is removed" if stop.exists() else None


def tell_crawl(reports: Sequence[CrawlReport]) -> None:
    """One line a site on stdout, one more a reason of failure, and for what ended it early."""
    for report in reports:
        _log_crawl(report)
        changed = f"{report.changed} changed, " if report.changed else ""
        found = f"{report.site}: {report.new} new, {changed}{report.unchanged} unchanged"
        typer.echo(f"{found}, {report.fetched} fetched of {report.discovered} found, {report.seconds:.1f} s")
        for reason, count in sorted(report.failed.items()):
            typer.echo(f"  failed: {count} x {reason}")
        if not report.finished:
            typer.echo(f"  ended early: {report.because}")


def _log_crawl(report: CrawlReport) -> None:
    wrong = report.breaches or not report.finished
    tell("crawl ended", logging.WARNING if wrong else logging.INFO, **crawl_fields(report))


def unhealthy(reports: Sequence[CrawlReport]) -> list[str]:
    """What is wrong, a line a site, where a crawl was not as it should be."""
    return [f"{report.site}: {', '.join(report.breaches)}" for report in reports if report.breaches]


def require_fine(wrong: Sequence[str]) -> None:
    """Raises Failure with all that is wrong, if anything is."""
    if wrong:
        raise Failure("; ".join(wrong))


def tell_build(report: BuildReport) -> None:
    """What a build did, on stdout."""
    generation = report.generation.number
    tell(
        "build ended",
        articles=report.articles,
        facts=dict(report.facts),
        unreadable=len(report.unreadable),
        generation=generation,
        seconds=round(report.seconds, 3),
    )
    for page in report.unreadable:
        typer.echo(f"no article in {page.url}: {page.reason}")
    if report.nothing_new:
        typer.echo(f"nothing new; generation {report.generation.number} is current")
        return
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(report.facts.items()))
    total = sum(report.facts.values())
    typer.echo(f"{report.articles} articles, {total} facts ({kinds or 'none'}) in {report.seconds:.1f} s")
    typer.echo(f"published generation {report.generation.number}: {report.generation.database}")
