"""The model of names: a small spaCy pipeline of our own that is asked about names that no rule knows.

`docs/names.md` is its card; `trichtin train-ner` makes it (`naming_lessons`, `models/names.cfg`).
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, cast

from corpus.facts import Span
from extractors.persons import MOST_SYLLABLES, OFFICES, is_foreign, title_before
from extractors.unnamed import runs
from extractors.wordlists import rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.language import Language
    from spacy.pipeline import EntityRecognizer
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

    from extractors.gazetteer import Word
    from extractors.unnamed import Run

MODEL = Path(__file__).parent / "models" / "names"
REACH = 8
"""Words on either side of an unknown name that the model is shown; it looks no further than three."""


def unknown_persons(lines: Sequence[Sequence[Word]], taken: set[int]) -> Iterator[Span]:
    """The persons among the runs of capitals that are no names yet (`taken`: offsets of those that are).

    For bodies and places the model is wrong more often than right where rules find nothing, so it is only
    believed about persons: names of two words and more that are foreign or stand behind a title, and that it
    takes for persons wherever the article names them.
    """
    asked = [(line, run) for line in lines for run in runs(line, taken) if _may_be_person(line, run)]
    labels: dict[str, set[str]] = {}
    for (line, run), label in zip(asked, _labels(asked), strict=True):
        labels.setdefault(_written(line, run), set()).add(label)
    for line, run in asked:
        if labels[_written(line, run)] == {"PER"}:
            yield Span(line[run.start].start, line[run.end - 1].end)


def _may_be_person(line: Sequence[Word], run: Run) -> bool:
    words = [word.text for word in line[run.start : run.end]]
    shortened = any(word.isupper() and len(word) > 1 for word in words)
    if not 1 < len(words) <= MOST_SYLLABLES or shortened or words[0] in OFFICES:
        return False
    if title_before(line, run.start) is not None:
        return True
    before = line[run.start - 1].text.lower() if run.start else ""
    return before not in _before_things() and any(map(is_foreign, words))


@cache
def _before_things() -> frozenset[str]:
    """Last words of what cars, firms, papers, houses and rivers are called; an opening bracket."""
    return frozenset(row["canonical"] for row in rows("before_things")) | {"("}


def _labels(asked: Sequence[tuple[Sequence[Word], Run]]) -> Iterator[str]:
    """What the model takes each run for, "" where it is no name or only a part of it is."""
    if not asked:
        return
    model = load(MODEL)
    docs = [as_doc(model.vocab, _around(line, run)) for line, run in asked]
    namer = cast("EntityRecognizer", model.get_pipe("ner"))
    namer.set_annotations(docs, namer.predict(docs))
    for (_, run), doc in zip(asked, docs, strict=True):
        first = max(0, run.start - REACH)
        whole = (run.start - first, run.end - first)
        yield next((ent.label_ for ent in doc.ents if (ent.start, ent.end) == whole), "")


def _written(line: Sequence[Word], run: Run) -> str:
    return " ".join(word.text for word in line[run.start : run.end])


def _around(line: Sequence[Word], run: Run) -> Sequence[Word]:
    return line[max(0, run.start - REACH) : run.end + REACH]


def as_doc(vocab: Vocab, words: Sequence[Word]) -> Doc:
    """Words of a line as spaCy sees them; what is no single space between them is none."""
    from spacy.tokens import Doc  # seconds of import, and most articles ask nothing

    spaces = [behind.start > word.end for word, behind in pairwise(words)]
    return Doc(vocab, words=[word.text for word in words], spaces=[*spaces, False])


@cache
def load(path: Path) -> Language:
    """The pipeline kept at a path; read once."""
    import spacy

    return spacy.load(path)
