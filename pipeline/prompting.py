"""Asks for one SQL statement after the other: with history, completion and editing over several lines."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import typer
from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.filters import Condition
from prompt_toolkit.history import FileHistory, InMemoryHistory
from prompt_toolkit.lexers import PygmentsLexer
from pygments.lexers.sql import SqlLexer

from pipeline.failures import Failure
from warehouse import WarehouseError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_ENDS = ("exit", "quit", ".exit", ".quit")


def converse(answer: Callable[[str], None], words: Mapping[str, str], history: Path) -> None:
    """Answers statements until the user ends it; one that fails is told in a line, and the next is asked for.

    `words` are what Tab completes, with what they are. Statements are kept in the file `history`, for this
    session only where it cannot be written.
    """
    session = _session(words, history)
    while True:
        try:
            statement = session.prompt().strip()
        except KeyboardInterrupt:
            continue
        except EOFError:
            return
        if statement.rstrip(";").lower() in _ENDS:
            return
        if statement:
            _tell(answer, statement)


def _session(words: Mapping[str, str], history: Path) -> PromptSession[str]:
    kept = os.access(history if history.exists() else history.parent, os.W_OK)
    return PromptSession(
        "sql> ",
        history=FileHistory(str(history)) if kept else InMemoryHistory(),
        completer=WordCompleter(sorted(words), ignore_case=True, meta_dict=dict(words)),
        complete_while_typing=False,
        lexer=PygmentsLexer(SqlLexer),
        multiline=Condition(_is_open),
        prompt_continuation="...> ",
    )


def _is_open() -> bool:
    """Whether Enter begins a new line, as it does until a semicolon or a word that ends the session."""
    written = get_app().current_buffer.document.text.strip()
    return bool(written) and not written.endswith(";") and written.lower() not in _ENDS


def _tell(answer: Callable[[str], None], statement: str) -> None:
    try:
        answer(statement)
    except KeyboardInterrupt:
        typer.echo("ended", err=True)
    except (Failure, WarehouseError, OSError) as failure:
        typer.echo(f"trichtin: {' '.join(str(failure).split())}", err=True)
    sys.stdout.flush()
