"""`trichtin import`, `crawl`, `build`, `rebuild`, `run`: bring pages home and make the warehouse of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.clustering import ArchiveAddress, Cluster, PartitionsAddress, Workers, chosen_reader
from pipeline.commands.options import DEFAULT_HOME, HomeDirectory, OwnSites, ShardOf, SiteNames, command
from pipeline.failures import Failure
from pipeline.home import Home
from pipeline.progress import progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.crawls import CrawlReport
    from pipeline.building import BuildReport


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
    from pipeline.sidecars import day
    from spiders.site import known_sites

    on = day(published, "--published") if published is not None else None
    files = checked_files(paths)
    with Store.open(home) as store, progress("importing", len(files)) as advance:
        report = import_files(files, store, on, known_sites(own), advance)
    typer.echo(f"{report.new} new, {report.known} known already; next: {command('build', home)}")


def crawl(
    names: SiteNames = None, shard: ShardOf = None, own: OwnSites = None, home: HomeDirectory = DEFAULT_HOME
) -> None:
    """Fetch what is new on the named sites, or on all of your own, into the archive.

    Recent articles are looked at again, after an hour, 6 hours, a day, a week; a change is kept as a further
    version. A killed crawl goes on with the same command. Sites that are not on this machine are told whom to
    turn to: set TRICHTIN_CONTACT to an e-mail address or a web page. A file STOP in the home directory stops
    every crawl, and lets none begin. What is not as a site declares it, or as it was in its last ten crawls,
    is told, with exit code 1.

    Examples:

    - `trichtin crawl --site demo`

    - `trichtin crawl --sites my-sites/`

    - `trichtin crawl --sites my-sites/ --shard 2/5`
    """
    reports = crawl_sites(names or [], own, Home(home), shard)
    tell_crawl(reports)
    require_health(reports)
    typer.echo(f"next: {command('build', home)}")


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


def rebuild(  # noqa: PLR0913, PLR0917  (the options of a command)
    workers: Workers = None,
    cluster: Cluster = None,
    archive: ArchiveAddress = None,
    partitions: PartitionsAddress = None,
    own: OwnSites = None,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Make the warehouse and what is published anew from the archive: what to do where a file is damaged.

    Says first what is damaged. Nothing is lost: all comes from the archive, and what is published now stays
    until the new is whole.

    Examples:

    - `trichtin rebuild`
    """
    from pipeline.building import damage
    from pipeline.building import rebuild as rebuild_home

    place = Home(home)
    reader = chosen_reader(place, workers, cluster, archive, partitions)
    for line in damage(place):
        typer.echo(f"damaged: {line}")
    tell_build(rebuild_home(place, own, reader=reader))


def run(
    names: SiteNames = None, shard: ShardOf = None, own: OwnSites = None, home: HomeDirectory = DEFAULT_HOME
) -> None:
    """Crawl, then build.

    Examples:

    - `trichtin run --site demo`
    """
    from pipeline.building import build as build_home

    reports = crawl_sites(names or [], own, Home(home), shard)
    tell_crawl(reports)
    tell_build(build_home(Home(home), own))
    require_health(reports)


def crawl_sites(
    names: Sequence[str], own: Path | None, home: Home, shard: str | None = None
) -> Sequence[CrawlReport]:
    """Crawls the named sites, all in the directory of the user's own if none is named, of them the shard's.

    Nobody's server is asked by accident: Failure where neither is given, and on a name that is none.
    """
    from corpus.store import Store
    from pipeline.sharding import Shard
    from spiders.crawling import crawl as crawl_into
    from spiders.politeness import STOP
    from spiders.settings import NoContact
    from spiders.site import known_sites, sites

    declared = known_sites(own)
    if unknown := sorted(set(names) - declared.keys()):
        raise Failure(f"no such site: {', '.join(unknown)} (declared: {', '.join(declared)})")
    chosen = [declared[name] for name in names] or (list(sites(own)) if own else [])
    part = Shard.read(shard) if shard else None
    if not chosen:
        raise Failure(f"name a site with --site, or your own with --sites (declared: {', '.join(declared)})")
    if (stop := home.directory / STOP).exists():
        raise Failure(f"{stop} is there: no crawl begins until it is removed")
    mine = [site for site in chosen if part is None or part.holds(site.name)]
    with Store.open(home.directory) as store, progress("pages") as advance:
        try:
            return crawl_into(mine, store, on_page=lambda _page, _number: advance(1))
        except NoContact as missing:
            raise Failure(str(missing)) from None


def tell_crawl(reports: Sequence[CrawlReport]) -> None:
    """One line a site on stdout, one more a reason of failure, and for what ended it early."""
    for report in reports:
        changed = f"{report.changed} changed, " if report.changed else ""
        found = f"{report.site}: {report.new} new, {changed}{report.unchanged} unchanged"
        typer.echo(f"{found}, {report.fetched} fetched of {report.discovered} found, {report.seconds:.1f} s")
        for reason, count in sorted(report.failed.items()):
            typer.echo(f"  failed: {count} x {reason}")
        if not report.finished:
            typer.echo(f"  ended early: {report.because}")


def require_health(reports: Sequence[CrawlReport]) -> None:
    """Raises Failure, naming the sites and what is wrong, where a crawl was not as it should be."""
    wrong = [f"{report.site}: {', '.join(report.breaches)}" for report in reports if report.breaches]
    if wrong:
        raise Failure("; ".join(wrong))


def tell_build(report: BuildReport) -> None:
    """What a build did, on stdout."""
    for page in report.unreadable:
        typer.echo(f"no article in {page.url}: {page.reason}")
    if report.nothing_new:
        typer.echo(f"nothing new; generation {report.generation.number} is current")
        return
    kinds = ", ".join(f"{count} {kind}" for kind, count in sorted(report.facts.items()))
    total = sum(report.facts.values())
    typer.echo(f"{report.articles} articles, {total} facts ({kinds or 'none'}) in {report.seconds:.1f} s")
    typer.echo(f"published generation {report.generation.number}: {report.generation.database}")
