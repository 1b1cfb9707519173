"""Lengths of time as a user writes them: 90s, 30m, 2h, 1h30m."""

from __future__ import annotations

import re

from pipeline.failures import Failure

_UNITS = {"h": 3600, "m": 60, "s": 1}
_WRITTEN = re.compile("".join(f"(?:([0-9]{{1,6}}){unit})?" for unit in _UNITS))


def seconds(written: str, option: str) -> float:
    """The length in seconds; raises Failure, naming the option, for what is none."""
    found = _WRITTEN.fullmatch(written)
    if not written or found is None:
        raise Failure(f"{option} {written}: write it like 30m, 2h or 1h30m")
    return float(
        sum(int(count or 0) * size for count, size in zip(found.groups(), _UNITS.values(), strict=True))
    )
