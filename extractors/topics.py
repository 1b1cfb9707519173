"""What a clause is about, as a figure at its end or an amount inside it measures it."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import clause_nouns, clauses, phrases, predicates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.clauses import Word

_CHANGES = re.compile(r"(?:tăng|giảm|cắt[ ]giảm)(?!\w)", re.IGNORECASE)
# "hộ chưa có điện", "người là dân tộc thiểu số": which of them
_WHICH = re.compile(r"(?:là|chưa|không|bị|phải)", re.IGNORECASE)
_SO_THAT = re.compile(r"(?:để|cho|khi|vì|do|bởi|nhờ|nên)", re.IGNORECASE)
_AMONG = re.compile(r"trong[ ](?:tổng[ ])?số[ ](?!(?:đó|này)(?!\w))(?:các[ ]|những[ ])?", re.IGNORECASE)
_IN_ALL = re.compile(r"(?:trong|trên)(?:[ ](?:tổng[ ])?số)?", re.IGNORECASE)
# "tăng 5.000 người (3%)": who they are stands in the clause before
_PEOPLE = re.compile(r"người|lượt", re.IGNORECASE)
# "lợn thịt có 500 con": counted without their noun
_CLASSIFIER = re.compile(r"con|chiếc|cái|cây|quả", re.IGNORECASE)
_GREATEST = re.compile(r"(?:(?:nhiều|lớn|cao|thấp|ít|nhỏ|mạnh|nhanh|tốt|dài)[ ])?nhất", re.IGNORECASE)
_BREAKS = frozenset(("percent", "date", "predicate", "opener"))


def of_clause(text: str, clause: Sequence[Word], *, closing: bool) -> Span | None:
    """What the clause is about; `closing`: the figure asked for stands at its end, else it may hold more."""
    core, predicate = predicates.split(text, clause, len(clause))
    if closing or (predicate and core):
        return _topic(text, core, predicate)
    if among := _AMONG.match(text, clause[0].start) if clause else None:
        return _among([word for word in clause if word.start >= among.end()])
    amounts = [number for number, word in enumerate(clause) if word.kind == "amount"]
    if counted := _out_of(clause, amounts):
        return counted
    for number in sorted(amounts, key=lambda number: predicates.split(text, clause, number)[1] is None):
        if found := _with_amount(text, clause, number):
            return found
    return None if amounts or _is_setting(text, clause) else _topic(text, core, predicate)


def _out_of(clause: Sequence[Word], amounts: Sequence[int]) -> Span | None:
    """Of what so many are told among more: "27 trong tổng số 108 chế độ báo cáo"."""
    for first, second in pairwise(amounts):
        between = " ".join(word.written for word in clause[first + 1 : second])
        hole = clause[second].hole
        if _IN_ALL.fullmatch(between) and hole and hole.counted:
            return hole.counted
    return None


def _is_setting(text: str, clause: Sequence[Word]) -> bool:
    """Whether the clause only says when, where or after whom: "Theo báo cáo của ...", "Tại Huế"."""
    if not clause or predicates.is_setting(text, clause[0]):
        return True
    return clause[0].kind == "preposition" and not clauses.measure_at(text, clause[0].start)


def _among(words: Sequence[Word]) -> Span | None:
    """Of whom the figures behind are shares: "Trong số các hộ được hỏi, ..."."""
    if words and words[0].hole and words[0].hole.counted:
        return _fuller(words[0].hole.counted, words[1:])
    return clause_nouns.whole(words, "")


def of_bracket(text: str, clause: Sequence[Word], *, bare: bool) -> Span | None:
    """What a figure in a bracket behind the clause measures: "giảm 9 phòng (12%)"; `bare`: nothing but the
    figure stands there ("giữ cổ phần chi phối (51%)")."""
    if clause and _counts(clause[-1:]) and (found := _with_amount(text, clause, len(clause) - 1)):
        return found
    verbs = [number for number, word in enumerate(clause) if word.kind in {"verb", "opener"}]
    if bare and verbs and not _counts(clause):
        if clause[-1].written[0].isupper():
            return _topic(text, clause, None)
        beside = clause_nouns.plain(predicates.without_lead(text, clause[verbs[-1] + 1 :]), None)
        if beside:
            return beside
    core, predicate = predicates.split(text, clause, len(clause))
    if predicate or any(word.kind == "amount" for word in clause):
        return of_clause(text, clause, closing=False)
    return _topic(text, core, "")


def _counts(words: Sequence[Word]) -> bool:
    return any(word.hole is not None and word.hole.counted is not None for word in words)


def leaves_open(text: str, clause: Sequence[Word]) -> bool:
    """Whether nothing stands between a verb that opens a statement and the predicate: "phấn đấu | đạt"."""
    core, _ = predicates.split(text, clause, len(clause))
    openers = [number for number, word in enumerate(core) if word.kind == "opener"]
    return bool(openers) and not predicates.without_lead(text, core[openers[-1] + 1 :])


def is_measured(text: str, clause: Sequence[Word]) -> bool:
    """Whether a noun of measure, and no verb of another kind, leads to the figure that ends the clause."""
    core, predicate = predicates.split(text, clause, len(clause))
    words = predicates.without_lead(text, core)
    if predicate is None and (found := clause_nouns.measured(text, words, None)):
        if any(word.kind in {"date", "amount"} for word in words if word.start >= found.end):
            return False
        words = [word for word in words if word.start >= found.start]
    verbs = any(word.kind in {"verb", "opener", "have"} for word in words)
    return bool(words) and not verbs and clauses.measure_at(text, words[0].start) is not None


def _with_amount(text: str, clause: Sequence[Word], number: int) -> Span | None:
    """What a clause with an amount is about: "doanh thu đạt 5 tỷ đồng", "có 12 xã chưa về đích", "thu 3 tỷ
    đồng tiền phạt"."""
    core, predicate = predicates.split(text, clause, number)
    found, rest = _topic(text, core, predicate), clause[number + 1 :]
    if found and clauses.measure_at(text, found.start):
        return found
    hole = clause[number].hole
    if hole and hole.counted and not (found and predicate and not _CHANGES.match(predicate)):
        if found and not rest and _CLASSIFIER.fullmatch(text, hole.counted.start, hole.counted.end):
            return found
        people = _PEOPLE.fullmatch(text, hole.counted.start, hole.counted.end) and not rest
        if people and (found or predicate):
            return None if predicate else found
        exists = any(word.kind == "have" for word in clause[:number])
        return _fuller(hole.counted, rest, exists=exists)
    if rest and clauses.measure_at(text, rest[0].start):
        return clause_nouns.whole(rest, "")
    return found


def _fuller(counted: Span, rest: Sequence[Word], *, exists: bool = False) -> Span:
    """What is counted, with the clause that says which: "hộ chưa có điện", "người là dân tộc thiểu số".

    `exists`: whatever follows says which ("có 12 tàu được ngân hàng cho vay").
    """
    kinds = {"verb", "have", "auxiliary"} if exists else {"verb", "have"}
    which = rest and (rest[0].kind in kinds or _WHICH.fullmatch(rest[0].written))
    over = any(word.kind in _BREAKS and not clause_nouns.IS.match(word.written) for word in rest)
    if not which or over or len(rest) > phrases.MOST_FULL:
        return counted
    kept = clause_nouns.trimmed(rest, amounts=True)
    return Span(counted.start, kept[-1].end) if kept else counted


def _topic(text: str, core: Sequence[Word], predicate: str | None) -> Span | None:
    """The measured noun of the core, else its first noun phrase; behind a verb that opens a new statement
    ("cho biết", "đưa", "khiến") first."""
    if spending := _who_spends(core):
        return spending
    words = predicates.without_lead(text, core)
    if words and clause_nouns.SHARE.match(text, words[0].start) and not predicates.is_vague(words[0]):
        return clause_nouns.measured(text, words, predicate)
    if holder := _holder(words):
        return holder
    openers = [number for number in range(len(core)) if _opens(text, core, number, predicate)]
    for number in (*reversed(openers), -1):
        words = predicates.without_lead(text, core[number + 1 :])
        if found := clause_nouns.measured(text, words, predicate) or clause_nouns.plain(words, predicate):
            return found
    return None


def _who_spends(core: Sequence[Word]) -> Span | None:
    """Who are counted by what they have spent: "11 bộ giải ngân dưới 20%"."""
    for word, after in pairwise(core):
        if word.hole and word.hole.counted and clause_nouns.SPENDS.fullmatch(after.written):
            return word.hole.counted
    return None


def _holder(words: Sequence[Word]) -> Span | None:
    """Who holds the greatest share: "ngành thép có vốn đầu tư lớn nhất (33%)"."""
    if not words or not _GREATEST.fullmatch(words[-1].written):
        return None
    holds = next((n for n, word in enumerate(words) if word.kind in {"have", "predicate"}), 0)
    return clause_nouns.plain(words[:holds], None)


def _opens(text: str, core: Sequence[Word], number: int, predicate: str | None) -> bool:
    """Whether a new statement begins behind the word: "cho thấy", or "là" in "có mức tăng cao là thép".

    Without a predicate also behind "có": "máy này có độ nhạy 88%".
    """
    word = core[number]
    if predicate is None and word.kind == "have":
        return not any(other.kind == "auxiliary" for other in core[number + 1 :])
    if word.written == "nhất là" and number:
        return True  # "lý do phổ biến nhất là ..."
    if _SO_THAT.fullmatch(word.written):
        return number + 1 < len(core) and clauses.measure_at(text, core[number + 1].start) is not None
    if clause_nouns.IS.match(word.written):
        return any(other.kind == "predicate" or predicates.is_vague(other) for other in core[:number])
    return word.kind == "opener"
