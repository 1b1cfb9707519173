"""`trichtin takedown`, `verify`, `backup`, `restore`: the care of what is kept."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import DEFAULT_HOME, HomeDirectory, OwnSites
from pipeline.failures import Failure
from pipeline.home import Home
from pipeline.tables import show_table

if TYPE_CHECKING:
    from pipeline.takedown import TakedownReport


def takedown(  # noqa: PLR0913  (the options of a command)
    article: Annotated[str | None, typer.Argument(help="A URL of the article, or its article_id.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why, for whoever asks later.")] = None,
    *,
    undo: Annotated[bool, typer.Option("--undo", help="Let it be fetched and stored again.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Say what is taken down.")] = False,
    own: OwnSites = None,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Take an article out of archive, warehouse, index and generations, and never store it again.

    All its versions go, and no URL of it is fetched or imported any more (http or https, www, mobile twins).
    What goes cannot be brought back: `--undo` lets it be fetched again, if it is still out there. Copies that
    others published are named, and stay. Backups made before still hold it: see docs/care.md.

    Examples:

    - `trichtin takedown https://bao.example/tin-1.html --reason "court order 12/2026"`

    - `trichtin takedown 3f1c9a0b7d5e2468 --reason "asked by the person named"`

    - `trichtin takedown --list`
    """
    from pipeline.takedown import allow, take_down

    if listed:
        _list(Home(home))
    elif article is None:
        raise Failure("name an article by URL or article_id, or ask with --list")
    elif undo:
        typer.echo(f"{allow(Home(home), article)} may be fetched again")
    elif reason is None or not reason.strip():
        raise Failure("say why with --reason")
    else:
        _tell(article, take_down(Home(home), article, reason.strip(), own))


def _list(home: Home) -> None:
    from corpus.article import article_id
    from corpus.store import Store

    with Store.reading(home.directory) as store:
        taken = store.takedowns.all()
    rows = [(one.day, article_id(one.url), one.url, one.reason) for one in taken]
    show_table(("day", "article_id", "url", "reason"), rows)


def _tell(article: str, report: TakedownReport) -> None:
    for url in report.urls:
        typer.echo(f"taken down: {url}")
    if not report.urls:
        typer.echo(f"nothing of {article} is stored, and nothing will be")
    if report.build:
        typer.echo(f"published generation {report.build.generation.number} without it")
    for number in report.held:
        typer.echo(f"generation {number} is still being read; the next build after its readers removes it")
    for copy in report.copies:
        typer.echo(f"a copy stays: {copy}; run: trichtin takedown {shlex.quote(copy)} --reason ...")
    typer.echo("backups made before hold it; run: trichtin backup TARGET --keep-last 1")
