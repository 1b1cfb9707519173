"""What one clause is about: whom it ranks, or what is measured in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.facts import Span
from extractors import rank_topics, rank_words, ranked_names, ranked_phrases
from extractors.letters import CAPITAL


@dataclass(frozen=True, slots=True)
class Clause:
    """Who and in what, where the clause says it."""

    subject: str | None = None
    index: str | None = None


# "Dhaka | ở Bangladesh"
_AT_PLACE = re.compile(r"(?<=\w)[ ](?:ở|tại)[ ][" + CAPITAL + r"][^,;]*\Z")
# "Chính phủ đặt mục tiêu | GII": whoever sets it is ranked only where it is a place
_SETS = re.compile(
    r"\A(?P<who>[^,;]{2,60}?)[ ](?:(?:đã|vừa)[ ])?(?:đặt|đề)[ ](?:ra[ ])?mục[ ]tiêu[ ](?=(?-i:["
    + CAPITAL
    + r"])|(?:chỉ[ ]số|xếp[ ]hạng|thứ[ ]hạng)[ ])",
    re.IGNORECASE,
)
# "Mục tiêu tại SEA Games 29 của | cờ vua Lào"
_AIM_OF = re.compile(
    r"\A(?:(?:mục[ ]tiêu|thành[ ]tích|kết[ ]quả|nhiệm[ ]vụ)[ ](?:[^,;]{0,60}?[ ])?của|(?:cơ[ ]hội|khả[ ]năng"
    r"|điều[ ]kiện)[ ](?:cho|của|để)|(?:[^,;]{2,40}[ ])?tạo[ ](?:cơ[ ]hội|điều[ ]kiện|đà)[ ](?:cho|để))[ ]",
    re.IGNORECASE,
)
_OWNER = re.compile(r"(?P<what>.*?)[ ]của[ ](?P<who>[^,;]*)\Z", re.DOTALL)
_ECONOMY = re.compile(
    r"\A(?:nền[ ]kinh[ ]tế|nước|riêng|(?:toàn[ ]tỉnh|thủ[ ]đô)(?=[ ](?-i:[" + CAPITAL + r"])))[ ]",
    re.IGNORECASE,
)
RANK_OF = re.compile(rf"(?:vị[ ]trí[ ]|{rank_topics.LISTS}[ ]?)(?:về[ ]|của[ ])?", re.IGNORECASE)
"""What leads from a word for ranks to what is ranked: "xếp hạng về | chuyển đổi số"."""
# "Hai trụ cột | có cải thiện mạnh"
_SEVERAL_PARTS = re.compile(
    r"(?:hai|ba|bốn|năm|sáu|các|những|nhiều|một[ ]số)[ ]"
    r"(?:trụ[ ]cột|chỉ[ ]số|tiêu[ ]chí|nội[ ]dung|lĩnh[ ]vực)(?!\w)",
    re.IGNORECASE,
)
_COUNT = re.compile(r"(?:một|hai|ba|bốn|năm|nhiều|mọi|những|các)[ ]", re.IGNORECASE)
_YEAR_IN_FRONT = re.compile(
    r"\A(?:(?:đến|tới|trong|vào)[ ](?:hết[ ]|cuối[ ])?)?(?:giai[ ]đoạn[ ]|năm[ ](?:học[ ])?)?"
    r"(?:19|20)[0-9]{2}(?:[ ]?[-–][ ]?(?:(?:19|20)[0-9]{2}))?[ ]",
    re.IGNORECASE,
)
# "Đây là lần thứ 7 (liên tiếp) | Hà Giang"
_ONCE_MORE = re.compile(
    r"\A(?:(?:(?:đây|đó)[ ](?:(?:cũng|còn|đã|chính)[ ])?là[ ])?(?:lần|năm|kỳ|mùa|quý|tháng|nhiệm[ ]kỳ)[ ]"
    r"(?:thứ[ ](?:[0-9]{1,2}|\w+)|đầu(?:[ ]tiên)?)(?:[ ](?:liên[ ]tiếp|liền|liên[ ]tục))?"
    r"(?:[ ](?:trong|kể[ ]từ|sau)[ ](?-i:[^,;" + CAPITAL + r"]{1,20}))?"
    r"|(?:lần|kỳ|đợt|năm|mùa|lượt)[ ](?:này|nay|đó)"
    r"|(?:[0-9]{1,2}|hai|ba|bốn|năm|sáu|bảy|nhiều)[ ](?:năm|kỳ|lần|mùa|quý)[ ](?:liên[ ]tiếp|liền|liên[ ]tục)"
    r")[ ](?=(?-i:[" + CAPITAL + r"])|(?:tỉnh|huyện|thành[ ]phố|xã|quận|thị[ ]xã|nước[ ]ta)(?!\w))",
    re.IGNORECASE,
)
_POINTS = re.compile(r"[ ](?:đạt[ ])?[0-9]{1,3}(?:,[0-9]+)?[ ]điểm\Z")  # "Sở Xây dựng 88,7 điểm, | hạng 5"
# "Bộ trưởng A khẳng định phấn đấu đến năm 2030 | Lào"
_BEHIND_A_YEAR = re.compile(
    r"\A.*[ ]năm[ ](?:(?:19|20)[0-9]{2}|nay|ngoái|tới|sau)[ ](?=(?-i:[" + CAPITAL + r"])|nước[ ]ta)",
    re.IGNORECASE,
)
# "Chỉ số PCI | năm 2020 | của Hà Giang", "Chỉ số PAPI | 2020"
_YEAR_OF_INDEX = re.compile(
    r"[ ]năm[ ](?:19|20)[0-9]{2}(?=[ ]của[ ])|(?<=[A-Z]{3})[ ](?:19|20)[0-9]{2}(?=[ ]của[ ]|\Z)"
)
# "Đà Nẵng | 3 năm liên tiếp"
_IN_A_ROW = re.compile(
    r"[ ](?:[0-9]{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)[ ](?:năm|lần|kỳ|quý|mùa)"
    r"[ ](?:liền|liên[ ]tiếp|liên[ ]tục|qua).*\Z",
    re.IGNORECASE | re.DOTALL,
)
# Which province "của tỉnh" means stands elsewhere
_OF_IT = re.compile(
    r"[ ]của[ ](?:(?:[^\W\d]+[ ]){0,2}(?:này|đó|họ|mình|nước[ ]ta)"
    r"|(?:toàn[ ])?(?:tỉnh|thành[ ]phố|huyện|thị[ ]xã|quận|xã|phường|bộ|sở|địa[ ]phương)(?:[ ]ta)?)\Z"
)
# "vận động viên của đoàn này" is told before
_POINTS_BACK = re.compile(r"\A(?!(?:các|những)[ ]).*[ ](?:này|đó|ấy)\Z", re.IGNORECASE)
_HOW_MUCH = re.compile(r"(?:mạnh|cao|nhiều|lớn|tốt|nhanh|thấp|ít)[ ]nhất", re.IGNORECASE)
_POINTS_ONLY = re.compile(
    r"này|đó|ấy|trên|tỉnh|thành[ ]phố|huyện|bộ|sở|chỉ[ ]tiêu(?:[ ]năm[ ]nay)?", re.IGNORECASE
)
_AMOUNT = re.compile(r"[0-9][ ]?(?:nghìn|triệu|tỷ|tỉ|USD|đồng|euro)(?!\w)", re.IGNORECASE)
# "ngành công nghiệp dược phẩm | Ấn Độ", "đội tuyển bóng chuyền trẻ nữ | Việt Nam"
_LINE = re.compile(r"(?:ngành|đội(?:[ ]tuyển)?|tuyển|đoàn|làng)[ ]", re.IGNORECASE)
# "Bộ trưởng yêu cầu | phấn đấu nâng 10 bậc": whoever asks is not ranked
_ASKS = re.compile(
    r"[ ](?:yêu[ ]cầu|đề[ ]nghị|chỉ[ ]đạo|giao|kêu[ ]gọi|mong(?:[ ]muốn)?|đề[ ]xuất|kiến[ ]nghị"
    r"|khuyến[ ]nghị|đặt[ ](?:ra|mục[ ]tiêu))\Z",
    re.IGNORECASE,
)
# "Thủ tướng yêu cầu | tỉnh Lâm Sơn"
_ASKED_OF = re.compile(
    r"\A[^,;]{2,60}?[ ](?:yêu[ ]cầu|đề[ ]nghị|chỉ[ ]đạo|giao|mong(?:[ ]muốn)?|kiến[ ]nghị|kêu[ ]gọi)[ ]"
    r"(?=(?:(?:tỉnh|thành[ ]phố|huyện|bộ|sở|ngành|xã|UBND)[ ](?:\w+[ ])?)?(?-i:[" + CAPITAL + r"]))",
    re.IGNORECASE,
)
# "Báo cáo LPI 2018 xếp hạng | Lào"
_IS_RANKED = re.compile(
    r"\A(?:báo[ ]cáo|bảng|khảo[ ]sát|danh[ ]sách|chỉ[ ]số)[ ][^,;]*?(?<!tổ[ ]chức)[ ]"
    r"(?:xếp[ ]hạng|xếp|đánh[ ]giá|đặt|đưa)[ ](?=(?-i:[" + CAPITAL + r"]))",
    re.IGNORECASE,
)
_NAME_ONLY = re.compile(r"[" + CAPITAL + r"]\w*(?:[ ][" + CAPITAL + r"]\w*){0,3}")
_FIGURES = re.compile(r"[0-9%]")
ONE_WORD = 2
"""Syllables of most words."""
_LONGEST = 12
"""Words of a noun phrase in front of its verb."""
_LONGEST_MEASURE = 14
_MOST_COMMON = 9
"""Words of a subject that is no name ("phân khúc nhà giá rẻ")."""


@cache
def _alone() -> re.Pattern[str]:
    """A phrase that only points: "nước ta", "vị trí này", "mục tiêu ..."."""
    return re.compile(rf"(?:{rank_words.any_of('pronoun')}|mục[ ]tiêu.*)\Z", re.IGNORECASE)


@cache
def _adjective() -> re.Pattern[str]:
    """ "dân số Việt Nam | đông"."""
    return re.compile(rf"[ ]{rank_words.any_of('superlative')}\Z", re.IGNORECASE)


@cache
def _best_of() -> re.Pattern[str]:
    """ "lớn nhất Việt Nam": said of somebody."""
    return re.compile(rf"{rank_words.any_of('superlative')}[ ]nhất(?!\w)", re.IGNORECASE)


def words_of(clause: str) -> str:
    """What a clause says before its predicate, without its connectors."""
    bare = _IN_A_ROW.sub("", _ONCE_MORE.sub("", _YEAR_IN_FRONT.sub("", clause.strip())))
    bare = _POINTS.sub("", _YEAR_OF_INDEX.sub("", bare, count=1))
    lead = rank_words.connectors().match(bare)
    bare = bare[lead.end() :] if lead else bare
    if rank_words.begins("measure").match(bare):
        bare = _adjective().sub("", bare)
    predicate = rank_words.predicate().search(bare)
    return (bare[: predicate.start()] if predicate else bare).strip()


def of_clause(clause: str, *, nearest: bool = False) -> Clause:
    """What one clause is about; `nearest`: no other noun phrase stands between it and the ranking."""
    if aim := _SETS.match(clause.strip()):
        found = of_clause(clause.strip()[aim.end() :], nearest=nearest)
        placed = ranked_names.last_subject(aim["who"], Span(0, len(aim["who"])))
        return Clause(found.subject or placed, found.index)
    return _of_one(clause, nearest=nearest)


def _of_one(clause: str, *, nearest: bool) -> Clause:
    clause = _IS_RANKED.sub("", _AIM_OF.sub("", _ASKED_OF.sub("", clause.strip()), count=1))
    if not rank_words.begins("measure").match(clause):
        clause = _BEHIND_A_YEAR.sub("", clause)
    words = words_of(clause)
    measured = rank_words.begins("measure").match(words)
    phrase = (words if measured else ranked_phrases.name_alone(words)).removeprefix("của ")
    if _ASKS.search(words) or _ASKS.search(phrase) or _best_of().match(phrase):
        return Clause()
    titled = rank_words.begins("organisation").match(phrase) or rank_words.begins("office").match(phrase)
    if titled and ranked_names.is_proper(phrase) and not _OWNER.match(phrase):
        return Clause(phrase)
    measure = rank_words.begins("measure").match(phrase)
    rest = phrase[measure.end() :].strip() if measure else ""
    named = ranked_names.is_country(rest) or (_NAME_ONLY.fullmatch(rest) and not ranked_names.is_index(rest))
    if measure and rest and named:
        return Clause(rest, measure[0])
    known = measure or ranked_names.is_index(phrase)
    adverbial = None if known else rank_words.begins("adverbial").match(phrase)
    place = _subject_place(phrase, at_end=bool(adverbial))
    if place:
        return _split(phrase, place, owned_only=bool(adverbial))
    if adverbial or _names_nobody(phrase):
        return Clause()
    return _without_place(_AT_PLACE.sub("", phrase), nearest=nearest)


def _names_nobody(phrase: str) -> bool:
    return (
        not phrase
        or phrase == "So"
        or _HOW_MUCH.fullmatch(phrase) is not None
        or phrase[0].isdigit()
        or bool(_alone().match(phrase) or _AMOUNT.search(phrase))
        or len(phrase.split()) > _LONGEST
    )


def _without_place(phrase: str, *, nearest: bool) -> Clause:
    if _POINTS_BACK.search(phrase) or _OF_IT.search(phrase):
        return Clause(None, _measure(phrase))
    measure = rank_words.begins("measure").match(phrase)
    if (measure and measure.end() == len(phrase)) or ranked_names.is_index(phrase):
        return Clause(None, phrase)
    if measure and (found := _of_measure(phrase, measure.end())):
        return found
    if not (ranked_names.is_proper(phrase, publisher=nearest) or phrase.lower().startswith("ngành ")):
        return _unnamed(phrase, nearest=nearest)
    owner = _OWNER.match(phrase)
    if owner and ranked_names.is_proper(owner["who"]):
        return Clause(owner["who"], owner["what"] if owner["what"][:1].isalpha() else None)
    return Clause(phrase)


def _of_measure(phrase: str, end: int) -> Clause | None:
    """What is measured in words of its own, with the body whose it is: "chỉ số cải cách ... của Bộ Y tế"."""
    if not phrase[end : end + 2].strip().islower():
        return None
    owner = _OWNER.match(phrase)
    if owner is None:
        return Clause(None, _measure(phrase) or phrase)
    body = rank_words.begins("organisation").match(owner["who"]) and ranked_names.is_proper(owner["who"])
    return Clause(owner["who"], RANK_OF.sub("", owner["what"], count=1) or None) if body else None


def _unnamed(phrase: str, *, nearest: bool) -> Clause:
    """A phrase without a name: what is measured, or who is ranked ("phân khúc nhà giá rẻ")."""
    measure = rank_words.begins("measure").match(phrase) or phrase.lower() in ranked_names.index_names()
    if nearest and not measure and _is_common_noun(phrase):
        return Clause(phrase)
    return Clause(None, _measure(phrase))


def _is_common_noun(phrase: str) -> bool:
    """Whether a phrase without a name can be who is ranked: "phân khúc nhà giá rẻ"."""
    words = phrase.split()
    if not 2 <= len(words) <= _MOST_COMMON or not phrase[0].isalpha() or _FIGURES.search(phrase):
        return False
    if _SEVERAL_PARTS.match(phrase):
        return False
    if ranked_phrases.is_verb(phrase, 0) and len(words) == ONE_WORD:
        return False
    return not rank_words.begins("function").match(phrase) or phrase.lower().startswith(("các ", "những "))


def _measure(phrase: str) -> str | None:
    """The phrase as an index ("xuất khẩu", "Tiếp cận điện năng"), where it can be one."""
    phrase = _OF_IT.sub("", phrase)
    measure = rank_words.begins("measure").match(phrase) or phrase.lower() in ranked_names.index_names()
    function = rank_words.begins("function").match(phrase)
    plain = function or rank_words.begins("noun").match(phrase) or _COUNT.match(phrase)
    titled = phrase[0].isupper() and 2 <= len(phrase.split()) <= 6 and not plain
    if not (measure or titled) or len(phrase.split()) > _LONGEST_MEASURE or _FIGURES.search(phrase):
        return None
    named = RANK_OF.sub("", phrase, count=1).removeprefix("lĩnh vực ").removeprefix("Lĩnh vực ")
    named = named.removeprefix("chỉ tiêu ")
    return None if not named or _POINTS_ONLY.fullmatch(named) else named


def _split(phrase: str, place: Span, *, owned_only: bool) -> Clause:
    """Subject and index of a noun phrase that names a place: "sức mua của khách Thái Lan"."""
    name = phrase[place.start : place.end]
    owner = _OWNER.match(phrase[: place.end])
    if owner and not owned_only:
        who = _ECONOMY.sub("", owner["who"])
        what = RANK_OF.sub("", owner["what"], count=1)
        if rank_words.begins("noun").match(_COUNT.sub("", what)) and not what.endswith("nhất"):
            return Clause(phrase)
        return Clause(who if len(who.split()) <= 5 else name, what.removeprefix("lĩnh vực ") or None)
    before = phrase[: place.start].strip()
    measured = rank_words.begins("measure").match(phrase) or ranked_names.is_index(before)
    if measured and not owned_only and place.end == len(phrase):
        return Clause(name, RANK_OF.sub("", before, count=1).removesuffix(" của") or None)
    grouped = _LINE.match(before) and len(before.split()) <= _MOST_COMMON
    short = grouped or (len(before.split()) <= 4 and not rank_words.begins("measure").match(phrase))
    if not owned_only and before and short and place.end == len(phrase):
        return Clause(_ECONOMY.sub("", phrase))
    return Clause(name)


def _subject_place(phrase: str, *, at_end: bool) -> Span | None:
    """The last place that can be the subject; in an adverbial only one that ends it."""
    best = None
    for span, kind in ranked_names.places(phrase, Span(0, len(phrase))):
        if kind in ranked_names.SUBJECT_KINDS and not ranked_names.AT.search(
            phrase[max(0, span.start - 30) : span.start]
        ):
            best = span
    return None if best is None or (at_end and best.end != len(phrase)) else best


def is_common(phrase: str) -> bool:
    """Whether the phrase names nobody but where something is: "sinh viên | ở Lào"."""
    return _AT_PLACE.sub("", phrase.strip()).islower()


def is_predicated(phrase: str) -> bool:
    """Whether a verb stands in the phrase, so that it is no noun phrase."""
    return bool(rank_words.predicate().search(phrase))
