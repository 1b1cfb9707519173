"""A choice learned from examples: the most probable of some options, each told by its features.

A conditional log-linear model (Berger, Della Pietra and Della Pietra 1996, "A maximum entropy approach to
natural language processing") over hashed features (Weinberger et al. 2009, "Feature hashing for large scale
multitask learning"). `learning` makes the weights, `extractors/models` keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Hashes: TypeAlias = NDArray[np.uint64]
Weights: TypeAlias = NDArray[np.float32]

BITS = 18
"""A feature is one of 2 to this power buckets."""
BUCKETS = 1 << BITS
MODEL = Path(__file__).parent / "models" / "percentages.npz"
QUESTIONS = ("status", "period", "subject_start", "subject_end")
"""What is chosen of a percentage; each has its own weights."""
_STEPS = 24
"""A kept weight is a whole number of such parts of one."""
_MIX = np.uint64(0x9E3779B97F4A7C15)
_DROP = np.uint64(64 - BITS)
_HALF = np.uint64(29)
MOST_PARTS = 4
"""Values in a template."""


@dataclass(frozen=True, slots=True)
class Chooser:
    """Weights of the features: BUCKETS of them, and a last one of 0 that fills short options up."""

    weights: Weights

    def scores(self, options: Hashes) -> NDArray[np.float64]:
        """Of each option (a row of feature buckets) the sum of its weights."""
        scores: NDArray[np.float64] = self.weights[options].sum(axis=1, dtype=np.float64)
        return scores

    def log_probabilities(self, options: Hashes) -> NDArray[np.float64]:
        """Of each option the logarithm of its probability."""
        return normalised(self.scores(options))


def normalised(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores as logarithms of probabilities."""
    scores = scores - scores.max()
    likely: NDArray[np.float64] = scores - np.log(np.exp(scores).sum())
    return likely


def word_hash(word: str) -> int:
    """The same 32 bits for a word on every machine."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def table(values: Mapping[str, Hashes | int], templates: tuple[str, ...], height: int, first: int) -> Hashes:
    """The buckets of `height` options: each template (numbered from `first`) names up to MOST_PARTS of the
    values, which are one an option or the same for all."""
    named = np.zeros((1 + len(values), height), dtype=np.uint64)
    for row, value in enumerate(values.values(), start=1):
        named[row] = value
    mixed = np.arange(first + 1, first + 1 + len(templates), dtype=np.uint64)[:, None] * _MIX
    for layer in _rows_of(tuple(values), templates):
        mixed = (mixed ^ named[layer]) * _MIX
        mixed ^= mixed >> _HALF
    return ((mixed * _MIX) >> _DROP).T


@cache
def _rows_of(names: tuple[str, ...], templates: tuple[str, ...]) -> NDArray[np.int64]:
    """Where the parts of each template stand among the values, part by part; 0 where it has no more."""
    row = {name: number for number, name in enumerate(names, start=1)}
    parts = np.zeros((MOST_PARTS, len(templates)), dtype=np.int64)
    for number, template in enumerate(templates):
        for part, name in enumerate(template.split(" ")):
            parts[part, number] = row[name]
    return parts


def rows(options: Sequence[Iterable[str]]) -> Hashes:
    """Features written out as words, one iterable an option: their buckets, short rows filled up."""
    hashed = [[crc32(feature.encode()) & (BUCKETS - 1) for feature in option] for option in options]
    longest = max(map(len, hashed))
    filled = [[*features, *[BUCKETS] * (longest - len(features))] for features in hashed]
    return np.array(filled, dtype=np.uint64)


def save(weights: Mapping[str, Weights], path: Path) -> None:
    """Keeps the weights of all questions, rounded, in one file."""
    kept = {
        name: np.clip(np.rint(values * _STEPS), -127, 127).astype(np.int8) for name, values in weights.items()
    }
    np.savez_compressed(path, **kept)  # type: ignore[arg-type]


@cache
def chooser(question: str) -> Chooser:
    """What has been learned for one of QUESTIONS."""
    return _kept()[question]


def load() -> dict[str, Chooser]:
    """The choosers of MODEL, by question."""
    with np.load(MODEL) as kept:
        return {name: Chooser(kept[name].astype(np.float32) / _STEPS) for name in QUESTIONS}


_kept = cache(load)
