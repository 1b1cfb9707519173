"""What sort of words stand where a subject may begin or end: values for its features (`subject_features`).

Every value is told twice, by parts of speech (`part.NAME`) and by the company that words keep
(`company.NAME`); in templates `~NAME` stands for both.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from extractors.subject_options import PAD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extractors.choosers import Hashes
    from extractors.subject_options import Window

OF_STARTS = (
    *("side ~class", "side ~before", "~before ~class", "~class ~after", "~before2 ~before ~class"),
    *("side ~before ~front", "side ~class ~front ~behind", "side ~front ~front2 ~behind"),
    *("side ~class ~behind ~behind2", "side ~before ~class ~after", "~class before", "~before word"),
)
OF_ENDS = (
    *("left ~class", "~last ~class", "~last ~class ~after", "left ~path", "~path ~begun", "~inside left"),
    *("~inside ~class", "~last", "~last2 ~last", "~class ~after", "left ~class ~after ~after2"),
    *("~class last", "~last word", "~begun ~last ~class"),
)
_BOOKS = ("part", "company")
_FAR = 8
"""Words of a path from which on only their number is told."""
_MOST = 256
"""More words than a window holds."""
_TURN = 0x9E3779B97F4A7C15
_BESIDE = np.arange(-2, 3)


def twice(templates: tuple[str, ...]) -> tuple[str, ...]:
    """The templates for either sort of classes."""
    return tuple(template.replace("~", f"{book}.") for book in _BOOKS for template in templates)


def of_starts(seen: Window, at: NDArray[np.int64]) -> dict[str, Hashes | int]:
    """The values of the words at which a subject may begin."""
    told: dict[str, Hashes | int] = {}
    for book, classes in _padded(seen):
        beside = classes[at + (PAD + _BESIDE[:4, None])]
        told |= zip(_names(book, "before2 before class after"), beside, strict=True)
        front, figure = seen.figure.start + PAD, seen.figure.end + PAD
        around = classes[[front - 2, front - 1, figure, figure + 1]].tolist()
        told |= zip(_names(book, "front2 front behind behind2"), around, strict=True)
    return told


def of_ends(seen: Window, start: NDArray[np.int64], end: NDArray[np.int64]) -> dict[str, Hashes | int]:
    """The values of the spans [start, end)."""
    left, figure = start < seen.figure.start, seen.figure
    low, high = np.where(left, end, figure.end), np.where(left, figure.start, start)
    told: dict[str, Hashes | int] = {}
    for book, classes in _padded(seen):
        beside = classes[end + (PAD + _BESIDE[:, None])]
        told |= zip(_names(book, "last2 last class after after2"), beside, strict=True)
        summed = _summed(classes[PAD:])
        paths = (classes[start + PAD], _path(summed, low, high), _path(summed, start, end))
        told |= zip(_names(book, "begun path inside"), paths, strict=True)
    return told


def _names(book: str, names: str) -> list[str]:
    return [f"{book}.{name}" for name in names.split(" ")]


def _padded(seen: Window) -> list[tuple[str, Hashes]]:
    """The classes of the words, nothings on either side."""
    nothing = [0] * PAD
    return [
        (book, np.array([*nothing, *classes.numbers, *nothing], dtype=np.uint64))
        for book, classes in zip(_BOOKS, (seen.parts, seen.company), strict=True)
    ]


def _summed(classes: Hashes) -> Hashes:
    """Sums of the classes in front of each word, each class times a power that tells its place."""
    powers, _ = _powers()
    return np.concatenate((np.zeros(1, dtype=np.uint64), np.cumsum(classes * powers[: len(classes)])))


def _path(summed: Hashes, low: NDArray[np.int64], high: NDArray[np.int64]) -> Hashes:
    """The classes of the words [low, high) as one number each; only how many, where they are many."""
    _, inverses = _powers()
    path: Hashes = (summed[high] - summed[low]) * inverses[low]
    return np.where(high - low > _FAR, (high - low).astype(np.uint64), path)


@cache
def _powers() -> tuple[Hashes, Hashes]:
    """The powers of an odd number and of its inverse modulo 2^64, from the 0th up."""
    turns = _TURN, pow(_TURN, -1, 1 << 64)
    rows = (np.array([1, *[turn] * (_MOST - 1)], dtype=np.uint64) for turn in turns)
    up, down = (np.cumprod(row, dtype=np.uint64) for row in rows)
    return up, down
