"""The noun phrase that a clause in front of a ranking is about, as its subject or as what it is ranked in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from corpus.facts import Span
from extractors import rank_topics, rank_words, ranked_names, wordlists


@dataclass(frozen=True, slots=True)
class Clause:
    """Who and in what, where the clause says it."""

    subject: str | None = None
    index: str | None = None


_BOUNDARY = re.compile(
    r"(?<![0-9]),|,(?![0-9])|[;:()“”\"\n\[\]]|(?<![0-9])[ ]?[–…][ ]?|[–][ ](?![0-9])|[ ]-[ ](?-i:(?=[A-ZĐ]))"
    r"|(?<!\w)(?:và|nhưng|song|trong[ ]khi(?:[ ]đó)?|tuy[ ]nhiên|thì|đồng[ ]thời)(?!\w)",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\([^()\n]{0,160}\)")
_OWNER = re.compile(r"(?P<what>.*?)[ ]của[ ](?P<who>[^,;]*)\Z", re.DOTALL)
_ECONOMY = re.compile(r"(?:nền[ ]kinh[ ]tế|nước|riêng)[ ]", re.IGNORECASE)
_RANK_OF = re.compile(rf"(?:vị[ ]trí[ ]|{rank_topics.LISTS}[ ]?)(?:về[ ]|của[ ])?", re.IGNORECASE)
_FIGURES = re.compile(r"[0-9%]")
_MOST_COMMON = 9
"""Words of a subject that is no name ("phân khúc nhà giá rẻ")."""


@cache
def _predicate() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?<=[ ])|\A)(?!xếp[ ]hạng[ ](?!thứ|[0-9]))(?:chỉ(?![ ](?:số|tiêu))|mới(?![ ]\w+[ ]sáng)"
        rf"|{rank_words.any_of('predicate')})(?!\w)",
        re.IGNORECASE,
    )


@cache
def _connectors() -> re.Pattern[str]:
    return re.compile(
        rf"(?:(?:{rank_words.any_of('connector')}(?!\w)|[-•+]|(?:kể[ ])?từ[ ][^\n]{{2,30}}?[ ]đến[ ]nay)"
        r"[ ]{0,2})+",
        re.IGNORECASE,
    )


@cache
def _alone() -> re.Pattern[str]:
    """A phrase that only points: "nước ta", "vị trí này", "mục tiêu ..."."""
    return re.compile(rf"(?:{rank_words.any_of('pronoun')}|mục[ ]tiêu.*)\Z", re.IGNORECASE)


def _is_verb(phrase: str, at: int) -> bool:
    """Whether a verb of two syllables or more begins there; one alone is too often part of a name."""
    found = _classes().at(phrase, at)
    if found is None or " " not in phrase[at : found[1]]:
        return False
    return found[0] in ("verb", "predicate", "auxiliary")


@cache
def _classes() -> wordlists.Phrasebook:
    return wordlists.Phrasebook(wordlists.classes("phrase_ends", "word", "class"))


def nearest(text: str, left: Span, *, tail: bool = False, modifies: bool = False) -> Clause:
    """The subject of the clause, from the nearest noun phrase in front of the ranking leftwards.

    `tail`: what `left` begins with is the end of the ranking before; `modifies`: a noun right in front of the
    ranking says in what it is ("đối tác đầu tư | lớn thứ hai"). Somebody's report ends the search.
    """
    index, end, is_nearest = None, left.end, True
    aside = [match.span() for match in _ASIDE.finditer(text, left.start, left.end)]
    cuts = [match.span() for match in _BOUNDARY.finditer(text, left.start, left.end)]
    pieces = [(right, before) for before, right in reversed(cuts)]
    for start, cut in pieces if tail else [*pieces, (left.start, -1)]:
        clause = text[start:end]
        if rank_words.ends("reports").search(clause.rstrip() + " "):
            break
        if clause.strip() and not any(a < start and end < b for a, b in aside):
            found = of_clause(clause, nearest=is_nearest and not _is_joined(text, start))
            if modifies and is_nearest and not is_predicated(clause):
                found = _as_index(found)
            index = index or (found.index if is_nearest or found.subject else None)
            if found.subject:
                return Clause(_with_others(text, Span(left.start, start), found.subject, end), index)
            is_nearest = is_nearest and not _words_of(clause)
        end = cut
    return Clause(None, index)


def _is_joined(text: str, start: int) -> bool:
    """Whether "và" joins the clause to the one before, with no noun of its own that "các" would open."""
    return text.endswith("và", 0, start) and not text.startswith((" các ", " những "), start)


def _as_index(found: Clause) -> Clause:
    """A noun that the ranking modifies says in what; a name stays who is ranked."""
    if found.subject is None or is_proper(found.subject):
        return found
    return Clause(None, found.subject)


def _with_others(text: str, before: Span, subject: str, end: int) -> str:
    """The subject with the names that "và" joins to it: "Viện A và Trung tâm B"."""
    start = text.find(subject, before.end, end)
    joined = re.search(
        r"(?:\A|[,.;:(][ ])(?P<names>[^,.;:()]{2,60})[ ]và[ ]?\Z", text[before.start : before.end]
    )
    if joined is None or start < 0 or text[before.end : start].strip():
        return subject
    names = joined["names"]
    lead = _connectors().match(names)
    names = names[lead.end() :] if lead else names
    if not is_proper(names) or not is_proper(subject) or _predicate().search(names) or len(names.split()) > 7:
        return subject
    if rank_words.begins("adverbial").match(names):
        return subject
    return text[before.start + joined.start("names") + (lead.end() if lead else 0) : start + len(subject)]


def _words_of(clause: str) -> str:
    """What a clause says before its predicate, without its connectors."""
    bare = clause.strip()
    lead = _connectors().match(bare)
    bare = bare[lead.end() :] if lead else bare
    predicate = _predicate().search(bare)
    return (bare[: predicate.start()] if predicate else bare).strip()


def of_clause(clause: str, *, nearest: bool = False) -> Clause:
    """What one clause is about; `nearest`: no other noun phrase stands between it and the ranking."""
    phrase = _name_alone(_words_of(clause))
    adverbial = rank_words.begins("adverbial").match(phrase)
    organisation = rank_words.begins("organisation").match(phrase)
    if organisation and is_proper(phrase) and not _OWNER.match(phrase):
        return Clause(phrase)
    place = _subject_place(phrase, at_end=bool(adverbial))
    if place:
        return _split(phrase, place, owned_only=bool(adverbial))
    if adverbial or not phrase or _alone().match(phrase) or len(phrase.split()) > 12:
        return Clause()
    if is_proper(phrase, publisher=nearest) or phrase.lower().startswith("ngành "):
        owner = _OWNER.match(phrase)
        return Clause(owner["who"], owner["what"]) if owner and is_proper(owner["who"]) else Clause(phrase)
    return _unnamed(phrase, nearest=nearest)


def _unnamed(phrase: str, *, nearest: bool) -> Clause:
    """A phrase without a name: what is measured, or who is ranked ("phân khúc nhà giá rẻ")."""
    measure = rank_words.begins("measure").match(phrase) or phrase.lower() in ranked_names.index_names()
    if nearest and not measure and _is_common_noun(phrase):
        return Clause(phrase)
    return Clause(None, _measure(phrase))


def _is_common_noun(phrase: str) -> bool:
    """Whether a phrase without a name can be who is ranked: "phân khúc nhà giá rẻ"."""
    words = phrase.split()
    if not 2 <= len(words) <= _MOST_COMMON or not phrase[0].isalpha() or _FIGURES.search(phrase):
        return False
    return not rank_words.begins("function").match(phrase) or phrase.lower().startswith(("các ", "những "))


def _name_alone(phrase: str) -> str:
    """A phrase that begins with a name, up to the verb behind it: "Ngân tham gia ..." -> "Ngân"."""
    words = list(re.finditer(r"\S+", phrase))
    for number, word in enumerate(words[1:], start=1):
        if words[number - 1][0][0].isupper() and word[0].islower() and _is_verb(phrase, word.start()):
            return phrase[: words[number - 1].end()]
    return phrase


def _measure(phrase: str) -> str | None:
    """The phrase as an index ("xuất khẩu", "Tiếp cận điện năng"), where it can be one."""
    measure = rank_words.begins("measure").match(phrase) or phrase.lower() in ranked_names.index_names()
    function = rank_words.begins("function").match(phrase)
    titled = phrase[0].isupper() and 2 <= len(phrase.split()) <= 6 and not function
    if not (measure or titled) or len(phrase.split()) > 9 or _FIGURES.search(phrase):
        return None
    return _RANK_OF.sub("", phrase, count=1).removeprefix("lĩnh vực ").removeprefix("Lĩnh vực ") or None


def _split(phrase: str, place: Span, *, owned_only: bool) -> Clause:
    """Subject and index of a noun phrase that names a place: "sức mua của khách Thái Lan"."""
    name = phrase[place.start : place.end]
    owner = _OWNER.match(phrase[: place.end])
    if owner and not owned_only:
        who = _ECONOMY.sub("", owner["who"])
        what = _RANK_OF.sub("", owner["what"], count=1)
        return Clause(who if len(who.split()) <= 5 else name, what.removeprefix("lĩnh vực ") or None)
    before = phrase[: place.start].strip()
    short = len(before.split()) <= 4 and not rank_words.begins("measure").match(phrase)
    if not owned_only and before and short and place.end == len(phrase):
        return Clause(_ECONOMY.sub("", phrase))
    return Clause(name)


def _subject_place(phrase: str, *, at_end: bool) -> Span | None:
    """The last place that can be the subject; in an adverbial only one that ends it."""
    best = None
    for span, kind in ranked_names.places(phrase, Span(0, len(phrase))):
        if kind in ranked_names.SUBJECT_KINDS and not ranked_names.AT.search(
            phrase[max(0, span.start - 30) : span.start]
        ):
            best = span
    return None if best is None or (at_end and best.end != len(phrase)) else best


def is_proper(phrase: str, *, publisher: bool = False) -> bool:
    """Whether it reads as a name: two capitals, or one capital word alone; a publisher only if allowed."""
    capitals = [word for word in phrase.split() if word[0].isupper()]
    published = phrase in ranked_names.publishers() and not publisher
    if not capitals or published or phrase.lower() in ranked_names.index_names():
        return False
    if rank_words.begins("pronoun").fullmatch(phrase):
        return False
    return (
        2 <= len(capitals) >= len(phrase.split()) / 3
        or len(phrase.split()) == 1
        or (not phrase[0].isupper() and len(phrase.split()) <= 6)
    )


def is_predicated(phrase: str) -> bool:
    """Whether a verb stands in the phrase, so that it is no noun phrase."""
    return bool(_predicate().search(phrase))
