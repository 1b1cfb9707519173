"""What a share is a share of: the noun phrase behind the figure, or the one its clause is about.

Behind the figure stands the subject of "80% hộ dân ...", "giảm 50% tiền thuê đất"; behind "chiếm", "bằng",
"đạt" stands the whole, and the subject in front, in the clause of the figure or in one before it. "Con số
này" and clauses without a noun go on with the figure before.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import antecedents, clause_nouns, clauses, complements, figures, respective, topics
from extractors.status_cues import dates_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.facts import Date, Percentage
    from extractors.clauses import Word
    from extractors.document import Document
    from extractors.figures import Figures

# "tăng 5% về lượng nhưng giảm 2% về giá trị": each figure names its own side
_IN_TERMS_OF = re.compile(
    r"[ ]{1,2}(?:về|theo)[ ]{1,2}(?=lượng|khối[ ]lượng|giá|trị[ ]giá|số|kim[ ]ngạch|doanh|sản"
    r"|lợi[ ]nhuận|vốn)"
)
_SIDE = re.compile(r"(?<!\w)(?:lượng|giá)(?!\w)", re.IGNORECASE)
_AT = re.compile(r"[ ](?P<word>trong|ở|tại|từ)[ ]")
# names nothing by itself, or points to what was spoken of
_POINTS = re.compile(
    r"(?:kỳ[ ]hạn|con[ ]số(?:[ ](?:tương|tuyệt)[ ]đối)?"
    r"|tỷ[ ]lệ|tỉ[ ]lệ|mức|chỉ[ ]số|kết[ ]quả|tốc[ ]độ|số|mức[ ]tăng|mức[ ]giảm|tỷ[ ]trọng)"
    r"(?:[ ](?:này|đó|trên|ấy))?"
    r"|(?:đây|đó|họ|nó|mình|tôi|chúng[ ](?:tôi|ta)|trong[ ]số|các|những|một[ ]số|mục[ ]tiêu|kế[ ]hoạch"
    r"|thực[ ]tế)(?:[ ]này)?|hiệu[ ]lực(?:[ ]thi[ ]hành)?|(?:điều|khoản|điểm|mục)(?:[ ][0-9]{1,3})?"
    r"|(?:nghị[ ]định|thông[ ]tư|quyết[ ]định|luật|văn[ ]bản)(?:[ ](?:này|mới|trên))?"
    r"(?:[ ](?:quy[ ]định|nêu))?|quy[ ]định|cấp[ ](?:tỉnh|huyện|xã|bộ|sở|trung[ ]ương)",
    re.IGNORECASE,
)
_BACK = re.compile(
    r"(?<!\w)(?:con[ ]số|tỷ[ ]lệ|tỉ[ ]lệ|mức|mục[ ]tiêu|chỉ[ ]tiêu|tốc[ ]độ)[ ](?:này|đó)(?!\w)",
    re.IGNORECASE,
)
# "7.000 người cho rằng loa là cần thiết (78%)"
_SAY = re.compile(r"[ ](?:cho[ ](?:rằng|là|biết)|nói|trả[ ]lời|nhận[ ]xét|đồng[ ]ý|đánh[ ]giá)(?!\w)")
_SHORT = 2
"""Syllables of a noun that names only whose rate it is."""
_REACH = 300
"""Code points in front of a figure in which its subject may stand."""
_BRACKET = 100
"""Code points in front of a figure in which the bracket that it stands in begins."""
_SIDE_REACH = 60
"""Code points behind a figure in which the side stands that it is of."""
_FIGURES = 6
"""Figures and dates before a figure that are looked over for its subject."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A percentage at `span`; `known`: the figures of its sentence, `dates`: those of the article, `earlier`:
    the percentages before it in the article."""

    document: Document
    span: Span
    known: Figures
    dates: Sequence[Date]
    earlier: Sequence[Percentage]

    @property
    def last(self) -> Percentage | None:
        """The percentage before it in the article."""
        return self.earlier[-1] if self.earlier else None

    @property
    def before(self) -> Percentage | None:
        """The percentage before it in its sentence."""
        last = self.last
        return last if last and last.start >= self.known.sentence.start else None


def subject_of(figure: Figure) -> str | None:
    """The surface of what the figure measures."""
    text, span, known = figure.document.text, figure.span, figure.known
    if side := _side(figure) or respective.side(text, span.start, figure.earlier):
        return side
    if place := respective.place_of(text, span.start, known.sentence.start):
        front = clauses.before(text, _left(known, place.start), place.start, known)
        joint = _nearest(text, front, None)
        return respective.part(joint, place) if joint else None
    front = clauses.before(text, _left(known, span.start), span.start, known)
    after = complements.of_figure(text, span, known, front[-1])
    if after and complements.is_subject(text, front, after):
        return text[after.start : after.end]
    if front[-1] and _BACK.search(text, front[-1][0].start, front[-1][-1].end):
        return figure.before.subject if figure.before else _of_sentence_before(figure)
    found = _in_front(figure, front) or (figure.before.subject if figure.before else None)
    if found:
        return _without_side(text, span, found)
    after = after or complements.named(text, span, known.sentence.end)
    return text[after.start : after.end] if after else _of_sentence_before(figure)


def _left(known: Figures, start: int) -> int:
    """How far to the left of `start` a subject is looked for."""
    holes = known.holes_before(start)
    return max(known.sentence.start, start - _REACH, holes[-_FIGURES].end if len(holes) > _FIGURES else 0)


def _side(figure: Figure) -> str | None:
    """The side that the figure is of: "tăng 5% về số hộ"; after "lượng gạo tăng 5%" also "3% về giá trị"."""
    text, end = figure.document.text, figure.known.sentence.end
    side = _IN_TERMS_OF.match(text, figure.span.end, end)
    if side is None:
        return None
    words = list(clauses.words(text, side.end(), min(end, side.end() + _SIDE_REACH), figure.known))
    stop = next(
        (n for n, word in enumerate(words) if word.kind in {"mark", "percent", "relative"}), len(words)
    )
    named = clause_nouns.whole(words[:stop], "")
    if named is None:
        return None
    written = text[named.start : named.end]
    subject = figure.before.subject if figure.before else None
    other = subject and _SIDE.search(subject) and written.split(" ", maxsplit=1)[0] not in subject
    return written if other or (clauses.measure_at(written, 0) and not _SIDE.search(written)) else None


def _without_side(text: str, span: Span, subject: str) -> str:
    """The subject of the figure before without the side that this one names: "80% trẻ ở xã, 6% ở phố"."""
    side = _AT.match(text, span.end)
    cut = subject.find(f" {side['word']} ") if side else -1
    return subject[:cut] if cut > 0 else subject


def _in_front(figure: Figure, front: list[list[Word]]) -> str | None:
    """What the clauses in front speak of, those of the figure's own bracket first."""
    text, span, known, before = figure.document.text, figure.span, figure.known, figure.before
    bracket = text.rfind("(", max(known.sentence.start, span.start - _BRACKET), span.start)
    if bracket < 0 or text.find(")", bracket, span.start) >= 0:
        return _nearest(text, front, before)
    if inside := _nearest(text, clauses.before(text, bracket + 1, span.start, known), before):
        return inside
    if before and any(
        0 <= bracket - found.end <= 1 for found in dates_in(figure.dates, bracket - 40, bracket)
    ):
        return before.subject
    return _beside_bracket(figure, bracket)


def _who_say(figure: Figure, bracket: int) -> Span | None:
    """Who are counted as saying something: "7.000 người cho rằng loa là cần thiết (78%)"."""
    text = figure.document.text
    for hole in reversed(figure.known.holes_before(bracket)):
        if hole.kind == "percent" or bracket - hole.end > _REACH:
            return None
        if hole.counted and (says := _SAY.search(text, hole.counted.start, hole.counted.end + 12)):
            return Span(hole.counted.start, says.start())
    return None


def _beside_bracket(figure: Figure, bracket: int) -> str | None:
    """What the clause that the bracket follows speaks of: "9 phòng (12%)", "thép cán (5%)"."""
    text, known, before = figure.document.text, figure.known, figure.before
    if says := _who_say(figure, bracket):
        return text[says.start : says.end]
    outside = clauses.before(text, _left(known, bracket), bracket, known)
    bare = all(word.kind == "bound" for word in clauses.words(text, bracket + 1, figure.span.start, known))
    if len(outside) > 1 and _is_list(outside[-1]) and any(map(_is_count, outside[-2])):
        outside = outside[:-1]
    beside = topics.of_bracket(text, outside[-1], bare=bare)
    if beside is None:
        return _nearest(text, outside[:-1], before)
    if before and bare and _is_elsewhere(text, beside, before, ()):
        return before.subject
    return text[beside.start : beside.end]


def _is_list(clause: Sequence[Word]) -> bool:
    """Whether the clause is but one more noun of a list."""
    return all(word.kind in clauses.NOMINAL for word in clause)


def _is_count(word: Word) -> bool:
    return word.hole is not None and word.hole.counted is not None


def _nearest(text: str, front: Sequence[list[Word]], before: Percentage | None) -> str | None:
    """What the nearest clause to the left speaks of; the last of `front` ends at the figure."""
    listed = None
    for number in range(len(front) - 1, -1, -1):
        clause, closing = front[number], number == len(front) - 1
        if clause and clause[-1].kind == "percent":
            if before:
                return before.subject
            clause, closing = clause[:-1], True
        if not closing and number and front[number - 1][-1:] and _hangs_on(text, front[number - 1], clause):
            continue
        found = topics.of_clause(text, clause, closing=closing)
        if found is None:
            continue
        written = text[found.start : found.end]
        if closing and (done := antecedents.done(text, front)):
            return done
        if before and _goes_on(text, found, before, clause):
            return before.subject
        if not closing and _is_list(clause):
            listed = found
        elif not _POINTS.fullmatch(text, found.start, found.end):
            return antecedents.meant(text, found, front[: number + 1]) or written
    return text[listed.start : listed.end] if listed else None


def _hangs_on(text: str, last: Sequence[Word], clause: Sequence[Word]) -> bool:
    """Whether the clause but lengthens the list behind a percentage: "80% hộ ăn rau, thịt sạch, ..."."""
    told = {"predicate", "have", "amount", "date", "opener"}
    if last[-1].kind != "percent" or any(word.kind in told for word in clause):
        return False
    return not clause or clauses.measure_at(text, clause[0].start) is None


def _goes_on(text: str, found: Span, before: Percentage, clause: Sequence[Word]) -> bool:
    """Whether the clause goes on with what was measured before."""
    if _POINTS.fullmatch(text, found.start, found.end):
        return True
    return _is_elsewhere(text, found, before, clause) and not antecedents.is_its_own(clause)


def _is_elsewhere(text: str, found: Span, before: Percentage, clause: Sequence[Word]) -> bool:
    """Whether the clause only points to what was measured before ("con số này"), or names another place where
    it is: "lãi suất ở Ý là 4%, Đức là 3%"."""
    written = text[found.start : found.end]
    if _POINTS.fullmatch(written):
        return True
    short = len(written.split(" ")) <= _SHORT and antecedents.RATE.match(before.subject or "") is not None
    short = short and ";" not in text[before.end : found.start]
    placed = bool(clause) and clause[0].kind == "preposition"
    named = (short or placed or antecedents.is_name(written)) and not clauses.measure_at(written, 0)
    owned = text.endswith("của ", 0, found.start)
    return bool((named or owned) and before.subject and clauses.measure_at(before.subject, 0))


def _of_sentence_before(figure: Figure) -> str | None:
    """What the sentence before speaks of: "Con số này tăng 5%", "Trong đó, tăng 7% ..."."""
    document, text = figure.document, figure.document.text
    number = document.sentence_number(figure.known.sentence.start)
    sentence = document.sentences[number - 1] if number else None
    if sentence is None or text.find("\n", sentence.end, figure.known.sentence.start) >= 0:
        return None
    if figure.last and figure.last.start >= sentence.start:
        return figure.last.subject
    known = figures.read(document, sentence, figure.dates)
    found = _nearest(text, clauses.before(text, _left(known, sentence.end), sentence.end, known), None)
    return found if found and clauses.measure_at(found, 0) else None
