"""Numbers by which documents are cited, before anybody asks what the sentence says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import bare_numbers, document_numbers, issuers, titles
from extractors.bare_numbers import YEAR as _YEAR
from extractors.wordlists import alternation, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

# One group of letters of a code: QĐ, TTg, CTr, TTrĐT, ThTra, QH13, BKHĐT, TĐ&GSĐT, C46, QĐ.CCT.
_LETTERS = (
    r"(?:Ttg|[A-ZĐƯ&]{1,24}(?:[a-zđư][A-ZĐƯ&]{0,8}){0,2}(?:(?<=Tr)a)?[0-9]{0,4}(?:\.[A-ZĐ0-9]{1,9})?"
    r"(?!(?!ngày)[^\W\d_]))"
)
_DASH = r"[ ]{0,2}[-–—_][ ]{0,2}"
_SLASH = r"[ ]{0,2}\\?/[ ]{0,2}"
# A slash that was lost: "67/2014 NĐ-CP", "942 QĐ-TTg".
_LOST = r"[ ](?=(?:NĐ|QĐ|NQ|TT|CT|CĐ|KH|TB)(?:[-–/][A-ZĐ]|UB|TTg))"
# The unit in brackets behind a code of the police: "51/C46 (P12)".
_UNIT = r"\([A-ZĐ]{1,3}[0-9]{1,2}\)"
_NUMBER = re.compile(
    rf"""
    (?:(?<=[Ss]ố)|(?<![\w.,/%-])(?<![0-9][ ]))
    (?P<order>[0-9]{{1,5}}[a-zA-ZđĐ]?(?:-[0-9](?=/[A-Z]))?)                    # 942, 36a, 3010-1
    (?:
        (?P<code>(?:(?:{_SLASH}|-)[12][0-9]{{3,4}}(?:{_SLASH}|{_DASH}|{_LOST})|{_SLASH}|{_LOST})  # 64/2007/
                 {_LETTERS}(?:(?:{_DASH}|{_SLASH}){_LETTERS}){{0,5}}(?:/{_YEAR}|[ ]?{_UNIT})?)
      | (?P<party>{_DASH}{_LETTERS}{_SLASH}{_LETTERS}(?:{_DASH}{_LETTERS}){{0,2}})  # 52-NQ/TW
      | (?P<glued>[ ]?(?P<glued_year>{_YEAR})[ ]?(?P<glued_type>NĐ|TT|QĐ|NQ)[ -]?
                  (?P<glued_issuer>[A-ZĐ]{{2,12}}|TTg)\b)
      | (?P<joined>(?:/(?P<joined_year>{_YEAR}))?[ ]?(?P<joined_type>NĐ|TT|QĐ|NQ|CT|CĐ)[-–/]?
                   (?P<joined_issuer>TTg|CP|UBND|HĐND|B[A-ZĐ]{{2,8}})\b)           # 1637QĐTTg
      | (?P<year>(?:/|-){_YEAR})                                                 # 105/2014, 19-2017
    )?
    (?!(?!ngày)[\w%])(?![.,/][0-9])(?!/[A-Za-z])
    """,
    re.VERBOSE,
)
_MARK = r"(?:[ ]{1,2}|[ ]?[(“\"][ ]?)(?:[Ss]ố|SỐ)?(?:[ ]số)?[ ]{0,2}[:.]?[ ]{0,2}"
_LIST_GAP = re.compile(r"(?:[ ]?,[ ]{1,2}|[ ]và[ ]|[ ]?;[ ]|,[ ]và[ ])(?:số[ ]{1,2})?")
# "Công văn số 218/TTg-NN ngày 9/2/2012; số 640/TTg-NN ngày ..."
_DATED_GAP = re.compile(
    r",?[ ]ngày[ ][0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}(?:[ ]của[ ][^,;.\n]{2,50})?"
    r"(?:[ ]?[,;]|[ ]và|,[ ]và)[ ](?:số[ ]{1,2})?"
)
_LONGEST_GAP = 90
_DATED = re.compile(r"ngày(?=[ ][0-9]{1,2}(?:[/.-][0-9]{1,2}(?![0-9])|[ ]tháng[ ][0-9]))")
_DATED_TYPE = re.compile(
    r"""(?<!\w)(?P<type>[Nn]ghị[ ](?:quyết|định)|Quyết[ ]định|[Cc]hỉ[ ]thị|[Tt]hông[ ]tư(?:[ ]liên[ ]tịch)?
      |TTLT|[Cc]ông[ ](?:văn|điện)|Kết[ ]luận|[Tt]ờ[ ]trình|Văn[ ]bản)
    [ ](?:của[ ][^.,;:\n0-9]{2,60}?[ ])?(?:ký[ ]|đề[ ]|ban[ ]hành[ ])?\Z""",
    re.VERBOSE,
)
_DATED_REACH = 90
_CENTRAL = ("Trung ương", "TW", "TƯ", "T.Ư", "T.W")
# The plenum of a Party resolution is no number of it: "Nghị quyết Trung ương 4", "Nghị quyết TW 6 lần 2".
_PLENUM = re.compile(
    r"(?:[Nn]ghị[ ]quyết|[Kk]ết[ ]luận|[Hh]ội[ ]nghị)[ ](?:Hội[ ]nghị[ ])?"
    rf"(?:{alternation(_CENTRAL)})[ ]"
    r"(?:lần[ ](?:thứ[ ])?)?(?P<plenum>[0-9]{1,2})(?![\w%/-])"
)
_NUMBERED = ("số ", "Số ", "số: ", "số", "số  ", "Số: ", "số:")
# What has numbers itself: "quyết định xử phạt nhà số 216".
_NUMBERED_PLACES = (
    *("nhà", "trạm", "đường", "phố", "lô", "tổ", "thửa", "khu", "kho", "ngõ", "cơ sở", "xe", "tàu", "dự án"),
)
_MIXED_UP = ("Nghị định", "Nghị quyết")
_TYPE_REACH = 48
# A phrase between type and number: "Quyết định khởi tố bị can số", "Thông tư của Bộ Y tế số".
_PHRASE = (
    r"[ ](?P<phrase>(?:(?!(?:số|theo|tại|và|các|ngày|Quyết|Nghị|Thông|Công|Kết|Chỉ)[ ])"
    r"[^\W\d_]+(?:-[^\W\d_]+)?[ ]){1,8})"
    r"\(?(?:số|Số)[ ]{0,2}:?[ ]{0,2}"
)


@dataclass(frozen=True, slots=True)
class Citation(Span):
    """A mention of a document: where it stands, its type, and what names it.

    `number` is mended ("64/2007/NĐ-CP"); `year` is a year written behind a name ("Luật Đất đai 2013");
    `title` is what the mention itself says of it, `between` stands between its type and its number
    ("Quyết định khởi tố bị can số ...").
    """

    doc_type: str
    rule: str
    confidence: float
    number: str | None = None
    year: str | None = None
    title: Span | None = None
    between: Span | None = None


def numbered(text: str) -> Iterator[tuple[Citation, Span]]:
    """Citations by number, each with the span of its number."""
    last: Citation | None = None
    for match in _NUMBER.finditer(text):
        lettered = any(match[way] for way in ("code", "party", "glued", "joined"))
        found = _with_type(text, match, lettered=lettered)
        if found is None and lettered and not _plausible(match):
            continue
        if found is None and last is not None:
            found = _listed(text, match, last, lettered=lettered)
        if found is None and lettered:
            found = _by_letters(match)
        if found is not None:
            last = found
            yield found, Span(*match.span())


def plenums(text: str) -> Iterator[Span]:
    """The figures of the plenums after which Party resolutions are called."""
    if not any(committee in text for committee in _CENTRAL):
        return
    for match in _PLENUM.finditer(text):
        yield Span(*match.span("plenum"))


def dated(text: str) -> Iterator[Citation]:
    """Citations by their day of issue alone: "Quyết định ngày 15/6/2021"."""
    for day in _DATED.finditer(text):
        near = max(0, day.start() - _DATED_REACH)
        match = _DATED_TYPE.search(text[near : day.start()])
        if match:
            doc_type = _types()[match["type"].lower()][0]
            start, end = match.span("type")
            yield Citation(near + start, near + end, doc_type, "decision.dated", 0.8)


def _with_type(text: str, match: re.Match[str], *, lettered: bool) -> Citation | None:
    """The number has its type word in front."""
    begin = match.start()
    near = max(0, begin - _TYPE_REACH)
    head = _type_before().search(text[near:begin])
    between = None
    if head is None:
        near = max(0, begin - 2 * _TYPE_REACH)
        head = _phrase_before().search(text[near:begin]) if text.endswith(_NUMBERED, near, begin) else None
        if head and lettered and head["type"].islower() and not _same_type(head["type"], match):
            return None
        between = Span(near + head.start("phrase"), near + head.end("phrase") - 1) if head else None
        by_issuer = between is not None and issuers.filling(text, between) is not None
        if head and not lettered and not by_issuer and not _named_by_act(head, match):
            return None
    if head is None:
        return None
    doc_type, bare = _types()[head["type"].lower()]
    doc_type = _unconfused(doc_type, match)
    if not lettered and not bare_numbers.names_document(text, match, head, bare):
        return None
    rule, confidence = ("decision.number", 0.97) if lettered else ("decision.bare_number", 0.9)
    return Citation(
        near + head.start("type"),
        match.end(),
        doc_type,
        rule,
        confidence,
        document_numbers.written(match),
        between=between,
    )


def _named_by_act(head: re.Match[str], match: re.Match[str]) -> bool:
    """Whether what stands before a bare number is the document's act: "Quyết định thu hồi đất số 2594"."""
    act = head["phrase"].rstrip()
    digits = 2 if act.startswith("khởi tố") else 3
    kind = head["type"].lower() in ("quyết định", "thông báo", "kết luận")
    several = kind and len(match["order"]) >= digits
    return several and act.islower() and titles.opens(act, 0) and not act.endswith(_NUMBERED_PLACES)


def _unconfused(doc_type: str, match: re.Match[str]) -> str:
    """Decrees and resolutions, easily mixed up, as the letters have it: "Nghị định 39-NQ/TW"."""
    if doc_type not in _MIXED_UP:
        return doc_type
    groups = document_numbers.groups(document_numbers.written(match))
    said = document_numbers.types_by_code().get(groups[0]) if groups else None
    return said if said in _MIXED_UP else doc_type


def _same_type(written: str, match: re.Match[str]) -> bool:
    """Whether the code in the number is one of the type: "quyết định khởi tố vụ án số 133/QĐ-CSĐT"."""
    groups = document_numbers.groups(document_numbers.written(match))
    codes = document_numbers.types_by_code()
    if not groups or groups[0].startswith("QH"):
        return bool(groups) and written.endswith("luật")
    return _types()[written][0] in (codes.get(groups[0]), codes.get(groups[0][:2]))


def _listed(text: str, match: re.Match[str], last: Citation, *, lettered: bool) -> Citation | None:
    """The next number of a list: "các Nghị quyết 17, 36a"."""
    gap = text[last.end : match.start()]
    if len(gap) > _LONGEST_GAP or not (_LIST_GAP.fullmatch(gap) or (lettered and _DATED_GAP.fullmatch(gap))):
        return None
    if not lettered and not _goes_on(text, match, gap):
        return None
    return Citation(
        match.start(),
        match.end(),
        last.doc_type,
        "decision.listed_number",
        0.85,
        document_numbers.written(match),
    )


def _goes_on(text: str, match: re.Match[str], gap: str) -> bool:
    """Whether a number without letters is the next of a list, not a count that happens to follow."""
    order = match["order"]
    if re.fullmatch(_YEAR, order) or bare_numbers.counted().match(text, match.end()):
        return False
    return (len(order) > 1 or "số" in gap) and bare_numbers.closed().match(text, match.end()) is not None


def _by_letters(match: re.Match[str]) -> Citation | None:
    """A number that stands alone, its type in its letters: "(942/QĐ-TTg)"."""
    number = document_numbers.written(match)
    groups = document_numbers.groups(number)
    doc_type = document_numbers.types_by_code().get(groups[0]) if len(groups) > 1 else None
    if doc_type is None:
        return None
    return Citation(match.start(), match.end(), doc_type, "decision.number_alone", 0.85, number)


def _plausible(match: re.Match[str]) -> bool:
    """Letters of a code without a type word have two letters at least."""
    return sum(map(str.isalpha, match.group())) >= 2


@cache
def _types() -> dict[str, tuple[str, str]]:
    """Type words in lower case -> the canonical type, and how a number without letters may follow."""
    found = {}
    for row in rows("document_types"):
        for word in (row["canonical"], *filter(None, row["variants"].split(";"))):
            found[word.lower()] = (row["canonical"], row["bare"])
    return found


@cache
def _type_before() -> re.Pattern[str]:
    types = alternation(_types())
    return re.compile(rf"(?<!\w)(?<!kỷ[ ])(?<!pháp[ ])(?P<type>{types})(?P<mark>{_MARK})\Z", re.IGNORECASE)


@cache
def _phrase_before() -> re.Pattern[str]:
    named = [row["canonical"] for row in rows("document_types")]
    types = alternation([*named, *(name.lower() for name in named)])
    return re.compile(rf"(?<!\w)(?P<type>{types})(?P<mark>{_PHRASE})\Z")
