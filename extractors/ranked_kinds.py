"""What kind of thing a ranking's own noun says is ranked, and who of those named is of that kind.

"nền kinh tế thứ hai thế giới" is a country, "thành phố đứng thứ ba cả nước" and "tốp 10 tỉnh" are provinces:
an agency, a person or an adverb that stands nearer is not.
"""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.facts import Span
from extractors import rank_words, ranked_names

_COUNTRIES = frozenset(("country", "territory"))
_PROVINCES = frozenset(("province",))
_BAND = r"(?:(?:nhóm|t[oố]p|số|[0-9]{1,3}|một|hai|ba|bốn|năm|mười)[ ]){1,3}"
_COUNTRY_NOUN = r"(?:nền[ ]kinh[ ]tế|quốc[ ]gia|cường[ ]quốc)"
_PROVINCE_NOUN = r"(?:tỉnh(?:,[ ]thành(?:[ ]phố)?)?|địa[ ]phương)"
# "của nền kinh tế | thứ 2", "với vai trò là thành phố | đứng thứ 6"
_HEAD_BEFORE = re.compile(
    rf"(?<!\w)(?P<lead>là[ ](?:một[ ])?|của[ ]|)(?:(?P<country>{_COUNTRY_NOUN})"
    rf"|(?P<province>{_PROVINCE_NOUN}|thành[ ]phố))[ ]\Z",
    re.IGNORECASE,
)
_HEAD_INSIDE = re.compile(
    rf"(?<!\w){_BAND}(?:(?P<country>{_COUNTRY_NOUN}|nước)|(?P<province>{_PROVINCE_NOUN}))(?!\w)",
    re.IGNORECASE,
)
# "Năm 2022, | tỉnh đặt mục tiêu ... thuộc nhóm": the province itself
_ITSELF = re.compile(
    r"(?:\A|[.;:,\n][ ]?)(?:Toàn[ ])?tỉnh[ ](?:ta[ ])?(?:đã|đang|sẽ|đặt|phấn|quyết|tiếp|vẫn|cũng|còn|có"
    r"|luôn|chỉ|đứng|xếp|tăng|giảm|tụt|vươn|lọt|nằm|thuộc|duy|giữ|nâng|hướng|đề)(?!\w)[^.;:\n]*\Z",
    re.IGNORECASE,
)
_GIVEN_TO = re.compile(r"(?:[ ][^,.;:()\n]{0,40}?)?[ ]cho[ ]")
_REACH = 50
_AIM = 90
"""Code points in front of a place in which its sentence says who aims at it."""


def wanted(text: str, sentence: Span, ranking: Span, rule: str) -> frozenset[str] | None:
    """The kinds of places that the ranking's own noun stands for; None where it does not say."""
    head = _HEAD_BEFORE.search(text, max(sentence.start, ranking.start - _REACH), ranking.start)
    if head is None and _ITSELF.search(text[max(sentence.start, ranking.start - _AIM) : ranking.start]):
        return _PROVINCES
    head = head or _HEAD_INSIDE.search(text, ranking.start, ranking.end)
    if head is None or rule == "ranking.item":
        return None
    return _COUNTRIES if head["country"] else _PROVINCES


def matching(named: str | None, piece: str, kinds: frozenset[str] | None) -> str | None:
    """Who a sentence is about, where it is of the kind; else the last place of the kind that it names."""
    if kinds is None:
        return named
    if named and (place := _last_in(named, kinds)):
        return place if rank_words.begins("organisation").match(named) else named
    return _last_in(piece, kinds)


def contradicts(named: str, kinds: frozenset[str] | None) -> bool:
    """Whether somebody is known to be of no such kind: an agency, a country where a province is meant."""
    if kinds is None:
        return False
    known = [kind for _, kind in ranked_names.places(named, Span(0, len(named)))]
    return bool(rank_words.begins("organisation").match(named)) or bool(known and not kinds & {*known})


@lru_cache(maxsize=64)
def _last_in(piece: str, kinds: frozenset[str]) -> str | None:
    return ranked_names.last_of_kinds(piece, Span(0, len(piece)), kinds)


def given_to(text: str, right: Span, subject: str | None) -> str | None:
    """Whom an agency ranks: "Ngân hàng Thế giới thăng hạng 9 bậc cho Việt Nam"."""
    if subject not in ranked_names.publishers():
        return None
    lead = _GIVEN_TO.match(text, right.start, right.end)
    if lead is None:
        return None
    near = Span(lead.end(), min(right.end, lead.end() + _REACH))
    first = next(iter(ranked_names.places(text, near)), None)
    at_once = first and first[0].start == near.start and first[1] in ranked_names.SUBJECT_KINDS
    return text[first[0].start : first[0].end] if first and at_once else None


def fitting(text: str, sentence: Span, ranking: Span, subject: str | None, rule: str) -> str | None:
    """The subject, unless the noun that the place modifies says that it is a country and it is none.

    Then the first country told behind it in its sentence, else None.
    """
    head = _HEAD_BEFORE.search(text, max(sentence.start, ranking.start - _REACH), ranking.start)
    if subject is None or head is None or head["lead"].lower().startswith("là"):
        return subject
    kinds = _COUNTRIES if head["country"] else _PROVINCES
    if rule == "ranking.item" or ranked_names.last_of_kinds(subject, Span(0, len(subject)), kinds):
        return subject
    if not head["country"]:
        return subject
    behind = Span(ranking.end, min(sentence.end, ranking.end + 4 * _REACH))
    named = [text[name.start : name.end] for name, kind in ranked_names.places(text, behind) if kind in kinds]
    return named[0] if named else None


# "tìm thấy | mỏ dầu khí | với trữ lượng (lớn thứ 3 thế giới)"
_HOLDER = re.compile(
    r"(?<!\w)(?P<who>(?:mỏ|nhà[ ]máy|cảng|sân[ ]bay|hồ|khu[ ]công[ ]nghiệp|thủy[ ]điện|giàn[ ]khoan"
    r"|vườn[ ]quốc[ ]gia|bể|cầu)[ ][^,.;:()\n0-9]{2,40}?)[ ](?:với|có)[ ](?:tổng[ ])?"
    r"(?:trữ[ ]lượng|công[ ]suất"
    r"|sản[ ]lượng|diện[ ]tích|quy[ ]mô|sức[ ]chứa|chiều[ ]dài)(?:[ ][^\W\d]+){0,4}[ ]\Z",
    re.IGNORECASE,
)
_REACH = 110


def holder(text: str, ranking: Span, rule: str) -> str | None:
    """The thing whose size is so many-th: a mine, a plant, a lake."""
    if rule != "ranking.superlative":
        return None
    found = _HOLDER.search(text, max(0, ranking.start - _REACH), ranking.start)
    return found["who"] if found else None
