"""A choice learned from examples: the most probable of some options, each told by its features.

A conditional log-linear model (Berger, Della Pietra and Della Pietra 1996, "A maximum entropy approach to
natural language processing") over hashed features (Weinberger et al. 2009, "Feature hashing for large scale
multitask learning"). `learning` makes the weights, `extractors/models` keeps them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
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
MODELS = Path(__file__).parent / "models"
QUESTIONS = ("status", "period", "subject_start", "subject_end")
"""What is chosen of a percentage; each has its own weights."""
_STEPS = 24
"""A kept weight is a whole number of such parts of one."""
_NO_FEATURE = np.uint64(BUCKETS)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_DROP = np.uint64(64 - BITS)


@dataclass(frozen=True, slots=True)
class Chooser:
    """Weights of the features: BUCKETS of them, and a last one of 0 that fills short options up."""

    weights: Weights

    def log_probabilities(self, options: Hashes) -> NDArray[np.float64]:
        """Of each option (a row of feature buckets): the logarithm of its probability."""
        scores = self.weights[options].sum(axis=1, dtype=np.float64)
        scores -= scores.max()
        return scores - np.log(np.exp(scores).sum())


@lru_cache(maxsize=1 << 16)
def word_hash(word: str) -> int:
    """The same 32 bits for a word on every machine."""
    return crc32(word.encode("utf-8", "surrogatepass"))


def column(template: int, *parts: Hashes | int) -> Hashes:
    """The bucket of one feature for every option at once: a template filled with values."""
    mixed = np.array([template + 1], dtype=np.uint64)
    for part in parts:
        mixed = (mixed ^ np.asarray(part, dtype=np.uint64)) * _MIX
        mixed ^= mixed >> np.uint64(29)
    return (mixed * _MIX) >> _DROP


def rows(options: Sequence[Iterable[str]]) -> Hashes:
    """Features written out as words, one iterable an option: their buckets, short rows filled up."""
    hashed = [[word_hash(feature) & (BUCKETS - 1) for feature in option] for option in options]
    table = np.full((len(hashed), max(map(len, hashed))), _NO_FEATURE, dtype=np.uint64)
    for row, features in zip(table, hashed, strict=True):
        row[: len(features)] = features
    return table


def save(weights: Mapping[str, Weights], path: Path) -> None:
    """Keeps the weights of all questions, rounded, in one file."""
    kept = {name: np.clip(np.rint(values * _STEPS), -127, 127).astype(np.int8) for name, values in weights.items()}
    np.savez_compressed(path, **kept)  # type: ignore[arg-type]


@cache
def chooser(question: str) -> Chooser:
    """What has been learned for one of QUESTIONS."""
    return _kept()[question]


@cache
def _kept() -> dict[str, Chooser]:
    with np.load(MODELS / "percentages.npz") as kept:
        return {name: Chooser(kept[name].astype(np.float32) / _STEPS) for name in QUESTIONS}
