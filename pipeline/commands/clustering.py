"""Options of the commands that may spread their work over many processes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.failures import Failure

if TYPE_CHECKING:
    from pipeline.building import Reader
    from pipeline.home import Home

Workers = Annotated[
    int | None,
    typer.Option("--workers", min=1, help="Extract in so many processes of this machine."),
]
Cluster = Annotated[
    str | None,
    typer.Option("--cluster", help="Extract on the Dask cluster whose scheduler has this address."),
]
ArchiveAddress = Annotated[
    str | None,
    typer.Option("--archive", help="Where the workers find the WARC files, a path or a URL (s3://...)."),
]
PartitionsAddress = Annotated[
    str | None,
    typer.Option(
        "--partitions", help="Where the workers leave what they extract until it is loaded, a path or a URL."
    ),
]


def chosen_reader(
    home: Home, workers: int | None, cluster: str | None, archive: str | None, target: str | None
) -> Reader:
    """What reads waiting pages as the options say; raises Failure where they contradict each other."""
    from pipeline.building import read_here

    if workers and cluster:
        raise Failure("--workers opens a cluster on this machine, --cluster uses another: give one of them")
    if not (workers or cluster):
        if archive or target:
            raise Failure("--archive and --partitions are for --workers and --cluster")
        return read_here
    try:
        from pipeline.cluster import connected, local, reader
    except ModuleNotFoundError as missing:
        raise Failure(f"{missing.name} is not installed; run: pip install 'trichtin[cluster]'") from None
    opening = partial(connected, cluster) if cluster else partial(local, workers or 1)
    return reader(opening, archive or str(home.archive.absolute()), target or str(home.partitions.absolute()))
