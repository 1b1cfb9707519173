"""What was worked out for one generation and holds as long as it does."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

MOST = 48_000_000
"""Bytes that are kept; what was asked for longest ago goes first."""


class Kept:
    """Bytes by what they answer; any number of threads may ask."""

    def __init__(self) -> None:
        """Empty."""
        self._entries: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()
        self._size = 0

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """What is kept under a key, made first where nothing is."""
        with self._lock:
            if key in self._entries:
                self._entries.move_to_end(key)
                return self._entries[key]
        made = make()
        with self._lock:
            if key not in self._entries:
                self._entries[key] = made
                self._size += len(made)
            while self._size > MOST:
                self._size -= len(self._entries.popitem(last=False)[1])
        return made
