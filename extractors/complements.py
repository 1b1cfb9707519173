"""The noun phrase behind a figure: what it is a share of ("80% hộ dân", "giảm 50% thuế"), or the whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import clauses, phrases, predicates, topics

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractors.clauses import Word
    from extractors.figures import Figures

# "20% GDP", "95% kế hoạch": the whole, whatever the verb
_WHOLE = re.compile(
    r"[ ]{0,2}(?:GDP|GRDP|GNI|kế[ ]hoạch|dự[ ]toán|so[ ]với|cùng[ ]kỳ|chỉ[ ]tiêu|mục[ ]tiêu)(?!\w)",
    re.IGNORECASE,
)
# "tăng 1% phiên trước", "giảm 5% mỗi năm": when, not what
_WHEN = re.compile(
    r"[ ]{1,2}(?:phiên|đợt|kỳ|lần|ngày|tuần|tháng|quý|năm|sáng|chiều|mỗi|hôm|hồi|kể|cả)(?!\w)", re.IGNORECASE
)
# "73% (58.587) ý kiến", "1% của lượng nước"
_FIRST = re.compile(r"[ ]?[(][0-9][^()]{0,20}[)]|[ ]{1,2}của[ ]{1,2}(?!tổng)")
_ASKED = re.compile(
    r"[ ](?:có[ ]mặt|được[ ](?:hỏi|lấy[ ]ý[ ]kiến|khảo[ ]sát|phỏng[ ]vấn|điều[ ]tra)"
    r"|tham[ ]gia[ ](?:khảo[ ]sát|trả[ ]lời)"
    r"|trả[ ]lời[ ]khảo[ ]sát)(?!\w)"
)
# "60% là lao động nữ"
_NAMED = re.compile(r"[ ](?:là|thuộc)[ ]")
# "giảm 50% tiền thuê đất": the verb takes what follows
_TAKES = re.compile(r"(?:cắt[ ]giảm|giảm|tăng|hạ|tinh[ ]giản)(?:[ ]thêm)?", re.IGNORECASE)
_RATIO = re.compile(r"(?:tỷ|tỉ)[ ]lệ", re.IGNORECASE)
# the predicate behind a clause that hangs on the noun: "hộ trồng rừng | được cấp chứng chỉ"
_MAIN = re.compile(
    r"(?:được|đã|đã[ ]được|đều|chưa|chưa[ ]được|sẽ|phải|bị|có|không|đang|là|vẫn|gồm|bao[ ]gồm)", re.IGNORECASE
)
# "tỷ lệ tăng nhanh, từ 5% dân số lên ..."
_LEVEL = re.compile(r"từ|lên|xuống", re.IGNORECASE)
_OVER = re.compile(r"(?:và|mà|nhưng|để|nhằm|hoặc|khi|nếu|vì|do|cho)", re.IGNORECASE)
_ENDS = frozenset(("mark", "percent", "date", "opener"))
_TO_LEVEL = 4
"""Words in front of a figure in which what leads to a level is looked for: "tăng lên đến khoảng 14%"."""
_REACH = 140
"""Code points behind a figure over which a noun phrase may run."""


def of_figure(text: str, span: Span, known: Figures, closing: Sequence[Word]) -> Span | None:
    """The noun phrase behind the figure, unless it is a time or the whole; `closing`: the clause that ends at
    the figure."""
    end = min(known.sentence.end, span.end + _REACH)
    if _WHOLE.match(text, span.end, end) or _WHEN.match(text, span.end, end):
        return None
    first = _FIRST.match(text, span.end, end)
    start = phrases.skip_spaces(text, first.end() if first else span.end)
    after = phrases.after(text, start, end, full=True)
    if after is None:
        return _level(text, start, end)
    if age := clauses.AGE.match(text, after.end + 1, end):
        return Span(after.start, age.end())
    if asked := _ASKED.match(text, after.end, end):
        return Span(after.start, asked.end())
    words = list(clauses.words(text, after.end, end, known))
    takes = _TAKES.fullmatch(predicates.verb(closing) or "") is not None
    return _with_clause(after, words, is_object=takes or _is_object(closing))


def named(text: str, span: Span, end: int) -> Span | None:
    """The noun phrase that the figure is said to be: "60% là lao động nữ"."""
    name = _NAMED.match(text, span.end, end)
    return phrases.after(text, name.end(), end, full=True) if name else None


def is_subject(text: str, front: Sequence[Sequence[Word]], after: Span) -> bool:
    """Whether the noun behind the figure is its subject: not after a verb that equates ("chiếm", "đạt"), nor
    after a noun of measure right in front ("lãi suất 6%"), unless that changes another ("ngân sách giảm 50%
    tiền thuê đất")."""
    closing = front[-1]
    if closing and all(_LEVEL.fullmatch(word.written) for word in closing) and len(front) > 1:
        return False
    verb = predicates.verb(closing)
    risen = any(_LEVEL.fullmatch(word.written) for word in closing[-_TO_LEVEL:])
    if verb and (risen or not _TAKES.fullmatch(verb)) and not _RATIO.fullmatch(verb):
        return topics.leaves_open(text, closing)
    if verb is None and _is_whole(text, front, after):
        return False
    takes = verb is not None and clauses.measure_at(text, after.start) is not None
    return _is_object(closing) or takes or not topics.is_measured(text, closing)


def _is_whole(text: str, front: Sequence[Sequence[Word]], after: Span) -> bool:
    """Whether the noun is the whole, though no verb says so: "rất nhỏ, chỉ 2% tổng diện tích", "(40% tổng
    vốn)", "tối đa 8% giá trị lô"."""
    closing = front[-1]
    if text.startswith("tổng", after.start):
        bare = len(front) > 1 and all(word.kind in {"bound", "auxiliary", "adverb"} for word in closing)
        measured = bool(closing) and clauses.measure_at(text, closing[0].start) is not None
        return bare or measured or any(word.written == "(" for word in closing)
    return text.startswith("giá trị", after.start) and bool(closing) and closing[-1].kind == "bound"


def _is_object(closing: Sequence[Word]) -> bool:
    return bool(closing) and closing[-1].kind == "verb"


def _level(text: str, start: int, end: int) -> Span | None:
    """A noun phrase that begins with "mức", which otherwise leads to a figure: "giảm 1% mức dự báo"."""
    measure = clauses.measure_at(text, start)
    if measure or not text.startswith("mức ", start):
        return Span(start, measure) if measure else None
    rest = phrases.after(text, start + len("mức "), end, full=True)
    return Span(start, rest.end) if rest else None


def _with_clause(noun: Span, words: Sequence[Word], *, is_object: bool) -> Span:
    """The noun with the clause that hangs on it, where its own predicate follows ("thí sinh đăng ký dự thi |
    có nguyện vọng") or where the noun is the object of a verb in front ("chịu 5% chi phí khắc phục tàu")."""
    over = (n for n, word in enumerate(words) if word.kind in _ENDS or _OVER.fullmatch(word.written))
    words = words[: next(over, len(words))]
    if not words or words[0].kind != "verb":
        return noun
    main = next((n for n, word in enumerate(words) if _MAIN.fullmatch(word.written)), None)
    if main is None and is_object:
        nominal = clauses.NOMINAL | {"adjective"}
        main = next((n for n, word in enumerate(words) if n and word.kind not in nominal), len(words))
    return noun if main is None or main > phrases.MOST_FULL else Span(noun.start, words[main - 1].end)
