"""Joins the phrases that speak of one place in one list: "tăng 2 bậc, xếp hạng 86/193 (từ vị trí 88)"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors import rank_phrases
from extractors.letters import CAPITAL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.facts import Span
    from extractors.ownership import Ownership
    from extractors.rank_context import Phrase

_SEPARATOR = re.compile(r"[,(–-]")
# What may stand between the last comma and a phrase that goes on with the same place.
_SMALL = re.compile(
    r"(?:[ ]|[(–-]|(?:và|tức|là|đã|cũng|lên|để|từ|đứng|giúp|đưa|có|nhờ[ ]đó|qua[ ]đó|đồng[ ]thời"
    r"|hiện|nay|đang|được|vươn|vượt|mới|chỉ|với|mức|xuống|còn|lại|hơn|xếp|trong|năm[ ](?:[0-9]{4}|nay"
    r"|ngoái|trước)|trước[ ]đó|khi|ở|tại|nâng|đạt|thêm"
    r"|(?:đổi|nhường)[ ](?:chỗ|vị[ ]trí)[ ](?:cho|với)[ ](?-i:[" + CAPITAL + r"])\w+"
    r"|một[ ]năm|lần[ ]đầu(?:[ ]tiên)?|sau|năm[ ]qua)(?!\w))*\Z",
    re.IGNORECASE,
)
_OTHER_CLAUSE = re.compile(
    r"[;:\n]|(?<!\w)(?:nhưng|trong[ ]khi|còn(?![ ]\Z)|song|tuy[ ]nhiên|riêng)(?!\w)", re.IGNORECASE
)
# "từ vị trí thứ 3 đã vượt qua A - người | đứng đầu"
_IN_BRACKETS = re.compile(r"\([^()]{0,20}\Z")
_OF_ANOTHER = re.compile(r"vượt[ ]qua|[ ][–-][ ]|(?<!\w)sau[ ][" + CAPITAL + r"]")
# "(tiếp tục đứng thứ 6) về trồng rừng, | (đứng thứ 2)"
_SAME_VERB = re.compile(r"(?:[ ](?:về|trong|ở|tại|toàn|thế|cả)[ ][^,.;:()\n]{2,80})?(?:,|[ ]và|,[ ]và)[ ]")
# "(trong tốp 15) PAR INDEX, | (tăng 10 bậc) SIPAS"
_OWN_INDEX = re.compile(r"[ ](?:(?:về|trong)[ ])?(?:chỉ[ ]số[ ]|[A-Z]{3,})[^,;]*,[ ]")
_BEFORE_IN_BRACKETS = re.compile(
    r"(?:[ ](?:tỉnh|thành|quốc[ ]gia|nước|bộ|sở|nền|địa[ ]phương|đơn[ ]vị)[^.;()\n]{0,50})?"
    r"[ ]?\([^()]{0,30}\Z"
)
_MOST_GAP = 130


def groups(text: str, sentence: Span, owned: Ownership) -> Iterator[list[Phrase]]:
    """The phrases of a sentence whose figures are free, joined where they speak of one place."""
    group: list[Phrase] = []
    for phrase in rank_phrases.find(text, sentence):
        if not all(owned.free(figure.start, figure.end) for figure in phrase.figures):
            continue
        joined = _joined(text, group, phrase) if group else None
        if joined:
            group.append(joined)
            continue
        if group:
            yield group
        group = [phrase]
    if group:
        yield group


def _joined(text: str, group: list[Phrase], phrase: Phrase) -> Phrase | None:
    """The phrase as it goes on with the group, or None where it begins another ranking."""
    gap = text[group[-1].end : phrase.start]
    if len(gap) > _MOST_GAP or _OTHER_CLAUSE.search(gap):
        return None
    placed = any(part.rank is not None and not part.earlier for part in group)
    banded = any(part.top_n is not None for part in group)
    left = any(part.previous is not None or part.earlier for part in group)
    moved = any(part.change is not None for part in group)
    wide = False
    if (
        phrase.rule in ("ranking.item", "ranking.named")
        or (phrase.top_n and phrase.rank is None)
        or not _consistent([*group, phrase])
    ):
        return None
    if placed and not left and phrase.previous is not None and phrase.rank == _rank_of(group):
        return replace(phrase, rank=None, out_of=None) if _IN_BRACKETS.search(gap) else None
    if phrase.earlier:
        fits = placed and not left
    elif phrase.rank is None:
        another = banded and _OWN_INDEX.match(gap)
        fits = phrase.change is not None and not moved and not another and (placed or left or banded)
        wide = phrase.previous is not None
    elif placed and not left and _in_brackets(group, gap):
        return replace(phrase, earlier=True)
    elif phrase.previous is not None:
        fits = moved and not placed and not left
    else:
        fits = not placed and (moved or left)
        wide = left and not moved
    return phrase if fits and _goes_on(gap, wide=wide) else None


def _rank_of(group: list[Phrase]) -> int | None:
    return next((part.rank for part in group if part.rank is not None and not part.earlier), None)


def _consistent(group: list[Phrase]) -> bool:
    """Whether place, place before and move, where all three are said, agree."""
    rank = _rank_of(group)
    before = next((part.previous for part in group if part.previous is not None), None)
    change = next((part.change for part in group if part.change is not None), None)
    return rank is None or before is None or change is None or before - change == rank


def _in_brackets(group: list[Phrase], gap: str) -> bool:
    """Whether "(xếp thứ 59)", "(năm 2016 xếp thứ 59)" says the place before: after a move or a year."""
    return bool(_BEFORE_IN_BRACKETS.fullmatch(gap)) and (group[-1].base is not None or "năm" in gap)


def _goes_on(gap: str, *, wide: bool = False) -> bool:
    if wide:
        return not _OF_ANOTHER.search(gap)
    cuts = [match.end() for match in _SEPARATOR.finditer(gap)]
    return bool(_SMALL.match(gap[cuts[-1] :] if cuts else gap))


def share_kept(text: str, groups: list[tuple[Phrase, ...]]) -> None:
    """What is kept on is kept for all places of one verb: "tiếp tục đứng thứ 6 về A, đứng thứ 2 về B"."""
    for number in range(1, len(groups)):
        before, after = groups[number - 1], groups[number]
        plain = len(before) == len(after) == 1 and after[0].rank is not None and before[0].kept
        if plain and _SAME_VERB.fullmatch(text, before[0].end, after[0].start):
            groups[number] = (replace(after[0], kept=True),)


def share_size(text: str, groups: list[tuple[Phrase, ...]]) -> None:
    """The tail of a list ("..., thứ 3 và thứ 5 trong 63 tỉnh") holds for the places before it."""
    for number in range(len(groups) - 1, 0, -1):
        before, after = groups[number - 1], groups[number]
        gap = text[before[-1].end : after[0].start]
        shares = (
            len(before) == len(after) == 1
            and before[0].rank
            and before[0].top_n is None
            and not before[0].out_of
        )
        if (
            shares
            and after[0].out_of
            and not re.search(r"[0-9]/|[;:.]", text[after[0].start : after[0].end] + gap)
            and len(gap) < 50
        ):
            size = after[0].out_of
            alike = before[0].rule == after[0].rule or (after[0].rule == "ranking.item" and gap == " và ")
            if size >= (before[0].rank or 0) and alike:
                groups[number - 1] = (replace(before[0], out_of=size),)
