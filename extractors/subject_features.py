"""What tells the right beginning and end of a percentage's subject: the features of the options.

Words, distances and marks between the words and the figure, the word that governs it, what the rules propose,
the subject of the figure before; and what sort of words they are (`subject_classes`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from extractors import subject_classes
from extractors.choosers import table, word_hash
from extractors.subject_options import COMMA, PAD, VERBS

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus.facts import Span
    from extractors.choosers import Hashes
    from extractors.subject_options import Window

_UNTOLD = 20
_LIGHT = frozenset(
    word_hash(word)
    for word in (
        *(
            "khoảng",
            "trên",
            "dưới",
            "hơn",
            "gần",
            "tới",
            "đến",
            "lên",
            "tỷ",
            "tỉ",
            "lệ",
            "trọng",
            "mức",
            "từ",
        ),
        *("chỉ", "đã", "sẽ", "cũng", "vẫn", "hiện", "thêm", "mới", "những", "cả", "bình", "quân", "trung"),
        *(
            "tối",
            "thiểu",
            "ít",
            "nhất",
            "đa",
            "quá",
            "xấp",
            "xỉ",
            "chừng",
            "vào",
            "đều",
            "riêng",
            "lần",
            "lượt",
        ),
        *("(", "khá", "rất", "con", "số", "tương", "ứng", "không", "phải", "cần", "ước"),
    )
)
"""Words between a figure and the word that governs it: "chiếm | tỷ lệ khoảng trên"."""
_NEAR = 4
"""Words around a proposed edge in which an edge is told by its distance from it."""
_BESIDE = np.arange(-2, 3)[:, None]
_ENDS = 100
"""Number of the first template of ends."""
_OF_STARTS = (
    *("side distance back", "side word", "side before", "side word after", "word after after2"),
    *("before word", "side after", "place back", "before2 before", "place verb", "side verbs verb"),
    *("side distance front", "place front front2", "side third behind", "side behind behind2"),
    *("side shape shape_before", "leads commas", "place word", "place before", "front word"),
    *("side behind word", "adjacent front", "adjacent behind", "adjacent word after front"),
    *("same", "same front", "same front2"),
    *("shift", "shift side", "shift word", "shift before", "shift shape"),
    *("side gov", "side gov2 gov", "side gov behind", "side gov3 gov2 gov", "past side", "past gov"),
    *("past gov2 gov", "past place", "gov place", "adjacent gov", "side distance gov", "gov before"),
    "past before word",
    *subject_classes.twice(subject_classes.OF_STARTS),
)
_OF_ENDS = (
    *("word", "last", "last word", "word after", "word after after2", "length left", "quarter close"),
    *("last2 last", "word third", "left gap", "begun length", "commas comma", "verbs", "opened closed"),
    *("shape_last shape", "gap word", "begun word", "of_rules", "of_rules word", "of_rules last"),
    *("of_earlier", "of_earlier word", "of_earlier last"),
    *subject_classes.twice(subject_classes.OF_ENDS),
)


def start_options(seen: Window, proposed: Span | None, earlier: Span | None) -> Hashes:
    """The features of every start: `proposed` by the rules, `earlier`: the subject of the figure before."""
    at, figure = seen.starts, seen.figure
    left = at < figure.start
    side, back = left.astype(np.uint64), (at < seen.sentence).astype(np.uint64)
    far = np.where(left, figure.start - at, at - figure.end)
    distance = np.where(far < 6, far, 6 + np.log2(np.maximum(far, 6) / 6) * 3).astype(np.uint64)
    low, high = np.where(left, at, figure.end), np.where(left, figure.start, at)
    commas, verbs = seen.between("comma", low, high, 3), seen.between("verb", low, high, 4)
    figures, breaks = seen.between("figure", low, high, 2), seen.between("break", low, high, 2)
    verb = next(
        (word for word in seen.hashes[max(0, figure.start - 7) : figure.start][::-1] if word in VERBS), 0
    )
    before2, before, word, after, after2 = seen.at(_BESIDE, at)
    governor = _governor(seen)
    values: dict[str, Hashes | int] = {
        "gov": seen.one(governor), "gov2": seen.one(governor - 1), "gov3": seen.one(governor - 2),
        "past": (at < governor).astype(np.uint64) + 2 * (at == governor + 1).astype(np.uint64),
        "side": side, "back": back, "distance": distance, "third": distance // 3,
        "place": ((side * 4 + commas) * 3 + figures) * 3 + breaks, "commas": commas, "verbs": verbs,
        "before2": before2, "before": before, "word": word, "after": after, "after2": after2,
        "shape": seen.shapes[at], "shape_before": seen.shapes[at - 1],  # of the first: as behind the last
        "front": seen.one(figure.start - 1), "front2": seen.one(figure.start - 2),
        "behind": seen.one(figure.end), "behind2": seen.one(figure.end + 1), "verb": verb,
        "adjacent": (at == figure.end).astype(np.uint64), "leads": (at == seen.sentence).astype(np.uint64),
        "same": (at == earlier.start).astype(np.uint64) if earlier else 2,
        "shift": _shift(at, proposed.start, proposed) if proposed else _UNTOLD,
    }  # fmt: skip
    return table(values | subject_classes.of_starts(seen, at), _OF_STARTS, len(at), first=0)


def _governor(seen: Window) -> int:
    """Where the word stands that governs the figure."""
    at = seen.figure.start - 1
    while at >= 0 and seen.hashes[at] in _LIGHT:
        at -= 1
    return at


def _shift(at: NDArray[np.int64], edge: int, span: Span) -> Hashes:
    """How far the positions are from the edge of a span, where that is near."""
    off = at - edge
    inside = (at >= span.start) & (at < span.end)
    shift: Hashes = np.where(np.abs(off) <= _NEAR, off + _NEAR, np.where(inside, 10, 11)).astype(np.uint64)
    return shift


def end_options(seen: Window, spans: list[Span], proposed: Span | None, earlier: Span | None) -> Hashes:
    """The features of subjects of which start and end are known."""
    start, at = np.array([(span.start, span.end) for span in spans], dtype=np.int64).T
    figure = seen.figure
    length = np.minimum(at - start, 12).astype(np.uint64)
    gap = np.where(at <= figure.start, np.minimum(figure.start - at, 6), 9).astype(np.uint64)
    last2, last, word, after, after2 = seen.at(_BESIDE, at)
    values: dict[str, Hashes | int] = {
        "left": (start < figure.start).astype(np.uint64), "begun": seen.padded[start + PAD],
        "length": length, "quarter": length // 4, "third": length // 3,
        "gap": gap, "close": (gap == 0).astype(np.uint64),
        "last2": last2, "last": last, "word": word, "after": after, "after2": after2,
        "verbs": seen.between("verb", start, at, 3), "commas": seen.between("comma", start, at, 3),
        "comma": (word == np.uint64(COMMA)).astype(np.uint64),
        "opened": seen.between("open", start, at, 2), "closed": seen.between("close", start, at, 2),
        "shape_last": seen.shapes[at - 1], "shape": seen.shapes[at],
        "of_rules": _beside(start, at, proposed), "of_earlier": _beside(start, at, earlier),
    }  # fmt: skip
    return table(values | subject_classes.of_ends(seen, start, at), _OF_ENDS, len(spans), first=_ENDS)


def _beside(start: NDArray[np.int64], end: NDArray[np.int64], other: Span | None) -> Hashes | int:
    """How far the ends are from that of another span, and whether both begin alike."""
    if other is None:
        return _UNTOLD
    off = end - other.end
    shift: Hashes = np.where(np.abs(off) <= _NEAR, off + _NEAR, 10).astype(np.uint64)
    shift += (start == other.start).astype(np.uint64) * np.uint64(32)
    return shift
