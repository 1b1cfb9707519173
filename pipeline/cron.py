"""A line of the user's crontab that starts `trichtin run --due`, where there is no systemd."""

from __future__ import annotations

import shlex
import shutil
from hashlib import sha256
from typing import TYPE_CHECKING

from pipeline.failures import Failure
from pipeline.programs import called

if TYPE_CHECKING:
    from pipeline.timers import Schedule

PLACE = "crontab"


def line(schedule: Schedule) -> str:
    """The line, which says at its end whose it is.

    Cron knows no delay by chance: the minute to begin at hangs on the home.
    """
    minute = int(sha256(schedule.name.encode()).hexdigest(), 16) % schedule.every
    log = shlex.quote(str(schedule.home / "schedule.log"))
    called = f"TRICHTIN_CONTACT={shlex.quote(schedule.contact)} {shlex.join(schedule.command)} >>{log} 2>&1"
    if "\n" in called:
        raise Failure("cron takes no command of several lines")
    return f"{minute}-59/{schedule.every} * * * * {called} {_mark(schedule.name)}".replace("%", "\\%")


def install(schedule: Schedule) -> None:
    """Puts the line into the crontab, in place of one of the same home; raises Failure."""
    _put([*_others(schedule.name), line(schedule)])


def remove(name: str) -> list[str]:
    """Takes the line of this name out of the crontab; says what was removed. Raises Failure."""
    found = installed(name)
    if found:
        _put(_others(name))
    return list(found)


def installed(name: str) -> dict[str, str]:
    """The line of this name in the crontab, where there is one."""
    own = [text for text in _lines() if text.endswith(_mark(name))]
    return {PLACE: "\n".join(own)} if own else {}


def _mark(name: str) -> str:
    return f"# {name}"


def _others(name: str) -> list[str]:
    return [text for text in _lines() if not text.endswith(_mark(name))]


def _lines() -> list[str]:
    """The crontab as it is; Failure where it can't be read: it must not be written anew without its lines."""
    if not shutil.which(PLACE):
        return []
    try:
        return called(PLACE, "-l").splitlines()
    except Failure as failure:
        if "no crontab" in str(failure):
            return []
        raise


def _put(lines: list[str]) -> None:
    called(PLACE, "-", given="".join(f"{one}\n" for one in lines))
