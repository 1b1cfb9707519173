"""Marks facts in a text for people, by spaCy's displaCy."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from spacy import displacy

from extractors.component import SPANS_KEY, annotate, vietnamese

if TYPE_CHECKING:
    from collections.abc import Sequence

    from spacy.tokens import Doc

    from corpus.article import Article
    from corpus.facts import Fact

_COLOURS = {
    "DECISION": "#f4a3a3",
    "DATE": "#a9d6f5",
    "PERCENTAGE": "#b8e6b8",
    "RANKING": "#f7d794",
    "QUANTITY": "#d7bde2",
    "ENTITY": "#d5dbdb",
}


def html(article: Article, facts: Sequence[Fact]) -> str:
    """A whole HTML page: the article's text with every fact underlined and named by its kind."""
    doc = annotate(vietnamese().make_doc(article.text), facts)
    options = {"colors": _COLOURS}
    page: str = displacy.render(
        _parsed(doc), style="span", page=True, jupyter=False, options=options, manual=True
    )
    return page


def _parsed(doc: Doc) -> dict[str, Any]:
    """What displaCy makes of a Doc itself, but without its warning where there are no spans."""
    spans = [
        {"start_token": span.start, "end_token": span.end, "label": span.label_, "kb_id": "", "kb_url": "#"}
        for span in doc.spans[SPANS_KEY]
    ]
    tokens = [token.text for token in doc]
    return {"text": doc.text, "spans": spans, "tokens": tokens, "settings": {"lang": doc.lang_}}
