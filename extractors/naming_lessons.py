"""What the model of names learns from: weak labels of many articles, and people's labels of a few.

Rules and gazetteers label what they know. What they leave open (`unnamed`) teaches nothing, unless
underthesea.ner, asked about a sample of the articles, votes for it; what it says besides is not listened to.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import spacy
from spacy.tokens import Doc, DocBin
from spacy.tokens import Span as Tokens
from spacy.util import filter_spans
from underthesea import ner

from corpus.syllables import is_syllable
from extractors import decisions, entities
from extractors.document import Document, align
from extractors.gazetteer import words
from extractors.namer import as_doc
from extractors.ownership import Ownership
from extractors.unnamed import runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corpus.article import Article
    from extractors.gazetteer import Word

SEED = 7
_SWAPPED = 0.3
"""Part of the sentences that are learned once more with foreign words for names, so that context counts."""
_REPEATED = 4
"""How often what people labelled is learned for once of what rules say."""
_SHORTEST, _MOST = 4, 60

Offsets = tuple[int, int]


class Lessons:
    """Sentences with their names. The same articles in the same order give the same lessons."""

    def __init__(self) -> None:
        """No sentence is known yet."""
        self.voted = 0
        self._vocab = spacy.blank("xx").vocab
        self._docs: list[Doc] = []
        self._strange: list[str] = []
        self._chance = random.Random(SEED)  # noqa: S311 (no secret)

    @property
    def sentences(self) -> tuple[Doc, ...]:
        """The sentences as they are learned."""
        return tuple(self._docs)

    def __len__(self) -> int:
        """How many sentences there are."""
        return len(self._docs)

    def add(self, article: Article, *, vote: bool = False) -> None:
        """The rules' names in an article that nobody has labelled; `vote`: underthesea.ner is asked, too."""
        document = Document(article)
        known = _by_rules(document)
        taken = {at for start, end in known for at in range(start, end)}
        self.voted += vote
        for line in _sentences(document):
            unknown = [(line[run.start].start, line[run.end - 1].end) for run in runs(line, taken)]
            self._strange += [w.text for w in line if not is_syllable(w.text) and _within(w, unknown)]
            votes = _votes(document, line) if vote and unknown else {}
            named = known | {span: votes[span] for span in unknown if span in votes}
            unsure = [span for span in unknown if not vote or _disputed(span, votes)]
            self._learn(line, named, unsure)

    def add_labelled(self, article: Article, named: Mapping[Offsets, str]) -> None:
        """What a person read in an article; what is not labelled there is no name."""
        for line in _sentences(Document(article)):
            for _ in range(_REPEATED):
                self._learn(line, named, [])

    def save(self) -> bytes:
        """All sentences in an order that is the same every time, as spaCy reads them."""
        self._chance.shuffle(self._docs)
        return DocBin(docs=self._docs).to_bytes()

    def _learn(self, line: Sequence[Word], named: Mapping[Offsets, str], unsure: Sequence[Offsets]) -> None:
        doc = as_doc(self._vocab, line)
        labelled = filter_spans(
            [span for span in (_span(doc, line, *item) for item in named.items()) if span]
        )
        taken = {token.i for span in labelled for token in span}
        spans = [_span(doc, line, offsets, "") for offsets in unsure]
        missing = [span for span in spans if span and not taken & set(range(span.start, span.end))]
        doc.set_ents(labelled, missing=missing, default="outside")
        self._docs.append(doc)
        if labelled and len(self._strange) > 100 and self._chance.random() < _SWAPPED:
            self._docs.append(self._swapped(doc))

    def _swapped(self, doc: Doc) -> Doc:
        """The sentence with foreign words for the capitalised ones of its names but long ones of bodies."""
        known = {token.i for ent in doc.ents if ent.label_ == "ORG" and len(ent) > 2 for token in ent}
        written = [
            self._chance.choice(self._strange)
            if token.ent_type_ and token.i not in known and token.text[0].isupper()
            else token.text
            for token in doc
        ]
        other = Doc(self._vocab, words=written, spaces=[bool(token.whitespace_) for token in doc])
        unsure = [other[token.i : token.i + 1] for token in doc if token.ent_iob == 0]
        named = [Tokens(other, ent.start, ent.end, label=ent.label_) for ent in doc.ents]
        other.set_ents(named, missing=unsure, default="outside")
        return other


def _span(doc: Doc, line: Sequence[Word], offsets: Offsets, label: str) -> Tokens | None:
    """The words of a line that stand at offsets; None where they are not whole words of it."""
    begin = next((place for place, word in enumerate(line) if word.start == offsets[0]), None)
    end = next((place for place, word in enumerate(line) if word.end == offsets[1]), None)
    return None if begin is None or end is None else Tokens(doc, begin, end + 1, label=label)


def _within(word: Word, spans: Sequence[Offsets]) -> bool:
    return any(start <= word.start < end for start, end in spans)


def _disputed(span: Offsets, votes: Mapping[Offsets, str]) -> bool:
    """Whether the vote names something else there: a part, or more."""
    return span not in votes and any(start < span[1] and span[0] < end for start, end in votes)


def _by_rules(document: Document) -> dict[Offsets, str]:
    owned = Ownership()
    owned.asking = "decision"
    cited = decisions.annotate(document, decisions.find(document, owned), [])
    owned.asking = "entity"
    return {(e.start, e.end): e.label for e in entities.find_by_rules(document, owned, cited)}


def _sentences(document: Document) -> Iterator[list[Word]]:
    """The sentences that have a name or could have one, cut to a bearable length."""
    for sentence in document.sentences:
        line = list(words(document.text, sentence))
        if len(line) >= _SHORTEST and any(word.capital for word in line[1:]):
            for start in range(0, len(line), _MOST):
                yield line[start : start + _MOST]


def _votes(document: Document, line: Sequence[Word]) -> dict[Offsets, str]:
    """The names that underthesea.ner finds in a sentence."""
    start, end = line[0].start, line[-1].end
    tagged = ner(document.text[start:end])
    spans = list(align(document.text, [word for word, *_ in tagged], start, end))
    if len(spans) != len(tagged):
        return {}
    found: dict[Offsets, str] = {}
    last: Offsets | None = None
    for span, (*_, tag) in zip(spans, tagged, strict=True):
        begins, _, label = tag.partition("-")
        if begins == "I" and last:
            found[last[0], span.end] = found.pop(last)
            last = last[0], span.end
        elif begins == "B" and label in ("PER", "ORG", "LOC"):
            last = span.start, span.end
            found[last] = label
        else:
            last = None
    return found
