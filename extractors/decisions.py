"""Mentions of legal and administrative documents: by number, by name, or as the object of an issuing verb.

`find` runs first of all kinds and owns the figures of the numbers; `annotate` runs when the dates are known.

The issuer comes from the text, else from the letters of the number. Where both speak and do not agree
("Thông tư số 05/2019/TT-BTC của Bộ Y tế"), the text's word stands and the confidence falls to 0.5.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.facts import Decision, Span
from extractors import (
    actions,
    approvals,
    citations,
    issuance,
    issuers,
    laws,
    references,
    title_places,
    titles,
)
from extractors.issue_days import Calendar
from extractors.local_bodies import Places

if TYPE_CHECKING:
    from corpus.facts import Action, Date
    from extractors.citations import Citation
    from extractors.document import Document
    from extractors.issuance import Tail
    from extractors.ownership import Ownership

_UNNUMBERED = ("decision.object_of_issuing", "decision.issued_by", "decision.signed")
_DOUBTED = 0.5
_SEPARATOR = re.compile(
    r"(?:[ ]\(sửa[ ]đổi[^()\n]{0,12}\))?[ ]?\)?(?:[,;](?:[ ]và)?|[ ](?:và|cùng|hay|hoặc)|,?[ ]cũng[ ]như)"
    r"[ ](?:các[ ]|cả[ ])?(?:số[ ])?"
)
# "Quốc hội biểu quyết thông qua Luật A; biểu quyết thông qua Luật B"
_CHAINED = re.compile(
    r"(?:[ ]\(sửa[ ]đổi\))?[ ]?[;,][ ](?:và[ ])?(?:(?:biểu[ ]quyết|đã|ký)[ ])?", re.IGNORECASE
)
# "...; 2.Quyết định số ...", "...\n- Quyết định số ..."
_NEXT_ITEM = re.compile(r"[ ]?[;.,]?[ \n]{0,3}(?:[0-9]{1,2}[.)]|[-–•+*]|[a-zđ]\))[ ]?")
# The citation is its sentence's subject, so that a verb behind it is no title.
_TOPICAL = re.compile(r"(?:[,.:;–“\"-]|rằng|thì|mà)[ ]?\Z")
# The phrase in front of its sentence's own clause: "Theo báo cáo tổng kết Nghị quyết 19, ...".
_FRONTED = re.compile(
    r"""[^\w\n]{0,4}(?:[^,.;:\n]{0,60},[ ]|(?:còn|riêng|nhưng|và)[ ])?
    (?:cũng[ ]theo|theo|tại|trong|căn[ ]cứ|thực[ ]hiện|triển[ ]khai|sau|từ|trên[ ]cơ[ ]sở|để|nhằm|với|bằng
      |qua|ngay|trước|trên|về|đối[ ]với)(?!\w)[^,;:\n]{0,120}\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_FINITE = re.compile(r"(?<!\w)(?:đã|sẽ|đang|vừa|cho[ ]biết|là|yêu[ ]cầu|được)(?!\w)")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A citation with what its sentence says of it."""

    citation: Citation
    action: Action
    tail: Tail
    title: Span | None = None
    issued_on: str | None = None
    issuer: str | None = None
    contradicted: bool = False

    @property
    def end(self) -> int:
        """Where everything that belongs to the citation ends."""
        return max(self.tail.end, self.title.end if self.title else 0)


def find(document: Document, owned: Ownership) -> list[Citation]:
    """All mentions in reading order; claims the figures of their numbers."""
    text = document.text
    found: list[Citation] = []
    for citation, number in (*laws.named(text), *citations.numbered(text)):
        if number is not None:
            if not owned.free(number.start, number.end):
                continue
            owned.claim(number.start, number.end)
        found.append(citation)
    for plenum in citations.plenums(text):
        if owned.free(plenum.start, plenum.end):
            owned.claim(plenum.start, plenum.end)
    found = _without_shadows([*found, *citations.dated(text)])
    found += approvals.issued(text, found)
    return sorted(set(found), key=_reading_order)


def annotate(document: Document, citations: list[Citation], dates: list[Date]) -> list[Decision]:
    """The mentions with date, issuer, title and action, all from their own sentence."""
    calendar = Calendar(dates)
    readings: list[_Reading] = []
    places = Places(document.text)
    for citation in citations:
        sentence = document.sentence_at(citation.start)
        sentence = Span(sentence.start, max(sentence.end, citation.end))
        reading = _read(document.text, sentence, citation, calendar, readings)
        issuer = places.completed(reading.issuer, sentence) if reading.issuer else None
        readings.append(replace(reading, issuer=issuer))
    shared = _with_shared_issuers(document.text, readings)
    return references.resolved([_decision(document.text, reading) for reading in shared])


def _reading_order(citation: Citation) -> tuple[int, int]:
    return citation.start, -citation.end


def _without_shadows(found: list[Citation]) -> list[Citation]:
    """A law's name gives way to the number that begins in it ("Luật số 67/2006/QH11")."""
    ordered = sorted(found, key=_reading_order)
    return [
        one
        for place, one in enumerate(ordered)
        if one.number
        or not any(
            other.number and other.start == one.start for other in ordered[max(0, place - 1) : place + 2]
        )
    ]


def _read(
    text: str, sentence: Span, citation: Citation, calendar: Calendar, earlier: list[_Reading]
) -> _Reading:
    """One citation in its sentence."""
    tail = issuance.tail(text, citation, sentence.end, calendar)
    unnumbered = citation.rule in _UNNUMBERED
    floor = _floor(sentence, citation, earlier)
    governor = actions.governor(text, floor, citation.start, numbered=citation.number is not None)
    carried = title_places.in_front(text, floor, citation) if governor is None and citation.number else None
    if carried:
        governor = actions.implementing(text, floor, carried.start)
    named = _title(text, sentence, citation, tail, governor)
    behind = named.end if unnumbered and named else tail.end
    done = actions.passive(text, citation.start, behind, sentence.end)
    if done is None and named and named.end > behind:
        done = actions.passive(text, citation.start, named.end, sentence.end, directly=True)
    head = _head(text, sentence, citation, governor, earlier)
    action: Action = governor.action if governor else head.action if head else "cite"
    action = _unsaid(text, sentence, citation, tail) if action == "cite" else action
    if done and (unnumbered or _says_more(done, action, governor)):
        action = "cite" if done.action == "draft" and citation.number else done.action
    agent = issuers.at(text, done.agent.start, done.agent.end) if done and done.action == "issue" else None
    if named and not unnumbered:
        tail = issuance.behind_title(text, citation, Span(named.end, sentence.end), tail, calendar)
    subject = agent or issuance.subject(text, sentence, governor)
    subject = subject or issuance.topic(text, sentence, citation, tail.end)
    subject = subject or issuance.stated_before(text, sentence, citation)
    issuer = issuance.issuer_of(citation, tail.issuer, subject)
    if head and head.action == "issue" and _shares(head.issuer, issuer, citation):
        issuer = head.issuer
    if named:
        closing, shorter = _issuer_in_title(text, named)
        if closing and issuer in (None, closing):
            issuer, named = closing, shorter
    verb = done if done and done.action == "issue" else governor
    around = issuance.day_around(text, sentence, citation, verb, calendar)
    if around is None and head and head.action == action == "issue" and head.tail.issued_on is None:
        around = head.issued_on
    issued_on = tail.issued_on or citation.year or around
    contradicted = issuance.contradicted(citation, tail.issuer)
    return _Reading(citation, action, tail, named, issued_on, issuer, contradicted)


def _floor(sentence: Span, citation: Citation, earlier: list[_Reading]) -> int:
    """Where verbs may govern a citation from: not in the name of a law that amends another."""
    amending = (one.end for one in earlier[-4:] if one.citation.title and one.end <= citation.start)
    return max(sentence.start, *amending, 0)


def _shares(issuer: str | None, own: str | None, citation: Citation) -> bool:
    """Whether the issuer of the first of a list is that of another one, or says more than its letters."""
    if own is None:
        return not citation.number
    return issuer is not None and issuer.startswith(f"{own} ")


def _unsaid(text: str, sentence: Span, citation: Citation, tail: Tail) -> Action:
    """What is done with a document that no verb governs."""
    if citation.rule == "decision.signed":
        return "issue"
    if tail.issuer and actions.just_issued(text, citation.start, tail.end):
        return "issue"
    acted = actions.acts_by(text, sentence.start, citation.start, tail.end, sentence.end)
    return "implement" if acted else "cite"


def _says_more(done: actions.Done, action: Action, governor: actions.Governor | None) -> bool:
    """Whether the passive behind tells more than what stands in front."""
    by_the_way = done.said_by_the_way or (governor is not None and governor.direct)
    return done.action != action and action in ("cite", "implement") and not by_the_way


def _title(
    text: str, sentence: Span, citation: Citation, tail: Tail, governor: actions.Governor | None
) -> Span | None:
    if citation.rule in ("decision.law_name", "decision.law_numbered"):
        return citation.title
    first = citation.start - sentence.start <= 1
    topical = first or _TOPICAL.search(text, citation.start - 5, citation.start) is not None
    issued = governor is not None and governor.action == "issue" and governor.direct
    stand = titles.Stand(
        unnumbered=citation.rule in _UNNUMBERED and citation.rule != "decision.signed",
        issued=issued or citation.rule == "decision.object_of_issuing",
        topical=topical,
        fronted=_fronted(text, sentence, citation.start),
    )
    found = titles.title(text, Span(tail.end, sentence.end), stand)
    before = title_places.in_front(text, sentence.start, citation)
    found = before or found or title_places.inside(text, citation)
    return title_places.fronting(text, sentence.start, citation) if found is None and issued else found


def _fronted(text: str, sentence: Span, at: int) -> bool:
    """Whether the sentence's own clause is still to come."""
    begin = max(sentence.start, at - 240)
    found = _FRONTED.fullmatch(text, begin, at) if begin == sentence.start else None
    return found is not None and _FINITE.search(text, begin, at) is None


def _issuer_in_title(text: str, named: Span) -> tuple[str | None, Span]:
    """The issuer that closes a title: "Nghị quyết 35 về hỗ trợ doanh nghiệp của Chính phủ"."""
    for issuer in issuers.mentions(text, max(named.start, named.end - 90), named.end):
        of = issuer.start - len(" của ")
        if issuer.end == named.end and issuer.listed and text.startswith(" của ", of) and of > named.start:
            return issuer.name, Span(named.start, of)
    return None, named


def _head(
    text: str,
    sentence: Span,
    citation: Citation,
    governor: actions.Governor | None,
    earlier: list[_Reading],
) -> _Reading | None:
    """The earlier citation whose subject this one's verb shares, or beside which this one stands."""
    if governor is None:
        return _coordinated(text, sentence, citation, earlier)
    last = earlier[-1] if earlier and governor.issuing else None
    chained = last and last.action == "issue" and _CHAINED.fullmatch(text, last.end, governor.start)
    return last if chained else None


def _coordinated(text: str, sentence: Span, citation: Citation, earlier: list[_Reading]) -> _Reading | None:
    """The earlier citation of the sentence that this one stands beside ("theo Luật A và Luật B")."""
    last = earlier[-1] if earlier else None
    if last is None or not _side_by_side(text, last, citation, sentence):
        return None
    amends = last.title is None and not text.startswith((",", ";"), last.end)
    if amends:
        return last
    for outer in earlier[-8:-1]:
        around = outer.title is not None and outer.title.end >= last.citation.end
        if around and outer.citation.doc_type == citation.doc_type:
            return outer
    return last


def _side_by_side(text: str, one: _Reading, following: Citation, sentence: Span | None = None) -> bool:
    """Whether two citations stand beside each other; as items of a list, in two sentences too."""
    gap = following.start - one.end
    if not 0 <= gap <= 24:
        return False
    alike = one.citation.doc_type == following.doc_type
    if alike and sentence and _NEXT_ITEM.fullmatch(text, one.end, following.start):
        return True
    inside = sentence is None or one.citation.start >= sentence.start
    return inside and _SEPARATOR.fullmatch(text, one.end, following.start) is not None


def _with_shared_issuers(text: str, readings: list[_Reading]) -> list[_Reading]:
    """What stands behind the last of a list holds for all: "các Nghị quyết 17, 36a của Chính phủ"."""
    shared = list(readings)
    for place in range(len(shared) - 2, -1, -1):
        one, following = shared[place], shared[place + 1]
        alike = one.citation.doc_type == following.citation.doc_type and one.citation.number
        bare = one.issuer is None and one.title is None
        if alike and bare and following.tail.issuer and _side_by_side(text, one, following.citation):
            tail = replace(one.tail, issuer=following.tail.issuer)
            shared[place] = replace(one, issuer=following.issuer, tail=tail)
    return shared


def _decision(text: str, reading: _Reading) -> Decision:
    citation = reading.citation
    return Decision(
        start=citation.start,
        end=citation.end,
        text=text[citation.start : citation.end],
        rule=citation.rule,
        confidence=_DOUBTED if reading.contradicted else citation.confidence,
        doc_type=citation.doc_type,
        number=citation.number,
        issued_on=reading.issued_on,
        issuer=reading.issuer,
        title=text[reading.title.start : reading.title.end] if reading.title else None,
        action=reading.action,
    )
