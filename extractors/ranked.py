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
from extractors import rank_scopes, rank_topics, rank_words, ranked_clauses, ranked_names

if TYPE_CHECKING:
    from extractors.document import Document

_LOOK_BACK = 5
"""How many sentences before its own a ranking may get its subject or index from."""
_REACH = 400
"""How many code points of its sentence are looked at before a ranking."""
_OF_ITSELF = frozenset(
    f"ranking.{rule}"
    for rule in ("superlative", "partner", "number", "one_of", "band", "first_places", "top")
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
    r"(?<!\w)(?:là|có|trở[ ]thành|thành|sở[ ]hữu|(?P<loose>với))[ ]"
    r"(?P<what>[^\W\dA-ZĐ](?:(?![ ](?:là|có|với)[ ])[^,.;:()\n0-9]){1,50})[ ]\Z"
)
# "đứng đầu là Hà Nội", "vị trí thứ ba thuộc về ..."
_FOLLOWS = re.compile(
    r"[^,.;:()\n]{0,60}?[ ](?:vẫn[ ])?(?:là|thuộc[ ]về)[ ](?P<who>(?:(?:các|tỉnh|thành[ ]phố|nước"
    r"|đội|trường|doanh[ ]nghiệp)[ ])?[^\W\d_a-zà-ỹđ][^,.;:()\n]{0,60}?)(?=[,.;:(\n]|[ ](?:với|khi"
    r"|có|đạt|và|của|đã|[0-9])|\Z)"
)
_FRONT = re.compile(
    r"(?:\A|[,.;:\n][ ]?)(?:(?:Với|Đứng|Xếp|Ở|Từ|Giữ|Là(?:[ ](?:một[ ])?[^\W\d]+){0,4})[ ]?)?\Z",
    re.IGNORECASE,
)
_TO_COMMA = re.compile(r"[^,.;:]{0,80},[ ]")
_BEFORE_BRACKET = re.compile(r"(?P<who>(?:(?<!\w)[A-ZĐ][\w.&-]*[ ]){1,5})\(\Z")
_BEFORE_WITH = re.compile(r"(?P<who>(?:(?<!\w)[A-ZĐ][\w.&-]*[ ]){1,5})với[ ]\Z")


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
    clause = ranked_clauses.nearest(
        text,
        Span(max(left.start, reach.floor), ranking.start),
        tail=reach.floor > left.start,
        modifies=reach.rule in _BARE,
    )
    index = (
        rank_topics.inside(text, ranking, right, reach.rule)
        or rank_topics.behind(text, right)
        or _as_what(text, left)
        or clause.index
        or (None if reach.rule in _BARE else rank_topics.before(text, left))
    )
    named = _before_name(text, ranking, left, reach.rule)
    subject = named or _subject(text, left, right, clause.subject)
    return Ranked(subject, _without_owner(index, subject), rank_scopes.scope(text, ranking, right, left))


def _before_name(text: str, ranking: Span, left: Span, rule: str) -> str | None:
    """The name right in front of "(thứ 72)" and of "với vị trí dẫn đầu"."""
    expressions = {"ranking.bracketed": _BEFORE_BRACKET, "ranking.best": _BEFORE_WITH}
    match = expressions[rule].search(text[left.start : ranking.start]) if rule in expressions else None
    return match["who"].strip() if match else None


def _subject(text: str, left: Span, right: Span, of_clause: str | None) -> str | None:
    fronted = _main_clause(text, left, right)
    if fronted:
        return fronted
    follows = None if of_clause else _FOLLOWS.match(text, right.start, right.end)
    return follows["who"] if follows else of_clause


def _as_what(text: str, left: Span) -> str | None:
    match = _AS_WHAT.search(text, max(left.start, left.end - 60), left.end)
    if match is None or _bare_noun().match(match["what"]) or ranked_clauses.is_predicated(match["what"]):
        return None
    if match["loose"] and not rank_words.begins("measure").match(match["what"]):
        return None
    return match["what"]


def _main_clause(text: str, left: Span, right: Span) -> str | None:
    """The subject behind a ranking that is fronted: "Với vị trí 30 trên thế giới, trường X ..."."""
    if not _FRONT.search(text[left.start : left.end].rstrip()):
        return None
    comma = _TO_COMMA.match(text, right.start, right.end)
    if comma is None:
        return None
    return ranked_clauses.of_clause(re.split(r"[,;:]", text[comma.end() : right.end])[0]).subject


def going_on(missing: Ranked, last: Ranked, rule: str, last_rule: str) -> Ranked:
    """Fills what is missing from the ranking just before."""
    index = missing.index or (None if rule in _OF_ITSELF or last_rule in _OF_ITSELF else last.index)
    return Ranked(missing.subject or last.subject, index, missing.scope)


def mentioned(document: Document, sentence: Span, missing: Ranked, rule: str) -> Ranked:
    """Fills what is missing from the nearest mention before the sentence, the title last."""
    subject, index = missing.subject, missing.index
    carries = rule not in _OF_ITSELF
    number = document.sentence_number(sentence.start)
    near = reversed(document.sentences[max(0, number - _LOOK_BACK) : number])
    pieces = [document.text[max(span.start, span.end - _REACH) : span.end] for span in near]
    for piece in (*pieces, (document.article.title or "")[:_REACH]):
        if subject and (index or not carries):
            break
        named, topic = _mentions(piece)
        subject, index = subject or named, index or (topic if carries else None)
    return Ranked(subject, _without_owner(index, subject), missing.scope)


@lru_cache(maxsize=64)
def _mentions(piece: str) -> tuple[str | None, str | None]:
    """Who a sentence is about (else the last country or province it names), and the last index it names."""
    whole = Span(0, len(piece))
    about = ranked_clauses.of_clause(re.split(r"[,;:(\n]", piece, maxsplit=1)[0]).subject
    if about and " " not in about and not about.isupper():  # "Ảnh: ...", "Cuộc ..."
        about = None
    named = about or ranked_names.last_subject(piece, whole)
    return named, rank_topics.before(piece, whole) or ranked_names.last_index(piece, whole)


def _without_owner(index: str | None, subject: str | None) -> str | None:
    if index and subject:
        for owner in (f" của {subject}", f" của nền kinh tế {subject}"):
            index = index.removesuffix(owner)
    return index or None
