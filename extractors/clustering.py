"""Makes `lexicons/word_clusters.csv`: frequent words, those together that stand beside the same words.

What a word means shows in the words beside it (Schütze 1995, "Distributional part-of-speech tagging"):
counts of the neighbours on either side, weighed by how much they tell, brought down to a few dimensions,
and clustered.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_PIECE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_OFTEN = 40
"""How often a word is written at least."""
_BOUND = 60.0
"""How much more often than by chance two syllables stand together that are one word."""
_NEIGHBOURS = 1500
"""Words that are counted as neighbours, the most frequent ones."""
_DIMENSIONS = 80
_PASSES = 4
_ROUNDS = 30
_SEED = 2026
_CLUSTERS = 40

CLUSTERS = Path(__file__).parent / "lexicons" / "word_clusters.csv"

Floats: TypeAlias = NDArray[np.float32]


def clusters(texts: Sequence[str]) -> dict[str, int]:
    """The cluster of every frequent word of one or two syllables, in order of the words; empty without any.

    The same texts give the same clusters on one machine.
    """
    known = _vocabulary(texts)
    if not known:
        return {}
    number = {word: place for place, word in enumerate(sorted(known))}
    grouped = _grouped(_placed(_neighbours(texts, number, known)))
    return {word: int(grouped[place]) for word, place in number.items()}


def save(found: Mapping[str, int], path: Path) -> None:
    """Writes the clusters as CSV: all of them, or nothing."""
    beside = path.with_suffix(".new")
    with beside.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(("word", "cluster"))
        writer.writerows(found.items())
    beside.replace(path)


def _pieces(texts: Iterable[str]) -> Iterator[list[str]]:
    """The syllables between two signs or figures."""
    for text in texts:
        for piece in _PIECE.finditer(text.lower()):
            yield piece[0].split(" ")


def _vocabulary(texts: Iterable[str]) -> dict[str, int]:
    """The frequent syllables, and the pairs of them that stand together far more often than by chance."""
    single: Counter[str] = Counter()
    double: Counter[tuple[str, str]] = Counter()
    for piece in _pieces(texts):
        single.update(piece)
        double.update(pairwise(piece))
    total = single.total()
    found = {word: count for word, count in single.items() if count >= _OFTEN}
    for (one, two), count in double.items():
        if count >= _OFTEN and count * total > _BOUND * single[one] * single[two]:
            found[f"{one} {two}"] = count
    return found


def _words(piece: Sequence[str], known: dict[str, int]) -> Iterator[str]:
    at = 0
    while at < len(piece):
        pair = " ".join(piece[at : at + 2])
        word = pair if pair in known else piece[at]
        yield word
        at += 1 + (" " in word)


def _neighbours(texts: Iterable[str], number: dict[str, int], known: dict[str, int]) -> Floats:
    """Of each word how often each neighbour stands in front of it, and how often behind it."""
    often = sorted(known, key=lambda word: (-known[word], word))[:_NEIGHBOURS]
    column = np.full(len(number) + 1, -1)
    column[[number[word] for word in often]] = range(len(often))
    left, right = _pairs(texts, number, known)
    behind = (left < len(number)) & (column[right] >= 0)
    front = (right < len(number)) & (column[left] >= 0)
    width = 2 * len(often)
    cells = np.concatenate(
        (
            left[behind] * width + len(often) + column[right[behind]],
            right[front] * width + column[left[front]],
        )
    )
    return np.bincount(cells, minlength=len(number) * width).reshape(-1, width).astype(np.float32)


def _pairs(texts: Iterable[str], number: dict[str, int], known: dict[str, int]) -> NDArray[np.int64]:
    """Words that stand side by side, by their numbers, in two rows; unknown words have the last number."""
    unknown = len(number)
    lines = ([number.get(word, unknown) for word in _words(piece, known)] for piece in _pieces(texts))
    found = [pair for line in lines for pair in pairwise(line)]
    return np.array(found, dtype=np.int64).reshape(-1, 2).T


def _placed(counted: Floats) -> Floats:
    """The words in a few dimensions: what a neighbour tells beyond chance, its first singular vectors."""
    chance = np.outer(counted.sum(1), counted.sum(0) ** 0.75 / (counted.sum(0) ** 0.75).sum())
    told = np.log(np.maximum(counted, 1e-9) / np.maximum(chance, 1e-9))
    told = np.where(counted > 0, np.maximum(told, 0), 0).astype(np.float32)
    basis = np.random.default_rng(_SEED).standard_normal((told.shape[1], _DIMENSIONS)).astype(np.float32)
    for _ in range(_PASSES):
        basis = np.linalg.qr(told.T @ (told @ basis))[0]
    left, strength, _ = np.linalg.svd(told @ basis, full_matrices=False)
    return _unit(left * np.sqrt(strength))


def _unit(rows: Floats) -> Floats:
    unit: Floats = rows / (np.linalg.norm(rows, axis=-1, keepdims=True) + 1e-9)
    return unit


def _grouped(placed: Floats) -> NDArray[np.int64]:
    """The cluster that each word belongs to: k-means by angle."""
    size = min(_CLUSTERS, len(placed))
    centres = placed[np.random.default_rng(_SEED).choice(len(placed), size, replace=False)]
    nearest = np.zeros(len(placed), dtype=np.int64)
    for _ in range(_ROUNDS):
        nearest = (placed @ centres.T).argmax(1)
        members = np.eye(size, dtype=np.float32)[nearest].T @ placed
        centres = np.where(members.any(1, keepdims=True), _unit(members), centres)
    return nearest
