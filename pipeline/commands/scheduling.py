"""`trichtin due` and `trichtin schedule`: which sites are crawled next, and who starts that."""

from __future__ import annotations

import sys
import time
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from pipeline.commands.keeping import chosen_sites, stopped
from pipeline.commands.options import DEFAULT_HOME, HomeDirectory, OwnSites, SiteNames
from pipeline.durations import seconds
from pipeline.failures import Failure
from pipeline.home import Home
from pipeline.tables import show_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.schedule import Turn
    from pipeline.timers import Schedule
    from spiders.site import Site

schedule = typer.Typer(
    help="Crawl and build by itself: a systemd timer, a line of cron, or one loop for a container.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)

Minutes = Annotated[
    int, typer.Option("--every", min=1, max=30, help="Look every so many minutes what is due.")
]
Longest = Annotated[
    str, typer.Option("--for", metavar="TIME", help="A run begins no site after this time (30m, 2h).")
]
Jitter = Annotated[
    str,
    typer.Option(metavar="TIME", help="Begin up to so much later, by chance, so that not all begin at once."),
]
Cron = Annotated[bool, typer.Option("--cron", help="A line of your crontab in place of a systemd timer.")]


def due(names: SiteNames = None, own: OwnSites = None, home: HomeDirectory = DEFAULT_HOME) -> None:
    """Say which sites are due, when the others will be, and why.

    A site declares after how many minutes another crawl is worth it (`every`); what ran is read from the
    ledger. Without `--site` it is all sites of your own directory.

    Examples:

    - `trichtin due --sites my-sites/`

    - `trichtin due --site mst --site baochinhphu`
    """
    place = Home(home)
    _show_turns(_turns(place, chosen_sites(names or [], own)))
    if stop := stopped(place):
        typer.echo(stop)


@schedule.command()
def run(
    names: SiteNames = None,
    longest: Longest = "2h",
    jitter: Jitter = "1m",
    own: OwnSites = None,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Go on for ever in the foreground: `trichtin run --due` whenever a site is due. For containers.

    SIGTERM or Ctrl-C ends the run under way as Ctrl-C would, and then this. Nothing is kept in memory: what
    is due is read from the ledger each time, so that it can be killed and begun again at any moment.

    Examples:

    - `trichtin schedule run --sites my-sites/`
    """
    from pipeline.looping import keep_running

    _check(names, own, longest)
    arguments = _arguments(names, own, home, longest)
    keep_running(
        [sys.executable, "-m", "pipeline", *arguments],
        lambda: _turns(Home(home), chosen_sites(names or [], own))[0].at,
        jitter=seconds(jitter, "--jitter"),
        tell=typer.echo,
    )


@schedule.command()
def install(  # noqa: PLR0913  (the options of a command)
    names: SiteNames = None,
    every: Minutes = 10,
    longest: Longest = "2h",
    jitter: Jitter = "1m",
    *,
    cron: Cron = False,
    own: OwnSites = None,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Have `trichtin run --due` started by a systemd timer of your user, or by cron.

    Doing so again changes what was installed for this home. TRICHTIN_CONTACT is taken along.

    Examples:

    - `trichtin schedule install --sites my-sites/`

    - `trichtin schedule install --site mst --every 30 --cron`
    """
    from pipeline import cron as crontab
    from pipeline import timers

    wanted = _wanted(names, every, longest, jitter, own, home)
    home.mkdir(parents=True, exist_ok=True)
    if cron:
        crontab.install(wanted)
        typer.echo(f"in your crontab: {wanted.name}, every {every} minutes")
    else:
        timers.install(wanted)
        typer.echo(f"{timers.paths(wanted)[-1]}: every {every} minutes; it stops when you log out unless:")
        typer.echo("loginctl enable-linger")


@schedule.command()
def remove(home: HomeDirectory = DEFAULT_HOME) -> None:
    """Take away what `install` made for this home, timer or cron line, and nothing else.

    Examples:

    - `trichtin schedule remove`
    """
    from pipeline import cron as crontab
    from pipeline import timers

    name = timers.name_of(home)
    removed = [*timers.remove(name), *crontab.remove(name)]
    for place in removed:
        typer.echo(f"removed: {place}")
    if not removed:
        typer.echo(f"nothing was installed for {home}")


@schedule.command()
def show(  # noqa: PLR0913  (the options of a command)
    names: SiteNames = None,
    every: Minutes = 10,
    longest: Longest = "2h",
    jitter: Jitter = "1m",
    *,
    cron: Cron = False,
    own: OwnSites = None,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Show what is installed for this home, or what `install` would write, and which sites are next.

    Examples:

    - `trichtin schedule show --sites my-sites/`
    """
    from pipeline import cron as crontab
    from pipeline import timers

    name = timers.name_of(home)
    if installed := {**timers.installed(name), **crontab.installed(name)}:
        _show_texts("installed", installed)
    else:
        wanted = _wanted(names, every, longest, jitter, own, home)
        texts = {crontab.PLACE: crontab.line(wanted)} if cron else timers.texts(wanted)
        _show_texts("would be installed", texts)
    if names or own:
        _show_turns(_turns(Home(home), chosen_sites(names or [], own)))


def _wanted(  # noqa: PLR0913, PLR0917  (the options of a command)
    names: list[str] | None, every: int, longest: str, jitter: str, own: Path | None, home: Path
) -> Schedule:
    from pipeline.timers import Schedule
    from spiders.settings import CONTACT

    _check(names, own, longest)
    command = (sys.executable, "-m", "pipeline", *_arguments(names, own, home, longest))
    return Schedule(home.absolute(), command, every, seconds(jitter, "--jitter"), CONTACT)


def _check(names: Sequence[str] | None, own: Path | None, longest: str) -> None:
    """Raises Failure for what would let every run fail."""
    from spiders.settings import CONTACT, NoContact, require_contact

    seconds(longest, "--for")
    try:
        require_contact(chosen_sites(names or [], own), CONTACT)
    except NoContact as missing:
        raise Failure(str(missing)) from None


def _arguments(names: Sequence[str] | None, own: Path | None, home: Path, longest: str) -> list[str]:
    """What `trichtin run` is to be called with, wherever it is called."""
    sites = [word for name in names or () for word in ("--site", name)]
    declared = ["--sites", str(own.absolute())] if own else []
    return ["run", "--due", "--for", longest, *sites, *declared, "--home", str(home.absolute())]


def _turns(home: Home, chosen: Sequence[Site]) -> list[Turn]:
    from pipeline.schedule import histories, turns

    return turns(chosen, histories(home, chosen), time.time())


def _show_turns(found: Sequence[Turn]) -> None:
    from pipeline.schedule import span

    now = time.time()
    rows = []
    for turn in found:
        when = "now" if turn.at <= now else f"in {span(turn.at - now)}"
        at = datetime.fromtimestamp(turn.at).astimezone().isoformat(" ", "minutes")
        rows.append((turn.site.name, when, at, "; ".join((turn.why, *turn.breaches))))
    if Console().is_terminal:
        show_table(("site", "due", "at", "why"), rows)
    else:
        typer.echo("".join("\t".join(row) + "\n" for row in rows), nl=False)


def _show_texts(state: str, texts: dict[str, str]) -> None:
    for place, text in texts.items():
        typer.echo(f"{state}: {place}\n{text}")
