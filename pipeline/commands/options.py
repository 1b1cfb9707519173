"""Options that several commands share."""

from __future__ import annotations

import os
import shlex
import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

HomeDirectory = Annotated[
    Path,
    typer.Option("--home", envvar="TRICHTIN_HOME", help="Directory of the archive and the warehouse."),
]
DEFAULT_HOME = Path("trichtin-data")

SiteNames = Annotated[
    list[str] | None, typer.Option("--site", help="Only this site; may be given several times.")
]
OwnSites = Annotated[
    Path | None,
    typer.Option(
        "--sites",
        envvar="TRICHTIN_SITES",
        help="Directory of your own site declarations, one NAME.toml each.",
    ),
]
ShardOf = Annotated[
    str | None,
    typer.Option("--shard", help="Of the sites only the part that falls to this machine, the 2nd of 5: 2/5."),
]


def command(home: Path, *arguments: str) -> str:
    """How the user can call this program again with the same home."""
    usual = home == Path(os.environ.get("TRICHTIN_HOME", DEFAULT_HOME))
    return shlex.join([program(), *arguments, *([] if usual else ["--home", str(home)])])


def program() -> str:
    """How the user can call this program again: by name, or by the path where the name is not found."""
    called = Path(sys.argv[0])
    return str(called) if called.name == "trichtin" and not shutil.which("trichtin") else "trichtin"
