"""What a document is about: the words behind its number, date and issuer ("về việc ...", "phê duyệt ...")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.facts import Span
from extractors import issuers, title_ends
from extractors.wordlists import alternation, rows

# " về việc ", " quy định về ", ", gửi Bộ Y tế đề nghị ...", " về “...", " (về ...", " (Đề án 06) về ..."
_OPENER = re.compile(
    r"""(?:[ ]\((?:(?:gọi|viết)[ ]tắt[ ]|sau[ ]đây[ ]|Đề[ ]án[ ]|Chương[ ]trình[ ])[^()\n]{1,40}\))?
    (?:[ ]{0,2}(?P<comma>,))?[ ]{1,2}
    (?:(?:hỏa|hoả)[ ]tốc[ ]|khẩn[ ])?
    (?:(?:gửi|trình)(?:[ ](?:tới|đến|lên))?[ ]
      (?:[^.:\n“]|\.(?=[^ \n])|(?<=T[Pp]|[ ][HQPX])\.){2,220}?[ ]
      (?<!chỉ[ ])(?<!đã[ ])(?<!sẽ[ ])(?<!được[ ])
      (?=(?:về[ ](?:việc[ ])?[a-zđ]|(?:đề|kiến)[ ]nghị|yêu[ ]cầu|thông[ ]báo|báo[ ]cáo|xin|chỉ[ ]đạo
        |xem[ ]xét|rà[ ]soát|kiểm[ ](?:điểm|tra)
        |tăng[ ]cường|đôn[ ]đốc|chấn[ ]chỉnh|khẩn[ ]trương|hướng[ ]dẫn|phản[ ]ánh|trả[ ]lời|liên[ ]quan)))?
    (?:xem[ ]xét,[ ])?(?P<bracket>\()?
    (?P<said>là[ ](?:quyết[ ]định|nghị[ ](?:quyết|định)|thông[ ]tư|văn[ ]bản|chỉ[ ]thị)[ ])?
    (?P<led>(?:(?:(?:có[ ])?nội[ ]dung[ ])?(?:quy|qui)[ ]định[ ]về|(?:nói[ ])?về[ ]việc|v/v|về
      |liên[ ]quan[ ]đến|với[ ]nội[ ]dung|có[ ]nội[ ]dung)[ ]?:?[ ]?(?:việc[ ]|về[ ])?)?
    (?P<quote>[“"”][ ]?)?(?:(?:về[ ]việc|về)[ ])?(?:nhằm[ ](?=sửa|bổ|thay|bãi))?""",
    re.VERBOSE | re.IGNORECASE,
)
# Chỉ thị 05 của Bộ Chính trị: “Dân vận khéo”; not what somebody says of it
_NAMED = re.compile(r"[ ]?:[ ]{1,2}[“\"][ ]?(?P<title>(?![a-zđ])[^\W\d_][^“”\".!?\n]{5,160})[”\"]")
# "có nội dung không phù hợp": what is thought of it
_ARTICLE = re.compile(
    r"(?:điểm|khoản|điều|mục)[ ][0-9a-zđIVX]{1,4},?(?:[ ]của)?[ ][^.\n]{4,50}\Z", re.IGNORECASE
)
_JUDGED = re.compile(r"[ ]có[ ]nội[ ]dung[ ](?:không|chưa|trái|sai|vi[ ]phạm|gần|giống|tương)(?!\w)")
_SPEAKING = re.compile(
    r"(?<!\w)(?:nói|cho[ ]biết|cho[ ]hay|khẳng[ ]định|chia[ ]sẻ|nhận[ ]xét|viết|hỏi|nêu|ghi"
    r"|nhấn[ ]mạnh|trả[ ]lời)"
    r"(?!\w)[^.\n]{0,100}\Z"
)
# The predicate of the document's own sentence: "Nghị định 5 quy định rõ ...", "... quy định:".
_PREDICATE = re.compile(
    r"(?:(?:quy|qui)[ ]định[ ](?:tại|rõ|thì|như|các|những|người|mức[ ](?:phạt|thu)|nếu|có|từ|không|khi|mỗi"
    r"|tất[ ]cả|trường[ ]hợp|rằng|cụ[ ]thể|phải|[0-9])(?!\w)"
    r"|(?:sửa[ ]đổi|bổ[ ]sung|thay[ ]thế)(?:,?[ ]bổ[ ]sung)?[ ](?:bởi|tại|theo|năm)(?!\w)"
    r"|(?:thay[ ]thế|bãi[ ]bỏ)[ ](?:cho[ ])?(?=(?:Nghị|Thông|Quyết|Chỉ|Công|Luật|Pháp)[ ])"
    r"|yêu[ ]cầu[ ](?:phải|không)(?!\w)|ban[ ]hành[ ](?:theo|ngày|năm|từ|trước|sau|vào|đã)(?!\w)"
    r"|(?:(?:quy|qui)[ ]định|hướng[ ]dẫn|yêu[ ]cầu|nêu|ghi)(?:[ ]?(?:[:,“\"(.;]|\Z)|[ ]như[ ]sau))",
    re.IGNORECASE,
)
# "đề án vừa được Thủ tướng phê duyệt", "nghị quyết cũng như chiến lược" have no title.
_UNTITLED = re.compile(r"(?:vừa|mới|đã|được|do|bị|cũng[ ]như)(?!\w)")
_CLOSING_QUOTE = re.compile(r"[”\"]")
_TRAILING = re.compile(r"(?:,?[ ](?:và|hoặc|cũng|đã|vừa|vừa[ ]mới|đang|cùng|cho|của|với))+[ ]?\Z")
_SHORTEST, _SHORTEST_LED = 8, 3
# "Quyết định số 17, | Thông báo số 18" is a list.
_NEXT_DOCUMENT = re.compile(r"(?![a-zđ])[^\W\d_]+(?:[ ][^\W\d_]+){0,2}[ ]số[ ]{1,2}[0-9]")


@dataclass(frozen=True, slots=True)
class Stand:
    """How a citation stands in its sentence.

    What is `unnumbered` or `issued` goes straight on with its title ("phê duyệt Đề án cấp cứu tai nạn").
    Behind a `topical` citation, its sentence's subject, a verb is the sentence's own ("Nghị định 49 quy
    định ..."), unless another one follows ("... quy định mức lương cơ sở sẽ có hiệu lực từ tháng 7").
    Behind a bare number that is `modifying` ("tàu đóng theo Nghị định 49") it always is.
    Behind a `fronted` one the sentence goes on after a comma ("Theo Nghị định 49 về phí, lệ phí, dân ...").
    """

    unnumbered: bool
    issued: bool
    topical: bool
    fronted: bool
    modifying: bool = False


def title(text: str, rest: Span, stand: Stand) -> Span | None:
    """The title in the rest of the sentence, from where the citation's date and issuer end."""
    named = _NAMED.match(text, rest.start, rest.end)
    front = max(0, rest.start - 120)
    inside = _SPEAKING.search(text, front, rest.start) or _ARTICLE.search(text, front, rest.start)
    if named and not inside:
        return Span(*named.span("title"))
    opener = _OPENER.match(text, rest.start, rest.end)
    if opener is None:
        return None
    begin = opener.end()
    if text.startswith(("như trên", "như sau"), begin) or _JUDGED.match(text, opener.start()):
        return None
    quoted = opener["quote"] is not None and (opener["comma"] is None or opener["led"] is not None)
    led = opener["led"] is not None or quoted or (opener["said"] is not None and opens(text, begin))
    straight = stand.unnumbered or stand.issued
    unopened = stand.unnumbered and not opener["bracket"] and not _UNTITLED.match(text, begin)
    if not (led or unopened or _opens(text, begin, opener, straight=straight)):
        return None
    end = _end(text, Span(begin, rest.end), stand, led=led, quoted=quoted)
    own_verb = not led and not straight and _cues("own_verb").match(text, begin)
    if own_verb and (stand.modifying or (stand.topical and not end.finite)):
        return None
    stop = _trimmed(text, begin, end.at)
    return Span(begin, stop) if stop - begin >= (_SHORTEST_LED if led else _SHORTEST) else None


def opens(text: str, at: int) -> bool:
    """Whether one of the verbs that titles begin with stands there: "khởi tố", "phê duyệt"."""
    return _cues("opens").match(text, at) is not None


def _opens(text: str, begin: int, opener: re.Match[str], *, straight: bool) -> bool:
    """Whether a title without "về" can begin there."""
    if opener["quote"] or (_PREDICATE.match(text, begin) and not straight):
        return False
    if opener["comma"]:
        return (
            _NEXT_DOCUMENT.match(text, begin) is None
            and (verb := _cues("opens_after_comma").match(text, begin)) is not None
            and not text.startswith(" của ", verb.end())
        )
    if opens(text, begin):
        return text[begin].islower() or issuers.at(text, begin, begin + 60) is None
    return (
        straight
        and not opener["bracket"]
        and text[begin : begin + 1].isalpha()
        and not _cues("no_title").match(text, begin)
    )


def _end(text: str, rest: Span, stand: Stand, *, led: bool, quoted: bool) -> title_ends.End:
    most = min(rest.end, rest.start + title_ends.MOST)
    close = _closing_quote(text, rest.start, most) if quoted else None
    if close:
        return title_ends.End(close.start())
    verbal = stand.issued and not led
    return title_ends.end(text, rest.start, most, fronted=stand.fronted, verbal=verbal)


def _closing_quote(text: str, start: int, end: int) -> re.Match[str] | None:
    """The quote that closes a title; those of pairs inside it open behind a space, before a letter."""
    opened = 0
    for quote in _CLOSING_QUOTE.finditer(text, start, end):
        inside = text[quote.start() - 1] in " (" and text[quote.end() : quote.end() + 1].isalpha()
        if inside and quote.group() == '"':
            opened += 1
        elif opened:
            opened -= 1
        else:
            return quote
    return None


def _trimmed(text: str, begin: int, end: int) -> int:
    """The end without dangling words, and without a bracket or quote that is never closed."""
    found = text[begin:end]
    for left, right in ("()", "“”"):
        if found.count(left) > found.count(right):
            found = found[: found.rfind(left)]
    loose = ' ,“"(-–:' if found.count('"') % 2 else " ,“(-–:"
    return begin + len(_TRAILING.sub("", found.rstrip(loose)).rstrip(loose))


@cache
def _cues(role: str) -> re.Pattern[str]:
    phrases = alternation(row["phrase"] for row in rows("title_cues") if row["role"] == role)
    return re.compile(rf"{phrases}(?!\w)", re.IGNORECASE)
