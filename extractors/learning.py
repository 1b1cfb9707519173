"""Learns the weights of a `Chooser` from examples, one a step: AdaGrad (Duchi, Hazan and Singer 2011).

At each step some features are left out (Srivastava et al. 2014, "Dropout"), so that none is trusted alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from extractors.choosers import BUCKETS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractors.choosers import Hashes, Weights

_RATE = 0.3
_SHRINK = 1e-2
_LEFT_OUT = 0.4
"""The share of an example's features that a step does without."""
_SMALL = 1e-2
_SEED = 2026


@dataclass(frozen=True, slots=True)
class Example:
    """Options as rows of feature buckets, and the row that a person chose."""

    options: Hashes
    chosen: int


@dataclass(frozen=True, slots=True)
class Stage:
    """Examples that are gone through so many times; what later stages say weighs more."""

    examples: Sequence[Example]
    rounds: int


def learn(stages: Sequence[Stage]) -> Weights:
    """The weights after all stages. The same stages give the same weights."""
    weights, squares = np.zeros(BUCKETS + 1), np.full(BUCKETS + 1, _SMALL)
    chance = np.random.default_rng(_SEED)
    for example in _in_order(stages, chance):
        options = example.options[:, chance.random(example.options.shape[1]) >= _LEFT_OUT]
        scores = weights[options].sum(axis=1)
        wrong = np.exp(scores - scores.max())
        wrong /= wrong.sum()
        wrong[example.chosen] -= 1
        features, place = np.unique(options, return_inverse=True)
        pull = np.bincount(place.ravel(), np.repeat(wrong, options.shape[1]), len(features))
        pull[features == BUCKETS] = 0
        squares[features] += pull**2
        weights[features] -= _RATE * (pull + _SHRINK * weights[features]) / np.sqrt(squares[features])
    return (weights * (1 - _LEFT_OUT)).astype(np.float32)


def _in_order(stages: Sequence[Stage], chance: np.random.Generator) -> Iterator[Example]:
    for stage in stages:
        for _ in range(stage.rounds):
            yield from (stage.examples[number] for number in chance.permutation(len(stage.examples)))
