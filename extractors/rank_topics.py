"""In what a ranking is, as said inside it, behind it or in front of it."""

from __future__ import annotations

import re
from functools import cache

from corpus.facts import Span
from extractors import rank_words, ranked_names

LISTS = (
    r"(?:(?:bảng[ ]|danh[ ]sách[ ]|thang[ ])?xếp[ ]hạng|thứ[ ]hạng|(?:tăng|tụt|nâng|thăng|giảm)[ ]hạng"
    r"|BXH|bảng[ ]tổng[ ]sắp)"
)
_STOP = (
    r"(?=[,.;:\n…”\"]|[ ]?[()–-](?![^\W\d])|[ ]{0,2}\Z|[ ](?:với[ ](?:tổng|số|hơn|gần|trên|khoảng|mức"
    r"|kim|doanh|giá|vốn|sản[ ]lượng|tỷ|thị[ ]phần|điểm|kết[ ]quả|[0-9])"
    r"|năm[ ](?:[0-9]|nay|ngoái|trước|qua)|do[ ]|theo[ ](?!đầu)|nhưng"
    r"|trong[ ]|tại[ ](?!Việt)|ở[ ]|đạt|đã|đang|là[ ]|khi|khiến|cho[ ](?!Việt)|từ[ ]|giai[ ]đoạn|được"
    r"|vừa|đứng|xếp|tăng(?<!gia[ ]tăng)(?![ ]trưởng)"
    r"|giảm|tụt|thuộc|tiếp[ ]tục|vẫn|sẽ|so[ ]với|trên[ ]|mà[ ]|và[ ](?:đứng|xếp|là"
    r"|thứ|có|top)|chỉ[ ](?!số|tiêu)|cũng|lên|xuống|hiện|này|kể|sau[ ]|thứ[ ]|vươn|liên[ ]tục|diễn[ ]ra"
    r"|nhiều[ ]năm|rất|vì[ ]|nhờ[ ]|nên[ ]|để[ ]|[0-9]))"
)


@cache
def _topic() -> str:
    return (
        rf"(?P<topic>(?!(?:{rank_words.any_of('topic_not')}|[0-9,.;:(])(?!\w))[^\W\d][^,.;:()\n]{{2,90}}?"
        rf"(?:[ ]\([A-Z][\w .-]{{1,14}}\))?){_STOP}"
    )


@cache
def _behind() -> tuple[re.Pattern[str], ...]:
    topic = _topic()
    return tuple(
        re.compile(expression, re.IGNORECASE)
        for expression in (
            # "trong bảng xếp hạng các cảng cá", "trên bảng xếp hạng của FIFA"
            rf"(?:[ ][^,.;:()\n]{{0,60}}?)?[ ](?P<topic>(?:bảng|danh[ ]sách)[ ]xếp[ ]hạng[ ](?:của|các)[ ]"
            rf"[^,.;:()\n]{{2,60}}?){_STOP}",
            rf"(?:[ ][^,.;:()\n]{{0,60}}?)?[ ]{LISTS}[ ](?:về[ ])?{topic}",
            rf"(?:[ ][^,.;:()\n]{{0,80}}?)?[ ]về[ ](?:cả[ ]|mặt[ ])?{topic}",
            rf"(?:[ ](?:trong|ở|trên|của))?[ ](?P<topic>(?:bộ[ ])?chỉ[ ]số[ ][^,.;:()\n]{{2,70}}?"
            rf"(?:[ ]\([A-Z][\w .-]{{1,14}}\))?){_STOP}",
            rf"(?:[ ][^,.;:()\n]{{0,30}}?)?[ ](?:trong|ở|tại)[ ](?P<topic>(?:các[ ]|một[ ]số[ ])"
            rf"{rank_words.any_of('field')}){_STOP}",
            # "trong ngành khoa học đời sống", "ở nội dung 100 m nữ"
            rf"(?:[ ][^,.;:()\n]{{0,30}}?)?[ ](?:trong|ở|tại|của)[ ](?P<topic>(?:các[ ]|một[ ]số[ ])?"
            rf"{rank_words.any_of('field')}(?![ ]này)[ ][^,.;:()\n]{{2,60}}?){_STOP}",
            # "tại Giải cờ vua thế giới 2017"
            rf"(?:[ ][^,.;:()\n]{{0,30}}?)?[ ](?:trong|ở|tại|của)[ ](?P<topic>{rank_words.any_of('contest')}"
            rf"(?![ ]này)(?:[ ][^,.;:()\n]{{2,60}}?)?(?:[ ](?:19|20)[0-9]{{2}})?){_STOP}",
            # "danh sách những người giàu nhất", "danh sách phá lưới"
            rf"(?:[ ](?:trong|trên|ở))?[ ](?P<topic>danh[ ]sách[ ](?!này|đó|trên)"
            rf"[^,.;:()\n]{{2,70}}?){_STOP}",
            rf"(?:[ ][^,.;:()\n]{{0,40}}?)?[ ](?:có[ ])?(?P<topic>(?:vốn[ ])?(?:đầu[ ]tư|cung[ ]cấp"
            rf"|xuất[ ]khẩu|nhập[ ]khẩu|tiếp[ ]nhận|tiêu[ ]thụ"
            rf"|sản[ ]xuất)[ ][^,.;:()\n]{{2,60}}?(?:[ ]\([A-Z]{{2,6}}\)[^,.;:()\n]{{0,20}}?)?){_STOP}",
        )
    )


@cache
def _before() -> re.Pattern[str]:
    return re.compile(
        rf"""(?<!\w)(?:
        (?:{LISTS}
          |đánh[ ]giá(?=[^,.;:\n]{{0,70}}[ ]về[ ]))
          (?:[ ]của[ ][^,.;:\n]{{2,60}}?(?=[ ](?:năm[ ][0-9-]{{4,9}}[ ])?về[ ]))?
          (?:[ ]năm[ ][0-9-]{{4,9}})?[ ](?:về[ ])?(?!chỉ[ ]số)
        |(?:(?<=[.,;\n][ ])|(?<=\n)|\A)về[ ]
        |báo[ ]cáo[ ](?:thường[ ]niên[ ])?(?:đánh[ ]giá[ ])?(?:về[ ])?(?:xếp[ ]hạng[ ](?:về[ ])?)?
        |(?=(?:bộ[ ])?chỉ[ ]số[ ]))
        {_topic()}
        |(?<!\w)(?P<list>(?:bảng|danh[ ]sách)[ ]xếp[ ]hạng[ ](?:của|các)[ ][^,.;:()\n]{{2,60}}?){_STOP}""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _of_band() -> re.Pattern[str]:
    """Behind the figure of a band: "(top 700) đơn nam", "(top 100) người có ảnh hưởng"."""
    return re.compile(
        rf"[ ](?!{rank_words.any_of('topic_not')}(?!\w)|nước[ ]|châu[ ]|cả[ ]|khu[ ]vực|đầu|bảng[ ]"
        rf"|danh[ ]sách[ ]|(?-i:[A-ZĐ]))(?P<topic>[^\W\d][^,.;:()\n]{{2,60}}?){_STOP}",
        re.IGNORECASE,
    )


_WITH_WHAT = re.compile(
    r"[ ]có[ ](?P<topic>[^,.;:()\n]{2,70}?)(?=[ ](?:tăng[ ]|giảm[ ])?(?:[^\W\d]+[ ])?"
    r"(?:nhất|dẫn[ ]đầu|hàng[ ]đầu|đứng[ ]đầu)(?!\w))"
)
_BEST_WHAT = re.compile(
    r"[0-9][ ](?P<topic>[^\W\d][^,.;:()\n]{2,70}?[ ]nhất"
    r"(?:[ ](?:thế[ ]giới|Việt[ ]Nam|cả[ ]nước|châu[ ]\w+))?)(?!\w)"
)
_CUES = ("hạng", "bxh", "tổng sắp", "đánh giá", "báo cáo", "về ", "chỉ số")
"""Words of which one stands wherever a list or an index is named in front."""
_AIM = re.compile(rf"[ ]để[ ](?P<topic>[^,.;:()\n]{{2,70}}?){_STOP}")
_TOURS = re.compile(r"[ ](?P<topic>WTA|ATP|FIFA|BWF)(?!\w)")
_INSIDE = re.compile(r"[ ]về[ ](?P<topic>[^,;:()\n]{2,80}?)(?=,[ ])")


def behind(text: str, right: Span) -> str | None:
    """In what, as said right behind a ranking: "về tài nguyên du lịch", "trong xếp hạng ..."."""
    for expression in _behind():
        match = expression.match(text, right.start, right.end)
        if match:
            return _with_publisher(text, Span(match.start("topic"), match.end("topic")), right.end)
    return None


def inside(text: str, ranking: Span, right: Span, rule: str) -> str | None:
    """In what, as the ranking's own words say: "thứ 47 về đổi mới, vượt 12 bậc", "10 nước có ... nhất"."""
    after, found = (text, right.start, right.end), None
    if rule == "ranking.number":
        found = _TOURS.match(*after)
    elif rule == "ranking.top":
        found = _of_band().match(*after)
    elif rule in ("ranking.band", "ranking.one_of"):
        found = _AIM.match(*after) or _WITH_WHAT.search(text, ranking.start, ranking.end)
        if rule == "ranking.band":
            found = found or _BEST_WHAT.search(text, ranking.start, right.end)
    found = found or _INSIDE.search(text, ranking.start, ranking.end)
    return found["topic"] if found else None


def before(text: str, left: Span) -> str | None:
    """In what, as the last list or index named in front says."""
    words = text[left.start : left.end].lower()
    if not any(cue in words for cue in _CUES):
        return None
    found = None
    for match in _before().finditer(text, left.start, left.end):
        found = Span(*match.span("list" if match["list"] else "topic"))
    return _with_publisher(text, found, left.end) if found else None


def _with_publisher(text: str, topic: Span, limit: int) -> str:
    """The topic, with "của Liên hợp quốc" where that follows."""
    match = ranked_names.publisher_follows().match(text, topic.end, min(limit, topic.end + 80))
    return text[topic.start : match.end() if match else topic.end].strip().removesuffix(" và")
