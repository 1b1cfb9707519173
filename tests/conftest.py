"""What several tests need: the command line, and the articles that are not ours to keep."""

from __future__ import annotations

import io
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import pytest
from hypothesis import settings

from pipeline.cli import main
from warehouse import Warehouse

if TYPE_CHECKING:
    from served import Site

SHARED = Path(__file__).parents[1].parent / "shared"
"""Real articles lie beside the checkout; they are other people's and never part of it."""

# A loaded machine must not fail a property: time is what test_extract measures, by the processor's clock.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

_PROGRESS = re.compile(r"^[a-z ]+: [0-9]+(?: of [0-9]+)?\n", re.MULTILINE)
PLAIN = {"NO_COLOR": "1", "COLUMNS": "120"}


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("the real articles (../shared) are not here")
    return SHARED


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "warehouse.duckdb"


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("blank") / "warehouse.duckdb"
    Warehouse.open(path).close()
    return path


@pytest.fixture
def warehouse(path: Path, blank: Path) -> Iterator[Warehouse]:
    """An empty one, open."""
    shutil.copyfile(blank, path)
    with Warehouse.open(path) as opened:
        yield opened


def trichtin(*arguments: str | Path, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Runs the command in this process: the same entry, arguments, streams and exit code as a user's."""
    command = ["trichtin", *map(str, arguments)]
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", write_through=True) for _ in range(2))
    given = io.TextIOWrapper(io.BytesIO(stdin))
    code = 0
    with (
        patch.object(sys, "argv", command),
        patch.object(sys, "stdin", given),
        patch.dict(os.environ, PLAIN),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
            if isinstance(end.code, str):
                print(end.code, file=sys.stderr)  # noqa: T201
    texts = (stream.buffer.getvalue().decode("utf-8", "replace") for stream in (out, err))  # type: ignore[attr-defined]
    return subprocess.CompletedProcess(command, code, *texts)


def free_port() -> int:
    """A port of 127.0.0.1 that was free a moment ago."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def trichtin_process(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
    """Runs the command in a process of its own.

    How far long work has come, which a slow machine tells now and then, is left out of its stderr.
    """
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        env=os.environ | PLAIN,
        timeout=120,
        check=False,
        **options,
    )
    done.stderr = _PROGRESS.sub("", done.stderr)
    return done


@pytest.fixture(scope="session")
def newsroom_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the demo's stories, built and published."""
    from served import newsroom

    home = tmp_path_factory.mktemp("newsroom")
    newsroom(home)
    return home


@pytest.fixture(scope="session")
def site(newsroom_home: Path) -> Iterator[Site]:
    """The pages over them, open on loopback."""
    from served import serving

    with serving(newsroom_home) as opened:
        yield opened


@pytest.fixture
def heard() -> Iterator[None]:
    """Ctrl-C is heard by what is started, also where these tests run behind a shell that ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)
