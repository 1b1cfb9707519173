"""`trichtin import`, `crawl`, `build`, `run`: bring pages home and make the warehouse of them."""

from __future__ import annotations

import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import DEFAULT_HOME, HomeDirectory, SiteNames, program
from pipeline.failures import Failure
from pipeline.home import Home
from pipeline.progress import progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.building import BuildReport
    from spiders.crawling import CrawlReport


def import_(
    paths: Annotated[list[Path], typer.Argument(help="Text and HTML files, or directories of them.")],
    published: Annotated[
        str | None,
        typer.Option(
            help="Publish date of files whose sidecar gives none (2021-06-20); goes before a page's own."
        ),
    ] = None,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Bring text and HTML files into the archive.

    A sidecar NAME.json beside NAME.txt may hold title, published, source and url.

    Examples:

    - `trichtin import articles/`

    - `trichtin import speech.txt --published 2024-09-19`
    """
    from corpus.store import Store
    from pipeline.importing import checked_files, import_files
    from pipeline.sidecars import day

    on = day(published, "--published") if published is not None else None
    files = checked_files(paths)
    with Store.open(home) as store, progress("importing", len(files)) as advance:
        report = import_files(files, store, on, advance)
    typer.echo(f"{report.new} new, {report.known} known already; next: {_command('build', home)}")


def crawl(sites: SiteNames = None, home: HomeDirectory = DEFAULT_HOME) -> None:
    """Fetch what is new on the declared sites into the archive.

    Examples:

    - `trichtin crawl --site demo`
    """
    reports = crawl_sites(sites or [], Home(home))
    tell_crawl(reports)
    require_answers(reports)
    typer.echo(f"next: {_command('build', home)}")


def build(home: HomeDirectory = DEFAULT_HOME) -> None:
    """Extract, load and publish whatever is new, or was made by older rules.

    Examples:

    - `trichtin build`
    """
    from pipeline.building import build as build_home

    tell_build(build_home(Home(home)))


def run(sites: SiteNames = None, home: HomeDirectory = DEFAULT_HOME) -> None:
    """Crawl, then build.

    Examples:

    - `trichtin run --site demo`
    """
    from pipeline.building import build as build_home

    reports = crawl_sites(sites or [], Home(home))
    tell_crawl(reports)
    tell_build(build_home(Home(home)))
    require_answers(reports)


def crawl_sites(names: Sequence[str], home: Home) -> Sequence[CrawlReport]:
    """Crawls the named sites, all declared ones if none is named; Failure on a name that is none."""
    from corpus.store import Store
    from spiders.crawling import crawl as crawl_into
    from spiders.site import sites

    declared = {site.name: site for site in sites()}
    if unknown := sorted(set(names) - declared.keys()):
        raise Failure(f"no such site: {', '.join(unknown)} (declared: {', '.join(declared)})")
    chosen = [declared[name] for name in names or declared]
    with Store.open(home.directory) as store, progress("pages") as advance:
        return crawl_into(chosen, store, on_page=lambda _page, _number: advance(1))


def tell_crawl(reports: Sequence[CrawlReport]) -> None:
    """One line a site on stdout, one more a reason of failure."""
    for report in reports:
        found = f"{report.site}: {report.new} new, {report.unchanged} unchanged"
        typer.echo(f"{found}, {report.fetched} fetched of {report.discovered} found, {report.seconds:.1f} s")
        for reason, count in sorted(report.failed.items()):
            typer.echo(f"  failed: {count} x {reason}")


def require_answers(reports: Sequence[CrawlReport]) -> None:
    """Raises Failure, naming them, where sites gave nothing but failures."""
    silent = [report.site for report in reports if report.failed and not report.discovered + report.fetched]
    if silent:
        raise Failure(f"nothing could be had from {', '.join(silent)}")


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


def _command(name: str, home: Path) -> str:
    usual = home == Path(os.environ.get("TRICHTIN_HOME", DEFAULT_HOME))
    return f"{program()} {name}" + ("" if usual else f" --home {shlex.quote(str(home))}")
