"""How far the name of what is ranked reaches: "số thí sinh đạt điểm giỏi | với ...", "chất lượng, giá"."""

from __future__ import annotations

import re
from functools import cache

from corpus.facts import Span
from extractors import rank_words
from extractors.letters import CAPITAL

_ACCORDING = (
    r"theo[ ](?=đánh|bảng|báo|công|thống|số[ ]liệu|xếp|khảo|tổ[ ]chức|kết|đó|ông|bà|tạp|dữ|danh|nghiên|ước"
    r"|tính|phân|bình(?![ ]quân)|một|các|tiêu|thang|chuẩn|cách|hiệp|nguồn|tờ|trang|(?-i:[" + CAPITAL + r"]))"
)
_BY = (
    r"(?<!tự[ ])do[ ](?!(?-i:(?:[^\W\d"
    + CAPITAL
    + r"]+[ ]){1,3})(?:thực[ ]hiện|sản[ ]xuất|quản[ ]lý|làm|cung[ ]cấp|phát[ ]triển)(?!\w))"
)
_AMOUNT = (
    r"với[ ](?:tổng|số|hơn|gần|trên|khoảng|mức|kim|doanh|giá|vốn|sản[ ]lượng|tỷ|thị[ ]phần|điểm|kết[ ]quả"
    r"|lượng|[0-9])"
)
# "(chỉ số hiệu quả quản trị) | Theo ông Lan, ...": the full stop is missing
_NEXT_SENTENCE = (
    r"[ ](?-i:Thời[ ]gian[ ]|Theo[ ](?!dõi)|Tuy[ ]nhiên|Trong[ ]|Hiện[ ]|Đến[ ]|Năm[ ][12]|Ngoài[ ]ra"
    r"|Bên[ ]cạnh|Cùng[ ]với|Trước[ ]đó|Sau[ ]|Đây[ ]|Điều[ ]này|Ông[ ]|Bà[ ]|Với[ ]|Tại[ ])"
)
_PUNCTUATION = rf"[,.;:?!\n…”\"\]]|[ ]?[()]|[ ]?[–-](?![^\W\d])|[ ]{{0,2}}\Z|{_NEXT_SENTENCE}"
_ALWAYS = (
    rf"{_AMOUNT}|(?:hơn|gần|trên|khoảng)[ ][0-9]"
    rf"|năm[ ](?:[0-9]|nay|ngoái|trước|qua)|{_ACCORDING}|nhưng|so[ ]với|sau[ ]|giữa[ ]"
    r"|trong[ ](?!ngành[ ]|lĩnh[ ]vực[ ]|nhóm[ ]ngành|việc[ ]|công[ ]tác[ ])|ở[ ]|trên[ ]|chiếm[ ]|thì[ ]"
    r"|giảm(?<!mức[ ]giảm)(?<!lệ[ ]giảm)(?<!độ[ ]giảm)(?<!cắt[ ]giảm)(?<!tinh[ ]giảm)"
    r"|khi|là[ ]|vẫn|sẽ|tiếp[ ]tục|tụt|thuộc|và[ ](?:đứng|xếp|là|thứ|có|top)|thứ[ ]|vì[ ]"
    r"|vào[ ](?=năm|cuối|đầu|giữa|tháng|quý|ngày)"
    r"|nhờ[ ]|nên[ ]|không[ ](?!chính[ ]thức|gian|khí)(?<!phòng[ ]không[ ])(?<!hàng[ ]không[ ])"
)
STOP = (
    rf"(?={_PUNCTUATION}|[ ](?:{_ALWAYS}|{_BY}|đang|đã|tại[ ](?!(?-i:[{CAPITAL}])|các[ ]|châu[ ])|đạt"
    rf"|cho[ ](?<!sẵn[ ]sàng[ ]cho[ ])(?!Việt)|từ[ ]"
    r"|giai[ ]đoạn|được|vừa|đứng|xếp|tăng(?<!gia[ ]tăng)(?![ ]trưởng)|mà[ ]|chỉ[ ](?!số|tiêu)|cũng|lên|xuống"
    r"|khối[ ](?:các[ ])?(?:bộ|sở|tỉnh|địa|cơ[ ]quan|đơn[ ]vị)(?!\w)"
    rf"|đặt[ ](?-i:[{CAPITAL}])"
    r"|hiện(?<!thực[ ]hiện)|này|kể|vươn|nằm[ ]|phải[ ]|liên[ ]tục|diễn[ ]ra|nhiều[ ]năm|rất|để[ ]|[0-9]))"
)
"""What the name of a topic ends before."""
# What is counted may hold verbs and figures: "số vận động viên giành điểm cao 4 môn"
_COUNT = r"(?:tổng[ ])?(?:số(?:[ ]lượng)?|lượng|tỷ[ ]lệ|tỉ[ ]lệ)[ ]"
COUNT_STOP = (
    rf"(?={_PUNCTUATION}|[ ](?:{_ALWAYS}|tăng[ ]|đã[ ]|đang[ ](?!theo|học|làm|sinh|sống|du)"
    r"|đạt[ ](?:[0-9]|hơn|gần|trên|khoảng|mức)))"
)
"""What the name of something counted ends before."""
_COORDINATED = re.compile(
    r",[ ](?P<more>[^\W\d_][^,.;:()\n0-9]{2,60}?)(?P<short>[ ]\([A-Z][\w .-]{1,20}\))?"
    r"(?=[ ]?[.;:,)…”\"]|[ ]{0,2}\Z|[ ](?:với|trong|năm|so|sau|giai)[ ])"
)
_NOUN = re.compile(r"chính[ ](?:quyền|phủ|sách|trị)(?!\w)")  # "chính" alone is an adverb
_DOES = re.compile(
    r"(?:đánh[ ]giá[ ](?:đúng|thực|lại|kỹ)|làm[ ]rõ|có[ ]giải[ ]pháp|đẩy[ ]mạnh|tăng[ ]cường|rà[ ]soát"
    r"|chỉ[ ]đạo|khắc[ ]phục|tìm[ ])"
)
_MOST_COORDINATED = 10
"""Words of a later noun phrase of a topic."""


# Nouns that begin with a word no topic begins with
_NOUNS_ALL_THE_SAME = (
    r"tăng[ ]trưởng|thể[ ](?:chế|thao|dục)|đầu[ ](?:tư|ra)|hiện[ ]đại|cho[ ]vay|theo[ ]dõi|góp[ ]vốn"
    r"|cao[ ]tốc"
)


@cache
def topic() -> str:
    """The topic as a group to build expressions with; it ends before a stop."""
    return (
        rf"(?P<topic>(?={_COUNT})[^,.;:()\n]{{6,90}}?{COUNT_STOP}"
        rf"|(?!(?!{_NOUNS_ALL_THE_SAME})(?:{rank_words.any_of('topic_not')}|[0-9,.;:(])(?!\w))"
        r"[^\W\d][^,.;:()\n]{2,90}?"
        rf"(?:[ ]\([A-Z][\w .-]{{1,40}}\)(?:[ ]và[ ](?:chỉ[ ]số|năng[ ]lực)[ ][^,.;:()\n]{{2,60}}?"
        rf"(?:[ ]\([A-Z][\w .-]{{1,40}}\))?)?)?{STOP})"
    )


def with_coordinated(text: str, found: Span, limit: int) -> Span:
    """The topic with the noun phrases that commas join to it: "diện tích cà phê, hồ tiêu và cao su"."""
    end = found.end
    while match := _COORDINATED.match(text, end, min(limit, end + 80)):
        more = match["more"]
        if len(more.split()) > _MOST_COORDINATED or not more[0].islower() or _is_clause(more):
            break
        end = match.end("short") if match["short"] else match.end("more")
    return Span(found.start, end)


def _is_clause(words: str) -> bool:
    """Whether the words say something of their own rather than name one more thing."""
    if _NOUN.match(words):
        return False
    if _DOES.match(words):
        return True
    opens = any(rank_words.begins(role).match(words) for role in ("function", "connector", "adverbial"))
    return opens or bool(rank_words.predicate().search(words))
