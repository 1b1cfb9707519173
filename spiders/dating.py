"""The day on which a page says that it was published."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone

import dateparser

VIETNAM = timezone(timedelta(hours=7))
EARLIEST = date(1990, 1, 1)  # before Viet Nam was on the web, a date is a mistake
LONGEST = 120  # characters of a date line
MOST_AROUND = 8  # words around the date in a date line

# The date in a line with other words around it: "Ngày đăng 04/09/2019 | 14:50"
_CORE = re.compile(
    r"(?<![0-9])[0-9]{1,2}[ ]?[/.-][ ]?[0-9]{1,2}[ ]?[/.-][ ]?[0-9]{4}(?![0-9])"
    r"|[0-9]{1,2}[ ]tháng[ ][0-9]{1,2}[ ]năm[ ][0-9]{4}",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d]{2,}")


def day(written: str, fetched: datetime, date_format: str | None = None) -> date | None:
    """The Vietnamese calendar day of a string that is known to be a date; None where it can't be one.

    Understands ISO 8601, feed dates and Vietnamese date lines, day before month, or a strptime format. A
    day before 1990 or after the day of fetching (with one day's grace for clocks) is no publish date.
    """
    moment = _moment(" ".join(written.split())[:LONGEST], fetched, date_format)
    # Asked before the conversion, which fails at the ends of the calendar.
    if moment is None or not EARLIEST.year <= moment.year <= fetched.year + 1:
        return None
    found = (moment.astimezone(VIETNAM) if moment.tzinfo else moment).date()
    latest = fetched.astimezone(VIETNAM).date() + timedelta(days=1)
    return found if EARLIEST <= found <= latest else None


def has_day(line: str) -> bool:
    """Whether a line is a date line: a full date, with at most a few words around it."""
    rest = _CORE.sub("", line, count=1)
    return rest != line and len(_WORD.findall(rest)) <= MOST_AROUND


def _moment(written: str, fetched: datetime, date_format: str | None) -> datetime | None:
    try:
        if date_format:
            return datetime.strptime(written, date_format)  # noqa: DTZ007 (local time is Vietnamese time)
        return datetime.fromisoformat(written)
    except (ValueError, OverflowError):
        return _line(written, fetched)


def _line(written: str, fetched: datetime) -> datetime | None:
    moment = _parsed(written, fetched)
    core = _CORE.search(written)
    if moment is None and core:
        return _parsed(core[0].replace(" ", "") if core[0][-5] in "/.- " else core[0], fetched)
    return moment


def _parsed(written: str, fetched: datetime) -> datetime | None:
    local = fetched.astimezone(VIETNAM).replace(tzinfo=None)
    settings = {"DATE_ORDER": "DMY", "STRICT_PARSING": True, "RELATIVE_BASE": local}
    try:
        found: datetime | None = dateparser.parse(written, languages=["vi", "en"], settings=settings)
    except (ValueError, OverflowError):  # years and offsets that no calendar has
        return None
    return found
