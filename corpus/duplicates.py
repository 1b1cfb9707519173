"""Which articles are copies of each other: one text again, retitled, trimmed, spun or lightly edited.

Texts are compared as sets of shingles, three words in a row of the folded text (Broder 1997, "On the
resemblance and containment of documents"). Bulletins that fill new figures into old sentences share most
shingles and are no copies: a copy also states the same figures. MinHash only proposes whom to compare, by
bands and then by whole sketches and figures, as whoever shares much with many would be compared with all of
them; the texts themselves decide.

SAME_TEXT and SAME_FIGURES were chosen on pairs of real articles labelled by hand (tests/copies.csv).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b, sha256
from importlib.metadata import version as installed
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from rensa import RMinHash

from corpus import text as cleaning
from corpus.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Sketch = np.ndarray[tuple[int], np.dtype[np.uint32]]
"""SIGNS numbers of the shingles of a text, then those of its figures, in order."""

SAME_TEXT = 0.6
"""The similarity of copies, at least."""

SAME_FIGURES = 0.8
"""Of the figures of the text that has fewer of them, the share that its copy states too, at least."""

SHINGLE = 3  # words
BANDS, ROWS = 32, 4  # of similarity 0.6 98.8 % have a band in common, of 0.7 99.98 %, of 0.2 5 %
SIGNS = BANDS * ROWS
LIKELY = (
    0.43  # of two sketches of similarity 0.6 this share agrees but once in 30,000 times, of 0.33 once in 100
)
SEED = 1

# 22.345 is one figure, 36,5 too, and 6.2.2017 is the same three as 6/2/2017.
_TOKEN = re.compile(r"\d{1,3}(?:\.\d{3})+(?!\d)|\d+(?:,\d+)?|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Outline:
    """What is compared of a text: only its folded words and figures count.

    `fingerprint`: 64 bits that are the same where these are the same in the same order.
    """

    fingerprint: int
    shingles: frozenset[str]
    figures: frozenset[str]


def outline(text: str) -> Outline:
    """The outline of any text."""
    tokens = _tokens(text)
    shingles = zip(*(tokens[shift:] for shift in range(SHINGLE)), strict=False)
    return Outline(
        int.from_bytes(sha256(" ".join(tokens).encode()).digest()[:8]),
        frozenset(map(" ".join, shingles)) or frozenset({" ".join(tokens)}),
        frozenset(token for token in set(tokens) if token[0].isdecimal()),
    )


def sketches(outlines: Sequence[Outline]) -> list[Sketch]:
    """MinHash sketches: the share of two that agrees is about the similarity of their outlines."""
    made = RMinHash.from_token_sets([list(one.shingles) for one in outlines], num_perm=SIGNS, seed=SEED)
    return [
        np.array([*each.digest(), *sorted({crc32(figure.encode()) for figure in one.figures})], "<u4")
        for one, each in zip(outlines, made, strict=True)
    ]


def bands(sketch: Sketch) -> list[int]:
    """64-bit numbers of a sketch: two texts that can be copies have one in common, nearly always."""
    found = []
    for band, rows in enumerate(sketch[:SIGNS].reshape(BANDS, ROWS).tolist()):
        content = b"".join(row.to_bytes(4) for row in (band, *rows))
        found.append(int.from_bytes(blake2b(content, digest_size=8).digest()))
    return found


def may_be_copies(one: Sketch, other: Sketch) -> bool:
    """Whether two texts are worth comparing, by their sketches."""
    if np.count_nonzero(one[:SIGNS] == other[:SIGNS]) < LIKELY * SIGNS:
        return False
    shared = len(np.intersect1d(one[SIGNS:], other[SIGNS:], assume_unique=True))
    return _same_figures(len(one) - SIGNS, len(other) - SIGNS, shared)


def similarity(one: Outline, other: Outline) -> float:
    """Of all shingles of two texts, the share that both have (Jaccard)."""
    return len(one.shingles & other.shingles) / len(one.shingles | other.shingles)


def are_copies(one: Outline, other: Outline) -> bool:
    """Whether two texts are the same article."""
    shared = len(one.figures & other.figures)
    if not _same_figures(len(one.figures), len(other.figures), shared):
        return False
    return similarity(one, other) >= SAME_TEXT


def _same_figures(one: int, other: int, shared: int) -> bool:
    """Whether two texts state the same figures, by how many each states and both do."""
    return shared >= SAME_FIGURES * min(one, other)


def canonicals(ranked: Iterable[int], copies: Iterable[tuple[int, int]]) -> dict[int, int]:
    """For each of some texts the one that it is a copy of, itself where it is none.

    `ranked` has each text once, the one that should rather be the canonical first. Each copy is one of its
    canonical itself: a copy's copy that has drifted too far away stands for itself. The result hangs on
    nothing but the texts, their ranks and their likeness, not on when which was seen.
    """
    alike = defaultdict(set)
    for one, other in copies:
        alike[one].add(other)
        alike[other].add(one)
    found: dict[int, int] = {}
    for text in ranked:
        if text not in found:
            found[text] = text
            for other in alike[text]:
                found.setdefault(other, text)
    return found


@cache
def scheme() -> str:
    """16 hex digits that change whenever fingerprints, bands or the rule for copies might."""
    sources = (Path(file).read_bytes() for file in (__file__, cleaning.__file__))
    return sha256(b"\n".join((*sources, installed("rensa").encode()))).hexdigest()[:16]


def _tokens(text: str) -> list[str]:
    return [token.lstrip("0") or "0" if token[0] == "0" else token for token in _TOKEN.findall(fold(text))]
