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

_NEAR, _FAR, _NEXT = 32, 120, 12
# "trình" is no verb in "chương trình", "công trình", "quy trình".
_NOT_IN_NOUN = "".join(f"(?<!{noun}[ ])" for noun in ("chương", "công", "quy", "quá", "tiến", "lộ", "hành"))
SUBMITTING = f"{_NOT_IN_NOUN}trình"
_CLAUSE_END = re.compile(r"[.;:?!…](?=[ \n\"”)]|$)|\n|(?<!\w)(?:tuy[ ]nhiên|nhưng)(?!\w)")
# Between a verb and its document: "một số điều của", "Khoản 2 Điều 4", "các", "bản".
_LIST_INTRO = re.compile(
    r"(?:như|gồm|sau|là|gồm có)(?:[ ]sau)?[ ]?:[ ]{0,2}(?:[0-9]{1,2}[.)][ ]?|[-–+•][ ]?)?"
    r"(?:$|(?=Luật|Bộ luật|Pháp lệnh|Nghị|Quyết|Thông|Chỉ|Công|Kế|Kết|Đề|Chương|Văn|Quy|số[ ])[^.\n]*$)"
)
# A clause of its own behind a heading without a full stop: "Bổ sung cách tính Tại Thông tư 333, ...".
_OPENING = re.compile(r"[ ](?:Tại|Theo)[ ]\Z")
_CITED_AT = re.compile(
    r"(?:quy|qui)[ ]định[ ](?:tại|của(?![ ]pháp[ ]luật)|trong|theo)"
    r"(?:(?!thay[ ]thế|bãi[ ]bỏ|sửa[ ]đổi)[^.;]){0,80}$"
    r"|kèm[ ]theo[ ]$|(?:trái|phù[ ]hợp)[ ](?:với|theo)[^.;]{0,30}$"
)
# "thay thế mức giá quy định tại Quyết định 30": what is said there is changed.
_CHANGED_IN = re.compile(
    r"(?<!\w)(?:thay[ ]thế|bãi[ ]bỏ|sửa[ ]đổi)[ ](?:(?!bởi|bằng|theo|thành)[^\W\d_]{1,8}[ ]){1,5}"
    r"(?P<rule>(?:quy|qui)[ ]định)[ ](?:tại|trong)[ ]$"
)
_INDIRECT = re.compile(
    r"(?:theo|tại|trong|bằng|bởi|nhờ|khi|nếu|vì|cùng|cùng[ ]với|kèm|với|ở|từ"
    r"|căn[ ]cứ(?:[ ]vào)?|dựa[ ](?:trên|vào))"
    r"(?:[ ](?:tinh[ ]thần|nội[ ]dung|chỉ[ ]đạo))?(?:[ ]của)?[ ]$"
)
# "Điểm a, Khoản 4 Điều 24 (của) "
_PARTS = re.compile(
    r"(?:(?<!\w)(?:điểm|khoản|điều|mục|chương)[ ][0-9a-zđIVX]{1,4}(?:[ ]?,|[ ]và)?[ ]){1,6}(?:của[ ])?\Z",
    re.IGNORECASE,
)
_ACTING_BY = re.compile(
    r"(?:làm|hoàn[ ]thành|thực[ ]hiện)[ ](?:đúng[ ])?theo[^.;,]{0,40}$"
    r"|(?<!\w)làm[ ]thủ[ ]tục[ ][^.;,]{0,90}theo[ ](?:quy|qui)[ ]định[ ](?:của|tại|trong)[ ]$"
    r"|(?:thực[ ]hiện|triển[ ]khai)[ ](?:[^\W\d_]+[ ]){1,12}theo[ ](?:quy|qui)[ ]định[ ](?:của|tại|trong)[ ]$"
    r"|theo[ ]đúng[ ](?:nội[ ]dung[ ])?(?:(?:quy|qui)[ ]định|nhiệm[ ]vụ(?:[ ]được[ ]giao)?|yêu[ ]cầu"
    r"|nội[ ]dung|lộ[ ]trình)[ ](?:của|tại|trong)[^.;]{0,40}$"
    r"|(?<=[^\W\d_][ ])(?:đúng[ ]theo[ ][^.;]{0,60}|theo[ ](?:đúng[ ])?tinh[ ]thần[ ](?:của[ ])?)$"
    r"|(?:thực[ ]hiện|tuân[ ]thủ|chấp[ ]hành|áp[ ]dụng)(?:[ ](?:đúng|nghiêm(?:[ ]túc)?|tốt|đầy[ ]đủ))?"
    r"(?:[ ](?:các|những))?[ ](?:quy|qui)[ ]định[ ](?:của|tại|trong)[^.;,]{0,40}$"
    r"|theo[ ](?:ý[ ]kiến[ ])?chỉ[ ]đạo[ ](?:của[ ][^,.;]{2,50}[ ])?(?:tại|trong)[ ]$"
)
_RULES_OF = re.compile(
    r"theo[ ](?:đúng[ ])?(?:quy|qui)[ ]định[ ](?:của|tại|trong)[ ][^,.;:\n]{0,40}\Z", re.IGNORECASE
)
_WILL_ACT = re.compile(
    r",[^.;:\n]{0,90}?(?<!\w)sẽ[ ]"
    r"(?:tiến[ ]hành|tổ[ ]chức|thực[ ]hiện|trình|báo[ ]cáo|lấy|bỏ|xem[ ]xét|họp|công[ ]bố|thành[ ]lập)"
)
# "Sở sẽ thụ lý và hỗ trợ người gửi đơn theo quy định của ...": somebody does it, by the rules.
_BY_THE_RULES = re.compile(
    r"""(?<!\w)(?:sẽ|đã|phải|cần|đang|chủ[ ]động|tiến[ ]hành)[ ](?!bị[ ])
    (?:(?!(?:quy|qui)[ ]định)[^.;:\n]){0,110}?(?<!\w)(?<!chương[ ])(?<!công[ ])(?<!quy[ ])
    (?:trình|triển[ ]khai|hoàn[ ](?:thành|thiện)|tiến[ ]hành|thụ[ ]lý|hỗ[ ]trợ|giải[ ]quyết|tổ[ ]chức
      |báo[ ]cáo|thực[ ]hiện|thông[ ]báo|công[ ](?:khai|bố)
      |nộp|chi[ ]trả|thanh[ ]toán|bồi[ ]thường|kê[ ]khai|đăng[ ]ký)
    (?!\w)(?:(?!(?:quy|qui)[ ]định|(?:được|bị|bằng)[ ])[^.;:\n]){0,70}?
    [ ]theo[ ](?:đúng[ ])?(?:quy|qui)[ ]định[ ](?:của|tại|trong)[^.;:\n]{0,50}\Z""",
    re.VERBOSE,
)
_PLANNED = re.compile(
    rf"(?<!\w)(?:{SUBMITTING}|sẽ|dự[ ]kiến|chuẩn[ ]bị|sớm|xem[ ]xét|đề[ ]nghị|kiến[ ]nghị|cần|phải|chưa)"
    r"(?!\w)[^.;]{0,60}$"
)
# "Quốc hội dự kiến thông qua Luật A"
_WILL_PASS = re.compile(r"Quốc[ ]hội(?:[ ]\(QH\))?[ ](?:sẽ|dự[ ]kiến)[ ](?:biểu[ ]quyết[ ])?\Z")
# "có Công văn số ..." is issuing where a body stands in front, not in "sau khi có", "hiện có".
_HAVING = re.compile(
    r"(?:khi|hiện|phải|cần|chưa|không|nếu|để|theo|trong|trước|lúc|trong[ ]đó)[ ]$|(?:^|[,.;:])[ ]?$",
    re.IGNORECASE,
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
_ON_THE_BASIS = re.compile(r"(?<!\w)theo(?!\w)")
# What is far behind its verb: "thực hiện việc tạm hoãn theo Khoản 1 Điều 41 Luật ..."
_BY = re.compile(r"(?<!\w)theo[ ]\Z")
# What a list holds, so that the verb in front of its colon is done to it.
_DOCUMENT = (
    r"(?<!\w)(?:văn[ ]bản|nghị[ ](?:quyết|định)|quyết[ ]định|thông[ ]tư|chỉ[ ]thị|công[ ](?:văn|điện)"
    r"|quy[ ]định|hướng[ ]dẫn|đề[ ]án|chương[ ]trình|kế[ ]hoạch|luật|chính[ ]sách|thông[ ]báo)(?!\w)"
)
_OBJECT = re.compile(_DOCUMENT, re.IGNORECASE)
# "ban hành một chỉ thị thúc đẩy | Nghị quyết 35": what is issued is another document, which works on it.
_OTHER_OBJECT = re.compile(
    rf"[ ](?:(?:một|bản|các|nhiều|những|[0-9]{{1,2}})[ ]){{0,2}}{_DOCUMENT}[ ]"
    r"(?:(?!(?:như|gồm|là|sau|tại|theo|số|và|đó)[ ])[^\W\d_]{1,8}[ ]){1,7}\Z",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"(?<!\w)(?:dự[ ]án(?=[ ](?:luật|pháp[ ]lệnh|nghị[ ]quyết|gồm|sau|là)|[:,])|dự[ ]thảo)(?!\w)",
    re.IGNORECASE,
)
# "đã ban hành và triển khai Nghị quyết 35"
_ISSUED_AND = re.compile(
    r"(?<!\w)(?P<verb>ban hành|ký ban hành|phê duyệt|thông qua|ký)[ ]và[ ](?:tổ chức[ ])?\Z"
)
# "Chính phủ vừa gia hạn Nghị định 67": who changes a document once issued it.
_HAS_DONE = re.compile(
    r"(?<!\w)(?:đã|vừa|mới)[ ](?:(?:chủ[ ]động|chính[ ]thức|kịp[ ]thời|vừa|(?:hai|ba|nhiều|[0-9])[ ]lần|ký"
    r"|quyết[ ]định|rà[ ]soát(?:,|[ ]và)?)[ ]){0,2}\Z"
)
_AMENDING = re.compile(r"(?:bổ sung|sửa đổi), $")
_DRAFT_OF = re.compile(r"(?:[Dd]ự[ ]thảo|[Dd]ự[ ]án)[ ](?:về[ ])?$")

# "Quốc hội vừa thông qua | dự án Luật A"
_PASSED = re.compile(
    r"Quốc[ ]hội(?:[ ]\(QH\))?(?:[ ](?:đã|vừa|mới|cũng|chính[ ]thức|biểu[ ]quyết|nhất[ ]trí)){0,3}"
    r"[ ](?P<verb>thông[ ]qua)[ ]\Z"
)


@dataclass(frozen=True, slots=True)
class Governor(Span):
    """The verb that governs a citation, and what it does with it; `issuing`: its subject is the issuer."""

    action: Action
    direct: bool = True
    issuing: bool = False


def governor(text: str, sentence_start: int, start: int, *, numbered: bool) -> Governor | None:
    """The verb in front of a citation; None where only a citing preposition, or nothing, stands there."""
    if draft := _DRAFT_OF.search(text, max(sentence_start, start - 20), start):
        passed = _PASSED.search(text, max(sentence_start, draft.start() - 80), draft.start())
        at = passed.start("verb") if passed else draft.start()
        return Governor(at, draft.end(), "issue" if passed else "draft", issuing=passed is not None)
    begin = max(sentence_start, start - _FAR)
    left = text[begin:start]
    if acting := _ACTING_BY.search(left) or _ACTING_BY.search(_whole(left)) or _BY_THE_RULES.search(left):
        return Governor(begin + acting.start(), begin + acting.end(), "implement", direct=False)
    changed_in = _CHANGED_IN.search(left)
    if (_CITED_AT.search(left) and changed_in is None) or _OPENING.search(left):
        return None
    clause = _last_clause(left)
    verbs = list(_verbs().finditer(left, clause, changed_in.start("rule") if changed_in else len(left)))
    if not verbs:
        return _list_governor(text, start)
    verb = _last_reaching(verbs, left)
    changes = of_verb(verb.group()) in ("amend", "replace")  # "kể từ ngày ký và bãi bỏ ..."
    if not changes and (issued := _ISSUED_AND.search(left, clause, verb.start())):
        verb = next((one for one in verbs if one.start() == issued.start("verb")), verb)
    action = _done(verb, left, numbered=numbered)
    if action is None or (action == "issue" and _OTHER_OBJECT.fullmatch(left, verb.end())):
        return None
    direct = _INDIRECT.search(_whole(left[verb.end() :])) is None
    changed = action in ("amend", "replace") and _HAS_DONE.search(left, 0, verb.start()) is not None
    issuing = direct and (changed or of_verb(verb.group()) == "issue")
    return Governor(begin + verb.start(), begin + verb.end(), action, direct, issuing)


def of_verb(verb: str) -> Action:
    """What a listed verb does with a document."""
    return _classes()[verb.lower()][0]


def implementing(text: str, sentence_start: int, start: int) -> Governor | None:
    """The verb that carries out what stands at `start`, as part of a document behind it."""
    found = governor(text, sentence_start, start, numbered=True)
    return found if found and found.action == "implement" else None


def acts_by(text: str, sentence_start: int, start: int, end: int, limit: int) -> bool:
    """Whether a sentence acts by the rules that it opens with: "Theo quy định của Luật X, Sở sẽ họp"."""
    opened = _RULES_OF.search(text, max(sentence_start, start - 60), start) is not None
    return opened and _WILL_ACT.match(text, end, limit) is not None


def _done(verb: re.Match[str], left: str, *, numbered: bool) -> Action | None:
    """What the verb does with the document at the end of `left`; None where it does nothing with it."""
    action, reach = _classes()[verb.group().lower()]
    before, between = left[: verb.start()], left[verb.end() :]
    indirect = _INDIRECT.search(_whole(between)) is not None
    part_missing = indirect and not _PART_OF.search(between)
    changing = action in ("amend", "replace")
    elsewhere = changing and (part_missing or _ON_THE_BASIS.search(between) is not None)
    if elsewhere or not _reaches(reach, between, indirect=indirect):
        return None
    if verb.group() == "có" and _HAVING.search(before):
        return None
    if action != "issue" and _to_another(verb.group().lower(), action, before, between, indirect=indirect):
        return None
    return _in_context(action, before, numbered=numbered)


def _whole(between: str) -> str:
    """What stands between a verb and a document, without the parts of the document that are named there."""
    return _PARTS.sub("", between)


def _to_another(verb: str, action: Action, before: str, between: str, *, indirect: bool) -> bool:
    """Whether the document is not what the verb is done to, but what does it, or where it is said."""
    if action in ("amend", "replace", "draft") and _TURNED.search(between):
        return True
    if action == "implement" and between.endswith(" bằng "):  # "đã cụ thể hóa bằng Nghị quyết 653"
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
    if action == "issue" and not numbered and not _WILL_PASS.search(before) and _PLANNED.search(before):
        return "draft"
    return action


def _reaches(reach: str, between: str, *, indirect: bool) -> bool:
    """Whether a verb governs what stands so far behind it."""
    if reach == "next":
        return (
            re.fullmatch(
                r"(?:[ ](?:các|một|bản|nhiều|kèm|liên tiếp|hai|ba|[0-9]{1,2})){0,2}[ ][(“\"]?", between
            )
            is not None
        )
    if reach == "near":
        longest = 2 * _NEAR if between.endswith((" như ", " gồm ")) else _NEAR
        kept = len(between) <= longest and not _DETOUR.search(between)
        return kept and (not indirect or _SAID_IN.search(between) is not None)
    beside = _INDIRECT.search(between) or _BY.search(_whole(between))
    return len(between) <= _NEAR + 20 or beside is not None


def _list_governor(text: str, start: int) -> Governor | None:
    """The verb before the colon of a list: "đã ban hành nhiều văn bản như: ..."."""
    offset = max(start - 4 * _FAR, text.rfind("\n", max(0, start - 4 * _FAR), start) + 1, 0)
    left = text[offset:start]
    intro = _LIST_INTRO.search(left)
    if intro is None:
        return None
    first = max(0, intro.start() - 2 * _FAR, _last_clause(left[: intro.start()]))
    draft = _NOT_YET.search(left, first, intro.start())
    for verb in reversed(list(_verbs().finditer(left, first, intro.start()))):
        action, reach = _classes()[verb.group().lower()]
        listed = _OBJECT.search(left, verb.end(), intro.start())
        if action == "issue" and left.endswith("được ", 0, verb.start()) and not listed:
            if _OBJECT.search(left, first, verb.start()):
                return Governor(offset + verb.start(), offset + verb.end(), "issue", direct=False)
            continue
        if draft and action == "issue":
            return Governor(offset + verb.start(), offset + verb.end(), "draft", issuing=True)
        if listed and action != "cite" and (reach != "next" or listed.start() - verb.end() <= _NEXT):
            return Governor(offset + verb.start(), offset + verb.end(), action, issuing=action == "issue")
    return Governor(offset + draft.start(), offset + draft.end(), "draft") if draft else None


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
    return re.compile(
        rf"(?<!\w)(?:(?!trình)|{_NOT_IN_NOUN})(?<!phạm[ ]vi[ ])(?<!diện[ ])(?<!đối[ ]tượng[ ])"
        rf"(?!thi[ ]hành[ ]án){alternation(_classes())}(?!\w)",
        re.IGNORECASE,
    )
