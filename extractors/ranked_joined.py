"""Subjects of several names: "Viện A và Trung tâm B", "Malaysia, Oman và Pháp", "Ngành A, B"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from extractors import rank_words, ranked_names
from extractors.letters import CAPITAL

if TYPE_CHECKING:
    from corpus.facts import Span

_JOINED = re.compile(r"(?:\A|[,.;:(][ ])(?P<names>[^,.;:()]{2,60})(?:[ ]và[ ]?|(?P<comma>,)[ ]?)\Z")
_LOCATED = re.compile(r"(?:thành[ ]phố|thị[ ]xã|tỉnh|huyện|quận|xã|phường|TP\.?)[ ]?[" + CAPITAL + r"]")
_NAME = r"(?:[" + CAPITAL + r"][\w-]*(?:\.\w+)*(?:[ ](?!và[ ])[\w-]+){0,4})"
# "Malaysia, Oman | và ...", to the left of the last name
_ENUMERATED = re.compile(rf"(?<!\w)(?:{_NAME},[ ]){{1,9}}{_NAME}[ ]và[ ]?\Z")
# "gồm | Malaysia, Oman và Pháp"
ENUMERATION = rf"(?:{_NAME},[ ]){{1,9}}{_NAME}[ ]và[ ]{_NAME}"
"""Names in a row, as a piece of an expression."""
_MOST_JOINED = 7
"""Words of the names that are joined to a subject."""
_AS = re.compile(r"\A.*[ ](?:là|như|gồm)[ ](?=[" + CAPITAL + r"])")
_FURTHEST = 160
"""Code points of an enumeration in front of the last name."""


def with_others(text: str, before: Span, subject: str, end: int) -> str:
    """The subject with the names joined to it; a place that only says where the name before is gives way."""
    start = text.find(subject, before.end, end)
    if start < 0 or text[before.end : start].strip():
        return subject
    listed = _ENUMERATED.search(text, max(before.start, before.end - _FURTHEST), before.end)
    if listed and subject[0].isupper() and not _opens_with_adverbial(listed[0]):
        return text[listed.start() : start + len(subject)]
    joined = _JOINED.search(text[before.start : before.end])
    if joined is None:
        return subject
    lead = rank_words.connectors().match(joined["names"])
    names = _AS.sub("", joined["names"][lead.end() if lead else 0 :])
    if not _is_another_name(names):
        return subject
    body = rank_words.begins("organisation").match(names) and not _LOCATED.match(names)
    if joined["comma"] and _LOCATED.match(subject) and body:
        return names
    fits = rank_words.begins("field").match(names) if joined["comma"] else ranked_names.is_proper(subject)
    return text[before.start + joined.end("names") - len(names) : start + len(subject)] if fits else subject


# "điện thoại | và linh kiện"
_FIRST_OF_TWO = re.compile(r"(?:\A|[,.;:\n][ ])(?P<first>[^\W\d_][^,.;:()\n]{1,30})[ ]và\Z")


def both(text: str, before: Span, clause: str) -> str | None:
    """Two common nouns that "và" joins to one subject; the clause is what follows "và"."""
    match = _FIRST_OF_TWO.search(text[before.start : before.end])
    second = clause.strip()
    cut = rank_words.predicate().search(second)
    second = second[: cut.start()].strip() if cut else second
    if match is None or not match["first"][1:].islower() or not second.islower():
        return None
    words = match["first"].split() + second.split()
    if len(words) > _MOST_JOINED or any(
        rank_words.begins(role).match(match["first"]) for role in ("function", "connector", "measure")
    ):
        return None
    if rank_words.predicate().search(match["first"]):
        return None
    return f"{match['first']} và {second}"


def _is_another_name(names: str) -> bool:
    if not ranked_names.is_proper(names) or len(names.split()) > _MOST_JOINED:
        return False
    return not (rank_words.predicate().search(names) or _opens_with_adverbial(names))


def _opens_with_adverbial(names: str) -> bool:
    """Whether what looks like a name says when or where: "Trong ASEAN, ..."."""
    return bool(rank_words.begins("adverbial").match(names) or rank_words.predicate().search(names))
