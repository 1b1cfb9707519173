"""`trichtin serve`: the journalists' pages over what is published."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.commands.options import DEFAULT_HOME, HomeDirectory
from pipeline.failures import Failure
from pipeline.home import Home

LOOPBACK = "127.0.0.1"


def serve(
    host: Annotated[
        str, typer.Option(help="Address to listen on; 0.0.0.0 for all of this machine.")
    ] = LOOPBACK,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8080,
    name: Annotated[
        list[str] | None,
        typer.Option(
            help="Name that the pages are asked for by, beside localhost; may be given several times."
        ),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes that answer.")] = 1,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Open the pages for journalists and analysts: search, documents, rankings, SQL, API. Ctrl-C ends it.

    It only reads what is published, and shows what is published next without a restart.

    Examples:

    - `trichtin serve`

    - `trichtin serve --host 0.0.0.0 --name trichtin.example.org`
    """
    from pipeline import logs
    from warehouse.web import Settings, run
    from warehouse.web.settings import LOOPBACK as OWN_NAMES

    data = Home(home)
    if not data.published.is_dir():
        raise Failure(f"nothing is published in {home} yet; run: trichtin build")
    given = () if host in {LOOPBACK, "0.0.0.0", "::"} else (host,)  # noqa: S104  (compared, not listened on)
    settings = Settings(published=data.published, archive=home, hosts=(*OWN_NAMES, *given, *(name or ())))
    told = logs.configuration(chosen) if (chosen := logs.chosen()) else None
    run(settings, host, port, workers, lambda address: typer.echo(f"The pages are open at {address}"), told)
