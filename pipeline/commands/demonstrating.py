"""`trichtin demo`: the whole way, from the bundled newsroom on loopback to answers in SQL."""

from __future__ import annotations

import errno
import shlex
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.asking import print_rows
from pipeline.commands.keeping import tell_build, tell_crawl
from pipeline.commands.options import program
from pipeline.failures import Failure
from pipeline.home import Home
from pipeline.logs import run_id

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.crawls import CrawlReport
    from pipeline.newsroom.server import Newsroom

DEMO_HOME = Path("demo-data")
QUESTIONS = Path(__file__).parent / "questions.toml"


def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the newsroom on 127.0.0.1.")] = 8642,
    home: Annotated[Path, typer.Option("--home", help="Directory of the demo's own data.")] = DEMO_HOME,
) -> None:
    """Start the bundled newsroom, crawl it, extract, publish, and ask three questions. No internet needed.

    Examples:

    - `trichtin demo`
    """
    from pipeline.building import build
    from warehouse import query

    with _newsroom(port) as newsroom:
        typer.echo(f"The demo newsroom is open at {newsroom.home}")
        tell_crawl(_crawl(newsroom, Home(home)))
    report = build(Home(home))
    tell_build(report)
    for question in tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))["question"]:
        typer.echo()
        print_rows(query(report.generation.database, question["sql"]), question["asks"])
    where = f"--home {shlex.quote(str(home))}"
    typer.echo(f'\nNext: {program()} sql {where} "select kind, count(*) from facts group by kind"')
    typer.echo(f"And in a browser: {program()} serve {where}")


def _newsroom(port: int) -> Newsroom:
    from pipeline.newsroom import Newsroom

    try:
        return Newsroom(port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Failure(f"port {port} is in use; choose another with --port") from None
        raise


def _crawl(newsroom: Newsroom, home: Home) -> Sequence[CrawlReport]:
    from corpus.store import Store
    from pipeline.progress import progress
    from spiders.crawling import crawl
    from spiders.site import sites

    site = next(site for site in sites() if site.name == "demo")
    with Store.open(home.directory) as store, progress("pages") as advance:
        return crawl([site.at(newsroom.home)], store, on_page=lambda _page, _number: advance(1), run=run_id())
