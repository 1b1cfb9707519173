"""What a sentence does with a document: issues, amends, replaces, drafts, implements or only cites it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, cast

from corpus.facts import Span
from extractors.wordlists import alternation, rows

if TYPE_CHECKING:
    from corpus.facts import Action

_NEAR, _FAR = 32, 120
# "trình" is no verb in "chương trình", "công trình", "quy trình".
_NOT_IN_NOUN = "".join(f"(?<!{noun}[ ])" for noun in ("chương", "công", "quy", "quá", "tiến", "lộ", "hành"))
SUBMITTING = f"{_NOT_IN_NOUN}trình"
_CLAUSE_END = re.compile(r"[.;:?!…](?=[ \n\"”)]|$)|\n")
# Between a verb and its document: "một số điều của", "Khoản 2 Điều 4", "các", "bản".
_LIST_INTRO = re.compile(r"(?:như|gồm|sau|là|bao gồm)(?:[ ]sau)?[ ]?:[^.\n]*$")
# A clause of its own behind a heading without a full stop: "Bổ sung cách tính Tại Thông tư 333, ...".
_OPENING = re.compile(r"[ ](?:Tại|Theo)[ ]\Z")
_CITED_AT = re.compile(
    r"(?:quy|qui)[ ]định[ ](?:tại|của|trong|theo)[^.;]{0,80}$|kèm[ ]theo[ ]$"
    r"|(?:trái[ ]với|phù[ ]hợp)[^.;]{0,30}$"
)
_INDIRECT = re.compile(
    r"(?:theo|tại|trong|bằng|bởi|nhờ|cùng|cùng[ ]với|kèm|với|ở|từ)"
    r"(?:[ ](?:tinh[ ]thần|nội[ ]dung|chỉ[ ]đạo))?(?:[ ]của)?[ ]$"
)
_ACTING_BY = re.compile(r"(?:làm|hoàn[ ]thành|thực[ ]hiện)[ ](?:đúng[ ])?theo[^.;,]{0,40}$")
_PLANNED = re.compile(
    rf"(?<!\w)(?:{SUBMITTING}|sẽ|dự[ ]kiến|chuẩn[ ]bị|sớm|xem[ ]xét|đề[ ]nghị|kiến[ ]nghị|cần|phải|chưa)"
    r"(?!\w)[^.;]{0,60}$"
)
# "có Công văn số ..." is issuing where a body stands in front, not in "sau khi có", "hiện có".
_HAVING = re.compile(
    r"(?:khi|hiện|phải|cần|chưa|không|nếu|để|theo|trong|trước|lúc)[ ]$|(?:^|[,.;:])[ ]?$", re.IGNORECASE
)
_DETOUR = re.compile(r",|(?<!\w)(?:khi|từ|của|cho|với|về|để)(?!\w)")
# "được hướng dẫn tại Thông tư 12", "bị thay thế bởi Nghị định 15": what is done is done to another.
_DONE_TO = re.compile(r"(?:được|bị)[ ](?:[^\W\d_]+[ ]){0,4}\Z")
_ON_ITSELF = ("thực hiện", "áp dụng", "triển khai", "thi hành", "hoàn thành")
# "thay thế Nghị định 78 là Nghị định 01": the second is the new one.
_TURNED = re.compile(r"[ ](?:là|thành)[ ]\Z")
# "phê duyệt bến xe tại Quyết định 5", "phê duyệt lần đầu theo Quyết định 6"
_SAID_IN = re.compile(r"(?:tại|bằng)[ ]\Z|\A(?:[ ]lần[ ](?:đầu|[0-9]|thứ[ ]\w+))?[ ]theo[ ]\Z")
_PART_OF = re.compile(r"nội dung|điều|khoản|quy định", re.IGNORECASE)
_AMENDING = re.compile(r"(?:bổ sung|sửa đổi), $")
_DRAFT_OF = re.compile(r"(?:[Dd]ự[ ]thảo|[Dd]ự[ ]án)[ ](?:về[ ])?$")
# "được Thủ tướng phê duyệt", "do Bộ Tài chính ban hành", "đã bị bãi bỏ", "được thay thế bởi"
_PASSIVE = re.compile(
    r"[^.;:\n]{0,12}?(?:[ ](?:đã|vừa|mới|chính[ ]thức|vừa[ ]mới))?[ ](?:được|do|bị)[ ]"
    r"(?P<agent>[^.,;:\n]{0,70}?)(?P<verb>ký[ ]ban[ ]hành|ban[ ]hành|phê[ ]duyệt|thông[ ]qua|ký|công[ ]bố"
    r"|sửa[ ]đổi|bổ[ ]sung|thay[ ]thế|bãi[ ]bỏ|hủy[ ]bỏ|huỷ[ ]bỏ|hủy|thu[ ]hồi|triển[ ]khai|thực[ ]hiện"
    r"|xây[ ]dựng|soạn[ ]thảo)(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Governor(Span):
    """The verb that governs a citation, and what it does with it."""

    action: Action
    direct: bool = True


def governor(text: str, sentence_start: int, start: int, *, numbered: bool) -> Governor | None:
    """The verb in front of a citation; None where only a citing preposition, or nothing, stands there."""
    if draft := _DRAFT_OF.search(text, max(sentence_start, start - 20), start):
        return Governor(draft.start(), draft.end(), "draft")
    begin = max(sentence_start, start - _FAR)
    left = text[begin:start]
    if acting := _ACTING_BY.search(left):
        return Governor(begin + acting.start(), begin + acting.end(), "implement", direct=False)
    if _CITED_AT.search(left) or _OPENING.search(left):
        return None
    clause = _last_clause(left)
    verbs = list(_verbs().finditer(left, clause))
    if not verbs:
        return _list_governor(text, sentence_start, start)
    verb = _last_reaching(verbs, left)
    action = _done(verb, left, numbered=numbered)
    if action is None:
        return None
    direct = _INDIRECT.search(left, verb.end()) is None
    return Governor(begin + verb.start(), begin + verb.end(), action, direct)


def _done(verb: re.Match[str], left: str, *, numbered: bool) -> Action | None:
    """What the verb does with the document at the end of `left`; None where it does nothing with it."""
    action, reach = _classes()[verb.group().lower()]
    before, between = left[: verb.start()], left[verb.end() :]
    indirect = _INDIRECT.search(between) is not None
    part_missing = indirect and action in ("amend", "replace") and not _PART_OF.search(between)
    if part_missing or not _reaches(reach, between, indirect=indirect):
        return None
    if verb.group() == "có" and _HAVING.search(before):
        return None
    if action != "issue" and _to_another(verb.group().lower(), action, before, between, indirect=indirect):
        return None
    return _in_context(action, before, numbered=numbered)


def _to_another(verb: str, action: Action, before: str, between: str, *, indirect: bool) -> bool:
    """Whether the document is not what the verb is done to, but what does it, or where it is said."""
    if action in ("amend", "replace") and _TURNED.search(between):
        return True
    return indirect and verb not in _ON_ITSELF and _DONE_TO.search(before) is not None


def _last_reaching(verbs: list[re.Match[str]], left: str) -> re.Match[str]:
    """The last verb but for those that govern only their neighbour ("nêu ra trong Nghị quyết 17")."""
    for verb in reversed(verbs):
        reach = _classes()[verb.group().lower()][1]
        if reach != "next" or _reaches(reach, left[verb.end() :], indirect=False):
            return verb
    return verbs[-1]


def _in_context(action: Action, before: str, *, numbered: bool) -> Action:
    """What a verb does in view of the words in front of it: "bổ sung, thay thế", "trình ... ban hành"."""
    if action == "replace" and _AMENDING.search(before):
        return "amend"
    if action == "issue" and not numbered and _PLANNED.search(before):
        return "draft"
    return action


@dataclass(frozen=True, slots=True)
class Done(Span):
    """A passive behind a citation: where it stands, the action, and where it says who did it."""

    action: Action
    agent: Span
    direct: bool = True


def passive(text: str, start: int, end: int) -> Done | None:
    """The passive verb behind a citation and what belongs to it."""
    match = _PASSIVE.match(text, start, min(end, start + 120))
    if match is None:
        return None
    return Done(match.start(), match.end(), _classes()[match["verb"]][0], Span(*match.span("agent")))


def _reaches(reach: str, between: str, *, indirect: bool) -> bool:
    """Whether a verb governs what stands so far behind it."""
    if reach == "next":
        return re.fullmatch(r"(?:[ ](?:các|một|bản|nhiều|kèm))?[ ][(“\"]?", between) is not None
    if reach == "near":
        kept = len(between) <= _NEAR and not _DETOUR.search(between)
        return kept and (not indirect or _SAID_IN.search(between) is not None)
    return len(between) <= _NEAR + 20 or indirect


def _list_governor(text: str, sentence_start: int, start: int) -> Governor | None:
    """The verb before the colon of a list: "đã ban hành nhiều văn bản như: ..."."""
    left = text[max(sentence_start, start - 4 * _FAR) : start]
    intro = _LIST_INTRO.search(left)
    if intro is None:
        return None
    verbs = list(_verbs().finditer(left, max(0, intro.start() - 2 * _FAR), intro.start()))
    issuing = [verb for verb in verbs if _classes()[verb.group().lower()][0] == "issue"]
    if not issuing:
        return None
    offset = start - len(left)
    return Governor(offset + issuing[-1].start(), offset + issuing[-1].end(), "issue")


def _last_clause(left: str) -> int:
    ends = [match.end() for match in _CLAUSE_END.finditer(left)]
    return ends[-1] if ends else 0


@cache
def _classes() -> dict[str, tuple[Action, str]]:
    return {
        row["phrase"].lower(): (cast("Action", row["action"]), row["reach"]) for row in rows("issuing_verbs")
    }


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:(?!trình)|{_NOT_IN_NOUN}){alternation(_classes())}(?!\w)", re.IGNORECASE)
