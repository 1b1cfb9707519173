"""Which document each mention names. It hangs on the mentions alone, not on the order they came in."""

from __future__ import annotations

import re
from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING

from warehouse.document_blocks import resolve_block
from warehouse.document_laws import TYPES, resolve_laws
from warehouse.document_mentions import Resolved
from warehouse.document_numbers import cited, said_term
from warehouse.document_titles import resolve_titles
from warehouse.document_words import common, pairs

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.document_blocks import Cited
    from warehouse.document_mentions import Candidate, Mention
    from warehouse.document_numbers import Citation

NEAR = 80
"""Characters behind a number in which its term is looked for, or a local body whose it is."""

_LOCAL = re.compile(
    r"^[^.;,]{0,40}?\bcủa (?:chủ tịch )?(?:UBND|HĐND|[UỦ]ỷ ban nhân dân|Ủy ban nhân dân|Hội đồng nhân dân)\b",
    re.IGNORECASE,
)
_TERM = re.compile(r"[Kk]h[oó][aá]\s+([XVI]+|\d+)\b")


def resolve(mentions: Sequence[Mention]) -> dict[str, Resolved]:
    """The document of each mention, by fact; what nothing resolves is left out."""
    laws = [mention for mention in mentions if mention.doc_type in TYPES]
    others = _with_words([mention for mention in mentions if mention.doc_type not in TYPES])
    found, documents = resolve_laws(laws)
    blocks: defaultdict[tuple[str, str], list[Cited]] = defaultdict(list)
    untitled = []
    for mention in others:
        citation = _citation(mention)
        if citation:
            blocks[citation.kind, citation.ordinal].append((mention, citation))
        else:
            untitled.append(mention)
    for key in sorted(blocks):
        resolved, made = resolve_block(blocks[key])
        found |= resolved
        documents += made
    _refer([*laws, *others], found, documents)
    named, _ = resolve_titles(untitled, documents)
    return found | named


def _with_words(mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions with the words that tell what they speak of."""
    in_articles = sorted(mentions, key=attrgetter("article", "start"))  # One says again what it has said.
    told = {mention.fact: pairs(mention) for mention in in_articles}
    empty = common((mention.story, told[mention.fact]) for mention in mentions)
    return [mention._replace(about=told[mention.fact] - empty) for mention in mentions]


def _citation(mention: Mention) -> Citation | None:
    if not mention.number:
        return None
    behind = mention.sentence.partition(mention.surface)[2][:NEAR]
    citation = cited(mention.doc_type, mention.number, mention.issuer, mention.issued_on)
    if citation and citation.bare and citation.kind != "NĐ" and not citation.local and _LOCAL.match(behind):
        citation = cited(mention.doc_type, mention.number, "Ủy ban nhân dân", mention.issued_on)
    if citation is None or citation.period:
        return citation
    term = _TERM.search(behind)
    return citation._replace(period=said_term(citation.issuer, term[1])) if term else citation


def _refer(mentions: Sequence[Mention], found: dict[str, Resolved], documents: list[Candidate]) -> None:
    """Short mentions are what the mention in full is (`Nghị quyết 17`: `Nghị quyết số 17/NQ-CP`)."""
    at = {(mention.article, mention.start): mention.fact for mention in mentions}
    by_name = {document.name: document for document in documents}
    for mention in mentions:
        full = mention.refers_to is not None and at.get((mention.article, mention.refers_to))
        if full and full in found and found[full].document in by_name:
            found[mention.fact] = Resolved(found[full].document, 0.97, "short form in the article")
            by_name[found[full].document].add(mention)
