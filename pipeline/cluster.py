"""Builds on many processes: workers of a Dask cluster extract parts of the archive, this process loads them.

The workers read the archive and write their Parquet files themselves; nothing but names goes through the
scheduler. What they have done is loaded in the order of the pages, so that the warehouse is the one that a
single process makes. A worker that dies is replaced, and what it was at is done by another.
"""

from __future__ import annotations

import logging
from collections import deque
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import TYPE_CHECKING

from distributed import Client, KilledWorker, LocalCluster

from pipeline import partitions
from pipeline.failures import Failure
from pipeline.partitions import PAGES, Partition

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from distributed import Future

    from corpus.store import Store
    from pipeline.building import Reader
    from spiders.site import Site
    from warehouse.rows import Rows

AHEAD = 3
"""Partitions a worker that are handed out before the first of them is loaded: none waits, and few pile up."""

RETRIES = 2
"""How often a partition is tried again after an error, as of a network."""


def reader(cluster: Callable[[], AbstractContextManager[Client]], archive: str, target: str) -> Reader:
    """Reads on a cluster, which is opened where something is to be read.

    `archive` is the directory of the WARC files as the workers find it, `target` where they leave what they
    extract until it is loaded: paths, or URLs that fsspec knows. Raises Failure where workers die again and
    again over a partition or the scheduler is lost.
    """

    def rows_of(store: Store, numbers: Sequence[int], declared: Mapping[str, Site]) -> Iterator[Rows]:
        work = (
            Partition(
                archive,
                target,
                store.identity,
                store.places(numbers[start : start + PAGES]),
                declared,
                partitions.code(),
            )
            for start in range(0, len(numbers), PAGES)
        )
        if not numbers:
            return
        with cluster() as client:
            for file in _extracted(client, work):
                yield partitions.load(file)
                partitions.remove(file)

    return rows_of


def _extracted(client: Client, work: Iterator[Partition]) -> Iterator[str]:
    """The files of partitions, in their order; as many are handed out as keep the workers busy."""
    handed: deque[Future] = deque()
    for partition in work:
        handed.append(client.submit(partitions.extract, partition, pure=False, retries=RETRIES))
        if len(handed) >= AHEAD * max(1, len(client.nthreads())):
            yield _done(handed.popleft())
    while handed:
        yield _done(handed.popleft())


def _done(future: Future) -> str:
    try:
        return str(future.result())
    except KilledWorker as killed:
        raise Failure(f"workers died again and again over the same pages: {killed}") from killed
    except CancelledError as lost:
        raise Failure(
            "the scheduler of the cluster is gone; what was extracted is kept for the next build"
        ) from lost


@contextmanager
def local(workers: int) -> Iterator[Client]:
    """A cluster of so many processes of this machine, for as long as the block lasts.

    It listens on 127.0.0.1 only, to nobody who lacks the certificate that is made for it.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # Whatever matters is raised.
    with (
        LocalCluster(
            n_workers=workers,
            threads_per_worker=1,
            memory_limit=None,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            scheduler_kwargs={"dashboard": False},
            security=True,
        ) as cluster,
        Client(cluster) as client,
    ):
        yield client


@contextmanager
def connected(address: str) -> Iterator[Client]:
    """The cluster whose scheduler has an address (`tcp://host:8786`); raises Failure where none answers."""
    try:
        client = Client(address)
    except (OSError, ValueError) as error:
        raise Failure(f"no Dask scheduler answers at {address}: {error}") from error
    with client:
        yield client
