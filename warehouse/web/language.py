"""Says everything in Vietnamese or English; the words are in messages/*.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MESSAGES = Path(__file__).parent / "messages"

CODES = ("vi", "en")
"""The languages, the first where none is chosen."""

HANOI = timezone(timedelta(hours=7), "ICT")


@dataclass(frozen=True, slots=True)
class Language:
    """`code` as in HTML's lang; `messages` by their dotted names."""

    code: str
    messages: Mapping[str, str]

    def __call__(self, name: str, **values: object) -> str:
        """The message of a name, with its places filled; raises KeyError where there is none."""
        message = self.messages[name]
        shown = {key: self._shown(value) for key, value in values.items()}
        return message.format(**shown) if values else message

    def of(self, group: str, name: str | None) -> str:
        """The message of a value of a known set, the value itself where the set has grown."""
        return self.messages.get(f"{group}.{name}", str(name))

    def number(self, value: float) -> str:
        """A number with the separators of the language."""
        return str(format_decimal(value, format="#,##0.##########", locale=self.code))

    def _shown(self, value: object) -> object:
        return self.number(value) if isinstance(value, int | float) else value

    def day(self, day: date | str | None) -> str:
        """A day, or the year and month that are known of one, as people write them."""
        if isinstance(day, str):
            parts = day.split("-")
            if len(parts) != 3:
                return "/".join(reversed(parts))
            day = date.fromisoformat(day)
        return str(format_date(day, self.messages["format.day"], locale=self.code)) if day else ""

    def time(self, moment: datetime | str) -> str:
        """A moment (UTC where it says no zone) in Viet Nam's time."""
        moment = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        known = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        pattern = self.messages["format.time"]
        return str(format_datetime(known.astimezone(HANOI), pattern, locale=self.code))


@cache
def language(code: str | None) -> Language:
    """The language of a code, the first of CODES where there is none of it."""
    known = code if code in CODES else CODES[0]
    text = (_MESSAGES / f"{known}.toml").read_text("utf-8")
    return Language(known, dict(_flat(tomllib.loads(text))))


def _flat(table: Mapping[str, object], path: str = "") -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{name}.")
        else:
            yield f"{path}{name}", str(value)
