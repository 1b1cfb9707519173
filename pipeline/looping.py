"""One loop in the foreground that starts a run whenever a site is due."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from corpus.store import StoreError
from pipeline.failures import Failure
from pipeline.logs import RUN
from spiders.site import SiteError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

LONGEST_SLEEP = 60.0
"""Seconds after which it looks again what is due: a clock may have been set, a declaration changed."""
LONGEST_REST = 3600.0


def keep_running(
    command: Sequence[str], next_due: Callable[[], float], *, jitter: float, tell: Callable[[str], None]
) -> None:
    """Runs the command whenever something is due, until SIGTERM or SIGINT.

    `next_due` says when that is, in seconds since 1970; it begins up to `jitter` seconds later. Each run is a
    process of its own, as Scrapy crawls once a process. Between two runs lies LONGEST_SLEEP at least; after
    one that died twice as long each time, up to LONGEST_REST. `tell` hears a line of what is not as it should
    be.
    """
    asyncio.run(_Loop(command, next_due, jitter, tell).go())


class _Loop:
    def __init__(
        self,
        command: Sequence[str],
        next_due: Callable[[], float],
        jitter: float,
        tell: Callable[[str], None],
    ) -> None:
        self._command, self._next_due, self._jitter, self._tell = command, next_due, jitter, tell
        self._ended = asyncio.Event()
        self._deaths = 0
        self._rested = time.monotonic()

    async def go(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, self._ended.set)
        while not self._ended.is_set():
            wait = max(self._seconds_to_next(), self._rested - time.monotonic())
            if wait > 0:
                await self._sleep(min(wait, LONGEST_SLEEP))
            elif not await self._sleep(random.uniform(0, self._jitter)):  # noqa: S311  (no secret)
                self._rest_after(await self._run())

    def _seconds_to_next(self) -> float:
        if self._deaths:
            return 0.0  # What died may have left pages that are not built yet.
        try:
            return self._next_due() - time.time()
        except (Failure, SiteError, StoreError, OSError) as error:
            self._tell(f"trichtin: {error}")
            return LONGEST_SLEEP

    async def _sleep(self, seconds: float) -> bool:
        """Whether it was ended meanwhile."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ended.wait(), seconds)
        return self._ended.is_set()

    async def _run(self) -> int:
        # In a session of its own: of Ctrl-C on a terminal it hears from here, once. So is the id of the run.
        environment = {name: value for name, value in os.environ.items() if name != RUN}
        run = await asyncio.create_subprocess_exec(*self._command, env=environment, start_new_session=True)
        done, ended = asyncio.ensure_future(run.wait()), asyncio.ensure_future(self._ended.wait())
        await asyncio.wait((done, ended), return_when=asyncio.FIRST_COMPLETED)
        if not done.done():
            run.terminate()
        ended.cancel()
        return await done

    def _rest_after(self, code: int) -> None:
        self._deaths = self._deaths + 1 if code < 0 else 0
        rest = min(LONGEST_SLEEP * 2**self._deaths, LONGEST_REST)
        self._rested = time.monotonic() + rest
        if self._deaths and not self._ended.is_set():
            self._tell(f"trichtin: the run was killed by signal {-code}; the next begins in {rest:g} s")
