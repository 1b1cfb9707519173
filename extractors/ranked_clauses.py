"""The noun phrase that a clause in front of a ranking is about, as its subject or as what it is ranked in."""

from __future__ import annotations

import re
from functools import cache

from corpus.facts import Span
from extractors import (
    rank_words,
    ranked_joined,
    ranked_names,
    ranked_nouns,
    ranked_wholes,
)
from extractors.letters import CAPITAL

_ABBREVIATED = r"\([A-Z][\w .-]{1,14}\)[ ]của[ ]"
_ASIDE = re.compile(r"\([^()\n]{0,160}\)")
# "..., chỉ sau Singapore và Thái Lan, tức | vị trí thứ ba"
_THAT_IS = re.compile(r",[ ](?:tức|nghĩa)(?:[ ]là)?[ ](?:ở[ ])?\Z")
# "do Viện Quản trị công bố" tells who ranks
_RANKED_BY = re.compile(
    r"[ ][^,;]*[ ](?:công[ ]bố|bình[ ]chọn|đánh[ ]giá|thực[ ]hiện|xếp[ ]hạng|trao(?:[ ]tặng)?|tổ[ ]chức)"
    r"[ ]{0,2}\Z",
    re.IGNORECASE,
)
# The dash of a province's own name
_IN_NAMES = r"(?<!Bà[ ]Rịa)(?<!Thừa[ ]Thiên)(?<!Phan[ ]Rang)"


@cache
def _boundary() -> re.Pattern[str]:
    """Punctuation (not in "(PPP) của"); conjunctions; "nhấn mạnh | Lào", "đã làm cho | môi trường đầu tư"."""
    nouns = "|".join(map(rank_words.any_of, ("measure", "noun", "organisation", "office", "field")))
    noun = rf"(?:{nouns})(?!\w)"
    named = rf"(?=[ ]{{1,2}}(?:rằng[ ])?(?:(?-i:[{CAPITAL}])|{noun}))"
    return re.compile(
        rf"(?<![0-9]),|,(?![0-9])|[;:“”\"\n\[\]]|(?<![0-9]){_IN_NAMES}[ ]?[–…][ ]?|[–][ ](?![0-9])"
        rf"|(?!{_ABBREVIATED})\(|\)(?![ ]của[ ])|{_IN_NAMES}[ ]-[ ](?-i:(?=[{CAPITAL}]))"
        r"|[ ][-–][ ](?=(?:một|vị|người|nhà|nước|quốc|đơn|tỉnh|công|doanh|hãng|trường|địa|nơi|đội|thành|thủ"
        r"|chủ)[ ])"
        r"|(?<!\w)(?:và|nhưng|song|trong[ ]khi(?:[ ]đó)?|tuy[ ]nhiên|thì|đồng[ ]thời|khi|việc|do|vì|dù"
        r"|nếu)(?!\w)|(?<!\w)còn(?=[ ](?-i:[" + CAPITAL + r"]))"
        rf"|(?<!\w)(?<!được[ ])(?:{rank_words.any_of('says')}|{rank_words.any_of('makes')}){named}",
        re.IGNORECASE,
    )


def nearest(text: str, left: Span, *, tail: bool = False, modifies: bool = False) -> ranked_nouns.Clause:
    """The subject of the clause, from the nearest noun phrase in front of the ranking leftwards.

    `tail`: what `left` begins with is the end of the ranking before; `modifies`: a noun right in front of the
    ranking says in what it is ("đối tác đầu tư | lớn thứ hai"). Somebody's report ends the search.
    """
    if _THAT_IS.search(text, left.start, left.end):
        return ranked_nouns.Clause()
    index, end, is_nearest = None, left.end, True
    aside = [match.span() for match in _ASIDE.finditer(text, left.start, left.end)]
    whole = ranked_wholes.wholes(text, left)
    cuts = [match.span() for match in _boundary().finditer(text, left.start, left.end)]
    cuts = [cut for cut in cuts if not any(kept.start < cut[0] < kept.end for kept in whole)]
    pieces = [(right, before) for before, right in reversed(cuts)]
    for start, cut in pieces if tail else [*pieces, (left.start, -1)]:
        clause = text[start:end]
        if rank_words.ends("reports").search(clause.rstrip() + " "):
            break
        passed_over = any(a < start and end < b for a, b in aside) or _is_aside(text, Span(start, end))
        passed_over = passed_over or bool(text.endswith("do", 0, start) and _RANKED_BY.match(clause))
        if passed_over and modifies and is_nearest:
            index = index or ranked_nouns.words_of(clause) or None
        if clause.strip() and not passed_over:
            partner = bool(rank_words.begins("partner").match(ranked_nouns.words_of(clause)))
            both = ranked_joined.both(text, Span(left.start, start), clause) if is_nearest else None
            found = (
                ranked_nouns.Clause(both)
                if both
                else ranked_nouns.of_clause(
                    clause, nearest=is_nearest and (partner or not _is_joined(text, start))
                )
            )
            modifies = modifies or partner
            if modifies and is_nearest and not ranked_nouns.is_predicated(clause):
                found = _as_index(found)
            if text.startswith(",", cut):
                head = max((stop for _, stop in cuts if stop <= cut), default=left.start)
                found = _with_head(text, Span(head, cut), found)
            index = index or (found.index if is_nearest or found.subject else None)
            if found.subject:
                return ranked_nouns.Clause(
                    ranked_joined.with_others(text, Span(left.start, start), found.subject, end), index
                )
            is_nearest = is_nearest and not ranked_nouns.words_of(clause)
        if cut >= 0 and rank_words.begins("says").match(text, cut):
            break
        end = cut
    return ranked_nouns.Clause(None, index)


def _with_head(text: str, front: Span, found: ranked_nouns.Clause) -> ranked_nouns.Clause:
    """The clause with all that is measured, where a comma stands inside it: "giá xăng, | dầu của Lào"."""
    if found.subject is None or found.index is None:
        return found
    begun = ranked_nouns.words_of(text[front.start : front.end])
    follows = text.startswith(f", {found.index} của ", front.end)
    if not (follows and rank_words.begins("measure").match(begun)) or ranked_nouns.is_predicated(begun):
        return found
    whole = f"{begun}, {found.index}"
    return ranked_nouns.Clause(found.subject, ranked_nouns.RANK_OF.sub("", whole, count=1))


def _is_aside(text: str, clause: Span) -> bool:
    """Whether it is one more adjective ("nhân lực trẻ, dồi dào, ...") or says who somebody is.

    "A - người ...", "A, địa phương mới thành lập, ...".
    """
    words = text[clause.start : clause.end]
    begins = words.split()[:1]
    if text.endswith((" - ", " – "), 0, clause.start) and begins and begins[0].islower():
        return True
    measured = rank_words.begins("measure").match(words, 1)
    noun = rank_words.begins("noun").match(words, 1)
    if text.endswith(",", 0, clause.start) and words.islower() and noun and not measured:
        return True
    if not text.startswith(",", clause.end):
        return False
    listed = text.endswith(",", 0, clause.start) and not measured and ranked_nouns.is_common(words)
    return listed or (len(words.split()) <= ranked_nouns.ONE_WORD and words.islower())


def _is_joined(text: str, start: int) -> bool:
    """Whether "và" joins the clause to the one before, with no noun of its own that "các" would open."""
    return text.endswith("và", 0, start) and not text.startswith((" các ", " những "), start)


def _as_index(found: ranked_nouns.Clause) -> ranked_nouns.Clause:
    """A noun that the ranking modifies says in what; a name stays who is ranked."""
    if found.subject is None or ranked_names.is_proper(found.subject):
        return found
    return ranked_nouns.Clause(None, found.subject)
