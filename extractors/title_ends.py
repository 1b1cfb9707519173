"""Where the title of a document ends: before the predicate of its sentence, or the next document."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from extractors.wordlists import alternation, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST = 420
"""Code points that a title is looked for in."""

_SHORT = 4
"""Words behind a comma that may still be an item of the title."""

_QUOTED_INSIDE = re.compile(r"[^.;\n“”\"]{0,60}[“\"][^”\"\n]{2,200}[”\"]")
# What a document is about may be another one: "sửa đổi một số điều của Thông tư số ...".
_NESTED = re.compile(
    r"(?:của|thi[ ]hành|thay[ ]thế|bãi[ ]bỏ|sửa[ ]đổi|bổ[ ]sung|thực[ ]hiện|hướng[ ]dẫn|theo|tại|triển[ ]khai"
    r"|h(?:ủy|uỷ)(?:[ ]bỏ)?|thu[ ]hồi|điều[ ]chỉnh|đính[ ]chính|quán[ ]triệt|kèm[ ]theo|đình[ ]chỉ|gia[ ]hạn"
    r"|nội[ ]dung|giữ[ ]nguyên|một[ ]phần|toàn[ ]bộ|với|trong)"
    r"(?:[ ](?:có[ ])?(?:hiệu[ ]quả|nghiêm(?:[ ]túc)?|tốt|quyết[ ]liệt|đồng[ ]bộ|đầy[ ]đủ)"
    r"|[ ](?:các|những))?(?:(?:[ ]|,[ ]|[ ]và[ ])(?:điểm|khoản|điều|mục|chương)[ ][0-9a-zđIVX]{1,4}){0,5}\Z"
    r"|(?<!\w)Pháp\Z",
    re.IGNORECASE,
)
# Words that only seem to close it: "đối với các", "lý do", "đáp ứng yêu cầu", "đối tượng là".
_BOUND = re.compile(
    r"(?:đối[ ]với[ ][^\W\d_]{1,5}|lý[ ]do|tự[ ]do|(?:đáp[ ]ứng|theo|các|những)[ ]yêu[ ]cầu"
    r"|(?:tiêu[ ]chí|phương[ ]pháp|căn[ ]cứ|cách|quy[ ]trình|việc|nguyên[ ]tắc|thủ[ ]tục|cơ[ ]sở|thẩm[ ]quyền"
    r"|hướng[ ]dẫn|quy[ ]định|tiêu[ ]chuẩn|để|và)[ ]xác[ ]định"
    r"|(?:đối[ ]tượng|người|nhân|chồng|vợ|tên|bố|mẹ|con|gọi|từng|vốn|mình|nghĩa)[ ]là"
    r"|(?:mục[ ]tiêu|giải[ ]pháp|chính[ ]sách|biện[ ]pháp)[ ]nhằm)\Z"
)
# "khởi tố vụ án: Tham ô tài sản": the colon names what was spoken of.
_NAMES = re.compile(r"(?:vụ[ ]án(?:[ ]hình[ ]sự)?|tội(?:[ ]danh)?|dự[ ]án|chủ[ ]đề|công[ ]trình)\Z")
# "thành lập Hội đồng do Thứ trưởng làm Chủ tịch"
_HEADED = re.compile(r"[ ]do[ ][^.;,\n]{2,60}[ ]làm[ ](?:chủ[ ]|trưởng|tổ[ ]trưởng|phó)", re.IGNORECASE)
_OF_NUMBER = re.compile(r"[0-9][\w/.-]*\Z")
# "theo hướng dẫn", "ban hành quy định": nouns, not the predicate "quy định" of the sentence.
_RULE_NOUN = "".join(
    f"(?<!{word})".replace(" ", "[ ]")
    for word in (
        *("Nghị quyết", "Nghị định", "Quyết định", "Thông tư", "Chỉ thị", "Luật", "Pháp lệnh"),
        *("ban hành", "các", "những", "theo", "đúng", "hiện", "một số", "sửa đổi", "bổ sung", "điều chỉnh"),
        *("công bố", "vi phạm", "trái", "hướng dẫn", "áp dụng", "tuân thủ", "chấp hành", "bãi bỏ", "và"),
        *("mẫu", "văn bản", "việc", "thời hạn", "mức", "chế độ", "hệ thống"),
    )
)
_PREDICATE = (
    rf"{_RULE_NOUN}[ ](?:quy|qui)[ ]định"
    r"(?=[ ]?[:,“\"]|[ ](?!của|về|tại|pháp|hiện|này|và|trong|chi)\w)"
)
# In a clause after a comma these tell that the sentence's own clause has begun.
_CLAUSE = re.compile(r"(?<!\w)(?:không|phải|cần|bị|được|đạt|tăng|giảm)(?!\w)")
_APPOINTED = re.compile(r"[^.;\n]{0,120}(?<!\w)(?:giữ[ ]chức|làm|thôi[ ]giữ)(?!\w)")
_BODY = re.compile(
    r"(?:\A|[ ,])(?:Bộ|Sở|UBND|HĐND|Cục|Chi[ ]cục|Công[ ]an|Ban|Ủy[ ]ban|Tổng|Viện|Hội|Huyện|Ngân[ ]hàng)"
    r"(?:[ ][^,]{1,40})?\Z|(?:\A|[ ,])(?:sở|bộ|ngành|cơ[ ]quan|đơn[ ]vị)(?:[ ](?:có[ ])?liên[ ]quan)?\Z"
)
# "cơ quan, tổ chức, cá nhân" are nouns; "..., tổ chức thanh tra" is a clause.
_ORGANIZATIONS = re.compile(r",[ ]|[ ](?:và|hoặc|có|trong|chính[ ]trị|kinh[ ]tế|tín[ ]dụng)[ ]")
# "của các bộ, | các cơ quan ..." goes on unless a verb makes a clause of it; "như Hải quan, | Thanh tra"
_ALIKE = re.compile(r"(?<!\w)(?:các|những)[ ][^.,;:\n]{2,40}\Z")
_NOUNS = ("các", "những", "doanh nghiệp")
_FINITE = (
    r"(?:phải|sẽ|được|đã|cần|có(?![ ](?:vốn|liên[ ]quan|thẩm[ ]quyền|trách[ ]nhiệm))|không|đang|yêu[ ]cầu"
    r"|cũng|đều|chịu|bị|nên|là|vẫn|chưa|thu|nộp)"
)
_NO_CLAUSE = re.compile(rf"(?:[ ](?!{_FINITE}(?!\w))[^\W\d_]+){{1,12}}[ ]?(?:[,.;:…“”\"(]|\Z|\n|\d)")
_EXAMPLES = re.compile(r"(?<!\w)như[ ][^.;:\n]{1,80}\Z")
_ITEM = re.compile(r"[ ][^.,;:…\n]{1,30}(?:[,.;…]|\Z|\n)")
# "về giá thuốc, Điều 4 | Thông tư số 47/...": the article is the next document's
_BESIDE = re.compile(
    r"(?:,|[ ]và)(?:[ ](?:quy[ ]định[ ])?(?:tại[ ])?"
    r"(?:điểm|khoản|điều|mục|chương)[ ][0-9a-zđIVX]{1,4},?){1,5}\Z",
    re.IGNORECASE,
)
# "Khoản 1, Điều 2"
_PART = re.compile(r"(?<!\w)(?:điểm|khoản|mục)[ ][0-9a-zđIVX]{1,4}\Z", re.IGNORECASE)
_PART_NEXT = re.compile(r"(?:khoản|mục|điều|chương)[ ]", re.IGNORECASE)
_SENTENCE_END = (".", "?", "!", "\n")
_CLOSED = {")": "(", "”": "“", '"': '"'}
_COMMA = re.compile(r",[ ]")


@dataclass(frozen=True, slots=True)
class End:
    """Where a title ends; `finite`: before a verb that the sentence goes on with."""

    at: int
    finite: bool = False


def end(text: str, begin: int, limit: int, *, fronted: bool, verbal: bool) -> End:
    """The first place where the title can end, past quotes inside it and past the document that it amends.

    Inside a `verbal` one, whose sentence has its verb, "đã" is a relative clause's ("xử phạt người đã bán").
    """
    quoted = _QUOTED_INSIDE.match(text, begin, limit)
    for match in _ends().finditer(text, quoted.end() if quoted else begin, limit):
        if match.start() <= begin or _inside(text[begin : match.start()], match):
            continue
        if verbal and match.group() == " đã":
            continue
        finite = match["finite"] is not None
        parts = _BESIDE.search(text, begin, match.start()) if match["citation"] else None
        if not fronted or match["done"] or parts:
            return End(parts.start() if parts else match.start(), finite or match["saying"] is not None)
        following = finite and _COMMA.search(text, match.end(), limit)
        if following and not any(_commas(text, begin, match.start())):
            continue
        return End(_before_clause(text, begin, match), finite or match["saying"] is not None)
    return End(limit)


def _before_clause(text: str, begin: int, match: re.Match[str]) -> int:
    """Where the title of a phrase in front of the sentence's own clause ends: at the clause's comma."""
    at = match.start()
    commas = [*_commas(text, begin, at), at]
    last = commas[-2] if len(commas) > 1 else at
    if match["finite"]:
        return last
    for comma, following in pairwise(commas):
        if _CLAUSE.search(text, comma, following):
            return comma
    closed = match.group() in _SENTENCE_END or match["citation"] is not None
    return last if closed and text.count(" ", last, at) > _SHORT else at


def _commas(text: str, begin: int, at: int) -> Iterator[int]:
    """The commas outside brackets and quotes."""
    for comma in _COMMA.finditer(text, begin, at):
        before = text[begin : comma.start()]
        if _PART.search(before) and _PART_NEXT.match(text, comma.end()):
            continue
        closed = before.count("(") <= before.count(")") and before.count("“") <= before.count("”")
        if closed and before.count('"') % 2 == 0:
            yield comma.start()


def _inside(before: str, match: re.Match[str]) -> bool:
    """Whether the title goes on over what looks like its end."""
    sign = match.group()
    if sign in _CLOSED:
        opening = _CLOSED[sign]
        return (
            before.count(opening) % 2 == 1 if opening == sign else before.count(opening) > before.count(sign)
        )
    if sign == ":":
        return _NAMES.search(before) is not None
    if match["dated"]:
        return _OF_NUMBER.search(before) is not None
    if match["clause"]:
        return _goes_on(before, match)
    if match["law"]:
        return "Luật" in before
    headed = sign == " do" and _HEADED.match(match.string, match.start())
    nested = match["citation"] == " " and _NESTED.search(before)
    charged = sign == " chưa" and before.endswith(("hành vi", "vi phạm", "lỗi"))
    return bool(nested or headed or charged or _BOUND.search(before + sign))


def _goes_on(before: str, match: re.Match[str]) -> bool:
    """Whether a comma is an enumeration's ("yêu cầu Bộ Y tế, Bộ Công an") or an apposition's in a title."""
    if _EXAMPLES.search(before) and _ITEM.match(match.string, match.start() + 1):
        return True
    if match.group()[2:] in _NOUNS:
        alike = match.group()[2:] in before if match.group()[2] == "d" else _ALIKE.search(before) is not None
        return alike and _NO_CLAUSE.match(match.string, match.end()) is not None
    if _BOUND.search(before + match.group()):
        return True
    if match.group() == ", tổ chức":
        return _ORGANIZATIONS.match(match.string, match.end()) is not None
    if match.group() in (", nguyên", ", ông", ", bà"):
        return _APPOINTED.search(match.string, match.end(), match.end() + 160) is not None
    return match.group()[2:3].isupper() and _BODY.search(before) is not None


@cache
def _ends() -> re.Pattern[str]:
    types = alternation(row["canonical"] for row in rows("document_types"))
    lower = alternation(row["canonical"].lower() for row in rows("document_types"))
    return re.compile(
        rf"""
        [.?!](?=[ \n"”)]|\Z)|…(?=[ ](?![a-zđ])[^\W\d_]|\n|\Z)|[;:](?=[ \n"”)]|\Z)|\n|[”"]|\)
        | ,?[ ](?:sinh[ ](?:năm[ ])?(?:19|20)[0-9]|trú[ ](?:tại|ở)[ ]|[0-9]{{2}}[ ]tuổi)
        | [ ]\((?=Luật|Nghị|Quyết|Thông|gọi|sau|có|tính|đã|được|ban|thay|nay|là|do|với)
        | [ ](?:sáng|trưa|chiều|tối)[ ](?:ngày[ ])?[0-9]{{1,2}}[/.-][0-9]
        | (?P<dated>[ ]ngày[ ][0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-](?:19|20)[0-9]{{2}}[ ](?:của|do|đã)[ ])
        | (?P<citation>,?[ ](?:và[ ])?)(?=(?:(?:các|những)[ ])?
            (?:{types}(?:[ ][^\W\d_]{{1,8}}){{0,3}}[ ]số[ ][0-9]
              |{types}[ ](?:[0-9]|Đại[ ]hội|Trung[ ]ương|Hội[ ]nghị)|{lower}[ ](?:số[ ])?[0-9]{{1,5}}/))
        | (?P<law>,?[ ]và[ ](?=Luật[ ]))
        | (?<!bổ[ ]sung)(?<!sửa[ ]đổi)(?<!bãi[ ]bỏ)
            (?:[ ]thay[ ]thế|,[ ](?:và[ ]|đồng[ ]thời[ ])?(?:thay[ ]thế|bãi[ ]bỏ|h(?:ủy|uỷ)[ ]bỏ))[ ]
            (?:cho[ ]|một[ ]phần[ ]|toàn[ ]bộ[ ])?
            (?=(?:các[ ])?{types}[ ](?:số[ ])?[0-9])
        | [ ]và[ ](?=(?:Quốc[ ]hội|Chính[ ]phủ|Thủ[ ]tướng)[ ](?:đã[ ]|vừa[ ])?(?:ban|thông|ký|phê)[ ])
        | [ ]và[ ](?:các[ ])?(?:quy[ ]định|văn[ ]bản|pháp[ ]luật)[ ](?:của[ ])?
          (?:pháp[ ]luật|khác|có[ ]liên|liên[ ]quan|hiện|hướng[ ]dẫn)
        | (?P<done>,?[ ](?:vừa|mới|vừa[ ]mới)[ ]được[ ]
            (?:ký[ ]ban[ ]hành|ban[ ]hành|thông[ ]qua|phê[ ]duyệt|công[ ]bố|ký)(?!\w))
        | (?P<finite>,?[ ]{_phrases("ends_finite")}(?!\w))
        | (?P<saying>,?[ ]{_phrases("ends_saying")}(?!\w)|{_PREDICATE})
        | ,?[ ]{_phrases("ends")}(?!\w)
        | (?P<clause>,[ ]{_phrases("ends_after_comma")}(?!\w))
        """,
        re.VERBOSE,
    )


def _phrases(role: str) -> str:
    return alternation(row["phrase"] for row in rows("title_cues") if row["role"] == role)
