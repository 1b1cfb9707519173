"""The noun phrase in front of a predicate: where it begins, and how much hangs on it.

A noun of measure (`lexicons/measure_nouns.csv`: "lãi suất", "kim ngạch") takes along all that hangs on it,
clauses included ("số hộ đã thoát nghèo"); another noun takes a clause along only where a plain verb joins it
to the predicate ("bảo hiểm do Nhà nước hỗ trợ").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import clauses, predicates
from extractors.clauses import NOMINAL, Word

if TYPE_CHECKING:
    from collections.abc import Sequence

SHARE = re.compile(r"(?:tỷ|tỉ)[ ](?:lệ|trọng|phần)|tổng|số(?!\w)|lượng(?!\w)", re.IGNORECASE)
"""Nouns that a whole clause may hang on: "tỷ lệ hộ được vay vốn", "số chưa có việc làm"."""
_RATIO = re.compile(r"(?:tỷ|tỉ)[ ]lệ(?!\w)", re.IGNORECASE)
SPENDS = re.compile(r"giải[ ]ngân", re.IGNORECASE)
"""A noun of measure that is a verb, too."""
IS = re.compile(r"là(?!\w)", re.IGNORECASE)

# a noun of measure behind these belongs to another phrase: "mức tăng của giá", "so với giá"
_OF_ANOTHER = re.compile(
    r"(?<!\w)(?:của|trong|trên|theo|so[ ]với|vào|cho|từ|về|do|nhờ|bằng|một|các|những|vì)[ ]\Z", re.IGNORECASE
)
# "thu ngân sách", "chi đầu tư": the verb is part of what is measured
_TAKES = re.compile(r"(?:thu|chi)", re.IGNORECASE)
_NAME = re.compile(r"\w*[A-ZĐ][\w-]*[A-ZĐ]|[A-ZĐ]\w* [A-ZĐ]")
_ADJUNCT = re.compile(
    r"(?:theo|so[ ]với|so|tính[ ]đến|kể[ ]từ|khi|để|nhằm|mà|vì|bởi|nhờ|sau[ ]khi|trước[ ]khi)",
    re.IGNORECASE,
)
# the start of an adverbial in words: "trong ba tháng", "ở gần mức thấp kỷ lục"
_ADVERBIAL = re.compile(
    r"trong[ ](?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|vài|nhiều|những)(?!\w)|thời[ ]gian[ ]qua"
    r"|ở[ ](?:gần[ ]|trên[ ]|dưới[ ]|khoảng[ ])?mức(?!\w)",
    re.IGNORECASE,
)
# "diện tích rất nhỏ": an adjective that is the predicate
_DEGREE = re.compile(r"(?:rất|khá|quá|ngày[ ]càng|tương[ ]đối|còn)", re.IGNORECASE)
# "giảm | xuống 5%": a level that something is brought to
_DIRECTION = re.compile(r"(?:còn|xuống|lên|thành|từ|giảm[ ]xuống|chỉ[ ]còn)(?!\w)", re.IGNORECASE)
# "giá vàng giao tháng 12"
_DELIVERED = re.compile(r"(?:giao|kỳ[ ]hạn|hạn)", re.IGNORECASE)
# what a phrase may end with, though its class says no
_STAYS = re.compile(
    r"(?:bình[ ]quân|trung[ ]bình|hiện[ ]có|còn[ ]lại|này|nói[ ]trên|nêu[ ]trên|khác[ ]nhau)", re.IGNORECASE
)
_JOINS = re.compile(r"(?:và|hoặc|này|khác|do)", re.IGNORECASE)
# a level without a name
_NOTHING = re.compile(r"(?:mức|con[ ]số|đây|đó|vậy|tất[ ]cả|phần[ ]lớn)(?!\w)", re.IGNORECASE)
# in a row of figures: "xây dựng tăng 8%, chế biến tăng 6%"
_ACTIVITY = re.compile(r"xây[ ]dựng|khai[ ]thác|chế[ ]biến|kinh[ ]doanh|đánh[ ]bắt|sản[ ]xuất", re.IGNORECASE)
_DIGIT = re.compile(r"[0-9]")
_STATES = frozenset(("auxiliary", "have", "date", "opener", "percent", "amount", "predicate"))
"""Kinds of words at which a clause is a statement of its own, not one that hangs on a noun."""
_DANGLING = frozenset((*predicates.LIGHT, "relative", "preposition", "mark", "opener"))
"""Kinds of words that a noun phrase does not end with."""
_LONGEST_ASIDE = 40
"""Code points of a bracket that may end a noun phrase: "(CPI)", "(trừ máy móc, thiết bị)"."""
_LONG = 5
"""Code points above which a noun of measure inside a phrase is no part of another word ("trả nợ")."""


def measured(text: str, words: Sequence[Word], predicate: str | None) -> Span | None:
    """A noun of measure with all that hangs on it: the one that begins the clause, else the last.

    It begins the clause or follows a verb ("VNPT đã nâng | giá cước"); without a predicate one of more than
    one syllable may also stand inside a phrase ("các nước phát triển nợ công").
    """
    numbers = [number for number in range(len(words)) if _is_measure(text, words, number)]
    if fresh := [number for number in numbers if _is_fresh(words, number)]:
        begins = predicate is not None and not fresh[0] and not _is_told(words[: fresh[-1]])
        return whole(words[fresh[0 if begins else -1] :], predicate)
    inside = [number for number in numbers if predicate is None and _is_inside(text, words[number])]
    return whole(words[inside[-1] :], predicate) if inside else None


def _is_told(words: Sequence[Word]) -> bool:
    """Whether the words are a statement that "với" goes on with: "xuất khẩu đã khởi sắc với | kim ngạch"."""
    statement = any(word.kind == "auxiliary" for word in words)
    return statement and words[-1].written == "với"


def _is_measure(text: str, words: Sequence[Word], number: int) -> bool:
    """Whether a noun of measure begins there, other than a growth of nothing said ("mức tăng cao")."""
    following = words[number + 1].kind if number + 1 < len(words) else ""
    said = following in {*NOMINAL, "verb", "preposition"}
    if clauses.measure_at(text, words[number].start) is None or predicates.is_market_share(words, number):
        return False
    if said or not predicates.is_vague(words[number]):
        return True
    before = words[number - 1] if number else None
    return before is not None and (before.kind == "verb" or bool(predicates.LEAD.fullmatch(before.written)))


def _is_fresh(words: Sequence[Word], number: int) -> bool:
    """Whether no noun phrase stands in front of the word that it could be part of."""
    if not number:
        return True
    word, before = words[number], words[number - 1]
    if _is_by(words, number - 1):
        return False
    told = number > 1 and words[number - 2].kind in {"auxiliary", "adverb"}
    if (_RATIO.fullmatch(word.written) and before.kind in NOMINAL) or (before.kind == "verb" and told):
        return True
    if before.kind in {*predicates.LIGHT, "opener"} or predicates.LEAD.fullmatch(before.written):
        return True
    name = before.written[0].isupper() and number > 1 and word.written[0].islower()
    if name or before.written.lower() in {"với", "cùng với"}:
        return True
    return number == 1 and before.kind == "verb" and not _TAKES.fullmatch(before.written)


def _is_inside(text: str, word: Word) -> bool:
    """Whether the noun of measure is long enough to be no part of another word, and hangs on nothing."""
    end = clauses.measure_at(text, word.start) or word.end
    long = end - word.start > _LONG or text[word.start : end].isupper()
    return long and not _OF_ANOTHER.search(text, max(word.start - 12, 0), word.start)


def plain(words: Sequence[Word], predicate: str | None) -> Span | None:
    """The first noun phrase; in front of a predicate with the clause that hangs on it ("bảo hiểm do Nhà nước
    hỗ trợ"), unless an auxiliary says that the clause is a statement of its own."""
    if not words or words[0].kind not in {*NOMINAL, "verb", "adjective"} or _NOTHING.match(words[0].written):
        return None
    named = _NAME.match(" ".join(word.written for word in words[:2]))
    loose = predicate is not None and not _DIRECTION.match(predicate) and not named
    if words[0].kind == "verb" and not loose:
        return plain(words[1:], predicate)
    stop, end = _end(words, predicate), 1
    while end < stop and (_continues(words, end) or (loose and words[end].kind not in _STATES)):
        end += 1
    kept = trimmed(words[:end])
    if not kept or (kept[0].kind == "verb" and len(kept) == 1 and not _ACTIVITY.fullmatch(kept[0].written)):
        return None
    return Span(kept[0].start, kept[-1].end)


def _continues(words: Sequence[Word], number: int) -> bool:
    """Whether the word goes on with the noun phrase in front of it."""
    word = words[number]
    if word.kind in {*NOMINAL, "adjective", "preposition", "place", "mark"}:
        return True
    if word.kind == "aside":
        return not _DIGIT.search(word.written)
    if word.kind == "date":
        return bool(_DELIVERED.fullmatch(words[number - 1].written))
    if word.kind == "verb":
        return words[number - 1].kind == "head"
    follows = number + 1 == len(words) or words[number + 1].kind in NOMINAL
    return follows and bool(_JOINS.fullmatch(word.written))


def whole(words: Sequence[Word], predicate: str | None) -> Span | None:
    """A noun with what hangs on it, clauses included, up to a date, an adjunct, or its own predicate."""
    kept = trimmed(words[: _end(words, predicate)], amounts=True)
    return Span(kept[0].start, kept[-1].end) if kept else None


def _end(words: Sequence[Word], predicate: str | None) -> int:
    """How many words belong to the phrase that begins with the first."""
    at_verb = predicate is None or bool(_DIRECTION.match(predicate))
    for number in range(1, len(words)):
        if _ends(words, number, at_verb=at_verb, is_open=predicate is None):
            return number
        if _is_amount(words, number) and not SHARE.match(words[0].written):
            return number - 1
    return len(words)


def _ends(words: Sequence[Word], number: int, *, at_verb: bool, is_open: bool) -> bool:
    word, before = words[number], words[number - 1]
    if word.kind == "date":
        return not _DELIVERED.fullmatch(before.written)
    if word.kind == "predicate":
        share = (
            SHARE.match(words[0].written) and number + 1 < len(words) and words[number + 1].kind in NOMINAL
        )
        return not share and not _is_by(words, number)
    rest = " ".join(following.written for following in words[number : number + 3])
    following = words[number + 1].kind if number + 1 < len(words) else ""
    keeps = word.written == "còn" and following == "verb" and not is_open
    degree = _DEGREE.fullmatch(word.written) is not None and not keeps
    own = at_verb and (word.kind == "auxiliary" or degree)
    stated = word.kind == "opener" or own
    if _is_compared(words, number):
        return False
    return stated or bool(_ADJUNCT.fullmatch(word.written) or _ADVERBIAL.match(rest))


def _is_compared(words: Sequence[Word], number: int) -> bool:
    """Whether the word is "so với" between the two sides of a ratio: "tỷ lệ nợ so với vốn"."""
    following = words[number + 1].kind if number + 1 < len(words) else "amount"
    ratio = _RATIO.match(words[0].written) is not None and words[number].written == "so với"
    return ratio and following in NOMINAL


def _is_by(words: Sequence[Word], number: int) -> bool:
    """Whether the word is "bằng" as in "cổ tức bằng tiền mặt"."""
    following = words[number + 1].kind if number + 1 < len(words) else "amount"
    return words[number].written == "bằng" and following in NOMINAL


def _is_amount(words: Sequence[Word], number: int) -> bool:
    """Whether the word is an amount that something comes to, not part of a noun: "giá của 12 dịch vụ"."""
    if words[number].kind != "amount" or words[number - 1].kind not in {*predicates.LIGHT, "verb"}:
        return False
    return number < 2 or words[number - 2].kind != "preposition"


def trimmed(words: Sequence[Word], *, amounts: bool = False) -> Sequence[Word]:
    """The words without adverbs, prepositions, verbs and long brackets left over at their end."""
    end = len(words)
    while end and _dangles(words[end - 1], words[end - 2 : end - 1], amounts=amounts):
        end -= 1
    return words[:end]


def _dangles(word: Word, before: Sequence[Word], *, amounts: bool) -> bool:
    if word.kind == "aside":
        return bool(_DIGIT.search(word.written)) or len(word.written) > _LONGEST_ASIDE
    if word.kind == "amount":
        return not amounts
    if word.kind == "date":
        return not (before and _DELIVERED.fullmatch(before[0].written))
    return (word.kind in _DANGLING or predicates.is_particle(word)) and not _STAYS.fullmatch(word.written)
