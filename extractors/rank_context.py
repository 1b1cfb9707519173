"""What stands in front of a piece of a ranking: its verb, words that say it is kept, lost or nobody's."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.facts import Span
from extractors import rank_words
from extractors.letters import CAPITAL

WINDOW = 48
"""How far in front of a phrase its verbs are looked for."""

REGION = (
    r"(?:(?:toàn[ ])?thế[ ]giới|toàn[ ]cầu|cả[ ]nước|toàn[ ]quốc|hành[ ]tinh|châu[ ]\w|khu[ ]vực"
    r"|trong[ ]khu[ ]vực|Đông[ ]|ASEAN|(?-i:EU)(?!\w)|Việt[ ]Nam|WTA|ATP)"
)
RANK_WORD = re.compile(r"hạng(?![ ]mục)|bậc(?![ ](?:thuế|lương|học))|vị[ ]trí|(?<!sắp[ ])xếp", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase(Span):
    """A piece of a ranking.

    `earlier`: the place is one held before; `kept`: its verb says that it is kept; `base`: what a move is
    measured from; `figures`: the figures that the phrase owns.
    """

    start: int
    end: int
    rule: str
    rank: int | None = None
    out_of: int | None = None
    top_n: int | None = None
    previous: int | None = None
    change: int | None = None
    base: Span | None = None
    earlier: bool = False
    kept: bool = False
    figures: tuple[Span, ...] = ()


_LEAD = re.compile(
    r"(?:(?<!\w)(?:vẫn|tiếp[ ]tục|giữ[ ]nguyên|giữ[ ]vững|giữ|duy[ ]trì|bảo[ ]vệ(?:[ ]thành[ ]công)?"
    r"|nắm[ ]giữ|ngự[ ]trị|trở[ ]lại|trụ[ ]hạng|trụ|xếp[ ]hạng|xếp|sếp|đứng|ở(?:[ ]tận)?|tại|vươn|lên|leo"
    r"|nhảy|tụt|lùi|rơi|rớt|xuống|độc[ ]chiếm|chiếm|(?<!bị[ ])soán|đạt|(?:lấy|giành|đòi)[ ]lại|giành|được"
    r"|nằm|đã|vọt|cán[ ]đích|về[ ]đích|về|thăng|(?<![0-9][ ])hạng|luôn|liên[ ]tục|vào|nhận|đoạt"
    r"|chỉ|(?-i:mới)|cùng|(?<!triệu[ ])(?<!tỷ[ ])(?<!nghìn[ ])(?<![0-9][ ])(?:(?-i:đồng)|(?<!\w[ ])đồng)|“|\""
    r"|”)[ ]{0,2}(?:[”\"][ ])?){1,6}\Z",
    re.IGNORECASE,
)
_ADVERBS = re.compile(
    r"(?:(?:vẫn|tiếp[ ]tục|đã|luôn|liên[ ]tục|được|chỉ|mới|cùng"
    r"|(?:vươn|nhảy|leo)[ ]lên(?=[ ](?:xếp|đứng|giữ)))[ ]{1,2})+",
    re.IGNORECASE,
)
_KEEPS = re.compile(r"vẫn|tiếp[ ]tục|giữ[ ]nguyên|giữ[ ]vững|duy[ ]trì|bảo[ ]vệ|trụ", re.IGNORECASE)
# "năm thứ ba liên tiếp | dẫn đầu", "5 năm liền | đứng đầu", "vẫn trong sạch | xếp thứ"
_KEEPS_BEFORE = re.compile(
    r"(?<!\w)(?:(?:vẫn|tiếp[ ]tục|giữ[ ]nguyên|giữ[ ]vững|duy[ ]trì)[ ]{1,2}(?:\w{1,8}[ ]){0,3}"
    r"|(?:năm|lần|mùa|quý|kỳ)[ ](?:thứ[ ]\w{1,4}[ ])?(?:liên[ ]tiếp|liền|liên[ ]tục)"
    r"[ ](?:\w{1,6}[ ]){0,2})\Z",
    re.IGNORECASE,
)
_IN_TIME = re.compile(
    r"(?<!\w)(?:[0-9]{1,2}|hai|ba|bốn|năm|nhiều)[ ](?:năm|lần|kỳ|mùa)[ ](?:liên[ ]tiếp|liền|liên[ ]tục)"
    r"[ ](?:\w{1,6}[ ]){0,2}\Z",
    re.IGNORECASE,
)
# "Đây là năm thứ 6 liên tiếp | Sở Tài chính đứng đầu"
_AGAIN = re.compile(
    r"(?<!\w)là[ ](?:năm|lần|kỳ|quý|mùa)[ ]thứ[ ]\w{1,4}[ ](?:liên[ ]tiếp|liền|liên[ ]tục)[ ]"
    r"[^,.;:()\n]{2,70}\Z",
    re.IGNORECASE,
)
_FURTHEST = 110
"""How far in front of a place it may be said that it is held in a row."""
# "tiếp tục bứt phá lên", "vẫn tụt xuống"
_STILL_MOVES = re.compile(
    r"(?<!\w)(?:tiếp[ ]tục|vẫn)[ ](?:\w{1,8}[ ]){0,3}?"
    r"(?:bứt[ ]phá|vươn|leo|nhảy|thăng|lên|tụt|rớt|rơi|xuống|lùi)[ ](?:\w{1,5}[ ]){0,2}\Z",
    re.IGNORECASE,
)
# "đứng đầu bảng | 5 năm liên tiếp"
IN_A_ROW = re.compile(
    r"[ ](?:trong[ ])?(?:[0-9]{1,2}|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)[ ](?:năm|lần|mùa|quý|kỳ)[ ]"
    r"(?:liên[ ]tiếp|liền|liên[ ]tục)|[ ](?:lần|năm)[ ]thứ[ ]\w{1,4}[ ]liên[ ]tiếp",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"(?:(?<!\w)từ|so[ ]với|thay[ ]vì|trước[ ](?:đó|đây)[ ]{0,2}(?:là|ở|đứng|xếp|chỉ)?"
    r"|năm[ ](?:trước|ngoái)[ ]{0,2}(?:là|ở|đứng|xếp)?)[ ]{1,2}(?:ở[ ])?\Z",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"(?:(?<!\w)(?:để[ ])?mất|đánh[ ]mất|nhường(?:[ ]lại)?|rời|tuột|(?<!\w)bị[ ][^,.;:\n]{0,30}?"
    r"(?:soán|tước|giành[ ]mất|chiếm|cướp))[ ]{1,2}(?:đi[ ]|khỏi[ ]|mất[ ]|luôn[ ]){0,2}\Z",
    re.IGNORECASE,
)
# "vị trí số 1 | của Mai bị Lan soán mất", "ngôi đầu | đã rơi vào tay Lan"
TAKEN = re.compile(
    r"(?:[ ]của[ ](?P<who>[^,.;:()\n]{2,40}?))?[ ](?:(?:đã|mới|vừa|từng|lại)[ ])?"
    r"(?:bị[ ][^,.;:()\n]{0,50}?(?:soán|tước|giành|chiếm|cướp|đoạt|thay[ ]thế)|rơi[ ]vào[ ]tay)(?!\w)",
    re.IGNORECASE,
)
_STANDS = re.compile(r"đồng|xếp|sếp|đứng|giành|về|đạt|giữ|lên|xuống|chiếm", re.IGNORECASE)
# Whoever comes there: "các đội xếp thứ ba", "kém đội đứng thứ nhì", "đội xếp thứ ba sẽ ..."; no name follows
_OF_ANYONE = re.compile(
    r"(?<!\w)(?:các|những|mỗi|mọi|cho|với|kém|hơn|như|để|[0-9]{1,2}|hai|ba|bốn)[ ]\Z",
    re.IGNORECASE,
)
_A_HEAD = re.compile(r"(?<!\w)đầu[ ]người[ ]{1,2}\Z", re.IGNORECASE)  # "thu nhập bình quân đầu người"
_OPENS = re.compile(r"(?:\A|[,.;:(][ ]?)\Z")
_IN_GENERAL = re.compile(r"[ ](?:sẽ|phải|được|có[ ](?:thể|quyền))[ ]", re.IGNORECASE)
_AND_MORE = re.compile(r"[ ]và[ ](?:vị[ ]trí[ ])?(?:thứ[ ])?[0-9]")
_NAMED_NEXT = re.compile(
    r"[^,.;:()\n]{0,60}?[ ](?:là|thuộc[ ]về)[ ](?=[^\W\d_])|[ ]?[,(:][ ]?[" + CAPITAL + r"]"
)


@dataclass(frozen=True, slots=True)
class Around:
    """The words in front of a piece (`before`): its verbs (`lead`) and what stands before them (`front`).

    `again`: the sentence says that it is so once more in a row ("Đây là năm thứ 6 liên tiếp ...").
    """

    start: int
    before: str
    front: str
    lead: str
    again: bool = False

    @property
    def keeps(self) -> bool:
        """Whether the verb says that the place is kept, and not that it still rises or falls."""
        if _STILL_MOVES.search(self.before):
            return False
        return self.again or bool(
            _KEEPS.search(self.lead) or _KEEPS_BEFORE.search(self.front) or _IN_TIME.search(self.before)
        )

    @property
    def earlier(self) -> bool:
        """Whether it is the place held before."""
        return bool(_EARLIER.search(self.before))

    @property
    def lost(self) -> bool:
        """Whether the place is given up."""
        return bool(_LOST.search(self.before))

    @property
    def stands(self) -> bool:
        """Whether a verb of standing or winning leads."""
        return bool(_STANDS.search(self.lead))

    @property
    def nobodys(self) -> bool:
        """Whether the place is played for or spoken of: "trận tranh hạng ba"."""
        return bool(rank_words.ends("nobodys").search(self.front))

    @property
    def graded(self) -> bool:
        """Whether the number is the grade of a thing: "bệnh viện (đa khoa) hạng 2"."""
        return bool(_grade().search(self.front))


def around(text: str, sentence: Span, at: int, width: int = WINDOW) -> Around:
    """What stands in front of `at`; the piece begins with the verb right in front of it."""
    before = text[max(sentence.start, at - width) : at]
    again = _AGAIN.search(text, max(sentence.start, at - _FURTHEST), at) is not None
    lead = _LEAD.search(before)
    if lead is None:
        return Around(at, before, before, "", again)
    adverbs = _ADVERBS.match(text, at - len(lead[0]))
    start = adverbs.end() if adverbs and adverbs.end() <= at else at - len(lead[0])
    return Around(start, before, before[: lead.start()], lead[0], again)


def is_anyones(text: str, words: Around, end: int) -> bool:
    """Whether the place is that of whoever comes there: "đội xếp thứ năm sẽ đá play-off"."""
    noun = rank_words.ends("anyone").search(words.front)
    if (
        noun is None
        or _A_HEAD.search(words.front)
        or _NAMED_NEXT.match(text, end, end + 70)
        or _AND_MORE.match(text, end)
    ):
        return False
    front = words.front[: noun.start()]
    return bool(_OF_ANYONE.search(front) or (_OPENS.search(front) and _IN_GENERAL.match(text, end, end + 20)))


@cache
def _grade() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w){rank_words.any_of('graded')}[ ](?:[^\W\d]{{1,10}}[ ]){{0,2}}\Z", re.IGNORECASE
    )
