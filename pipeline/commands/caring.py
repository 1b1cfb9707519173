"""`trichtin takedown`, `verify`, `backup`, `restore`: the care of what is kept."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import DEFAULT_HOME, HomeDirectory, OwnSites, command
from pipeline.failures import Failure
from pipeline.home import Home
from pipeline.tables import json_lines, show_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.takedown import TakedownReport
    from pipeline.verification import Finding


Target = Annotated[str, typer.Argument(help="A directory, or a URL that fsspec knows (s3://bucket/path).")]


def backup(  # noqa: PLR0913  (the options of a command)
    target: Target,
    keep_last: Annotated[int | None, typer.Option(min=1, help="Then keep so many, the last.")] = None,
    keep_daily: Annotated[
        int | None, typer.Option(min=1, help="And the last one each of so many days.")
    ] = None,
    keep_weekly: Annotated[int | None, typer.Option(min=1, help="And of so many weeks.")] = None,
    keep_monthly: Annotated[int | None, typer.Option(min=1, help="And of so many months.")] = None,
    *,
    mend: Annotated[
        bool, typer.Option("--mend", help="Read back all that is there, and write anew what is damaged.")
    ] = False,
    listed: Annotated[bool, typer.Option("--list", help="Only say which backups are there.")] = False,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Copy archive, ledger and what is published to another place, whoever crawls, builds or reads meanwhile.

    What is there already is not copied again. Every object is named by its SHA-256 and read back; the
    manifest comes last. Without a `--keep-` option all backups are kept; the newest always is. One backup at
    a time.

    Examples:

    - `trichtin backup /mnt/backup/trichtin`

    - `trichtin backup s3://bucket/trichtin --keep-daily 7 --keep-weekly 4 --keep-monthly 12`
    """
    from pipeline.backup import back_up
    from pipeline.repository import Repository
    from pipeline.retention import Rules

    repository = Repository(target)
    if listed:
        told = map(repository.read, repository.names())
        rows = [(one.name, one.made_at, len(one.files), one.bytes) for one in told]
        show_table(("backup", "made_at", "files", "bytes"), rows)
        return
    rules = Rules(keep_last, keep_daily, keep_weekly, keep_monthly)
    report = back_up(Home(home), repository, rules, mend=mend)
    made = report.backup
    typer.echo(
        f"backup {made.name}: {len(made.files)} files, {made.bytes} bytes, {report.written} of them new"
    )
    for name in report.removed:
        typer.echo(f"removed backup {name}")


def restore(
    target: Target,
    name: Annotated[str | None, typer.Option("--backup", help="Which one; by default the newest.")] = None,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Bring a backup back into a home that is empty or not there yet.

    Every byte is checked before the home is there. What was published is served at once; the next build reads
    the archive again.

    Examples:

    - `trichtin restore /mnt/backup/trichtin --home trichtin-data`
    """
    from pipeline.backup import restore as bring_back
    from pipeline.repository import Repository

    restored = bring_back(Repository(target), home, name)
    typer.echo(f"{home} is as it was at {restored.made_at}; next: {command(home, 'build')}")


def verify(
    against: Annotated[
        str | None, typer.Option("--backup", help="Read back all backups in this directory or URL too.")
    ] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line.")] = False,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Hold archive, ledger, warehouse, index and backups against each other; say what mends each fault.

    Nothing is written, and crawls and builds may run meanwhile; what they just write is left out. Exit code 1
    where anything is wrong.

    Examples:

    - `trichtin verify`

    - `trichtin verify --backup /mnt/backup/trichtin --json`
    """
    from pipeline.progress import progress
    from pipeline.repository import Repository
    from pipeline.verification import damage_of_backups, findings

    repository = Repository(against) if against else None
    with progress("records verified") as advance:
        found = list(findings(Home(home), advance, lambda told: typer.echo(f"trichtin: {told}", err=True)))
    if repository:
        with progress("objects verified") as advance:
            found += damage_of_backups(repository, advance)
    _tell_findings([(one.part, one.says, _mending(one, against, home)) for one in found], as_json=as_json)
    if found:
        raise typer.Exit(1)


def _tell_findings(rows: Sequence[tuple[str, str, str]], *, as_json: bool) -> None:
    if as_json:
        lines = (dict(zip(("part", "says", "run"), row, strict=True)) for row in rows)
        typer.echo("".join(json_lines(lines)), nl=False)
    elif not rows:
        typer.echo("all is as it should be")
    elif sys.stdout.isatty():
        show_table(("part", "what is wrong", "what mends it"), rows)
    else:
        for part, says, mends in rows:
            typer.echo(f"{part}: {says}; run: {mends}")


def _mending(finding: Finding, backup: str | None, home: Path) -> str:
    """The command that mends; a restore goes into a home of its own."""
    if finding.run[0] == "restore":
        return command(home.with_name(f"{home.name}-restored"), "restore", backup or "BACKUP")
    return command(home, *finding.run)


def takedown(  # noqa: PLR0913  (the options of a command)
    article: Annotated[str | None, typer.Argument(help="A URL of the article, or its article_id.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why, for whoever asks later.")] = None,
    *,
    undo: Annotated[bool, typer.Option("--undo", help="Let it be fetched and stored again.")] = False,
    listed: Annotated[bool, typer.Option("--list", help="Say what is taken down.")] = False,
    own: OwnSites = None,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Take an article out of archive, warehouse, index and generations, and never store it again.

    All its versions go, and no URL of it is fetched or imported any more (http or https, www, mobile twins).
    What goes cannot be brought back: `--undo` lets it be fetched again, if it is still out there. Copies that
    others published are named, and stay. Backups made before still hold it: see docs/care.md.

    Examples:

    - `trichtin takedown https://bao.example/tin-1.html --reason "court order 12/2026"`

    - `trichtin takedown 3f1c9a0b7d5e2468 --reason "asked by the person named"`

    - `trichtin takedown --list`
    """
    from pipeline.takedown import allow, take_down

    if listed:
        _list(Home(home))
    elif article is None:
        raise Failure("name an article by URL or article_id, or ask with --list")
    elif undo:
        typer.echo(f"{allow(Home(home), article)} may be fetched again")
    elif reason is None or not reason.strip():
        raise Failure("say why with --reason")
    else:
        _tell(article, take_down(Home(home), article, reason.strip(), own))


def _list(home: Home) -> None:
    from corpus.article import article_id
    from corpus.store import Store

    with Store.reading(home.directory) as store:
        taken = store.takedowns.all()
    rows = [(one.day, article_id(one.url), one.url, one.reason) for one in taken]
    show_table(("day", "article_id", "url", "reason"), rows)


def _tell(article: str, report: TakedownReport) -> None:
    for url in report.urls:
        typer.echo(f"taken down: {url}")
    if not report.urls:
        typer.echo(f"nothing of {article} is stored, and nothing will be")
    if report.build:
        typer.echo(f"published generation {report.build.generation.number} without it")
    for number in report.held:
        typer.echo(f"generation {number} is still being read; the next build after its readers removes it")
    for copy in report.copies:
        typer.echo(f"a copy stays: {copy}; run: trichtin takedown {shlex.quote(copy)} --reason ...")
    typer.echo("backups made before hold it; run: trichtin backup TARGET --keep-last 1")
