"""The stretch in front of a figure as words with their classes, cut into clauses.

A clause ends at a comma, a semicolon, a conjunction that begins a new one, or a percentage; a comma inside a
list of nouns ends none. What stands in a bracket is one word of the clause around it; what hangs on a
percentage before ("5% so với cùng kỳ và ...") belongs to no clause.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import phrases, word_pairs, wordlists

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from extractors.figures import Figures, Hole

NOMINAL = frozenset(("", "noun", "head"))
"""Classes of words that a noun phrase may begin with; "" are the words without a class."""

AGE = re.compile(
    r"(?:(?:dưới|trên|từ)[ ])?[0-9]{1,3}(?:[ ]?[-–][ ]?[0-9]{1,3})?[ ](?:tháng[ ])?tuổi(?:[ ]trở[ ]lên)?",
    re.IGNORECASE,
)
"""An age that says of whom: "trẻ em dưới 6 tuổi", "người từ 60 tuổi trở lên"."""

# "kỳ hạn dưới 6 tháng", "quá hạn trên 10 ngày": a term that says which
_LENGTH = r"[0-9]{1,3}(?:[ ]?[-–][ ]?[0-9]{1,3})?[ ](?:ngày|tuần|tháng|năm)"
_TERM = re.compile(
    rf"(?:kỳ|quá|thời|trễ)[ ]hạn[ ](?:(?:dưới|trên|từ|hơn|ngắn[ ]hơn)[ ])?{_LENGTH}"
    rf"(?:[ ]trở[ ](?:lên|xuống))?(?:[ ](?:đến|tới)[ ](?:dưới[ ])?{_LENGTH})?",
    re.IGNORECASE,
)
_SMALL = frozenset(("relative", "preposition", "adverb", "auxiliary"))
_OF_NOUNS = frozenset((*NOMINAL, "adjective", "preposition", "place", "mark", "aside"))
_CUT = re.compile(r"[;:“”\"…?!–-]")
_CONJUNCTION = re.compile(
    r"(?:nhưng|song|trong[ ]đó(?:[ ]có)?|thì|riêng|trong[ ]khi(?:[ ]đó)?|mà)", re.IGNORECASE
)
_AND = re.compile(r"(?:và|còn|cũng[ ]như|hoặc)", re.IGNORECASE)
# "các ngành tăng cao như thép", not "đại gia như A"
_LIKE = re.compile(r"(?:như|gồm|bao[ ]gồm)", re.IGNORECASE)
# "từ 5% năm ngoái | xuống 3%"
_TO_LEVEL = re.compile(r"(?:xuống|lên)(?!\w)", re.IGNORECASE)
# "vốn trung, dài hạn": one word in two halves
_HALVES = re.compile(r",[ ](?:trung|dài)[ ]")
# "công nghiệp - xây dựng", "nông - lâm - ngư nghiệp": a dash within the name of a field
_FIELD = (
    r"(?:nông|lâm|ngư|diêm|công|thương)(?:[ ](?:nghiệp|mại))?|kinh[ ]tế|xã[ ]hội|văn[ ]h[oó][aá]|xây[ ]dựng"
    r"|dịch[ ]vụ|du[ ]lịch|th[uủ][yỷ][ ]sản|khoa[ ]học|công[ ]nghệ|tài[ ]chính|ngân[ ]sách|tiền[ ]tệ"
    r"|quốc[ ]phòng|an[ ]ninh|tiểu[ ]thủ[ ]công[ ]nghiệp|thể[ ]thao|giáo[ ]dục|đào[ ]tạo"
)
_BEFORE_DASH = re.compile(rf"(?<!\w)(?:{_FIELD})[ ]\Z", re.IGNORECASE)
_BEHIND_DASH = re.compile(rf"[ ](?:{_FIELD})(?!\w)")
_ABBREVIATED = re.compile(r"(?<!\w)(?:[A-ZĐ]{1,3}|[A-ZĐ][a-z]{1,2})\Z")
# "4 “ông lớn” này"
_QUOTED = re.compile(r"[“\"][^“”\".,;:\n]{1,40}[”\"]")
# heads of long lists: "ngành chế biến, chế tạo", "nhóm văn hóa, giải trí"
_GROUP = re.compile(
    r"(?:ngành|nhóm|lĩnh[ ]vực|công[ ]nghiệp|hoạt[ ]động|khu[ ]vực|chỉ[ ]số|các|mặt[ ]hàng|(?:tỷ|tỉ)[ ]lệ"
    r"|(?:tổng[ ])?(?:số|lượng))(?!\w)",
    re.IGNORECASE,
)
_BEFORE_MEASURE = re.compile(r"(?:các[ ])?(?:mức[ ])?", re.IGNORECASE)
# "chi còn lớn, con số năm nay là 5%"
_NUMBER = re.compile(r"(?:con[ ]số|đây|đó|mức)(?!\w)", re.IGNORECASE)
_BRACKET = re.compile(r"[(][^()\n]{0,120}[)]")


@dataclass(frozen=True, slots=True)
class Word(Span):
    """A listed word or a syllable, as `written`; `kind`: its class (`lexicons/phrase_ends.csv`), or its part
    in a clause (`lexicons/clause_words.csv`), or "date", "amount", "percent" for a hole, "aside" for a
    bracket, "mark" for other signs."""

    kind: str
    written: str
    hole: Hole | None = None


def before(text: str, start: int, end: int, known: Figures) -> list[list[Word]]:
    """The clauses of [start, end), the last one ending at `end`; the last may be empty."""
    return list(_clauses(text, list(words(text, start, end, known))))


def words(text: str, start: int, end: int, known: Figures) -> Iterator[Word]:
    """The words of [start, end)."""
    at, last = phrases.skip_spaces(text, start), start
    while at < end:
        kind, stop, hole = _kind(text, at, start, end, known)
        if kind in _SMALL and text[at].isupper() and at == last + 1 and _ends_capital(text, last):
            kind = ""
        last = max(min(stop, end), at + 1)
        yield Word(at, last, kind, text[at:last], hole)
        at = phrases.skip_spaces(text, last)


def _kind(text: str, at: int, start: int, end: int, known: Figures) -> tuple[str, int, Hole | None]:
    """The kind of the word that begins at `at`, where it ends, and the hole that it is."""
    hole = known.hole_at(at)
    if hole and not _is_of_name(text, hole, start):
        return hole.kind, hole.end, hole
    if text[at].isalpha():
        listed = known.listed.get(at)
        if listed is None:
            listed = known.listed[at] = _listed(text, at, known.sentence.end)
        return (*listed, None)
    if text[at].isalnum():
        return "", phrases.level_end(text, start, at) or phrases.word_end(text, at), None
    if text[at] == "(" and (bracket := _BRACKET.match(text, at, end)):
        return "aside", bracket.end(), None
    quoted = _QUOTED.match(text, at, end)
    return ("", quoted.end(), None) if quoted else ("mark", at + 1, None)


def _is_of_name(text: str, hole: Hole, start: int) -> bool:
    """Whether a bare number belongs to the name in front of it: "DAX 30"."""
    bare = hole.kind == "amount" and hole.counted is None and text[hole.start : hole.end].isdecimal()
    return bare and _ends_capital(text, max(start, hole.start - 1))


def _listed(text: str, at: int, end: int) -> tuple[str, int]:
    """The kind of the word or phrase that begins at `at`, and where it ends."""
    if text[at] in "dtDTkqKQ" and (named := AGE.match(text, at, end) or _TERM.match(text, at, end)):
        return "place", named.end()
    return _kinds().at(text, at) or ("", phrases.word_end(text, at))


def _ends_capital(text: str, end: int) -> bool:
    """Whether the word that ends there begins with a capital: no conjunction in "Ba | Vì", "Từ | Sơn"."""
    start = text.rfind(" ", max(0, end - 20), end) + 1
    return start < end and text[start].isupper()


def _clauses(text: str, line: list[Word]) -> Iterator[list[Word]]:
    clause: list[Word] = []
    of_figure = False
    for number, word in enumerate(line):
        if of_figure:
            of_figure = not _ends_figure(text, line, number)
            if _TO_LEVEL.match(word.written):
                clause, of_figure = [word], False
        elif _cuts(text, line, number, clause):
            yield clause
            clause = []
        elif word.kind == "percent":
            yield [*clause, word]
            clause, of_figure = [], True
        else:
            clause.append(word)
    yield clause


def _ends_figure(text: str, line: Sequence[Word], number: int) -> bool:
    """Whether what hangs on a percentage is over."""
    opens = line[number].kind == "opener" or _AND.fullmatch(line[number].written)
    return bool(opens) or _cuts(text, line, number, [])


def _cuts(text: str, line: Sequence[Word], number: int, clause: Sequence[Word]) -> bool:
    """Whether the word ends the clause, and belongs to none."""
    word = line[number]
    if word.kind == "mark":
        joins = _is_inside(text, line, number) or _is_list_comma(text, line, number, clause)
        return _is_cut(text, word) or (word.written == "," and not joins)
    if _LIKE.fullmatch(word.written):
        return bool(clause) and clause[-1].kind in {"predicate", "adjective", "adverb", "auxiliary"}
    if _AND.fullmatch(word.written):
        after_figure = bool(clause) and clause[-1].kind in {"amount", "date", "aside"}
        return after_figure or _begins_clause(text, line, number, clause)
    return bool(_CONJUNCTION.fullmatch(word.written))


def _is_cut(text: str, mark: Word) -> bool:
    """Whether the sign, other than a comma, ends a clause: no dash inside a name, no dot of "TP. HCM"."""
    if mark.written == ".":
        return not _ABBREVIATED.search(text, max(0, mark.start - 4), mark.start)
    if mark.written not in "–-":
        return bool(_CUT.match(mark.written))
    alone = text.startswith(" ", mark.end) and text.startswith(" ", mark.start - 1)
    of_field = _BEHIND_DASH.match(text, mark.end) and _BEFORE_DASH.search(
        text, max(0, mark.start - 24), mark.start
    )
    return alone and not of_field


def _begins_clause(text: str, line: Sequence[Word], number: int, clause: Sequence[Word]) -> bool:
    """Whether "và" joins a new clause to the one before, which has a verb of its own."""
    following = line[number + 1] if number + 1 < len(line) else None
    if clause and clause[-1].kind == "predicate":
        return True
    measures = bool(clause) and measure_at(text, clause[0].start) is not None
    told = {"amount", "predicate"} if measures else {"verb", "amount", "predicate"}
    if following is None or not any(word.kind in told for word in clause):
        return False
    return following.written in {"các", "những"} or measure_at(text, following.start) is not None


def _is_list_comma(text: str, line: Sequence[Word], number: int, clause: Sequence[Word]) -> bool:
    """Whether the comma stands between two nouns of a list: "tỷ lệ làng, bản, cụm dân cư văn hóa"."""
    following = line[number + 1] if number + 1 < len(line) else None
    clause = _without_setting(clause)
    if not clause or following is None or measure_at(text, following.start):
        return False
    if _NUMBER.match(text, following.start):
        return False
    if not {clause[0].kind, following.kind} <= NOMINAL | {"verb"}:
        return False
    if any(word.kind == "aside" and "%" in word.written for word in clause):
        return False
    first = clause[0]
    compound = first.kind == "verb" and " " in first.written
    grouped = compound or _GROUP.match(text, first.start) or measure_at(text, first.start)
    nominal = _OF_NOUNS | {"verb"} if grouped else _OF_NOUNS
    return all(word.kind in nominal or _AND.fullmatch(word.written) for word in clause)


def _is_inside(text: str, line: Sequence[Word], number: int) -> bool:
    """Whether the comma stands inside a name or a word: "vốn trung, dài hạn", "ĐH, CĐ", "ngành, lĩnh vực"."""
    beside = (*line[max(0, number - 1) : number], *line[number + 1 : number + 2])
    return (
        bool(_HALVES.match(text, line[number].start))
        or word_pairs.joins(text, line[number].start, line[number].end)
        or (len(beside) > 1 and all(word.written.isupper() for word in beside))
    )


def _without_setting(clause: Sequence[Word]) -> Sequence[Word]:
    """The clause without the time in front of its noun: "trong 7 ngày Tết (...) | lượng khách"."""
    starts = (n + 1 for n in range(len(clause) - 1, -1, -1) if clause[n].kind in {"date", "aside", "opener"})
    start = next(starts, 0)
    leads = {"adverb", "auxiliary", "relative", *(("preposition", "mark") if start else ())}
    while start < len(clause) and clause[start].kind in leads:
        start += 1
    return clause[start:]


def measure_at(text: str, at: int) -> int | None:
    """Where the noun of measure (`lexicons/measure_nouns.csv`) that begins at `at` ends, "mức", "các" in
    front included."""
    found = _measures().at(text, at)
    if found is None and (lead := _BEFORE_MEASURE.match(text, at)):
        found = _measures().at(text, lead.end())
    return found[1] if found else None


@cache
def _measures() -> wordlists.Phrasebook:
    return wordlists.Phrasebook({row["noun"].lower(): "measure" for row in wordlists.rows("measure_nouns")})


@cache
def _kinds() -> wordlists.Phrasebook:
    """Classes, and for some words their part in a clause: `opener` begins a statement ("cho biết"), `have`
    tells what there is, `place` is an adverbial that needs no noun, `bound` bounds a figure."""
    classes = wordlists.classes("phrase_ends", "word", "class")
    return wordlists.Phrasebook({**classes, **wordlists.classes("clause_words", "word", "role")})
