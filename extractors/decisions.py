"""Mentions of legal and administrative documents: by number, by name, or as the object of an issuing verb.

`find` runs first of all kinds and owns the figures of the numbers; `annotate` runs when the dates are known.

The issuer comes from the text, else from the letters of the number. Where both speak and do not agree
("Thông tư số 05/2019/TT-BTC của Bộ Y tế"), the text's word stands and the confidence falls to 0.5.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from corpus.facts import Decision, Span
from extractors import (
    acting_bodies,
    actions,
    approvals,
    citations,
    document_lists,
    issuance,
    issue_days,
    issuers,
    issuing_subjects,
    laws,
    passives,
    references,
    title_places,
    titles,
)
from extractors.document_lists import Reading
from extractors.issue_days import Calendar
from extractors.local_bodies import Places

if TYPE_CHECKING:
    from corpus.facts import Action, Date
    from extractors.citations import Citation
    from extractors.document import Document
    from extractors.issuance import Tail
    from extractors.ownership import Ownership

_LISTED = "decision.listed_object"
_UNNUMBERED = (
    "decision.object_of_issuing",
    _LISTED,
    "decision.issued_by",
    "decision.signed",
    "decision.signed_by",
)
_SIGNED = ("decision.signed", "decision.signed_by")
_DOUBTED = 0.5
# The citation is its sentence's subject, so that a verb behind it is no title.
_TOPICAL = re.compile(
    r"(?:[,.:;–“\"-]"
    r"|(?<!\w)(?:rằng|thì|mà|cho[ ]biết|cho[ ]hay|khẳng[ ]định|nói|do|vì|khi|nếu|nhưng))[ ]?\Z"
)
# "tàu đóng theo Nghị định 49"
_MODIFYING = re.compile(r"[^\W\d_][ ]theo[ ]\Z")
# The phrase in front of its sentence's own clause: "Theo báo cáo tổng kết Nghị quyết 19, ...".
_FRONTED = re.compile(
    r"""[^\w\n]{0,4}(?:[^,.;:\n]{0,60},[ ]|(?:còn|riêng|nhưng|và)[ ])?
    (?:cũng[ ]theo|theo|tại|trong|căn[ ]cứ|thực[ ]hiện|triển[ ]khai|sau|từ|trên[ ]cơ[ ]sở|để|nhằm|với|bằng
      |qua|ngay|trước|trên|về|đối[ ]với)(?!\w)[^,;:\n]{0,120}\Z""",
    re.IGNORECASE | re.VERBOSE,
)
_FINITE = re.compile(r"(?<!\w)(?:đã|sẽ|đang|vừa|cho[ ]biết|là|yêu[ ]cầu|được)(?!\w)")


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
    published = document.article.published
    found += approvals.issued(text, found, published.year if published else None)
    return sorted(set(found), key=_reading_order)


def annotate(document: Document, citations: list[Citation], dates: list[Date]) -> list[Decision]:
    """The mentions with date, issuer, title and action, all from their own sentence."""
    calendar = Calendar(dates)
    readings: list[Reading] = []
    places = Places(document.text)
    for citation, following in zip_longest(citations, citations[1:]):
        sentence = document.sentence_at(citation.start)
        end = max(sentence.end, citation.end)
        if following and following.rule == _LISTED:
            end = min(end, following.start)
        sentence = Span(sentence.start, end)
        reading = _read(document.text, sentence, citation, calendar, readings)
        number = citation.number or ""
        issuer = places.completed(reading.issuer, sentence, number) if reading.issuer else None
        issuer = issuer or document_lists.said_before(readings, sentence, citation)
        readings.append(replace(reading, issuer=issuer))
    shared = document_lists.with_shared_issuers(document.text, readings)
    shared = document_lists.with_amended_issuers(document.text, shared)
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
    text: str, sentence: Span, citation: Citation, calendar: Calendar, earlier: list[Reading]
) -> Reading:
    """One citation in its sentence."""
    tail = issuance.tail(text, citation, sentence.end, calendar)
    unnumbered = citation.rule in _UNNUMBERED
    floor = _floor(text, sentence, citation, earlier)
    alone = citation.rule != _LISTED
    governor = (
        actions.governor(text, floor, citation.start, numbered=citation.number is not None) if alone else None
    )
    carried = title_places.in_front(text, floor, citation) if governor is None and citation.number else None
    if carried:
        governor = actions.implementing(text, floor, carried.start)
    named = _title(text, sentence, citation, tail, governor)
    behind = named.end if unnumbered and named else tail.end
    done = passives.passive(text, citation.start, behind, sentence.end)
    if done is None and named and named.end > behind:
        done = passives.passive(text, citation.start, named.end, sentence.end, directly=True)
    head = document_lists.head(text, sentence, citation, governor, earlier)
    action: Action = governor.action if governor else head.action if head else "cite"
    action = _unsaid(text, sentence, citation, tail) if action == "cite" else action
    if done and (unnumbered or _says_more(done, action, governor)):
        action = "cite" if done.action == "draft" and citation.number else done.action
    agent = issuers.at(text, done.agent.start, done.agent.end) if done and done.action == "issue" else None
    if named and not unnumbered:
        tail = issuance.behind_title(text, citation, Span(named.end, sentence.end), tail, calendar)
    subject = agent or issuing_subjects.subject(text, sentence, governor, citation)
    subject = subject or issuing_subjects.topic(text, sentence, citation, tail.end)
    acting = acting_bodies.acting(text, sentence, citation) if subject is None else None
    subject = subject or document_lists.subject_beside(head, citation)
    stated = issuance.signer(tail, subject)
    issuer = issuance.issuer_of(citation, stated, acting.issuer if acting else subject)
    issuer = issuer or document_lists.spoken_beside(head, citation)
    if (
        head
        and head.action == "issue"
        and document_lists.shares(head.issuer, issuer, citation, again=governor is not None)
    ):
        issuer = head.issuer
    if named:
        closing, shorter = _issuer_in_title(text, named)
        if closing and issuer in (None, closing):
            issuer, named = closing, shorter
    front = issue_days.Front(sentence, tuple(one.owned for one in earlier[-4:]))
    issuing = governor if citation.number and governor and governor.issuing else None
    verbs = (done if done and done.action == "issue" else governor, issuing, acting.verb if acting else None)
    days = (issue_days.around(text, front, citation, verb, calendar) for verb in verbs)
    around = next(filter(None, days), None)
    if around is None and head and head.action == action == "issue" and head.tail.issued_on is None:
        around = head.issued_on
    around = around or issue_days.of_topic(text, citation, calendar)
    issued_on = tail.issued_on or citation.year or around
    contradicted = issuance.contradicted(citation, tail.issuer)
    spoken = tail.issuer is None and acting is not None
    return Reading(citation, action, tail, named, issued_on, issuer, contradicted, spoken, subject)


def _floor(text: str, sentence: Span, citation: Citation, earlier: list[Reading]) -> int:
    """Where verbs may govern a citation from: not in the name of a law that amends another, nor in the
    title of the document that it stands beside ("Thông tư 1 sửa đổi ba nghị định, Thông tư 2 ...")."""
    last = earlier[-1] if earlier else None
    if last and last.title and document_lists.beside(text, last.title.end, citation.start):
        return max(sentence.start, last.title.end)
    amending = (one.end for one in earlier[-4:] if one.citation.title and one.end <= citation.start)
    return max(sentence.start, *amending, 0)


def _unsaid(text: str, sentence: Span, citation: Citation, tail: Tail) -> Action:
    """What is done with a document that no verb governs."""
    if citation.rule in _SIGNED:
        return "issue"
    if tail.issuer and passives.just_issued(text, citation.start, tail.end, said=bool(tail.verb)):
        return "issue"
    if tail.end > citation.end and passives.said_of(text, citation.start, citation.end):
        return "issue"
    acted = actions.acts_by(text, sentence.start, citation.start, tail.end, sentence.end)
    return "implement" if acted else "cite"


def _says_more(done: passives.Done, action: Action, governor: actions.Governor | None) -> bool:
    """Whether the passive behind tells more than what stands in front."""
    by_the_way = done.said_by_the_way or (governor is not None and governor.direct)
    return done.action != action and action in ("cite", "implement") and not by_the_way


def _title(
    text: str, sentence: Span, citation: Citation, tail: Tail, governor: actions.Governor | None
) -> Span | None:
    if citation.rule in ("decision.law_name", "decision.law_numbered"):
        return citation.title
    first = citation.start - sentence.start <= 1
    topical = first or _TOPICAL.search(text, max(0, citation.start - 12), citation.start) is not None
    bare = citation.rule == "decision.bare_number" and tail.end == citation.end
    issued = governor is not None and governor.action == "issue" and governor.direct
    stand = titles.Stand(
        unnumbered=citation.rule in _UNNUMBERED and citation.rule not in _SIGNED,
        issued=issued or citation.rule in ("decision.object_of_issuing", "decision.signed_by", _LISTED),
        topical=topical,
        fronted=_fronted(text, sentence, citation.start),
        modifying=bare and _MODIFYING.search(text, max(0, citation.start - 8), citation.start) is not None,
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


def _decision(text: str, reading: Reading) -> Decision:
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
