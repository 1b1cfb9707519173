"""Writes a file that the user named: whole or not at all."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pipeline.failures import Failure

if TYPE_CHECKING:
    from collections.abc import Iterable


def write(pieces: Iterable[bytes], output: Path) -> None:
    """Writes the pieces to a file.

    A device, a FIFO and whatever else /dev names is written into, and a file there or at the end of a link
    there is replaced. Raises Failure, naming the output, where it cannot be written.
    """
    try:
        if output.is_relative_to("/dev") or (output.exists() and not output.is_file()):
            _pour(pieces, output)
        else:
            _replace(pieces, output.resolve())
    except OSError as error:
        raise Failure(f"{output}: {error.strerror or error}") from None


def _replace(pieces: Iterable[bytes], target: Path) -> None:
    # A new directory beside the target: a name nobody can guess, and a file with the user's own mode.
    with TemporaryDirectory(prefix=".trichtin-", dir=target.parent) as beside:
        made = Path(beside, "output")
        _pour(pieces, made)
        if target.exists():
            shutil.copymode(target, made)
        made.replace(target)


def _pour(pieces: Iterable[bytes], path: Path) -> None:
    # Appending: /dev/stdout may be a file that others write to as well.
    with path.open("ab") as file:
        file.writelines(pieces)
