"""Parts the sites among several machines that crawl, so that none needs to know of the others."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from pipeline.failures import Failure

_WRITTEN = re.compile(r"(\d{1,4})/(\d{1,4})")


@dataclass(frozen=True, slots=True)
class Shard:
    """The `number`th of `of` parts, counted from 1.

    A site falls to the part that draws the highest lot for its name (rendezvous hashing, Thaler and
    Ravishankar 1998): with one part more, one site of `of + 1` moves, and only to the new part.
    """

    number: int
    of: int

    @classmethod
    def read(cls, written: str) -> Self:
        """The shard that `2/5` stands for; raises Failure."""
        found = _WRITTEN.fullmatch(written)
        if not found or not 1 <= int(found[1]) <= int(found[2]):
            raise Failure(f"--shard {written!r} is none; write it like 2/5, the second of five")
        return cls(int(found[1]), int(found[2]))

    def holds(self, site: str) -> bool:
        """Whether a site of this name falls to it."""
        return self.number == max(range(1, self.of + 1), key=lambda number: _lot(site, number))


def _lot(site: str, number: int) -> bytes:
    return sha256(f"{number} {site}".encode()).digest()
