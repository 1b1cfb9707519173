"""Programs of the machine that are called for the user."""

from __future__ import annotations

import shlex
import shutil
import subprocess

from pipeline.failures import Failure


def called(*words: str, given: str = "") -> str:
    """What a program prints, on `given` at its standard input.

    Raises Failure with the program's own words where it is not there, or ends with another exit code than 0.
    """
    program = shutil.which(words[0])
    if program is None:
        raise Failure(f"there is no {words[0]} on this machine")
    done = subprocess.run(  # noqa: S603  (our own words)
        [program, *words[1:]], input=given, capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = " ".join(done.stderr.split()) or f"exit code {done.returncode}"
        raise Failure(f"{shlex.join(words)}: {said}")
    return done.stdout
