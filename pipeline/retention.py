"""Which backups are worth keeping: the last of so many days, weeks and months."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Rules:
    """How many to keep: of the last ones, and the last one each of so many days, weeks and months (UTC).

    Only days, weeks and months count on which there is a backup. None: the rule is not there; without any
    rule all are kept.
    """

    last: int | None = None
    daily: int | None = None
    weekly: int | None = None
    monthly: int | None = None


def superfluous(made: Mapping[str, str], rules: Rules) -> list[str]:
    """The names of backups that no rule keeps, never the newest; `made` says when each was made (ISO)."""
    newest_first = sorted(made, key=lambda name: made[name], reverse=True)
    each = count()
    periods: list[tuple[int | None, Callable[[datetime], object]]] = [
        (rules.last, lambda _moment: next(each)),
        (rules.daily, lambda moment: moment.date()),
        (rules.weekly, lambda moment: moment.isocalendar()[:2]),
        (rules.monthly, lambda moment: (moment.year, moment.month)),
    ]
    asked = [(limit, period) for limit, period in periods if limit is not None]
    if not asked:
        return []
    kept = set(newest_first[:1])
    for limit, period in asked:
        latest: dict[object, str] = {}
        for name in newest_first:
            latest.setdefault(period(datetime.fromisoformat(made[name])), name)
        kept.update(list(latest.values())[:limit])
    return [name for name in made if name not in kept]
