"""How often one client may ask."""

from __future__ import annotations

from threading import Lock
from time import monotonic

CLIENTS = 10_000
"""Clients that are remembered; beyond them all are forgotten, to the good of the clients."""


class Rate:
    """So many a minute for each client, saved up to a minute's worth."""

    def __init__(self, per_minute: int | None) -> None:
        """None: as many as they like."""
        self._per_minute = per_minute
        self._left: dict[str, tuple[float, float]] = {}
        self._lock = Lock()

    def wait(self, client: str) -> float:
        """Seconds that a client has to wait; 0 where it may ask now, and then it has asked."""
        if self._per_minute is None:
            return 0.0
        now = monotonic()
        with self._lock:
            if len(self._left) > CLIENTS:
                self._left.clear()
            left, since = self._left.get(client, (float(self._per_minute), now))
            left = min(self._per_minute, left + (now - since) * self._per_minute / 60)
            allowed = left >= 1
            self._left[client] = (left - allowed, now)
        return 0.0 if allowed else (1 - left) * 60 / self._per_minute
