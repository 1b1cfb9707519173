"""In what a ranking is, as said inside it, behind it or in front of it."""

from __future__ import annotations

import re
from functools import cache

from corpus.facts import Span
from extractors import rank_bests, rank_contests, rank_extents, rank_words, ranked_names
from extractors.letters import CAPITAL
from extractors.rank_extents import STOP

LISTS = (
    r"(?:(?:(?:bảng[ ]|danh[ ]sách[ ]|thang[ ])?xếp[ ]hạng|thứ[ ]hạng|(?:tăng|tụt|nâng|thăng|giảm)[ ]hạng"
    r"|BXH|bảng[ ]tổng[ ]sắp)(?![ ](?:tới|kế[ ]tiếp|tiếp[ ]theo|gần|sắp[ ]tới|trước)(?!\w)))"
)
# A list by its name, with its edition: "Bảng xếp hạng các trường nghề châu Á AVT 2020"
_LIST = (
    r"(?P<topic>(?:(?:bảng|danh[ ]sách)[ ]xếp[ ]hạng|BXH)[ ]"
    r"(?!(?:này|đó|tới|kế|tiếp|gần|sắp|trên|chung|năm|tại|ở|về|thế[ ]giới|cả[ ]nước|toàn|châu|khu[ ]vực|khối"
    r"|vừa|mới|với|do|và|là|có)(?!\w)"
    r"|[0-9])"
    rf"(?:Top[ ][0-9]+[ ])?[^,.;:()\n]{{2,70}}?(?:[ ](?:năm[ ])?(?:19|20)[0-9]{{2}}"
    rf"(?:[ ]?[-–][ ]?(?:19|20)[0-9]{{2}})?(?:[ ]của[ ](?-i:[{CAPITAL}])[^,.;:()\n]{{1,30}}?)?)?){STOP}"
)
# "(đứng thứ hai), sau Trung Quốc và Ấn Độ | về ..."
_BEHIND_WHOM = r",[ ](?:chỉ[ ])?(?:xếp[ ]|đứng[ ])?(?:sau|trước|hơn|trên|dưới)[ ][^.;:()\n]{2,50}?"

# "(đứng thứ ba) trong số các nước | xuất khẩu chè"
_AMONG = r"[ ]trong[ ](?:tổng[ ])?(?:số[ ]|nhóm[ ])?(?:các|những|[0-9]{1,4})(?:[ ](?!có[ ])[^\W\d]+){1,3}?"
_TRADE = (
    r"(?P<topic>(?:vốn[ ]|lượng[ ]|sản[ ]lượng[ ]|kim[ ]ngạch[ ])?"
    r"(?:đầu[ ]tư|cung[ ]cấp|xuất[ ]khẩu|nhập[ ]khẩu|tiếp[ ]nhận|tiêu[ ]thụ|sản[ ]xuất"
    r"|thu[ ]hút)[ ](?!(?:hơn|gần|trên|khoảng)[ ][0-9])"
    r"[^,.;:()\n]{2,60}?(?:[ ]\([A-Z]{2,6}\)[^,.;:()\n]{0,20}?|[ ]cho[ ][^,.;:()\n]{2,40}?)?)"
    rf"{STOP}"
)


def is_bare(index: str) -> bool:
    """Whether it only points to a contest or a list: "tại cuộc thi", "bảng xếp hạng"."""
    return rank_contests.is_bare(index) or bool(_ANY_LIST.fullmatch(index) and index.islower())


def fronted(text: str, sentence: Span) -> str | None:
    """What a sentence says that it speaks of before anything else: "Về chuyển đổi số, ..."."""
    match = _fronted().match(text, sentence.start, sentence.end)
    return match["topic"] if match else None


@cache
def _fronted() -> re.Pattern[str]:
    return re.compile(
        rf"(?:[-–+•*][ ]?)?(?:Riêng[ ])?(?:Về|Đối[ ]với|Trong)[ ](?=(?:thực[ ]hiện|lĩnh[ ]vực|chỉ[ ]số"
        rf"|chỉ[ ]tiêu|mặt|việc|công[ ]tác)[ ]|"
        rf"{rank_words.any_of('measure')}(?!\w))(?:thực[ ]hiện[ ]|lĩnh[ ]vực[ ]|mặt[ ]|việc[ ]"
        rf"|công[ ]tác[ ])?{rank_extents.topic()}",
    )


# "Tỷ lệ tiêm vaccine: | Hà Giang đứng thứ hai"
_HEAD = re.compile(r"(?:[-–+•*][ ]?)?(?P<topic>(?![Nn]guồn(?!\w))[^\W\d][^,.;:()\n]{3,60}):[ ]")


# "Chỉ số cạnh tranh | của tỉnh có cải thiện rõ rệt:"
_SAID_OF_IT = re.compile(
    r"[ ](?:của[ ](?:toàn[ ])?(?:tỉnh|thành[ ]phố|huyện|xã|ngành|nước[ ]ta|cả[ ]nước)(?!\w)"
    r"|có[ ]|khá[ ]|đã[ ]|được[ ]|tiếp[ ]tục[ ]|liên[ ]tục[ ]).*\Z"
)


def head(text: str, sentence: Span) -> str | None:
    """What a sentence names before a colon, where that is measured."""
    match = _HEAD.match(text, sentence.start, sentence.end)
    if match is None:
        return None
    topic = _SAID_OF_IT.sub("", match["topic"])
    measured = rank_words.begins("measure").match(topic) or ranked_names.is_index(topic)
    return topic if measured and not rank_words.predicate().search(topic) else None


@cache
def _behind() -> tuple[re.Pattern[str], ...]:
    topic = rank_extents.topic()
    return tuple(
        re.compile(expression, re.IGNORECASE)
        for expression in (
            # "trong bảng xếp hạng các cảng cá", "trên BXH của FIFA"
            rf"(?:[ ][^,.;:()\n]{{0,60}}?)??[ ]{_LIST}",
            rf"(?:[ ][^,.;:()\n]{{0,60}}?)??[ ]{LISTS}[ ](?:về[ ])?{topic}",
            rf"(?:[ ](?:(?!(?:khi|nhờ|để|nhận|vì|do|trước|bởi)[ ])[^,.;:()\n]){{0,80}}?)??(?<!thuộc)"
            rf"(?:{_BEHIND_WHOM})?[ ]về[ ](?!đích)(?:cả[ ]|mặt[ ]|các[ ](?=chỉ[ ]số[ ]))?{topic}",
            # "(đứng đầu) doanh thu"
            r"[ ](?P<topic>(?:doanh[ ](?:thu|số)|sản[ ]lượng|kim[ ]ngạch|lợi[ ]nhuận|năng[ ]suất|thị[ ]phần)"
            rf"(?:[ ](?!của[ ])[^,.;:()\n]{{2,40}}?)??)(?:(?=[ ]của[ ])|{STOP})",
            # "(dẫn đầu) thị trường sữa bột", "(dẫn đầu) lĩnh vực | phân phối xăng dầu"
            r"[ ](?P<topic>(?:thị[ ]trường|phân[ ]khúc)[ ](?!(?:với|đồng[ ]thời|rộng|này|cho|và|đang|khi)[ ])"
            rf"[^\W\d][^,.;:()\n]{{2,60}}?){STOP}",
            rf"[ ]lĩnh[ ]vực[ ](?P<topic>[^\W\d][^,.;:()\n]{{2,60}}?){STOP}",
            # "ở hai chỉ số: nhập khẩu công nghệ cao và xuất khẩu điện"
            r"[ ](?:trong|ở|về)[ ](?:cả[ ])?(?:[0-9]{1,2}|hai|ba|bốn|năm|các)[ ](?:chỉ[ ]số|tiêu[ ]chí"
            r"|nội[ ]dung|lĩnh[ ]vực|trụ[ ]cột)(?:[ ]thành[ ]phần)?(?::|[ ]là|[ ]gồm)[ ]"
            r"(?P<topic>[^.;:()\n]{2,160}?)(?=[.;(\n]|[ ]{0,2}\Z)",
            rf"(?:[ ](?:trong|ở|trên|của))?[ ](?=(?:bộ[ ])?chỉ[ ]số[ ]){topic}",
            rf"(?:[ ][^,.;:()\n]{{0,30}}?)??[ ](?:trong|ở|tại)[ ](?P<topic>(?:các[ ]|một[ ]số[ ])"
            rf"{rank_words.any_of('field')}){STOP}",
            # "trong ngành khoa học đời sống", "ở nội dung 100 m nữ"
            rf"(?:[ ][^,.;:()\n]{{0,30}}?)??[ ](?:trong|ở|tại|của)[ ](?P<topic>(?:các[ ]|một[ ]số[ ])?"
            rf"{rank_words.any_of('field')}(?![ ]này)[ ][^,.;:()\n]{{2,60}}?){STOP}",
            # "tại Giải cờ vua thế giới 2017", "(nhì bảng B) vòng loại Giải ..."
            rf"(?:[ ][^,.;:()\n]{{0,30}}?)??[ ](?:trong|ở|tại|của|vòng(?:[ ][^\W\d]+){{1,2}})[ ]"
            rf"{rank_contests.contest()}",
            # "trong vòng hai cuộc bầu cử nghị viện", "trong cuộc thăm dò dư luận"
            rf"(?:[ ][^,.;:()\n]{{0,30}}?)??[ ](?:trong|ở|tại)[ ](?P<topic>(?:vòng[ ][^\W\d]+[ ])?(?:một[ ])?"
            rf"(?:(?:cuộc[ ])?bầu[ ]cử|cuộc[ ](?:thăm[ ]dò|khảo[ ]sát|đua))[ ][^,.;:()\n]{{2,60}}?){STOP}",
            # "trong Báo cáo Hạnh phúc thế giới 2022"
            rf"[ ](?:trong|theo)[ ](?P<topic>Báo[ ]cáo[ ](?-i:[{CAPITAL}])[^,.;:()\n]{{2,60}}?){STOP}",
            # "danh sách những người giàu nhất", "danh sách phá lưới"
            rf"(?:[ ](?:trong|trên|ở))?[ ](?P<topic>danh[ ]sách[ ](?!này|đó|trên|năm|đang|là|vẫn|vừa)"
            rf"[^,.;:()\n]{{2,70}}?){STOP}",
            # "(vị trí thứ ba) quốc gia có nhiều trường nhất"
            r"(?:[ ](?!và[ ])[^\W\d]+){0,3}?[ ]có[ ](?P<topic>nhiều[ ][^,.;:()\n]{2,60}?[ ]nhất)(?!\w)",
            # "(trong số 90 nước) có lượng du học sinh tại ..."
            rf"(?:[ ](?!và[ ])[^\W\d]+){{0,3}}?[ ]có[ ]{topic}",
            rf"{_AMONG}[ ]có[ ]{topic}",
            rf"(?:(?:(?![ ]và[ ])[ ][^,.;:()\n]{{0,12}}?)??|{_AMONG}(?<!nhà)(?<!tác))[ ]{_TRADE}",
        )
    )


@cache
def _before() -> re.Pattern[str]:
    return re.compile(
        rf"""(?<!\w)(?:{_LIST.replace("?P<topic>", "?P<list>")}
        |(?:(?:{LISTS}
          |đánh[ ]giá(?=[^,.;:\n]{{0,70}}[ ]về[ ]))
          (?:[ ]của[ ][^,.;:\n]{{2,60}}?(?=[ ](?:năm[ ][0-9-]{{4,9}}[ ])?về[ ]))?
          (?:[ ]năm[ ][0-9-]{{4,9}})?[ ](?:về[ ])?(?!chỉ[ ]số)
        |(?:(?<=[.,;\n][ ])|(?<=còn[ ])|(?<=riêng[ ])|(?<=\n)|\A)về[ ](?!phần[ ]|phía[ ])(?:mặt[ ])?
        |báo[ ]cáo[ ](?!(?:tiếp|kế|gần|mới|trước|sắp|trên|của)(?!\w))
          (?:thường[ ]niên[ ])?(?:đánh[ ]giá[ ])?(?:về[ ])?(?:xếp[ ]hạng[ ](?:về[ ])?)?
        |(?=(?:bộ[ ])?chỉ[ ]số[ ])|(?<=ở[ ])(?=(?:trụ[ ]cột|tiêu[ ]chí)[ ]))
        {rank_extents.topic()})""",
        re.VERBOSE | re.IGNORECASE,
    )


@cache
def _of_band() -> re.Pattern[str]:
    """Behind the figure of a band: "(top 700) đơn nam", "(top 100) người có ảnh hưởng"."""
    return re.compile(
        rf"[ ](?!{rank_words.any_of('topic_not')}(?!\w)|nước[ ]|châu[ ]|cả[ ]|khu[ ]vực|đầu|bảng[ ]"
        rf"|danh[ ]sách[ ]|(?-i:[{CAPITAL}]))(?P<topic>[^\W\d][^,.;:()\n]{{2,60}}?){STOP}",
        re.IGNORECASE,
    )


# "(Top 10) công ty dược uy tín"
_REPUTED = re.compile(
    r"(?<=[0-9][ ])(?P<topic>[^\W\d][^,.;:()\n0-9]{2,50}?[ ](?:uy[ ]tín|tiêu[ ]biểu)(?:[ ]nhất)?)(?!\w)",
    re.IGNORECASE,
)
# "(Top 50) Doanh nghiệp Sáng tạo và Kinh doanh Xanh | 2025"
_NAMED_BAND = re.compile(
    rf"[ ](?P<topic>[{CAPITAL}][^,.;:()\n0-9]{{2,70}}?)(?:(?=[ ](?:19|20)[0-9]{{2}})|{STOP})", re.IGNORECASE
)


def _named_band(text: str, right: Span) -> re.Match[str] | None:
    match = _NAMED_BAND.match(text, right.start, right.end)
    if match is None or not match["topic"][0].isupper() or " " not in match["topic"]:
        return None
    near = next(ranked_names.places(text, Span(match.start("topic"), match.end("topic"))), None)
    return None if near and near[0].start == match.start("topic") else match


_OPEN_BRACKET = re.compile(r"\([^()\n]{0,80}\Z")
_LOOSE_END = re.compile(r"(?:[ ](?:và|với|của|thì|là|hay|hoặc|tháng|quý|kỳ|năm))+\Z")
_ANY_LIST = re.compile(
    r"bảng xếp hạng|danh sách|xếp hạng|chỉ số|thứ hạng|kết quả|mục tiêu|cơ hội|lượng|khả năng|giá trị|chiếc"
    r"|chỉ số của (?:bộ|tỉnh|thành phố|sở|huyện|ngành)"
    r"|(?:khối |các )?địa phương|cấp tỉnh|cấp bộ|chỉ tiêu|chất|mặt|mảng|lĩnh vực|nội dung|phân khúc|hạng mục",
    re.IGNORECASE,
)
_CUES = ("hạng", "bxh", "tổng sắp", "đánh giá", "báo cáo", "về ", "chỉ số", "trụ cột", "tiêu chí")
"""Words of which one stands wherever a list or an index is named in front."""
_AIM = re.compile(rf"[ ]để[ ](?P<topic>[^,.;:()\n]{{2,70}}?){STOP}")
_TOURS = re.compile(r"[ ](?P<topic>WTA|ATP|FIFA|BWF)(?!\w)")
_INSIDE = re.compile(
    r"[ ]về[ ](?P<topic>[^,;:()\n]{2,80}?)(?=,[ ]|[ ]\(|[ ](?:trong|trên)[ ](?:tổng[ ])?(?:số[ ])?[0-9])"
)


# "(đứng thứ hai) (sau Lào) | về chuyển đổi số"
_OTHERS = re.compile(
    r"[ ]\((?:chỉ[ ])?(?:xếp[ ]|đứng[ ])?(?:sau|trước|cùng|dưới|trên)[ ][^()\n]{2,60}\)(?=[ ])"
)


@cache
def _list() -> re.Pattern[str]:
    return re.compile(_LIST, re.IGNORECASE)


def behind(text: str, right: Span) -> str | None:
    """In what, as said right behind a ranking: "về tài nguyên du lịch", "trong xếp hạng ..."."""
    if others := _OTHERS.match(text, right.start, right.end):
        right = Span(others.end(), right.end)
    for expression in _behind():
        match = expression.match(text, right.start, right.end)
        if match:
            topic = ranked_names.whole_index(text, Span(*match.span("topic")), right.end)
            return _with_publisher(text, topic, right.end)
    return None


@cache
def _by_list() -> re.Pattern[str]:
    """ "(lọt top 500 ...) theo (kết quả) bảng xếp hạng QS", "theo QS World University Rankings"."""
    return re.compile(
        rf"(?:(?![ ]theo[ ])[ ][^,.;:()\n]{{0,60}}?)??,?[ ]\(?theo[ ](?:kết[ ]quả[ ])?(?:{_LIST}"
        rf"|(?P<name>(?-i:[{CAPITAL}])\w*[ ][^,.;:()\n]{{0,40}}?rankings?))(?!\w)",
        re.IGNORECASE,
    )


def inside(text: str, ranking: Span, right: Span, rule: str) -> str | None:
    """In what, as the ranking's own words say: "thứ 47 về đổi mới, vượt 12 bậc", "10 nước có ... nhất"."""
    after, found = (text, right.start, right.end), _by_list().match(text, right.start, right.end)
    if known := ranked_names.index_at(text, right) or ranked_names.short_index(text, ranking):
        return known
    if found:
        return found["topic"] or found["name"]
    if rule == "ranking.number":
        found = _TOURS.match(*after)
    elif rule == "ranking.top":
        found = rank_bests.BEST_WHAT.search(text, ranking.start, right.end)
        near = found and (found.start() < ranking.end or "danh sách" in text[ranking.end : found.end()])
        reputed = _REPUTED.search(text, ranking.start, ranking.end)
        found = found if near else reputed or _of_band().match(*after) or _named_band(text, right)
    elif rule == "ranking.best":
        found = _list().search(text, ranking.start, right.end)
        found = found if found and found.start() < ranking.end else None
    elif rule in ("ranking.band", "ranking.one_of"):
        return _of_best(text, ranking, right)
    found = found or _INSIDE.search(text, ranking.start, ranking.end)
    return _whole(found or _list().search(text, ranking.start, ranking.end))


def _whole(found: re.Match[str] | None) -> str | None:
    """The topic found, unless a quotation is cut."""
    if found is None or found["topic"].count("“") != found["topic"].count("”"):
        return None
    return _LOOSE_END.sub("", found["topic"]).removesuffix(" theo ngành")


def _of_best(text: str, ranking: Span, right: Span) -> str | None:
    """In what a band is best: what they do or have, or are measured by; else who they are."""
    found = (
        _AIM.match(text, right.start, right.end)
        or rank_bests.WITH_WHAT.search(text, ranking.start, ranking.end)
        or rank_bests.GOOD_WHAT.search(text, ranking.start, ranking.end)
        or rank_bests.MEASURED_BY.match(text, right.start, right.end)
    )
    if found and not rank_bests.SCORED.search(found["topic"]):
        return _whole(found)
    best = rank_bests.BEST_WHAT.search(text, ranking.start, right.end)
    return (
        behind(text, right)
        or _whole(rank_bests.doing().search(text, ranking.start, right.end))
        or (None if best and rank_bests.SCORED.search(best["topic"]) else _whole(best))
        or _whole(_INSIDE.search(text, ranking.start, ranking.end))
        or _whole(found)
    )


def list_in_front(text: str, left: Span, rule: str) -> str | None:
    """The list that a band is taken from: "Theo bảng xếp hạng của QS, ... thuộc Top 10"."""
    if rule not in ("ranking.band", "ranking.top"):
        return None
    found = before(text, left)
    return found if found and found.lower().startswith("bảng xếp hạng") else None


def before(text: str, left: Span) -> str | None:
    """In what, as the last list or index named in front says."""
    words = text[left.start : left.end].lower()
    if not any(cue in words for cue in _CUES):
        return None
    found = None
    for match in _before().finditer(text, left.start, left.end):
        if found and _OPEN_BRACKET.search(text, left.start, match.start()):
            continue
        span = Span(*match.span("list" if match["list"] else "topic"))
        if ranked_names.ends_with_place(text, span) and ranked_names.is_country(text[span.start : span.end]):
            continue  # "Báo cáo LPI xếp hạng Lào ..."
        found = found if is_bare(text[span.start : span.end]) else span
    if found is None:
        return None
    found = ranked_names.whole_index(text, found, left.end)
    # What stands in front of the place behind the last comma is who is placed.
    return _with_publisher(text, found, max(found.end, text.rfind(",", found.end, left.end)))


def _with_publisher(text: str, topic: Span, limit: int) -> str:
    """The topic with what commas join to it and with "của Liên hợp quốc", where they follow."""
    topic = rank_extents.with_coordinated(text, topic, limit)
    match = ranked_names.publisher_follows().match(text, topic.end, min(limit, topic.end + 80))
    return _LOOSE_END.sub("", text[topic.start : match.end() if match else topic.end].strip())


def among(text: str, ranking: Span, right: Span) -> str | None:
    """Who are best, where the place is one among them: "xếp hạng 1 trong nhóm các trường sáng tạo nhất"."""
    found = rank_bests.LISTED.search(text, ranking.start, right.end)
    return _whole(found) if found and found.start() <= ranking.end + 1 else None
