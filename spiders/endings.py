"""Why a crawl ends before it has asked for everything, in words that are shown and read back."""

from __future__ import annotations

import re

STOP = "STOP"
"""The file in the home directory that stops every crawl, and lets none begin while it is there."""
_BUDGET = "the day's budget of {} requests is used up"
_REST = "the site wants to be left alone for {} s"


def budget_used(requests: int) -> str:
    """The site's requests of a day were made."""
    return _BUDGET.format(requests)


def rest_wanted(seconds: float) -> str:
    """The server asked for a rest that is longer than a crawl waits."""
    return _REST.format(f"{seconds:.0f}")


def is_budget(because: str) -> bool:
    """Whether a crawl ended with the day's budget."""
    return re.fullmatch(_BUDGET.format("[0-9]+"), because) is not None


def rest(because: str) -> float:
    """For how many seconds after a crawl its site wants to be left alone; 0 where it said nothing."""
    found = re.fullmatch(_REST.format("([0-9]+)"), because)
    return float(found[1]) if found else 0.0
