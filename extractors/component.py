"""trichtin inside spaCy: a Vietnamese tokenizer on underthesea and the component `trichtin_facts`.

nlp = extractors.component.vietnamese()
nlp.add_pipe("trichtin_facts", config={"published": "2021-06-20"})
doc = nlp("Ngày 15/6, Thủ tướng Chính phủ ban hành Quyết định số 942/QĐ-TTg.")
doc._.facts              # the facts, as `extract` gives them, offsets counting in doc.text
doc.user_data["trichtin"]  # the same as plain rows, which go wherever a Doc is written or sent
doc.spans["trichtin"]    # the same as spans of whole tokens, labelled by kind, for displaCy
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry

from corpus.article import Article
from corpus.facts import FACTS
from extractors import extract
from extractors.document import Document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from spacy.vocab import Vocab

    from corpus.facts import Fact

SPANS_KEY = "trichtin"
"""Where `doc.spans` holds the facts, and `doc.user_data` their rows."""

_DAYS = ("start_date", "end_date")


def facts_of(doc: Doc) -> tuple[Fact, ...]:
    """What `doc._.facts` gives: the facts of the rows that `annotate` put on the Doc."""
    return tuple(_fact(row) for row in doc.user_data.get(SPANS_KEY, ()))


def _fact(row: Mapping[str, Any]) -> Fact:
    """What `Fact.row` was made of."""
    values: dict[str, Any] = {
        key: date.fromisoformat(value) if key in _DAYS else value for key, value in row.items()
    }
    return FACTS[values.pop("kind")](**values)


# spaCy keeps extensions in one global table: importing this module is what declares ours.
Doc.set_extension("facts", getter=facts_of, force=True)


def vietnamese() -> Language:
    """A blank `vi` pipeline whose words are underthesea's; `doc.text` is the text cleaned (NFC)."""
    return spacy.blank("vi", config={"nlp": {"tokenizer": {"@tokenizers": "trichtin.underthesea.v1"}}})


@registry.tokenizers("trichtin.underthesea.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> object:
    """What the config of a pipeline names."""
    return lambda nlp: UndertheseaTokenizer(nlp.vocab)


class UndertheseaTokenizer:
    """Text to Doc: the words of the cleaned text, white space kept, so that offsets agree."""

    def __init__(self, vocab: Vocab) -> None:
        """Words are kept in the pipeline's vocabulary."""
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The Doc of a text; its `text` is `corpus.text.clean(text)`."""
        document = Document(Article.from_text(text))
        words, spaces = [], []
        for word, space in _with_spaces(document):
            words.append(word)
            spaces.append(space)
        return Doc(self.vocab, words=words, spaces=spaces)

    def to_disk(self, *_: object, **__: object) -> None:
        """Nothing to keep: underthesea brings its model."""

    def from_disk(self, *_: object, **__: object) -> UndertheseaTokenizer:
        """Nothing to read."""
        return self

    def to_bytes(self, **__: object) -> bytes:
        """Nothing to keep."""
        return b""

    def from_bytes(self, *_: object, **__: object) -> UndertheseaTokenizer:
        """Nothing to read."""
        return self


def _with_spaces(document: Document) -> Iterator[tuple[str, bool]]:
    """Every character once: words and what is between them, each with whether one space follows."""
    at, text = 0, document.text
    for line in document.lines:
        for token in document.tokens(line):
            if token.start > at:
                yield text[at : token.start], False
            at = token.end + (text[token.end : token.end + 1] == " ")
            yield text[token.start : token.end], at > token.end
    if at < len(text):
        yield text[at:], False


@Language.factory("trichtin_facts", default_config={"published": None})
class FactsComponent:
    """The pipe that finds facts; `published` (ISO day) is what relative dates are resolved against."""

    def __init__(self, nlp: Language, name: str, published: str | None) -> None:
        """As spaCy calls factories."""
        del nlp, name
        self.published = date.fromisoformat(published) if published else None

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with `doc._.facts` and `doc.spans["trichtin"]`."""
        return annotate(doc, extract(Article(doc.text, published=self.published)))


def annotate(doc: Doc, facts: Sequence[Fact]) -> Doc:
    """Puts facts of the Doc's text on it. Spans grow to whole tokens, `doc._.facts` keeps exact offsets."""
    doc.user_data[SPANS_KEY] = [fact.row() for fact in facts]
    spans = (
        doc.char_span(fact.start, fact.end, label=fact.kind.upper(), alignment_mode="expand")
        for fact in facts
    )
    doc.spans[SPANS_KEY] = [span for span in spans if span is not None]
    return doc
