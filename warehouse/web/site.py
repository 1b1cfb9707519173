"""What all requests share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from warehouse.web.generations import Generations
    from warehouse.web.limits import Rate
    from warehouse.web.settings import Settings
    from warehouse.web.sql_asking import Asking


@dataclass(frozen=True, slots=True)
class Site:
    """The generations, and the limits that requests share."""

    settings: Settings
    generations: Generations
    search_rate: Rate
    sql_rate: Rate
    sql: Asking
