"""Pages as they were made for one generation, to be shown again as long as it holds."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping

MOST = 48_000_000
"""Bytes that are kept; what was asked for longest ago goes first."""


@dataclass(frozen=True, slots=True)
class Made:
    """The body of a page, packed by gzip, and its headers without those of the packing."""

    body: bytes
    headers: Mapping[str, str]


class Kept:
    """Pages by what they answer; any number of threads may ask."""

    def __init__(self) -> None:
        """Empty."""
        self._pages: OrderedDict[Hashable, Made] = OrderedDict()
        self._lock = Lock()
        self._size = 0

    def get(self, key: Hashable) -> Made | None:
        """The page that is kept under a key."""
        with self._lock:
            if key in self._pages:
                self._pages.move_to_end(key)
            return self._pages.get(key)

    def put(self, key: Hashable, made: Made) -> None:
        """Keeps a page, in place of those that were asked for longest ago where there is no room."""
        with self._lock:
            if key not in self._pages:
                self._pages[key] = made
                self._size += len(made.body)
            while self._size > MOST:
                self._size -= len(self._pages.popitem(last=False)[1].body)
