"""The command `trichtin`: every command by name, and every failure as one clear line."""

from __future__ import annotations

import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline import logs
from pipeline.commands import (
    alerting,
    asking,
    caring,
    demonstrating,
    exporting,
    keeping,
    merging,
    proving,
    reading,
    running,
    scheduling,
    searching,
    serving,
    teaching,
    telling,
)
from pipeline.failures import Failure

if TYPE_CHECKING:
    from collections.abc import Callable

app = typer.Typer(
    name="trichtin",
    help="Trích tin: turns Vietnamese government news into facts that SQL can ask for.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
)


@app.callback()
def _begin(
    log_format: Annotated[
        logs.LogFormat | None,
        typer.Option(
            envvar=logs.FORMAT,
            help="Log what is done on stderr: text, or a JSON object a line. Stands before the command.",
        ),
    ] = None,
) -> None:
    if log_format:
        logs.begin(log_format)


_COMMANDS: dict[str, Callable[..., None]] = {
    "extract": reading.extract,
    "import": keeping.import_,
    "crawl": keeping.crawl,
    "merge": merging.merge,
    "build": keeping.build,
    "rebuild": keeping.rebuild,
    "run": running.run,
    "due": scheduling.due,
    "sql": asking.sql,
    "search": searching.search,
    "serve": serving.serve,
    "export": exporting.export,
    "cite": exporting.cite,
    "alerts": alerting.alerts,
    "status": telling.status,
    "backup": caring.backup,
    "restore": caring.restore,
    "verify": caring.verify,
    "takedown": caring.takedown,
    "score": reading.score,
    "golden": proving.golden,
    "teach": teaching.teach,
    "train-ner": teaching.train_ner,
    "group-words": teaching.group_words,
    "demo": demonstrating.demo,
}
for _name, _command in _COMMANDS.items():
    app.command(_name)(_command)
app.add_typer(scheduling.schedule, name="schedule")


INTERRUPTED = 130
"""The exit code of a command that Ctrl-C ended."""


def main() -> None:
    """Runs the command line. Exit code 0: done; 1: refused or failed, with one line on stderr; 2: usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8")
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except Exception as failure:
        if isinstance(failure, _expected()):
            logs.end(_line(failure))
        if not logs.chosen():
            raise
        logs.crash()


def _expected() -> tuple[type[Exception], ...]:
    """What bad input and a refusing machine raise; looked up only once something was raised."""
    from corpus.annotation import AnnotationError
    from corpus.encodings import DecodeError
    from corpus.store import StoreError
    from spiders.site import SiteError
    from warehouse import WarehouseError

    return (Failure, AnnotationError, DecodeError, StoreError, SiteError, WarehouseError, OSError)


def _line(failure: BaseException) -> str:
    if isinstance(failure, OSError) and failure.strerror:
        where = f"{failure.filename}: " if failure.filename else ""
        return f"{where}{failure.strerror}"
    return " ".join(str(failure).split())
