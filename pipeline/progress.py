"""Says how far long work has come, on stderr: a bar on a terminal, else a line or a record now and then."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pipeline import logs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECONDS_BETWEEN_LINES = 5.0


@contextmanager
def progress(work: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Gives a function that is told how many more are done; `total` is how many there will be, if known."""
    console = Console(stderr=True)
    if console.is_terminal and not logs.chosen():
        with _bar(console) as bar:
            task = bar.add_task(work, total=total)
            yield lambda more: bar.advance(task, more)
    else:
        yield _PlainLines(console, work, total).advance


def _bar(console: Console) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )


class _PlainLines:
    """A line at most every few seconds, so that a log stays readable."""

    def __init__(self, console: Console, work: str, total: int | None) -> None:
        self._console, self._work, self._total = console, work, total
        self._done, self._told = 0, time.monotonic()

    def advance(self, more: int) -> None:
        self._done += more
        if time.monotonic() - self._told >= SECONDS_BETWEEN_LINES:
            self._told = time.monotonic()
            self._tell()

    def _tell(self) -> None:
        if logs.chosen():
            logs.tell(self._work, done=self._done, total=self._total)
        else:
            of = f" of {self._total}" if self._total is not None else ""
            self._console.print(f"{self._work}: {self._done}{of}", highlight=False)
