"""Who issued a document and when: what its sentence says in front of the citation and behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extractors import bare_bodies, issuer_letters, issuers, local_bodies
from extractors.issue_days import TO_DATE, said, said_beside

if TYPE_CHECKING:
    from corpus.facts import Span
    from extractors.citations import Citation
    from extractors.issue_days import Calendar
    from extractors.issuers import Issuer

# "(NĐ 94)", "(gọi tắt là Nghị định 94)", ", có hiệu lực từ hôm nay" in front of " của ...", " về ..."
_ASIDE = re.compile(
    r"[ ]?\((?:(?:sau[ ]đây[ ])?gọi[ ](?:tắt|chung)?[^()\n]{1,50}|(?:NĐ|QĐ|NQ|TT|CT)[ ]?[0-9]{1,5})\)"
    r"|,[ ](?:chính[ ]thức[ ])?có[ ]hiệu[ ]lực[^,;:\n]{1,60}?(?=,?[ ](?:của|về|quy[ ]định[ ]về)[ ])"
)
# "do Thượng tá Lò Văn Sáng – Phó thủ trưởng ..."
_RANK = (
    r"(?:Đại|Thượng|Trung|Thiếu)[ ](?:tướng|tá|úy)|(?:GS|PGS|TS|ThS|BS|KTS)(?:[.,]{0,2}[ ]?(?:TS|BS|KTS))?\.?"
)
# " của ", " do ", " mà ", " do bà Trần Thị Thu – Phó ..."
_TO_ISSUER = re.compile(
    r"[ ]{0,2}[,(]?[ ]{0,2}"
    rf"(?:do[ ](?:(?:ông|bà|đồng[ ]chí|{_RANK})[ ])?(?:(?![a-zđ])[^\W\d_]{{1,8}}[ ]?){{2,5}}(?:,|[–-])[ ]"
    r"|(?:của|do|giữa|mà)[ ]{1,2}(?:[Ll]iên[ ](?=Bộ))?)?"
)
# "do Bộ trưởng Bộ Y tế ban hành", "do Chủ tịch UBND tỉnh Sơn La, Lò Minh Hùng ký ngày ..."
_ISSUED = re.compile(
    r"(?:[ ](?:này|đó))?(?:,?(?:[ ](?:ông|bà))?(?:[ ](?![a-zđ])[^\W\d_]{1,8}){2,4})?"
    r"[ ](?:ký[ ]ban[ ]hành|ban[ ]hành|ký)(?=[ ](?:ngày|về|quy|vào)|[ ]?[,.;)])"
)
# "công văn do Giám đốc Sở Nội vụ Trần Thị Thu vừa ký | yêu cầu ..."
_SIGNED_BY = re.compile(
    r"(?:[ ](?![a-zđ])[^\W\d_]{1,8}){0,4}[ ](?:vừa[ ]|đã[ ]|mới[ ])?(?:ký[ ]ban[ ]hành|ban[ ]hành|ký)(?!\w)"
)
APPOSED = re.compile(
    r"[ ]?(?:,|[–-]|(?<=[ ])\()[ ]?(?:(?:là|một|đây[ ]là)[ ]){0,2}"
    r"(?P<noun>văn[ ]bản|quy[ ]định|thông[ ]tư|nghị[ ](?:quyết|định)|quyết[ ]định)"
    r"(?:[ ](?:vừa|mới|pháp[ ]luật|pháp[ ]quy|quan[ ]trọng)){0,2}[ ](?:của|do|được)[ ]"
)
"""From a document to who issued what it is said to be: ", một quy định của "."""
_LATE_DATE = re.compile(r"[ ]ngày[ ]")
_LATE_ISSUER = re.compile(r"[ ](?:của|do|mà)[ ]")
_ISSUED_BY = re.compile(r"[ ](?:đã[ ]|vừa[ ])?(?:ký[ ]ban[ ]hành|ban[ ]hành|ký|phê[ ]duyệt|công[ ]bố)(?!\w)")
_TERM = re.compile(r"[ ]\(?[Kk]h(?:óa|oá)[ ][IVX0-9]{1,5}\)?")
# "Bộ luật Hình sự (năm 1999 và 2009)"
_OTHER_YEAR = re.compile(r"(?<=[0-9]{4})[ ]và[ ](?:năm[ ])?(?:19|20)[0-9]{2}(?![0-9])")
# "mới nhận được Quyết định 326 ngày hôm qua": the day of the news, without a verb in between.
_FIGURE = re.compile(r"[0-9]")
_CLOSING = re.compile(r"[ ]?\)")
_AND = re.compile(r"(?:,|[ ]và|,[ ]và|[ ]?[-–])[ ]")
_COMMA = re.compile(r"[ ]?,[ ]")
# "phiên họp về Luật Đầu tư ngày 25/4, Thủ tướng nói": the day is the meeting's unless it closes the phrase.
_SET_OFF = re.compile(r"[ ]?(?:[;.)\n]|\Z)|[ ](?:của|và|đã)(?!\w)")


# "Đề án 896 năm 2017": the year that is planned for.
_PLANS = ("Chương trình", "Kế hoạch", "Đề án")
_YEAR = len("2017")
_OF_PLACES = (
    *("Công văn", "Văn bản", "Quyết định", "Nghị quyết", "Chỉ thị", "Thông báo", "Kế hoạch"),
    *("Báo cáo", "Tờ trình", "Kết luận", "Công điện"),
)
_OF_PLACE = re.compile(r"[ ]?,?[ ](?:của|do)[ ]")
_WITHOUT_CIRCULARS = ("Quốc hội", "Chính phủ", "Thủ tướng Chính phủ")
_LEGISLATORS = {
    "Luật": "Quốc hội",
    "Bộ luật": "Quốc hội",
    "Hiến pháp": "Quốc hội",
    "Pháp lệnh": "Ủy ban Thường vụ Quốc hội",
}


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands behind a citation and belongs to it: where it ends, the date and the issuer in it.

    `verb`: what the issuer is said to have done ("do Chủ tịch UBND tỉnh Sơn La ký").
    """

    end: int
    issued_on: str | None = None
    issuer: Issuer | None = None
    verb: str = ""


def tail(text: str, citation: Citation, limit: int, calendar: Calendar) -> Tail:
    """Takes date, issuer and term of office behind a citation, in any order, each once."""
    if citation.rule == "decision.law_name" and citation.title:
        return Tail(max(citation.end, citation.title.end))
    aside = _ASIDE.match(text, citation.end, limit)
    between = issuers.filling(text, citation.between) if citation.between else None
    taken = Tail(aside.end() if aside else citation.end, issuer=between)
    for _ in range(4):
        taken = _closed(text, citation.start, taken, limit)
        longer = _with_date(text, taken, limit, calendar, citation)
        longer = longer or _with_issuer(text, taken, limit, signed=citation.rule == "decision.signed_by")
        longer = longer or _with_area(text, taken, limit, citation) or _apposed(text, taken, limit)
        if longer is None and (term := _TERM.match(text, taken.end, limit)):
            longer = replace(taken, end=term.end())
        if longer is None:
            break
        taken = longer
    if citation.doc_type.endswith("liên tịch") or (taken.issuer and _is_joint(text, taken.issuer.start)):
        taken = _with_partners(text, taken, limit)
    issued = text.startswith(" ban hành", citation.end)
    if (
        citation.rule == "decision.law_name"
        and taken.issued_on
        and not (issued or _SET_OFF.match(text, taken.end))
    ):
        return Tail(citation.end)
    return _closed(text, citation.start, taken, limit)


def _closed(text: str, start: int, taken: Tail, limit: int) -> Tail:
    """The tail with the bracket closed that it opened: "(ngày 12/11/2015) của UBND ..."."""
    opened = text.count("(", start, taken.end) > text.count(")", start, taken.end)
    closing = _CLOSING.match(text, taken.end, limit) if opened else None
    return replace(taken, end=closing.end()) if closing else taken


def behind_title(text: str, citation: Citation, rest: Span, taken: Tail, calendar: Calendar) -> Tail:
    """The tail with what follows the title: "... về giống cây ngày 9/7/2018 của UBND tỉnh Lai Châu"."""
    title_end, limit = rest.start, rest.end
    longer = replace(taken, end=title_end)
    if _LATE_DATE.match(text, title_end, limit):
        longer = _with_date(text, longer, limit, calendar, citation) or longer
    issuing = _LATE_ISSUER.match(text, longer.end, limit)
    issuer = issuers.at(text, issuing.end(), limit) if issuing and taken.issuer is None else None
    if longer.issued_on and taken.issued_on is None and _of_year(citation, longer.issued_on):
        taken = replace(taken, issued_on=longer.issued_on)
    if issuer is None or issuing is None or not issuer.listed:
        return taken
    by_verb = issuing.group().endswith(("do ", "mà "))
    if (longer.end == title_end or by_verb) and not _ISSUED_BY.match(text, issuer.end, limit):
        return taken
    if by_verb and longer.issued_on is None:
        longer = _with_date(text, replace(longer, end=issuer.end), limit, calendar, citation) or longer
    return replace(taken, issued_on=longer.issued_on, issuer=issuer)


def _of_year(citation: Citation, day: str) -> bool:
    """Whether a day behind the title is in the year of the number, so that it is no meeting's."""
    return f"/{day[:4]}/" in (citation.number or "")


def contradicted(citation: Citation, stated: Issuer | None) -> bool:
    """Whether the text names another issuer than the letters of the number do."""
    by_letters = issuer_letters.of_number(citation.number) if citation.number and stated else None
    if by_letters is None or stated is None:
        return False
    return not any(issuers.agrees(stated, one) for one in by_letters.split(", "))


def issuer_of(citation: Citation, stated: Issuer | None, subject: Issuer | None) -> str | None:
    """The text's word first, then the number's letters; a subject that these speak against gives way."""
    found = _issuer_of(citation, stated, subject)
    if citation.doc_type in _LEGISLATORS:
        return found if found == _LEGISLATORS[citation.doc_type] else None
    if citation.doc_type == "Nghị định" and found and "TTg" not in (citation.number or ""):
        governments = found.endswith(("Chính phủ", "Chính phủ Việt Nam")) or "CP" in (citation.number or "")
        return "Chính phủ" if governments else None
    return None if citation.doc_type == "Thông tư" and found in _WITHOUT_CIRCULARS else found


def signer(taken: Tail, subject: Issuer | None) -> Issuer | None:
    """The issuer of a tail, unless he signs for who issues: "UBND vừa ra ... do Chủ tịch UBND ký"."""
    if taken.issuer is None or subject is None or not taken.verb.endswith("ký"):
        return taken.issuer
    body = taken.issuer.body
    return replace(subject, name=body) if f"{body} ".startswith(f"{subject.name} ") else taken.issuer


def _issuer_of(citation: Citation, stated: Issuer | None, subject: Issuer | None) -> str | None:
    by_letters = issuer_letters.of_number(citation.number) if citation.number else None
    if by_letters and ", " in by_letters and citation.doc_type.endswith("liên tịch"):
        return by_letters
    if stated is not None:
        signed_for = stated.body if citation.number else stated.deputy
        return by_letters or signed_for if stated.deputy else stated.name
    if subject is None or (by_letters and not issuers.agrees(subject, by_letters)):
        return by_letters
    if issuer_letters.forbid(citation.number or "", subject.body):
        return None
    if subject.deputy:
        return subject.body if citation.number else subject.deputy
    return subject.name


def _with_date(text: str, taken: Tail, limit: int, calendar: Calendar, citation: Citation) -> Tail | None:
    gap = TO_DATE.match(text, taken.end, limit)
    date = calendar.starting(gap.end()) if gap and taken.issued_on is None else None
    if gap and date is None and text.startswith("ngày ", gap.end()) and taken.issued_on is None:
        date = calendar.starting(gap.end() + len("ngày "))  # glued: "204/2004/NĐ-CPngày 14 tháng 12"
    if gap is None or date is None or date.end > limit or said(date) is None:
        return None
    if text[date.start].isupper():  # the next sentence's: "... Nghị định 67 Ngày 8/2, ông Tấn nói"
        return None
    of_news = not gap.group().strip(" ,(") and not _FIGURE.search(date.text)
    if of_news or _OTHER_YEAR.match(text, date.end, limit):
        return None
    # "..., ngày 25/8, Bộ Y tế có ...": the day of what follows.
    alone = gap.group().strip() == ","
    following = _COMMA.match(text, date.end, limit) if alone else None
    if following and issuers.at(text, following.end(), limit):
        return None
    if (
        citation.rule == "decision.bare_number"
        and citation.doc_type in _PLANS
        and len(said(date) or "") == _YEAR
    ):
        return None
    return replace(taken, end=date.end, issued_on=said_beside(date, citation.number))


def _with_issuer(text: str, taken: Tail, limit: int, *, signed: bool) -> Tail | None:
    gap = _TO_ISSUER.match(text, taken.end, limit)
    issuer = issuers.at(text, gap.end(), limit) if gap and taken.issuer is None else None
    if issuer is None or gap is None:
        bare = None if taken.issuer else bare_bodies.owning(text, taken.end, limit)
        return replace(taken, end=bare.end, issuer=bare) if bare else None
    verb = (_SIGNED_BY if signed else _ISSUED).match(text, issuer.end, limit)
    issued = verb or _ISSUED_BY.match(text, issuer.end, limit)
    led = gap.group().rstrip()
    if led.endswith(("mà", "–", "-")) or (led.endswith(",") and "do " in led):
        belongs = issued is not None
    else:
        belongs = signed or _belongs(led, issuer, taken.end, dated=taken.issued_on is not None)
    if not belongs:
        return None
    if verb is None:
        return replace(taken, end=issuer.end, issuer=issuer)
    return replace(taken, end=verb.end(), issuer=issuer, verb=verb.group())


def _apposed(text: str, taken: Tail, limit: int) -> Tail | None:
    """What a document is said to be: "Thông tư 37, một quy định của Bộ Y tế"."""
    gap = APPOSED.match(text, taken.end, limit) if taken.issuer is None else None
    issuer = issuers.at(text, gap.end(), limit) if gap else None
    if gap is None or issuer is None or not issuer.listed:
        return None
    verb = _ISSUED_BY.match(text, issuer.end, limit)
    if verb is None and not gap.group().endswith("của "):
        return None
    return replace(taken, end=verb.end() if verb else issuer.end, issuer=issuer)


def _with_area(text: str, taken: Tail, limit: int, citation: Citation) -> Tail | None:
    """Whose place is said: "Quyết định số 5/QĐ-UBND của huyện Gò Dầu", "Công văn 91 của tỉnh Cà Mau"."""
    of = _OF_PLACE.match(text, taken.end, limit)
    kind = issuer_letters.of_number(citation.number) if citation.number else None
    if of is None or taken.issuer or not (kind in issuer_letters.KINDS or _of_places(citation, kind)):
        return None
    area = local_bodies.area(text, of.end(), limit)
    verb = _ISSUED_BY.match(text, area.end, limit) if area else None
    if area is None or (of.group().endswith("do ") and verb is None):
        return None
    area = replace(area, name=f"{kind} {area.body}") if kind else area
    return replace(taken, end=area.end, issuer=area, verb=verb.group() if verb else "")


def _of_places(citation: Citation, kind: str | None) -> bool:
    """Whether a place is said to issue such documents itself."""
    return kind is None and citation.number is not None and citation.doc_type in _OF_PLACES


def _is_joint(text: str, start: int) -> bool:
    """Whether an issuer is the first of several: "của liên Bộ Y tế và Nội vụ"."""
    return text.startswith(("liên ", "Liên "), start - len("liên "))


def _with_partners(text: str, taken: Tail, limit: int) -> Tail:
    """The other bodies of a joint circular: "của Bộ Y tế, Bộ Tài chính và Bộ Nội vụ"."""
    while taken.issuer and taken.end == taken.issuer.end:
        gap = _AND.match(text, taken.end, limit)
        partner = issuers.at(text, gap.end(), limit) if gap else None
        if gap and partner is None and _is_joint(text, taken.issuer.start):
            partner = issuers.ministry(text, gap.end(), limit)
        if partner is None or not partner.listed:
            break
        joint = f"{taken.issuer.name}, {partner.name}"
        taken = replace(taken, end=partner.end, issuer=replace(taken.issuer, name=joint, end=partner.end))
    return taken


def _belongs(gap: str, issuer: Issuer, at: int, *, dated: bool) -> bool:
    """For instance "... của Bộ Y tế", "... do Bộ Y tế", "Nghị quyết 58 Chính phủ"."""
    if gap.endswith(("của", "giữa", "iên")):
        return issuer.listed or gap.endswith("của")
    return issuer.listed and (gap.endswith("do") or (issuer.start - at == 1 and not dated))
