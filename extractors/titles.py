"""The title of a document as an article gives it: where it begins behind the citation, and where it ends."""

from __future__ import annotations

import re
from functools import cache

from corpus.facts import Span
from extractors.wordlists import alternation, rows

# " về việc ", " quy định về ", ", gửi Bộ Y tế đề nghị ...", " về “..."
_OPENER = re.compile(
    r"""(?:[ ]{0,2}(?P<comma>,))?[ ]{1,2}
    (?:gửi[ ][^.,;:\n]{2,60}?[ ](?=đề[ ]nghị|yêu[ ]cầu|về[ ]))?
    (?P<led>(?:(?:quy|qui)[ ]định[ ]về|về[ ]việc|v/v|về|liên[ ]quan[ ]đến|với[ ]nội[ ]dung)[ ]
      (?:việc[ ]|về[ ])?)?
    (?P<quote>[“"][ ]?)?(?:(?:về[ ]việc|về)[ ])?""",
    re.VERBOSE | re.IGNORECASE,
)
_FORCED = re.compile(
    r"(?:quy|qui)[ ]định[ ](?:tại|rõ|thì|như|các|những|người|mức|nếu|[0-9])(?!\w)", re.IGNORECASE
)
_CLOSING_QUOTE = re.compile(r"[”\"]")
_QUOTED_INSIDE = re.compile(r"[^.;\n“”\"]{0,60}[“\"][^”\"\n]{2,200}[”\"]")
# What a document is about may be another one: "sửa đổi một số điều của Thông tư số ...".
_NESTED = re.compile(
    r"(?:của|thi[ ]hành|thay[ ]thế|bãi[ ]bỏ|sửa[ ]đổi|bổ[ ]sung|thực[ ]hiện|hướng[ ]dẫn|theo|tại)\Z",
    re.IGNORECASE,
)
# Two words that only seem to close it: "đối với các", "lý do", "đáp ứng yêu cầu".
_BOUND = re.compile(r"(?:đối[ ]với[ ][^\W\d_]{1,5}|lý[ ]do|(?:đáp[ ]ứng|theo|các|những)[ ]yêu[ ]cầu)\Z")
_TRAILING = re.compile(r"(?:,?[ ](?:và|hoặc|cũng))+[ ]?\Z")
_MOST, _LEAST = 420, 8


def title(
    text: str, start: int, limit: int, *, unnumbered: bool = False, topical: bool = False
) -> Span | None:
    """The title behind a citation; `start`: where its date and issuer end, `limit`: where the sentence does.

    What has no number goes straight on with its title ("phê duyệt Đề án cấp cứu tai nạn giao thông").
    Behind a `topical` citation, its sentence's subject, a verb is the sentence's own ("Nghị định 49 quy
    định ...").
    """
    opener = _OPENER.match(text, start, limit)
    if opener is None:
        return None
    begin = opener.end()
    led = opener["quote"] is not None or opener["led"] is not None
    own_verb = topical and not led and not unnumbered and _cues("own_verb").match(text, begin)
    if own_verb or _FORCED.match(text, begin):
        return None
    if not (
        led or unnumbered or _cues("opens_after_comma" if opener["comma"] else "opens").match(text, begin)
    ):
        return None
    close = _CLOSING_QUOTE.search(text, begin, min(limit, begin + _MOST)) if opener["quote"] else None
    end = close.start() if close else _end(text, begin, limit)
    end = begin + len(_TRAILING.sub("", text[begin:end]).rstrip(' ,“"(-–'))
    return Span(begin, end) if end - begin >= _LEAST else None


def _end(text: str, begin: int, limit: int) -> int:
    """The first place where the title can end, past quotes inside it and past the document that it amends."""
    limit = min(limit, begin + _MOST)
    quoted = _QUOTED_INSIDE.match(text, begin, limit)
    for match in _ends().finditer(text, quoted.end() if quoted else begin, limit):
        if match.start() > begin and not _inside(text[begin : match.start()], match):
            return match.start()
    return limit


def _inside(before: str, match: re.Match[str]) -> bool:
    """Whether the title goes on over what looks like its end."""
    if match.group() == ")":
        return before.count("(") > before.count(")")
    if _BOUND.search(before + match.group()):
        return True
    return match["citation"] == " " and _NESTED.search(before) is not None


@cache
def _cues(role: str) -> re.Pattern[str]:
    return re.compile(rf"{_phrases(role)}(?!\w)", re.IGNORECASE)


@cache
def _ends() -> re.Pattern[str]:
    types = alternation(row["canonical"] for row in rows("document_types"))
    return re.compile(
        rf"""
        [.;:?!](?=[ \n"”)]|\Z)|\n|[”"]|\)
        | [ ]\((?=Luật|Nghị|Quyết|Thông|gọi|sau|có|tính)
        | [ ](?:sáng|trưa|chiều|tối)[ ](?:ngày[ ])?[0-9]{{1,2}}[/.-][0-9]
        | [ ]ngày[ ][0-9]{{1,2}}[/.-][0-9]{{1,2}}[/.-](?:19|20)[0-9]{{2}}[ ](?:của|do)[ ]
        | (?P<citation>,?[ ](?:và[ ])?)(?=(?:(?:các|những)[ ])?{types}[ ](?:số[ ]|[0-9]))
        | ,?[ ]{_phrases("ends")}(?!\w)
        | ,[ ]{_phrases("ends_after_comma")}(?!\w)
        """,
        re.VERBOSE,
    )


def _phrases(role: str) -> str:
    return alternation(row["phrase"] for row in rows("title_cues") if row["role"] == role)
