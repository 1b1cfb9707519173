"""The phrases that rankings are written with: places, places left, moves, kept places, bands.

Each phrase is found alone here; `rankings` joins those that speak of one place in one list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractors import (
    literals,
    rank_bands,
    rank_brackets,
    rank_heads,
    rank_items,
    rank_listed,
    rank_moves,
    rank_places,
)
from extractors.ownership import Ownership

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from corpus.facts import Span
    from extractors.rank_context import Phrase

_HINTS = (
    "hạng", "bậc", "nấc", "vị trí", "vị thứ", "vị thế", "ngôi", "thứ ",
    "xếp ở", "xếp nhất", "xếp nhì", "xếp số", "xếp 0",
    *(f"{verb} {digit}" for verb in ("xếp", "đứng") for digit in range(1, 10)),
    "về nhất", "về nhì", "đứng nhất",
    "đứng nhì", "đứng số", "dẫn đầu", "đứng đầu", "xếp đầu", "hàng đầu",
    "quán quân", "á quân", "đỉnh bảng", "toàn đoàn", "một trong ", "1 trong ",
    "xếp trên", "đứng trên", "xếp sau", "đứng sau", "cuối (", "cuối cùng (", "cuối bảng (", "chót (",
    "cuối trong",
    *(f"nhóm {digit}" for digit in range(1, 10)),
    "asean-", *(f"asean {number}" for number in range(3, 9)),
    "top", "tốp", "nhất", "số 1 ", "số 2 ", "số 3 ", "số một ", "số hai ",
)  # fmt: skip


def hints(text: str) -> list[int]:
    """Where words of ranking begin, in order: a sentence without any holds no ranking."""
    return sorted(literals.starts(literals.lowered(text), _HINTS))


_RULES: tuple[tuple[tuple[str, ...], Callable[[str, Span], Iterator[Phrase]]], ...] = (
    (("từ ",), rank_moves.from_to),
    (("(",), rank_brackets.bracketed),
    (("bậc", "hạng", "nấc", "vị trí"), rank_moves.moves),
    (("bậc",), rank_moves.to_figure),
    (("bậc", "hạng"), rank_moves.since_when),
    (("đầu", "cao nhất"), rank_bands.first_places),
    (("giữ nguyên", "không thay đổi", "không đổi"), rank_moves.kept_alone),
    (("hạng", "vị trí", "vị thứ", "vị thế", "thứ bậc", "ngôi"), rank_places.headed),
    (("thứ ", "hạng", "cuối", "chót"), rank_listed.placed),
    (("thứ ",), rank_places.superlative),
    (("thứ ",), rank_places.partner),
    (("thứ ", "xếp ", "đứng ", "về ", "toàn đoàn"), rank_places.ordinal),
    (("hạng", "vị trí"), rank_places.given),
    (("số ",), rank_places.number),
    (("một trong ", "1 trong ", "là hai trong", "là ba trong", "là bốn trong"), rank_bands.one_of),
    (("nhất", "đầu", "nhóm "), rank_bands.band),
    (("asean",), rank_bands.numbered_bloc),
    (("nhóm ",), rank_bands.group_alone),
    (("đầu", "quân", "cao nhất", "đỉnh bảng", "ngôi vương"), rank_heads.best),
    (("top", "tốp"), rank_bands.top),
    (("top", "tốp", "nhóm"), rank_bands.top_list),
    (("top", "tốp"), rank_bands.beside),
)
"""Each rule with the words of which a sentence must hold one; where two rules overlap, the earlier wins."""


def find(text: str, sentence: Span) -> list[Phrase]:
    """The phrases of one sentence in reading order; where two overlap, the fuller kind stays."""
    found: list[Phrase] = []
    taken = Ownership()
    words = text[sentence.start : sentence.end].lower()
    for needles, rule in _RULES:
        if not any(needle in words for needle in needles):
            continue
        for phrase in rule(text, sentence):
            if taken.free(phrase.start, phrase.end):
                taken.claim(phrase.start, phrase.end)
                found.append(phrase)
    for phrase in tuple(found):
        for item in rank_items.after(text, sentence, phrase):
            if not taken.free(item.start, item.end):
                continue
            taken.claim(item.start, item.end)
            found.append(item)
    return sorted(found, key=lambda phrase: phrase.start)
