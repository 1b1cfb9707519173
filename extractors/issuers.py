"""Who issues documents: bodies and offices as texts name them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from corpus.facts import Span
from extractors import issuer_names
from extractors.letters import CAPITAL
from extractors.wordlists import alternation, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME_WORD = rf"[{CAPITAL}][\w’'-]{{0,20}}"
# "Chủ tịch tỉnh Bến Tre" is the chair of its committee, which goes without saying.
_CHAIR = rf"(?<=hủ[ ]tịch[ ])(?=(?:tỉnh|thành[ ]phố|T[Pp]\.?|quận|huyện|thị[ ]xã|xã|phường)[ ][{CAPITAL}0-9])"
# UBND TP. Hà Nội, HĐND tỉnh Nghệ An, Thành ủy Hà Nội, Ủy ban nhân dân quận 1
_LOCAL = rf"""
    (?P<local>{_CHAIR}|UBND|HĐND|(?:Ủy|Uỷ)[ ]ban[ ][Nn]hân[ ]dân|Hội[ ]đồng[ ][Nn]hân[ ]dân
      |(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng)[ ](?:ủy|uỷ)|Đảng[ ]bộ)
    (?:(?:[ ]|(?<=hủ[ ]tịch[ ]))
      (?P<unit>(?i:tỉnh|thành[ ]phố|quận|huyện|thị[ ]xã|thị[ ]trấn|phường|xã|đặc[ ]khu)|T[Pp]\.?))?
    (?:(?:[ ]|(?<=\.))
      (?P<place>TP\.?[ ]?HCM|HCM|(?:Tập[ ]đoàn|Tổng[ ]công[ ]ty)(?:[ ]{_NAME_WORD}){{0,4}}
        |(?:{_NAME_WORD}|[0-9]{{1,2}})(?:[ ](?:-[ ])?{_NAME_WORD}){{0,5}}))?
"""
# Between a part of a body and the body: "Văn phòng UBND", "Cơ quan CSĐT (C03), Bộ Công an".
_OF_PARENT = (
    r"(?P<joint>(?:[ ]?\([A-Z0-9]{2,5}(?:[ ][0-9]{1,2})?\))?(?:,|[ ][-–]|(?P<sign>[ ]của|[ ]thuộc))?[ ]"
    r"|[ ]?\((?:[A-Z0-9]{2,8}(?:,|[ ]?-)[ ]|(?=Bộ[ ]|Công[ ]an[ ])))"
)
# "BHXH tỉnh Sơn La", "NHNN chi nhánh Huế", "Kiểm toán Nhà nước khu vực II", "BHXH CAND"
_BRANCH_OF = rf"""
    [ ](?:chi[ ]nhánh[ ])?(?:
      (?:(?:tỉnh|thành[ ]phố|quận|huyện|thị[ ]xã|khu[ ]vực)[ ]|T[Pp]\.?[ ]?)
        (?:HCM|%s|[IVX]{{1,4}}|[0-9]{{1,2}}|{_NAME_WORD}(?:[ ]{_NAME_WORD}){{0,2}})
      |%s|CAND|Công[ ]an[ ]nhân[ ]dân)
"""
# "Cục Quản lý Dược Bộ Y tế" is the department; "Thanh tra Bộ Công an" is one name.
_OF_MINISTRY = re.compile(r"(?<=\w)(?<!Thanh[ ]tra)[ ]Bộ[ ].*\Z")
# "Chính phủ điện tử" is no government.
_NOT_AFTER = r"(?![ ](?:điện[ ]tử|số(?!\w)|kiến[ ]tạo|liêm[ ]chính|và[ ]Văn[ ]hóa))(?!\w)"
_PREMIER = "Thủ tướng Chính phủ"
# Offices of a district, and their heads: "Phòng GD-ĐT huyện Gò Dầu", "Trưởng phòng Nội vụ quận 7".
_DIVISION = (
    r"(?:(?<!Hải[ ])Phòng|(?<=rưởng[ ])phòng)"
    r"(?=[ ](?:GD|Giáo[ ]dục|TN|Tài[ ](?:nguyên|chính)|Nội[ ]vụ|Kinh[ ]tế|Quản[ ]lý|LĐ|Lao[ ]động|V[Hh]"
    r"|Văn[ ](?:hóa|hoá)|Y[ ]tế|Tư[ ]pháp|NN|Nông[ ]nghiệp|Dân[ ]tộc)(?!\w))"
)
_CENTRE = rf"(?<=của[ ])(?:Trung[ ]ương|TW|TƯ)(?![ ][{CAPITAL}])"
# "Hội nghị Trung ương 5 khóa XII", "Hội nghị lần thứ tư Ban Chấp hành Trung ương Đảng khóa XI"
_PLENUM = (
    r"Hội[ ]nghị[ ](?:(?:Trung[ ]ương|TW|TƯ)[ ](?:lần[ ]thứ[ ])?[0-9]{1,2}(?!\w)"
    r"|lần[ ]thứ[ ]\w{1,4}[ ](?:Ban[ ]Chấp[ ]hành|BCH)[ ](?:Trung[ ]ương|TW|TƯ)(?:[ ]Đảng)?)"
    r"(?:,?[ ]\(?[Kk]h(?:óa|oá)[ ][IVX]{1,6}\)?)?"
)
_DEPARTMENTS = ("Cục ", "Tổng cục ", "Vụ ", "Thanh tra ", "Viện ", "Trung tâm ", "Chi cục ")
_APPOSED = re.compile(r"(?:,[ ]|[ ][-–][ ]|[ ]?\(|[ ]thuộc[ ]|[ ])(?=Bộ[ ])")
# Bodies of the State and of its unions, all of whose names begin so.
_OFFICIAL = (
    *("Phòng ", "Hạt ", "Hội ", "Liên đoàn Lao động ", "Liên đoàn lao động ", "Sở ", "Cục ", "Chi cục "),
    *("Tổng cục ", "Công an ", "Tòa án nhân dân ", "Viện kiểm sát nhân dân ", "Thanh tra ", "Bộ Tư lệnh "),
)
# Bodies whose head signs what all its members have decided.
_COLLECTIVE = (
    *(
        "Quốc hội",
        "Hội đồng",
        "Ủy ban Thường vụ",
        "Ban Chấp hành",
        "Ban Thường vụ",
        "Bộ Chính trị",
        "Ban Bí thư",
    ),
)


@dataclass(frozen=True, slots=True)
class Issuer(Span):
    """A body or office in the text; `name` is canonical, `body` the same without the office.

    `deputy`: who signs for the body, in full; `listed`: the name is a known one; `parent`: the body that this
    one is a part of ("Văn phòng UBND tỉnh Lai Châu").
    """

    name: str
    body: str
    deputy: str = ""
    listed: bool = True
    parent: str = ""

    @property
    def signing(self) -> str:
        """Who issues what this one signs: the office, or the body that its holder speaks for."""
        return self.body if self.body.startswith(_COLLECTIVE) else self.name


def mentions(text: str, start: int, end: int) -> Iterator[Issuer]:
    """The issuers named between two offsets, in reading order."""
    last = start
    for match in _pattern().finditer(text, start, end):
        if match.start() >= last:
            issuer = _with_parent(text, _issuer(match), end)
            last = issuer.end
            yield issuer


def at(text: str, start: int, end: int) -> Issuer | None:
    """The issuer that begins exactly at an offset."""
    match = _pattern().match(text, start, end)
    return _with_parent(text, _issuer(match), end) if match else None


def filling(text: str, span: Span) -> Issuer | None:
    """The issuer that a span holds and nothing else: "Chỉ thị | của Thủ tướng | số 24"."""
    start = span.start + len("của ") * text.startswith("của ", span.start)
    issuer = at(text, start, span.end)
    return issuer if issuer and issuer.end == span.end and issuer.listed else None


def ministry(text: str, start: int, end: int) -> Issuer | None:
    """A ministry without "Bộ": the second of "liên Bộ Y tế và Nội vụ"."""
    match = _ministries().match(text, start, end)
    name = issuer_names.canonical(f"Bộ {match.group()}") if match else ""
    return Issuer(*match.span(), name, name) if match else None


def place(text: str, start: int, end: int) -> Issuer | None:
    """A province that acts as its government, right in front of a verb: "Lai Châu ban hành ..."."""
    match = _acting_place().search(text, start, end)
    return Issuer(*match.span("name"), match["name"], match["name"]) if match else None


def agrees(issuer: Issuer, by_letters: str) -> bool:
    """Whether an issuer in the text can be the one that a number's letters name."""
    return f"{issuer.body} ".startswith(f"{by_letters} ") or issuer.parent == by_letters


def _with_parent(text: str, issuer: Issuer, end: int) -> Issuer:
    """A department with its ministry behind it: "Cục Thú y, Bộ Nông nghiệp", "Cục Thuế (Bộ Tài chính)"."""
    gap = _APPOSED.match(text, issuer.end, end) if issuer.body.startswith(_DEPARTMENTS) else None
    parent = _pattern().match(text, gap.end(), end) if gap else None
    if gap is None or parent is None or not parent["known"]:
        return issuer
    closing = text.startswith(")", parent.end()) and "(" in gap.group()
    return replace(issuer, end=parent.end() + closing)


def _issuer(match: re.Match[str]) -> Issuer:
    start, end = match.span()
    if match["vice"]:
        return Issuer(start, end, _PREMIER, _PREMIER, deputy=f"Phó {_PREMIER}")
    if match["plenum"]:
        name = re.sub(r"[(),]", "", issuer_names.expanded(match["plenum"]))
        return Issuer(start, end, name, name)
    if match["lone"]:
        name = issuer_names.expanded(match["lone"])
        name = name[0].upper() + name[1:]
        return Issuer(start, end, name, name, listed=False)
    if match["branch"]:
        name = issuer_names.expanded(match["branch"])
    elif match["known"]:
        name = issuer_names.canonical(match["known"])
    elif match["short"]:
        name = issuer_names.canonical(f"Bộ {match['short']}")
    elif match["local"] is not None:
        name, end = issuer_names.local(match)
    else:
        written = _OF_MINISTRY.sub("", issuer_names.without_person(match["headed"]))
        written = _behind_place().sub(r"\g<place>", written)
        written = written[0].upper() + written[1:]
        name, end = (
            issuer_names.spelled(issuer_names.expanded(written)),
            match.start("headed") + len(written),
        )
    parent = name if match["part"] else ""
    if match["branch"]:
        parent = issuer_names.headquarters(match["headquarters"])
    if match["part"]:
        part = issuer_names.expanded(match["part"])
        name = f"{part[0].upper()}{part[1:]}{match['sign'] or ''} {name}"
        end += "(" in match["joint"] and ")" not in match["joint"] and match.string.startswith(")", end)
    office = match["office"] and _offices()[match["office"].lower()]
    full = f"{issuer_names.expanded(office)} {name}" if office and not name.startswith(office) else name
    listed = match["headed"] is None or match["part"] is not None or name.startswith(_OFFICIAL)
    deputy = match["deputy"] and f"{match['deputy'][0].upper()}{match['deputy'][1:]} {name}"
    return Issuer(start, end, full, name, deputy or "", listed, parent)


@cache
def _acting_place() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<![^\n])|(?<=[.,;:–-][ ])|(?<=[0-9][ ]))"
        rf"(?P<name>(?:tỉnh[ ]|thành[ ]phố[ ]|TP\.?[ ]?)?{alternation(issuer_names.provinces())})"
        r"(?:[ ](?:đã|vừa|mới|cũng|chính[ ]thức|tiếp[ ]tục|nhanh[ ]chóng|kịp[ ]thời)){0,2}[ ]?\Z"
    )


@cache
def _behind_place() -> re.Pattern[str]:
    """What a sentence goes on with behind the place that closes a name: "Sở Y tế Bến Tre giải trình"."""
    places = alternation((*issuer_names.provinces(), "Việt Nam"))
    return re.compile(rf"(?P<place>[ ]{places})[ ](?!tỉnh|thành|huyện|quận|chi|khu|tại)[a-zđ].*\Z")


@cache
def _offices() -> dict[str, str]:
    """Offices in lower case -> as they are listed first."""
    found: dict[str, str] = {}
    for row in rows("issuer_words"):
        if row["role"] == "office":
            found.setdefault(row["phrase"].lower(), row["phrase"])
    return found


@cache
def _ministries() -> re.Pattern[str]:
    return re.compile(rf"{alternation(issuer_names.ministries())}(?!\w)")


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        rf"""(?<!\w)(?:(?P<vice>[Pp]hó[ ][Tt]hủ[ ]tướng(?:[ ][Tt]hường[ ]trực)?(?:[ ]Chính[ ]phủ)?)(?!\w)
        |(?<!Phó[ ])(?<!Thủ[ ]tướng[ ])
        (?:(?P<deputy>{_either_case("deputy")})[ ]|(?P<office>{_either_case("office")})(?!\ Quốc\ hội)[ ])?
        (?:(?P<part>{_either_case("part")})(?![ ](?:Chính|Quốc|Chủ|Trung|CP)){_OF_PARENT})?
        (?:(?P<branch>{_branches()})(?!\w)
          |(?P<known>{alternation(issuer_names.written())}|{_CENTRE}){_NOT_AFTER}{_foreign()}
          |(?<=[Bb]ộ[ ]trưởng[ ])(?P<short>{alternation(issuer_names.ministries())}){_NOT_AFTER}{_foreign()}
          |{_LOCAL}(?!\w)|(?P<headed>{_headed()})(?!\w))
        |(?P<lone>{_either_case("agency")})(?!\w)|(?P<plenum>{_PLENUM}))""",
        re.VERBOSE,
    )


def _branches() -> str:
    """Branches of bodies that have one central office ("BHXH tỉnh Sơn La")."""
    provinces = alternation(issuer_names.provinces())
    return f"(?P<headquarters>{_phrases('branching')}){_BRANCH_OF % (provinces, provinces)}"


def _headed() -> str:
    """Bodies that are not listed: a head word and what follows, to the next word that no name has."""
    heads = rf"(?:{_phrases('head')}|{_DIVISION})"
    stops = rf"(?<!Hậu[ ]){_phrases('stop')}"
    joined = rf"(?:và[ ](?=[{CAPITAL}])(?!{heads}|UBND|HĐND|Chính))?"
    # "Sở Văn hóa, Thể thao và Du lịch"
    comma = (
        rf"(?:,(?=[ ](?!{heads}|UBND|HĐND)[{CAPITAL}]\w*(?:[ ]\w+){{0,2}}[ ]và[ ](?!{heads})[{CAPITAL}]))?"
    )
    # "Tổng cục Hậu cần – Kỹ thuật": lower-case letters follow the second part's first word
    parted = f"(?:{heads}|{_phrases('office')}|{_phrases('deputy')}|UBND|HĐND|Trưởng|Phó|Ông|Bà)"
    dash = rf"(?:[ ][–-](?=[ ](?!{parted}(?!\w))[{CAPITAL}]\w*[ ](?!{stops}(?!\w))[a-zđ]))?"
    word = (
        r"(?:T[Pp]\.[ ]?\w+|Bà[ ]Rịa[ ]?[-–][ ]?Vũng[ ]Tàu|Thừa[ ]Thiên[ ]?[-–][ ]?Huế"
        r"|[\w&]+(?:-[\w&]+){0,3})"
    )
    task = r"Ban[ ][Cc]hỉ[ ]đạo(?:[ ](?:[Qq]uốc[ ]gia|[Tt]rung[ ]ương|tỉnh|thành[ ]phố))?"
    against = rf"(?:[ ]về)?[ ][Pp]hòng,[ ]chống(?:[ ](?!{stops}(?!\w)){word}){{1,4}}"
    named = rf"[ ]về(?:[ ](?!{stops}(?!\w)){word}){{1,6}}"
    return rf"{task}(?:{against}|{named})|{heads}(?:{comma}{dash}[ ]{joined}(?!{stops}(?!\w)){word}){{1,9}}"


def _foreign() -> str:
    """Not "Quốc hội Mỹ", "Chính phủ Lào": documents of other countries' bodies are not looked for."""
    countries = {row["canonical"] for row in rows("places") if row["kind"] == "country"}
    return rf"(?![ ]{alternation((countries | {'Mỹ', 'Hoa Kỳ', 'nước này'}) - {'Việt Nam'})}(?!\w))"


def _phrases(role: str) -> str:
    return alternation(row["phrase"] for row in rows("issuer_words") if row["role"] == role)


def _either_case(role: str) -> str:
    """Offices are written with a small letter too: "do chủ tịch UBND tỉnh ... ký"."""
    phrases = {row["phrase"] for row in rows("issuer_words") if row["role"] == role}
    phrases |= {phrase.replace(" cục", " Cục") for phrase in phrases}
    phrases |= {phrase.capitalize() for phrase in phrases if phrase.startswith("Ban ")}
    phrases |= {phrase.title() for phrase in phrases if role == "office"}
    return alternation(phrases | {phrase[0].lower() + phrase[1:] for phrase in phrases})
