"""Places: "xếp thứ 24/141 quốc gia", "vị trí thứ 88", "lớn thứ hai thế giới", "số 1 thế giới", "(thứ 72)"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import rank_brackets, rank_context, rank_words, ranked_names
from extractors.letters import CAPITAL
from extractors.rank_context import REGION, Phrase, around
from extractors.rank_figures import FIGURE, FIGURE_BEFORE_SLASH, WORD, group, tail, tail_pattern, value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extractors.rank_context import Around

_YEARS = range(1900, 2101)
_NO_GRADE = 10
"""From here on a number behind "hạng" is no grade of a thing: hotels, hospitals and ranks have fewer."""
_GROUPS = (
    *(
        "n",
        "n2",
        "n3",
        "n4",
        "n5",
        "n6",
        "n7",
        "n8",
        "n9",
        "n10",
        "n11",
        "w",
        "w2",
        "bare",
        "barex",
        "bareword",
    ),
    *("first", "team", "w3", "n12"),
)
"""The groups that hold the place itself."""
STEM = (
    r"(?:vị[ ]trí(?:[ ](?:xếp[ ]hạng|trí))?|vị[ ]thứ|vị[ ]thế|thứ[ ]hạng|thứ[ ]bậc|ngôi(?:[ ]vị)?"
    r"|(?:xếp[ ])?hạng)"
)
# What may follow a bare figure after "hạng" or "vị trí", which both also count things ("hạng 3 sao").
AFTER_BARE = (
    r"(?=[ ]?(?:[,.;:)(…”\"–—-]|\Z|\n)|[ ](?:trên|trong|về|thế|toàn|châu|chung|của|năm|với|và|sau|so|ở"
    r"|tại|thì|khu|là|nhưng|đã|tính|theo|cả|lên|xuống|tăng|giảm|cũng|hồi|vào|từ|mùa|nội|quốc|hay|hoặc|FIFA|nhờ|do"
    r"|ATP"
    r"|WTA|ASEAN|Đông|Châu|Việt|EU|QS|THE)(?!\w))"
)
_NOT_PLACED = (
    r"(?![ ]{1,2}(?:từ[ ](?:trái|phải|dưới|trên)|bên[ ](?:trái|phải)|tính[ ]từ[ ](?:trái|phải)|hàng"
    r"|sao(?!\w)))"
)
_IN_A_LIST = re.compile(
    r"[ ](?:trên[ ]|toàn[ ]|của[ ](?:thế|châu|Đông)|thế[ ]giới|châu[ ]|khu[ ]vực|chung[ ]cuộc|FIFA"
    r"|ATP|WTA|QS|THE|ASEAN|Đông[ ]|Việt[ ])|[ ]?\((?:tăng|giảm)",
    re.IGNORECASE,
)
"""What must follow a bare "hạng 46" that no verb leads: it is a grade otherwise ("bệnh viện hạng 1")."""
_OF_ALL = re.compile(r"[ ](?:trên[ ])?(?:toàn[ ])?(?:thế[ ]giới|toàn[ ]cầu|châu[ ])", re.IGNORECASE)
"""What follows a place that may look like a year: "vị trí 2070 | trên thế giới"."""


@cache
def _headed() -> re.Pattern[str]:
    """ "vị trí thứ 88/193", "thứ hạng 134", "hạng 46", "vị trí số 1", "xếp hạng thứ nhất"."""
    ahead = re.sub(r"\?P<\w+>", "?:", tail_pattern())
    return re.compile(
        rf"""(?<!\w)(?:ở[ ])?(?P<stem>{STEM})[ ]{{1,2}}
        (?:(?P<mark>thứ|số|hạng|thứ[ ]hạng)[ ]{{1,2}}(?:(?P<n>{FIGURE})
          |(?P<n2>{FIGURE_BEFORE_SLASH})(?=[ ]?/[ ]?[0-9])|(?P<w>{WORD}))
          |(?P<bare>{FIGURE})(?:(?={ahead})|{AFTER_BARE})
          |(?P<barex>{FIGURE_BEFORE_SLASH})(?=[ ]?/[ ]?[0-9])
          |(?P<bareword>nhất|nhì|hai|ba|tư|năm|sáu|bảy|tám)(?!\w)(?![ ]{{1,2}}[0-9]))
        {tail_pattern()}?""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _ordinal() -> re.Pattern[str]:
    """ "xếp thứ 24/141", "đứng thứ tư", "vươn lên thứ 2", "thứ 20/116", "nền kinh tế thứ hai thế giới"."""
    return re.compile(
        rf"""(?<!\w)(?:(?P<verb>xếp|sếp|đứng|đạt|về|giữ|chiếm|lên|xuống|đích|trụ|rớt|rơi|tụt)
            (?:[ ](?:ở|tại|lên))?(?:(?<=đứng)[ ]hàng)?[ ]{{1,2}}thứ[ ]{{1,2}}
              (?:(?P<n>{FIGURE})|(?P<n2>{FIGURE_BEFORE_SLASH})(?=[ ]?/[ ]?[0-9])|(?P<w>{WORD}))
          |(?<!xếp[ ])hàng[ ]thứ[ ]{{1,2}}(?P<n10>[0-9]{{1,3}})(?![\w/]|[.,][0-9])
          |(?:lên|xuống|ở|giữ|về)[ ]hàng[ ]thứ[ ]{{1,2}}(?P<w3>{WORD})
          |còn[ ]thứ[ ]{{1,2}}(?P<n9>{FIGURE})
          |thứ[ ]{{1,2}}(?P<n3>{FIGURE_BEFORE_SLASH})(?=[ ]?/[ ]?[0-9])
          |(?<!lần[ ])(?<!người[ ])(?<!chiến[ ])(?<!nước[ ])(?<!gia[ ])(?<!tỉnh[ ])
            (?<!phố[ ])(?<!tranh[ ])(?<!ba[ ])
            thứ[ ]{{1,2}}(?:(?P<n6>{FIGURE})
            |(?P<w2>{WORD}))(?=[ ](?:trên[ ])?(?:thế[ ]giới|toàn[ ]cầu|hành[ ]tinh)(?!\w))
          |(?:xếp|sếp|đứng)[ ]{{1,2}}(?:ở[ ])?(?:số[ ])?(?P<n4>{FIGURE_BEFORE_SLASH})(?=[ ]?/[ ]?[0-9])
          |(?:xếp|đứng)[ ]{{1,2}}(?P<n7>{FIGURE})(?=[ ](?:trên[ ](?:BXH|bảng|thế|toàn|tổng)
              |trong[ ](?:số|bảng|danh|tổng)|thế[ ]giới|toàn[ ]cầu|châu[ ]))
          |(?:(?<=[A-Z]{{3}}[ ])|(?<=[A-Z]{{3}}[ -]Index[ ]))xếp[ ](?P<n11>{FIGURE})
              (?=[ ]?(?:[,;.)]|\Z)|[ ]và[ ])
          |(?:(?<=[ ]bậc,[ ])|(?<!sắp[ ])(?<=\w[ ]))xếp[ ](?P<n12>{FIGURE})(?=[ ]?(?:[,;.)]|\Z))
          |(?<!lần[ ])(?<!người[ ])thứ[ ]{{1,2}}(?P<n8>{FIGURE})(?=[ ](?:trong|trên)[ ](?:tổng[ ])?
              (?:số[ ])?{FIGURE}[ ]{rank_words.any_of("noun")}(?!\w))
          |(?:xếp|đứng|về)[ ]{{1,2}}(?:ở[ ])?số[ ](?P<n5>[0-9]{{1,2}}|một|hai|ba)(?![\w/]|[.,][0-9])
          |(?<!lần[ ])(?:xếp|đứng|về)[ ]{{1,2}}(?P<first>nhất|nhì
              |(?<!về[ ])ba(?=[ ]?(?:[,.;)]|\Z)|[ ](?:trong[ ]bảng|trên[ ]bảng|toàn[ ]|cả[ ]nước|chung)))
            (?!\w)(?![ ](?:định|trí|thể|quán|thời))
          |(?<!thống[ ])(?:(?:giành|đoạt|đạt)[ ](?:giải[ ])?)?(?P<team>nhất|nhì|ba)(?=[ ]toàn[ ]đoàn))
        {tail_pattern()}?{_NOT_PLACED}""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _superlative() -> re.Pattern[str]:
    """ "nền kinh tế lớn thứ hai", "nhà đầu tư lớn thứ 3 tại ..."."""
    return re.compile(
        rf"""(?<!\w)(?<!cấp[ ])(?<!điểm[ ])(?<!thế[ ]){rank_words.any_of("superlative")}[ ]{{1,2}}
        thứ[ ]{{1,2}}(?:(?P<n>{FIGURE})|(?P<w>{WORD})){tail_pattern()}?""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _partner() -> re.Pattern[str]:
    """ "(là) đối tác | thứ hai của ...": the place among partners, investors, markets."""
    return re.compile(
        rf"""(?<=[ ])(?P<what>{rank_words.any_of("partner")})(?P<more>(?:[ ][^\W\d]+){{0,3}}?)[ ]
        (?P<place>thứ[ ](?:(?P<n>{FIGURE})|(?P<w>{WORD}))(?=[ ](?:của|tại|ở|vào|sang|cho)[ ])
          |số[ ](?:(?P<n2>[1-3])|(?P<w2>một|hai|ba))(?=[ ](?:của|tại|ở|vào|sang|cho)[ ]|[ ]?[,.;]))""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _given() -> re.Pattern[str]:
    """ "thứ hạng về nộp thuế là 167/190 quốc gia": after a word for ranks."""
    return re.compile(
        rf"""(?<!\w)(?:là|đạt|ở[ ]mức|hiện[ ]là|đứng[ ]ở)[ ]{{1,2}}(?P<n>[0-9]{{1,4}})(?=[ ]?/[ ]?[0-9])
        {tail_pattern()}
        (?:(?<=[0-9])(?=[ ]?[,.;])
          |(?=[ ](?:quốc[ ]gia|nước|nền[ ]kinh[ ]tế|tỉnh|thành|địa[ ]phương|bộ|cơ[ ]quan|đơn[ ]vị
            |trường)))""",
        re.VERBOSE | re.IGNORECASE,
    )


# "số 1 thế giới", "cựu số 1 WTA", "ngân hàng số 3 Hàn Quốc" (a country is looked up)
_NUMBER = re.compile(
    rf"""(?<!\w)(?<!vị[ ]trí[ ])(?<!trong[ ])(?<!tổng[ ])(?<!một[ ])(?<!có[ ])
    số[ ](?P<n>[0-9]{{1,3}}|một|hai|ba)
    (?:(?=[ ](?:tại[ ]|ở[ ]|của[ ])?{REGION}(?!\w))
        |(?=(?P<country>[ ](?:tại[ ]|ở[ ]|của[ ])?)[{CAPITAL}]))""",
    re.VERBOSE | re.IGNORECASE,
)
_NEAR = 60
_RANK_NOUN = re.compile(r"(?:thứ|xếp)[ ](?:hạng|bậc)|vị[ ]trí", re.IGNORECASE)
_PERSON = re.compile(r"(?<!đầu[ ])người[ ]\Z")
_IN_PLACE = re.compile(r"(?:năm[ ](?:nay|ngoái|[0-9]{4})|đang|hiện|vẫn)[ ]ở[ ]hạng[ ]\w+\Z", re.IGNORECASE)
_LISTED_BEFORE = re.compile(r"(?:đứng|xếp)[ ](?:hàng[ ])?thứ(?!\w)", re.IGNORECASE)
_MOVED = re.compile(r"(?:bậc|hạng|nấc)(?!\w)[^.;:\n]{0,40}\Z", re.IGNORECASE)
_MAKES = re.compile(r"(?<!\w)(?:là|thành|làm)(?!\w)[^,.;:]{0,40}\Z", re.IGNORECASE)


# "Các vị trí thứ 2 | , 3 và 4 lần lượt thuộc về A, B và C"
_TOLD_IN_TURN = re.compile(
    r"(?:,|[ ]và|[ ]thứ|[ ][0-9]{1,3}|[ ]vị[ ]trí){1,20}[ ]lần[ ]lượt[ ](?:thuộc[ ]về|là)[ ]"
)


def headed(text: str, sentence: Span) -> Iterator[Phrase]:
    """Places behind a word for place."""
    for match in _headed().finditer(text, sentence.start, sentence.end):
        words = around(text, sentence, match.start())
        bare = group(match, "bare", "barex", "bareword")
        nobodys = words.nobodys and not _TOLD_IN_TURN.match(text, match.end(), sentence.end)
        if (nobodys and not words.lead) or (bare and not _is_place(match, words)):
            continue
        if not rank_context.is_anyones(text, words, match.end()):
            yield from _place(match, words, "ranking.headed")


def ordinal(text: str, sentence: Span) -> Iterator[Phrase]:
    """Places behind a verb of standing and "thứ"."""
    for match in _ordinal().finditer(text, sentence.start, sentence.end):
        words = around(text, sentence, match.start())
        bare = group(match, "n6", "w2") and not words.lead
        if group(match, "n9") and not _MOVED.search(words.before):  # "còn thứ 2 là do giá cao"
            continue
        if group(match, "n10") and not _LISTED_BEFORE.search(text, sentence.start, match.start()):
            continue  # "ở hàng thứ 3" is one of a queue
        if not _PERSON.search(words.before) and not rank_context.is_anyones(text, words, match.end()):
            yield from _place(match, words, "ranking.superlative" if bare else "ranking.ordinal")


def superlative(text: str, sentence: Span) -> Iterator[Phrase]:
    """Places behind an adjective."""
    for match in _superlative().finditer(text, sentence.start, sentence.end):
        yield from _place(match, around(text, sentence, match.start()), "ranking.superlative")


def partner(text: str, sentence: Span) -> Iterator[Phrase]:
    """Places among partners."""
    for match in _partner().finditer(text, sentence.start, sentence.end):
        found = group(match, "n", "w", "n2", "w2")
        if found and _MAKES.search(text, max(sentence.start, match.start() - 60), match.start()):
            yield Phrase(
                start=match.start("place"), end=match.end(), rule="ranking.partner", rank=value(found[0]),
                figures=(found[1],),
            )  # fmt: skip


def given(text: str, sentence: Span) -> Iterator[Phrase]:
    """Places that a word for ranks is said to be."""
    for match in _given().finditer(text, sentence.start, sentence.end):
        open_end = text.startswith((",", ".", ";"), match.end())
        reach = match.start() - (_NEAR if open_end else 160)
        word = _RANK_NOUN if open_end else rank_context.RANK_WORD
        if word.search(text, max(sentence.start, reach), match.start()):
            yield from _place(match, around(text, sentence, match.start()), "ranking.given")


def number(text: str, sentence: Span) -> Iterator[Phrase]:
    """Numbers one to three of the world, a region or a country."""
    for match in _NUMBER.finditer(text, sentence.start, sentence.end):
        if rank_words.ends("idiom").search(text, max(sentence.start, match.start() - 20), match.start()):
            continue
        shirt = match["country"] and len(match["n"]) > 1 and match["n"].isdigit()
        if match["country"] is None or (not shirt and _country_at(text, match.end("country"), sentence.end)):
            yield from _place(match, around(text, sentence, match.start()), "ranking.number")


def _country_at(text: str, at: int, limit: int) -> bool:
    near = next(ranked_names.places(text, Span(at, min(limit, at + 40))), None)
    return near is not None and near[0].start == at and near[1] != "province"


# "xếp thứ 50 | trở lên": no worse than that, which is a band
_AND_UP = re.compile(r"[ ]trở[ ]lên(?!\w)")


def _place(match: re.Match[str], words: Around, rule: str) -> Iterator[Phrase]:
    found = group(match, *_GROUPS)
    if found is None:
        return
    said, figures = tail(match)
    rank = value(found[0].strip())
    if not 0 < rank <= said.get("out_of", rank):
        return
    if words.lost or rank_context.TAKEN.match(match.string, match.end()):
        yield Phrase(
            start=words.start, end=match.end(), rule="ranking.lost", previous=rank,
            figures=(found[1], *figures), **said,
        )  # fmt: skip
    elif up := _AND_UP.match(match.string, match.end()):
        yield Phrase(
            start=words.start, end=up.end(), rule=rule, top_n=rank, figures=(found[1], *figures),
        )  # fmt: skip
    else:
        row = rank_context.IN_A_ROW.match(match.string, match.end())
        yield Phrase(
            start=words.start, end=row.end() if row else match.end(), rule=rule, rank=rank,
            figures=(found[1], *figures), earlier=words.earlier, kept=words.keeps or bool(row), **said,
        )  # fmt: skip


def _is_place(match: re.Match[str], words: Around) -> bool:
    """Whether a bare number after "hạng" or "vị trí" is a place, not a grade, an edition or a count."""
    said, _ = tail(match)
    stem = match["stem"].lower()
    if match["bareword"]:
        if match["bareword"] == "hai" and not words.stands:
            return False
        named = stem.startswith(("xếp", "thứ", "vị", "ngôi"))
        led = words.stands or words.earlier or named or _IN_PLACE.search(words.before + match[0])
        return bool(led and match["bareword"] != "năm") and not words.graded
    rank = value(match["bare"] or match["barex"])
    listed = said or _OF_ALL.match(match.string, match.end())
    if (rank in _YEARS and not listed) or (words.graded and stem.endswith("hạng") and stem != "thứ hạng"):
        return False
    led = words.lead or match[0].lower().startswith("ở ") or words.before.endswith(", còn ")
    if stem == "hạng" and not led and not said and not _IN_A_LIST.match(match.string, match.end()):
        return _NO_GRADE <= rank < _YEARS.start and not (
            words.graded or rank_brackets.BAND_IN_FRONT.search(words.before)
        )
    return not (words.nobodys and stem.startswith("xếp"))
