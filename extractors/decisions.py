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
from extractors import actions, approvals, citations, issuance, issuers, laws, references, titles
from extractors.local_bodies import Places

if TYPE_CHECKING:
    from corpus.facts import Action, Date
    from extractors.citations import Citation
    from extractors.document import Document
    from extractors.issuance import Calendar, Tail
    from extractors.ownership import Ownership

_UNNUMBERED = ("decision.object_of_issuing", "decision.issued_by")
_DOUBTED = 0.5
_SEPARATOR = re.compile(r"[ ]?\)?(?:,|;|[ ]và|,[ ]và|[ ]cùng|[ ]hay|[ ]hoặc)[ ](?:các[ ]|cả[ ])?(?:số[ ])?")
# The citation is its sentence's subject, so that a verb behind it is no title.
_TOPICAL = re.compile(r"(?:[,.:;–“\"-]|rằng|thì|mà)[ ]?\Z")


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
    calendar = issuance.Calendar(dates)
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
    named = _title(text, sentence, citation, tail)
    governor = actions.governor(text, sentence.start, citation.start, numbered=citation.number is not None)
    done = actions.passive(text, named.end if unnumbered and named else tail.end, sentence.end)
    head = _coordinated(text, sentence, citation, earlier) if governor is None else None
    action: Action = governor.action if governor else head.action if head else "cite"
    if done and (unnumbered or _says_more(done.action, action, governor)):
        action = "cite" if done.action == "draft" and citation.number else done.action
    agent = issuers.at(text, done.agent.start, done.agent.end) if done and done.action == "issue" else None
    if named and not unnumbered:
        tail = issuance.behind_title(text, named.end, tail, sentence.end, calendar)
    subject = agent or issuance.subject(text, sentence, governor)
    subject = subject or issuance.topic(text, sentence, citation, tail.end)
    issuer = issuance.issuer_of(citation, tail.issuer, subject)
    if issuer is None and head and head.action == "issue" and not citation.number:
        issuer = head.issuer
    if issuer is None and named:
        issuer, named = _issuer_in_title(text, named)
    verb = done if done and done.action == "issue" else governor
    around = issuance.day_around(text, sentence, citation, verb, calendar)
    issued_on = tail.issued_on or citation.year or around
    contradicted = issuance.contradicted(citation, tail.issuer)
    return _Reading(citation, action, tail, named, issued_on, issuer, contradicted)


def _says_more(done: Action, action: Action, governor: actions.Governor | None) -> bool:
    """Whether the passive behind tells more than what stands in front."""
    return done != action and action in ("cite", "implement") and not (governor and governor.direct)


def _title(text: str, sentence: Span, citation: Citation, tail: Tail) -> Span | None:
    if citation.rule == "decision.law_name":
        return None
    first = citation.start - sentence.start <= 1
    topical = first or _TOPICAL.search(text, citation.start - 5, citation.start) is not None
    unnumbered = citation.rule in _UNNUMBERED
    return titles.title(text, tail.end, sentence.end, unnumbered=unnumbered, topical=topical)


def _issuer_in_title(text: str, named: Span) -> tuple[str | None, Span]:
    """The issuer that closes a title: "Nghị quyết 35 về hỗ trợ doanh nghiệp của Chính phủ"."""
    for issuer in issuers.mentions(text, max(named.start, named.end - 90), named.end):
        of = issuer.start - len(" của ")
        if issuer.end == named.end and issuer.listed and text.startswith(" của ", of) and of > named.start:
            return issuer.name, Span(named.start, of)
    return None, named


def _coordinated(text: str, sentence: Span, citation: Citation, earlier: list[_Reading]) -> _Reading | None:
    """The earlier citation of the sentence that this one stands beside ("theo Luật A và Luật B")."""
    if not earlier or earlier[-1].citation.start < sentence.start:
        return None
    last = earlier[-1]
    if not _side_by_side(text, last, citation):
        return None
    if last.title is None:
        return last
    for outer in earlier[-8:-1]:
        inside = outer.citation.start >= sentence.start
        if inside and outer.end >= last.citation.end and outer.citation.doc_type == citation.doc_type:
            return outer
    return last


def _side_by_side(text: str, one: _Reading, following: Citation) -> bool:
    gap = following.start - one.end
    return gap <= 16 and _SEPARATOR.fullmatch(text, one.end, following.start) is not None


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
