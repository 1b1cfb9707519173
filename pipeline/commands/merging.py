"""`trichtin merge`: what several machines have crawled becomes one archive."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.options import DEFAULT_HOME, HomeDirectory, command
from pipeline.failures import Failure


def merge(
    others: Annotated[list[Path], typer.Argument(help="Home directories whose archives are taken in.")],
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Take the pages and crawls of other homes into this one, each once, however often it is called.

    The other homes stay as they are, and may be crawling meanwhile. Nothing is asked of any site.

    Examples:

    - `trichtin merge shard-1/ shard-2/`
    """
    from corpus.store import Store
    from pipeline.merging import merge as merge_stores
    from pipeline.progress import progress

    if any(other.resolve() == home.resolve() for other in others):
        raise Failure(f"{home} cannot be merged into itself")
    with ExitStack() as opened:
        stores = [opened.enter_context(Store.reading(other)) for other in others]
        into = opened.enter_context(Store.open(home))
        total = sum(len(store.numbers()) for store in stores)
        advance = opened.enter_context(progress("merging", total))
        reports = [merge_stores(store, into, advance) for store in stores]
    new, known = (sum(getattr(report, name) for report in reports) for name in ("new", "known"))
    typer.echo(f"{new} new, {known} known already; next: {command(home, 'build')}")
