"""Builds that stop at a point that is named, and are killed there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from conftest import PLAIN

_STOPPING = """
import os, sys
from pathlib import Path
from pipeline import building
from pipeline.home import Home
from warehouse import Warehouse

building.BATCH = 20
work, home, point, left = sys.argv[1], Home(Path(sys.argv[2])), sys.argv[3], int(sys.argv[4])


def stopping(name, function):
    def wrapped(*arguments, **options):
        global left
        if name == point:
            left -= 1
            if left < 0:
                print("here", flush=True)
                sys.stdin.readline()
        return function(*arguments, **options)
    return wrapped


Warehouse.load_rows = stopping("load", Warehouse.load_rows)
Warehouse.copy_to = stopping("copy", Warehouse.copy_to)
building.read = stopping("read", building.read)
building.publish = stopping("publish", building.publish)
os.fsync = stopping("fsync", os.fsync)
Path.rename = stopping("rename", Path.rename)
Path.replace = stopping("replace", Path.replace)
getattr(building, work)(home)
print("done", flush=True)
"""


def killed(work: str, home: Path, point: str, left: int) -> None:
    """A `build` or `rebuild` of a home that was killed where it called what the point names once more than
    `left` times."""
    command = [sys.executable, "-c", _STOPPING, work, str(home), point, str(left)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=os.environ | PLAIN,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "here\n"
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
