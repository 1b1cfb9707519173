"""trichtin as a part of spaCy: the tokenizer keeps every character, the pipe puts the facts on the Doc."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
import spacy
from extracted import facts
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

from corpus import Article, Fact
from corpus.text import clean
from extractors import extract
from extractors.component import SPANS_KEY, annotate, vietnamese
from extractors.display import html

TEXT = "Ngày 15/6,  Thủ tướng Chính phủ ban hành\n\n Quyết định số 942/QĐ-TTg; 48,27% hồ sơ."


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    pipeline = vietnamese()
    pipeline.add_pipe("trichtin_facts", config={"published": "2021-06-20"})
    return pipeline


def test_the_doc_holds_the_facts_of_the_text(nlp: spacy.language.Language) -> None:
    doc = nlp(TEXT)
    assert list(doc._.facts) == extract(Article.from_text(TEXT, published=date(2021, 6, 20)))
    assert {fact.kind for fact in doc._.facts} == {"date", "decision", "percentage", "entity"}
    for fact, span in zip(doc._.facts, doc.spans[SPANS_KEY], strict=True):
        assert span.label_ == fact.kind.upper()
        assert span.start_char <= fact.start < fact.end <= span.end_char


def test_words_are_those_of_underthesea(nlp: spacy.language.Language) -> None:
    words = [token.text for token in nlp.make_doc("Thủ tướng Chính phủ ban hành Quyết định")]
    assert words == ["Thủ tướng", "Chính phủ", "ban hành", "Quyết định"]


@settings(max_examples=100, deadline=None)
@given(text=st.text() | st.text(alphabet="ab \n.,5/%Đđ", max_size=40))
def test_no_character_is_lost(nlp: spacy.language.Language, text: str) -> None:
    assert nlp.make_doc(text).text == clean(text)


def test_a_saved_pipeline_loads_in_a_process_that_never_imported_us(
    nlp: spacy.language.Language, tmp_path: Path
) -> None:
    nlp.to_disk(tmp_path / "pipeline")
    program = "import spacy, sys; print(len(spacy.load(sys.argv[1])('Ngày 15/6/2021, 5%.')._.facts))"
    command = [sys.executable, "-c", program, str(tmp_path / "pipeline")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "2\n"


@pytest.mark.filterwarnings("ignore:.*use of fork:DeprecationWarning")
def test_facts_go_where_docs_go(nlp: spacy.language.Language) -> None:
    """To other processes, into bytes, into a DocBin."""
    doc = nlp(TEXT)
    found = tuple(extract(Article.from_text(TEXT, published=date(2021, 6, 20))))
    docs = DocBin(docs=[doc], store_user_data=True).to_bytes()
    again = [
        *nlp.pipe([TEXT, TEXT], n_process=2),
        Doc(nlp.vocab).from_bytes(doc.to_bytes()),
        *DocBin().from_bytes(docs).get_docs(nlp.vocab),
    ]
    assert [read._.facts for read in again] == [found] * 4
    assert {span.label_ for span in again[0].spans[SPANS_KEY]} == {fact.kind.upper() for fact in found}


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: fact.kind)
def test_every_fact_comes_back_from_a_doc(nlp: spacy.language.Language, fact: Fact) -> None:
    doc = annotate(nlp.make_doc("một hai"), [fact])
    assert Doc(nlp.vocab).from_bytes(doc.to_bytes())._.facts == (fact,)


def test_displacy_marks_every_fact() -> None:
    article = Article.from_text(TEXT, published=date(2021, 6, 20))
    page = html(article, extract(article))
    assert page.startswith("<!DOCTYPE html>")
    for label in ("DATE", "DECISION", "PERCENTAGE", "ENTITY"):
        assert label in page


def test_displacy_shows_a_text_without_facts(capfd: pytest.CaptureFixture[str]) -> None:
    page = html(Article.from_text("Không có gì & không có ai."), [])
    assert 'lang="vi"' in page
    assert "gì" in page
    assert "&amp;" in page
    assert capfd.readouterr().err == ""
