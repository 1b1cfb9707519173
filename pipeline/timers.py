"""systemd units of the user that start `trichtin run --due`: a service, and the timer that starts it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from pipeline.failures import Failure
from pipeline.output import write
from pipeline.programs import called

if TYPE_CHECKING:
    from collections.abc import Sequence

KINDS = ("service", "timer")


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is started for a home, every so many minutes, by chance up to `jitter` seconds later."""

    home: Path
    command: Sequence[str]
    every: int
    jitter: float
    contact: str

    @property
    def name(self) -> str:
        """What it is called among others of the machine."""
        return name_of(self.home)


def name_of(home: Path) -> str:
    """The name of a home's schedule: readable, and of this home alone."""
    whole = str(home.absolute())
    readable = re.sub("[^a-z0-9]+", "-", home.absolute().name.lower()).strip("-")
    return f"trichtin-{readable}-{sha256(whole.encode()).hexdigest()[:8]}"


def paths(schedule: Schedule) -> list[Path]:
    """Where its units lie, service and timer."""
    return [_directory() / f"{schedule.name}.{kind}" for kind in KINDS]


def texts(schedule: Schedule) -> dict[str, str]:
    """Its units by the path that each is written to."""
    home = str(schedule.home)
    values = {
        "about": _escaped(" ".join(home.split())),
        "command": " ".join(_quoted(word).replace("$", "$$") for word in schedule.command),
        "environment": "Environment=" + _quoted(f"TRICHTIN_CONTACT={schedule.contact}"),
        "home": _quoted(home),
        "every": f"{schedule.every:02}",
        "jitter": f"{schedule.jitter:.0f}",
    }
    units = files("pipeline") / "units"
    templates = [Template(units.joinpath(f"trichtin.{kind}").read_text("utf-8")) for kind in KINDS]
    return {
        str(path): template.substitute(values)
        for path, template in zip(paths(schedule), templates, strict=True)
    }


def install(schedule: Schedule) -> None:
    """Writes the units and starts the timer; raises Failure, and then nothing is installed."""
    before = installed(schedule.name)
    try:
        _write(texts(schedule))
        _systemctl("daemon-reload")
        _systemctl("enable", "--now", f"{schedule.name}.timer")
        _systemctl("restart", f"{schedule.name}.timer")
    except Failure:
        for path in paths(schedule):
            path.unlink(missing_ok=True)
        _write(before)
        raise


def remove(name: str) -> list[str]:
    """Stops the timer and removes its units; says which. Raises Failure."""
    found = installed(name)
    if found:
        _systemctl("disable", "--now", f"{name}.timer")
        for path in found:
            Path(path).unlink()
        _systemctl("daemon-reload")
    return list(found)


def installed(name: str) -> dict[str, str]:
    """The units of this name that are there, by their path."""
    there = [path for kind in KINDS if (path := _directory() / f"{name}.{kind}").exists()]
    return {str(path): path.read_text("utf-8") for path in there}


def _directory() -> Path:
    given = os.environ.get("XDG_CONFIG_HOME")
    return (Path(given) if given else Path.home() / ".config") / "systemd" / "user"


def _write(units: dict[str, str]) -> None:
    for path, text in units.items():
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        write([text.encode()], Path(path))


def _systemctl(*words: str) -> None:
    try:
        called("systemctl", "--user", *words)
    except Failure as failure:
        raise Failure(f"{failure}; without systemd: --cron, or trichtin schedule run") from None


def _quoted(word: str) -> str:
    """A word as systemd reads it."""
    inside = _escaped(word).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{inside}"'


def _escaped(text: str) -> str:
    return text.replace("%", "%%")
