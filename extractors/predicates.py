"""The predicate of a clause: the run of verbs, adverbs and dates that ends at a figure ("đã tăng khoảng")."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractors import clauses, wordlists
from extractors.clauses import NOMINAL, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

LIGHT = frozenset(("predicate", "auxiliary", "adverb", "date", "have", "bound"))
"""Kinds of words that stand between what a clause is about and a figure."""

LEAD = re.compile(
    r"(?:mục[ ]tiêu|chỉ[ ]tiêu|kế[ ]hoạch|tình[ ]hình|thực[ ]tế|thực[ ]chất|kết[ ]quả|như[ ]vậy)",
    re.IGNORECASE,
)
"""Nouns behind which stands what is measured: "mục tiêu doanh thu", "tình hình nợ đọng"."""

_LIGHT_WORD = re.compile(
    r"(?:từ|đến|tới|cho|chừng|thêm|con[ ]số|mức|với|những|mất|một|vào|trên|dưới|ở|tại|trong|để|theo|cả)",
    re.IGNORECASE,
)
# names a level or a growth without saying of what
_VAGUE = re.compile(
    r"(?:(?:mức|tốc[ ]độ|nhịp[ ]độ|đà|độ)[ ])?(?:tăng(?:[ ]trưởng)?|giảm)|tốc[ ]độ|(?:tỷ|tỉ)[ ]lệ",
    re.IGNORECASE,
)
# "đồng yên tăng giá 1%": one verb, unless a noun follows ("tăng giá điện")
_PRICE = re.compile(r"(?:tăng|giảm|lên|mất)[ ]giá", re.IGNORECASE)
_GOAL = re.compile(r"(?:mục[ ]tiêu|chỉ[ ]tiêu|kế[ ]hoạch|dự[ ]báo|kịch[ ]bản)\Z", re.IGNORECASE)


def split(text: str, clause: Sequence[Word], end: int) -> tuple[Sequence[Word], str | None]:
    """What stands in front of the predicate that ends at word `end`, and the predicate's first verb."""
    at = end
    while at and is_light(clause, at - 1):
        at -= 1
    for number in range(at, end):
        word = clause[number]
        if word.kind == "predicate" or (is_vague(word) and not _is_subject(text, clause[:end], number)):
            return clause[:number], word.written
    return clause[:end], None


def verb(clause: Sequence[Word]) -> str | None:
    """The verb nearest to the figure at the end of the clause, of those that measure; None after "có"."""
    for number in range(len(clause) - 1, -1, -1):
        word = clause[number]
        if word.kind == "predicate" or is_vague(word):
            return word.written
        if word.kind == "have" or not is_light(clause, number):
            return None
    return None


def is_light(clause: Sequence[Word], number: int) -> bool:
    """Whether the word belongs to the run of verbs and adverbs in front of a figure."""
    word, before = clause[number], clause[number - 1] if number else None
    if word.kind in LIGHT or is_particle(word):
        return True
    if is_market_share(clause, number):
        return True
    if is_vague(word):
        return before is None or not _GOAL.search(before.written)
    if before and _PRICE.fullmatch(f"{before.written} {word.written}"):
        return True
    after_verb = before is not None and (before.kind in {"predicate", "adverb"} or is_vague(before))
    return word.kind == "adjective" and after_verb


def is_market_share(clause: Sequence[Word], number: int) -> bool:
    """Whether the word says no more than "chiếm" in front of it: "chiếm thị phần khoảng 5%"."""
    return clause[number].written == "thị phần" and number > 0 and clause[number - 1].written == "chiếm"


def is_particle(word: Word) -> bool:
    """Whether the word only leads to what follows it: "từ", "tới", "ở", "với"."""
    return bool(_LIGHT_WORD.fullmatch(word.written))


def is_vague(word: Word) -> bool:
    """Whether the word names a growth or a rate without saying of what: "tăng trưởng", "tỷ lệ"."""
    return bool(_VAGUE.fullmatch(word.written))


def _is_subject(text: str, clause: Sequence[Word], number: int) -> bool:
    """Whether a noun of growth has a verb of its own, and no noun in front: "tăng trưởng cả năm đạt"."""
    alone = not without_lead(text, clause[:number])
    return alone and any(word.kind == "predicate" for word in clause[number + 1 :])


def without_lead(text: str, words: Sequence[Word]) -> Sequence[Word]:
    """The words without what introduces the clause: adverbs, dates, "trong đó có", "mục tiêu"."""
    for number, word in enumerate(words):
        following = words[number + 1].kind if number + 1 < len(words) else ""
        if word.hole and word.hole.counted:
            counted = word.hole.counted
            noun = Word(counted.start, counted.end, "", text[counted.start : counted.end])
            return [noun, *words[number + 1 :]]
        if clauses.measure_at(text, word.start) or not _introduces(word, following, text):
            return words[number:]
    return []


def _introduces(word: Word, following: str, text: str) -> bool:
    """Whether the word stands in front of a clause and is no part of it; `following`: the next one's kind."""
    if is_setting(text, word):
        return True
    if word.kind in NOMINAL:
        return bool(LEAD.fullmatch(word.written)) and following in NOMINAL
    return word.kind != "verb" or following == "date"


def is_setting(text: str, word: Word) -> bool:
    """Whether the word begins a setting: "Theo ...", "Bên cạnh đó", "Sau khi ..."."""
    found = _settings().at(text, word.start)
    return found is not None and found[1] >= word.end


@cache
def _settings() -> wordlists.Phrasebook:
    words = wordlists.classes("phrase_ends", "word", "setting")
    return wordlists.Phrasebook({word: setting for word, setting in words.items() if setting})
