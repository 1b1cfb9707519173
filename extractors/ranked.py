"""Who is ranked in what among whom: subject, index and scope of a ranking, as surfaces of the article.

Looked for in this order: behind the ranking, in its clause from right to left, in its sentence, in the
sentences before it, in the title. Bounded everywhere: a sentence and a few before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import (
    rank_bests,
    rank_contests,
    rank_measures,
    rank_scopes,
    rank_topics,
    rank_words,
    ranked_beside,
    ranked_clauses,
    ranked_kinds,
    ranked_names,
    ranked_nouns,
)
from extractors.letters import CAPITAL

if TYPE_CHECKING:
    from extractors.document import Document
    from extractors.ranked_nouns import Clause

_LOOK_BACK = 5
"""How many sentences before its own a ranking may get its subject or index from."""
_FURTHER_BACK = 10
"""How many sentences more for a country or province, which what speaks of ranks is mostly about."""
_REACH = 400
"""How many code points of its sentence are looked at before a ranking."""
_OF_ITSELF = frozenset(
    f"ranking.{rule}" for rule in ("superlative", "partner", "number", "one_of", "band", "first_places")
)
"""Rules whose own words say in what: no index is carried over to them or from them."""
_BARE = frozenset(f"ranking.{rule}" for rule in ("superlative", "partner", "number"))
"""Rules of noun phrases, which what the sentence says before does not reach."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """What could be resolved; None where the text gives no ground."""

    subject: str | None = None
    index: str | None = None
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the ranking before ends (`floor`) and the next begins (`ceiling`), and the ranking's rule."""

    floor: int
    ceiling: int
    rule: str


# "Thái Lan là bạn hàng | lớn thứ tư", "có trữ lượng | lớn thứ hai"
_AS_WHAT = re.compile(
    r"(?<!\w)(?:là|[Cc]ó(?![ ]thể)|trở[ ]thành|"
    r"thành(?![ ](?:phố|viên|tích|phần|tựu|lập|công|thị))|sở[ ]hữu|(?P<loose>với|chiếm)|[–-])[ ]"
    r"(?P<what>[^\W\d" + CAPITAL + r"](?:(?![ ](?:là|có|với)[ ])[^,.;:()\n0-9]){1,50}?)[ ](?:(?:luôn|vẫn"
    r"|hiện|đang)[ ])?\Z"
)
# "(nhà sản xuất chè lớn thứ hai) và xuất khẩu sắn | lớn thứ năm"
_IN_ROW = re.compile(
    r"(?:,|,?[ ](?:và|cũng[ ]như|đồng[ ]thời))[ ](?:(?:là|có)[ ])?"
    r"(?P<what>[^\W\d"
    + CAPITAL
    + r"](?:(?![ ](?:(?:là|có|với|của)[ ]|["
    + CAPITAL
    + r"][^\W\d"
    + CAPITAL
    + r"]))[^,.;:()\n0-9]){2,50}?)[ ]\Z"
)
# "có lực lượng mặt đất lớn nhất vùng Vịnh và | (lớn thứ 4 thế giới)"
_BEST_AND = re.compile(
    r"(?<!\w)(?:là|có|sở[ ]hữu|trở[ ]thành)[ ](?P<what>[^\W\d"
    + CAPITAL
    + r"](?:(?![ ](?:là|có|với)[ ])[^,.;:()\n0-9]){1,40}?)[ ](?:lớn|cao|nhiều|đông|dài|rộng|mạnh)[ ]nhất[ ]"
    r"[^,.;:()\n0-9]{2,30}?[ ]và[ ](?:là[ ])?\Z"
)
# "nhà đầu tư lớn nhất và | đối tác thương mại"
_FIRST_OF_TWO = re.compile(
    r"\A.*(?:[ ]nhất[ ]và[ ]|[ ]và[ ](?=(?:đối[ ]tác|thị[ ]trường|nhà|nước|bạn[ ]hàng)[ ]))"
)
_SHORT = re.compile(r"[ ]\([A-Z][A-Z-]{1,8}(?:[ ][A-Z]{3,8})?\)")
_FRONT = re.compile(
    r"(?:(?:\A|[.;:\n][ ]?)|,[ ](?=[^\W\d])|(?<=\w[ ])(?=(?-i:Là[ ])))(?P<lead>Với|Đứng|Xếp|Ở|Từ|Giữ|Dù"
    r"|Mặc[ ]dù|Tuy"
    r"|Là(?:[ ](?:một[ ])?[^\W\d]+){0,4})?[ ]?\Z",
    re.IGNORECASE,
)
# "(đứng thứ 7) với 58,12 điểm, | Mường Lát"
_TO_COMMA = re.compile(r"(?:[^,.;:]|(?<=[0-9])[,.](?=[0-9])){0,80}?(?:,|[ ](?:nhưng|song))[ ]")


@cache
def _bare_noun() -> re.Pattern[str]:
    return re.compile(
        rf"(?:một[ ])?(?:{rank_words.any_of('noun')}|{rank_words.any_of('anyone')}|cái[ ]tên|nơi)"
        r"(?:[ ](?:đã|đang|luôn|được))?\Z",
        re.IGNORECASE,
    )


def resolve(document: Document, sentence: Span, ranking: Span, reach: Reach) -> Ranked:
    """What the sentence says."""
    text = document.text
    left = Span(max(sentence.start, ranking.start - _REACH), ranking.start)
    right = Span(ranking.end, min(reach.ceiling, sentence.end, ranking.end + 200))
    row = _of_row(text, sentence, ranking, reach)
    if row:
        index = rank_topics.behind(text, right) or row
        return Ranked(None, index, rank_scopes.scope(text, ranking, right, left, reach.rule))
    other = text.rfind("; ", reach.floor, ranking.start) if reach.floor > left.start else -1
    clause = ranked_clauses.nearest(
        text,
        Span(max(left.start, reach.floor, other + 2 if other >= 0 else 0), ranking.start),
        tail=reach.floor > left.start and other < 0,
        modifies=reach.rule in _BARE,
    )
    topic = _topic(text, sentence, ranking, reach, clause)
    named = ranked_kinds.holder(text, ranking, reach.rule)
    named = named or ranked_beside.named(text, ranking, left, reach.rule)
    subject = named or _subject(text, left, right, clause.subject) or ranked_beside.owner(text, left)
    subject = ranked_kinds.given_to(text, right, subject) or ranked_kinds.fitting(
        text, sentence, ranking, subject, reach.rule
    )
    subject = None if subject and subject == topic else subject  # "chỉ số Đào tạo lao động tụt 9 bậc"
    scope = rank_scopes.scope(text, ranking, right, left, reach.rule) or rank_scopes.of_list(topic)
    return Ranked(subject, _without_owner(topic, subject), scope)


def _topic(text: str, sentence: Span, ranking: Span, reach: Reach, clause: Clause) -> str | None:
    """In what the ranking is."""
    left = Span(max(sentence.start, ranking.start - _REACH), ranking.start)
    right = Span(ranking.end, min(reach.ceiling, sentence.end, ranking.end + 200))
    said = (
        rank_topics.list_in_front(text, left, reach.rule)
        or _bracketed_part(text, left, reach.rule)
        or rank_topics.inside(text, ranking, right, reach.rule)
        or rank_topics.behind(text, right)
        or rank_measures.counted_by(text, left)
        or rank_measures.reported(text, left)
        or rank_topics.among(text, ranking, right)
        or _as_what(text, left, reach.rule)
        or (clause.index if reach.floor > sentence.start else None)  # What the sentence begins with is far.
        or (None if clause.subject else rank_topics.fronted(text, sentence))
        or rank_topics.head(text, sentence)
        or clause.index
        or (None if reach.rule in _BARE else rank_topics.before(text, left))
        or (None if reach.rule in _OF_ITSELF else _beside(text, left, right))
        or rank_bests.head(text, left, reach.rule)
    )
    if said and rank_topics.is_bare(said):
        said = None
    if said is None and reach.rule not in _OF_ITSELF | {"ranking.top"}:
        said = ranked_names.last_index(text, Span(max(left.start, reach.floor), left.end))
    return _with_abbreviation(text, left, said) if said else None


def _bracketed_part(text: str, left: Span, rule: str) -> str | None:
    """The part of an index in front of the bracket with its place: "Thủ tục hành chính công | (hạng 6)"."""
    if rule != "ranking.bracketed" and not text.endswith(" (", left.start, left.end):
        return None
    return ranked_names.index_before(text, Span(max(left.start, left.end - 90), left.end - len(" (")))


def _with_abbreviation(text: str, left: Span, index: str) -> str:
    """The name of an index with its short form, where that follows: "Chỉ số hài lòng ... (SIPAS)"."""
    at = text.rfind(f"{index} (", left.start, left.end)
    short = _SHORT.match(text, at + len(index), left.end) if at >= 0 else None
    return index + short[0] if short else index


def _beside(text: str, left: Span, right: Span) -> str | None:
    """What is best of all in front, or what is counted beside the place."""
    return (
        rank_bests.last_best(text, left)
        or rank_measures.measured(text, left, right)
        or rank_measures.with_amount(text, left)
        or rank_bests.last_measure(text, left)
        or rank_contests.last_contest(text, left)
    )


# "Ba đơn vị | có mặt trong top 3 là A, B và C"
_SO_MANY = re.compile(
    r"(?:[0-9]{1,2}|hai|ba|bốn|năm|các)[ ](?:đơn[ ]vị|tỉnh|địa[ ]phương|sở|bộ|nước|trường)", re.IGNORECASE
)


def _subject(text: str, left: Span, right: Span, of_clause: str | None) -> str | None:
    if text.startswith(" thuộc về ", right.start) or ranked_beside.heads(text, right):
        of_clause = ranked_beside.told_behind(text, right) or of_clause
    listed = ranked_beside.listed_behind(text, right)
    listed = None if of_clause and not _SO_MANY.fullmatch(of_clause) else listed
    return listed or _main_clause(text, left, right) or of_clause or ranked_beside.told_behind(text, right)


def _as_what(text: str, left: Span, rule: str) -> str | None:
    match = _AS_WHAT.search(text, max(left.start, left.end - 60), left.end)
    if rule in _BARE and (match is None or match["what"].endswith(" và")):
        best = _BEST_AND.search(text, max(left.start, left.end - 110), left.end)
        return best["what"] if best else None
    if match is None:
        return None
    plain = rule in _BARE or match["what"] == "nền kinh tế"
    if (not plain and _bare_noun().match(match["what"])) or ranked_nouns.is_predicated(match["what"]):
        return None
    if match["what"].endswith((" và", "-", "–")) or (
        match["loose"] and not rank_words.begins("measure").match(match["what"])
    ):
        return None
    return _FIRST_OF_TWO.sub("", match["what"])


def _of_row(text: str, sentence: Span, ranking: Span, reach: Reach) -> str | None:
    """What a later superlative of a row modifies; whoever the one before is about is placed there too."""
    if reach.rule != "ranking.superlative" or reach.floor <= sentence.start:
        return None
    match = _IN_ROW.match(text, reach.floor, ranking.start)
    if match is None or match.end() != ranking.start or ranked_nouns.is_predicated(match["what"]):
        return None
    return match["what"]


def _main_clause(text: str, left: Span, right: Span) -> str | None:
    """The subject behind a ranking that is fronted: "Với vị trí 30 trên thế giới, trường X ..."."""
    if not _FRONT.search(text[left.start : left.end].rstrip()):
        return None
    comma = _TO_COMMA.match(text, right.start, right.end)
    if comma is None:
        return None
    return ranked_nouns.of_clause(re.split(r"[,;:]", text[comma.end() : right.end])[0]).subject


def going_on(missing: Ranked, last: Ranked, rules: tuple[str, str], kinds: frozenset[str] | None) -> Ranked:
    """Fills what is missing from the ranking just before; `rules`: its own and that one's."""
    counts = last.index or ""
    counted = counts.startswith(("số ", "lượng ")) or rank_words.begins("measure").match(counts)
    row = rules[1] == "ranking.band" and rules[0] not in _OF_ITSELF and counted
    index = missing.index or (last.index if row or not _OF_ITSELF.intersection(rules) else None)
    fits = last.subject and not ranked_kinds.contradicts(last.subject, kinds)
    return Ranked(missing.subject or (last.subject if fits else None), index, missing.scope)


def mentioned(document: Document, sentence: Span, ranking: Span, missing: Ranked, rule: str) -> Ranked:
    """Fills what is missing from the nearest mention before the sentence, the title last."""
    own = Span(max(sentence.start, ranking.start - _REACH), ranking.start)
    subject, index = missing.subject or ranked_names.last_owner(document.text, own), missing.index
    carries = rule not in _OF_ITSELF
    kind = ranked_kinds.wanted(document.text, sentence, ranking, rule)
    number = document.sentence_number(sentence.start)
    near = reversed(document.sentences[max(0, number - _LOOK_BACK) : number])
    pieces = [document.text[max(span.start, span.end - _REACH) : span.end] for span in near]
    for piece in (*pieces, (document.article.title or "")[:_REACH]):
        if subject and (index or not carries):
            break
        named, topic = _mentions(piece)
        subject, index = (
            subject or ranked_kinds.matching(named, piece, kind),
            index or (topic if carries else None),
        )
    subject = subject or _country_before(document, number - _LOOK_BACK)
    subject = subject or _pointed_at(document.text, sentence, ranking)
    return Ranked(subject, _without_owner(index, subject), missing.scope)


# "PCI của tỉnh | lùi 6 bậc", "năm 2020, tỉnh ta | xếp hạng 38"
_POINTED_AT = re.compile(
    r"(?:(?:\A|[.;:,\n])[ ]?|(?<!\w)của[ ])(?P<who>tỉnh(?:[ ]ta)?|nước[ ]ta|thành[ ]phố|huyện)(?=[ ]|,|\Z)"
    r"(?![ ](?-i:[" + CAPITAL + r"])|,[ ](?:thành|huyện|thị|xã))",
    re.IGNORECASE,
)


def _pointed_at(text: str, sentence: Span, ranking: Span) -> str | None:
    """The word that only points to who is ranked, where no name is found for it."""
    found = list(_POINTED_AT.finditer(text[max(sentence.start, ranking.start - _REACH) : ranking.start]))
    return found[-1]["who"] if found else None


def _country_before(document: Document, number: int) -> str | None:
    """The last country or province named in the sentences before the given one."""
    for span in reversed(document.sentences[max(0, number - _FURTHER_BACK) : max(0, number)]):
        named = _country_in(document.text[max(span.start, span.end - _REACH) : span.end])
        if named:
            return named
    return None


@lru_cache(maxsize=64)
def _country_in(piece: str) -> str | None:
    return ranked_names.last_subject(piece, Span(0, len(piece)))


# "Với 66,8 điểm, | Hà Giang ..."
_LEADS_IN = re.compile(r"[ ]?(?:Với|Theo|Trong|Năm|Tại|Về|Đến|Ngày|Nhờ|Cụ[ ]thể|Theo[ ]đó)(?!\w)")

# "Chỉ số A xếp thứ 76; | Chỉ số B tụt 5 bậc"
_PART = re.compile(
    r"(?:\A|[;.,][ ])(?:[Cc]hỉ[ ]số|[Tt]iêu[ ]chí)[ ][^;:.\n]{3,90}?[ ](?:xếp|đứng|tăng|giảm|tụt|ở[ ]vị)[ ]"
)


_PARTS_OF_ANY = re.compile(r"(?:các[ ])?chỉ[ ]số[ ]thành[ ]phần", re.IGNORECASE)
"""What a sentence before may name without saying of which index."""


@lru_cache(maxsize=64)
def _mentions(piece: str) -> tuple[str | None, str | None]:
    """Who a sentence is about (else the last country or province it names), and the last index it names."""
    whole = Span(0, len(piece))
    first, *rest = re.split(r"(?<![0-9])[,;:(\n]|,(?![0-9])", piece, maxsplit=2)
    about = ranked_nouns.of_clause(first).subject
    if about is None and rest and _LEADS_IN.match(first) and piece[len(first)] == ",":
        named = ranked_nouns.of_clause(rest[0]).subject
        called = named and (named[0].isupper() or named.startswith(("ông ", "bà ")))
        about = named if named and called and ranked_names.is_proper(named) else None
    if about and " " not in about and not about.isupper():  # "Ảnh: ...", "Cuộc ..."
        about = None
    named = about or ranked_names.last_subject(piece, whole)
    if len(_PART.findall(piece)) > 1:  # Each of them has its own place: none is what is spoken of.
        return named, None
    topic = rank_topics.before(piece, whole) or ranked_names.last_index(piece, whole)
    return named, (
        (None if topic and _PARTS_OF_ANY.fullmatch(topic) else topic)
        or rank_bests.last_best(piece, whole, listed=True)
        or rank_bests.last_measure(piece, whole)
        or rank_contests.last_contest(piece, whole)
    )


# "thu ngân sách | của tỉnh"
@cache
def _of_their_own() -> re.Pattern[str]:
    return re.compile(rf"[ ]của[ ](?:{rank_words.any_of('noun')}|khoa|lớp|ngành|nước[ ]ta)\Z", re.IGNORECASE)


_HOW_MANY = re.compile(
    r"(?:hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|một[ ]trong[ ](?:những|số))[ ](?=\w+[ ])", re.IGNORECASE
)


def _without_owner(index: str | None, subject: str | None) -> str | None:
    index = _HOW_MANY.sub("", index, count=1) if index and _HOW_MANY.match(index) else index
    if index and subject:
        for owner in (f" của {subject}", f" của nền kinh tế {subject}"):
            index = index.removesuffix(owner)
    return (_of_their_own().sub("", index) if index else index) or None
