"""`trichtin extract`, `trichtin score`: read texts, store nothing."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.failures import Failure
from pipeline.tables import as_csv, as_json_lines, show_table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.annotation import Annotated as Gold
    from corpus.article import Article
    from corpus.facts import Fact


class FactFormat(StrEnum):
    """How `extract` prints facts."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"


def extract(
    file: Annotated[str, typer.Argument(help="A text or HTML file; - for standard input.")],
    published: Annotated[
        str | None, typer.Option(help="Publish date (2021-06-20): what relative dates count from.")
    ] = None,
    format: Annotated[FactFormat, typer.Option(help="How to print the facts.")] = FactFormat.table,  # noqa: A002
    explain: Annotated[
        bool, typer.Option("--explain", help="Say of each fact its rule, its figures and what lost to it.")
    ] = False,
) -> None:
    """Print the facts of one text or HTML file; nothing is stored.

    Examples:

    - `trichtin extract article.txt --published 2021-06-20`

    - `trichtin extract article.txt --explain`

    - `trichtin extract page.html --format html > facts.html`

    - `echo "Việt Nam xếp hạng 86/193." | trichtin extract - --format jsonl`
    """
    from extractors import extract as facts_of

    article = _article(file, published)
    if explain and format is not FactFormat.table:
        raise Failure("--explain prints lines of its own: leave --format out")
    if explain:
        _print_explanations(article)
    else:
        print_facts(article, facts_of(article), format)


def _article(file: str, published: str | None) -> Article:
    from corpus.article import Page
    from pipeline.importing import check_text, read_page
    from pipeline.sidecars import day
    from spiders.parsing import UnreadablePage, parse

    on = day(published, "--published") if published is not None else None
    declared = {"published": on.isoformat()} if on else {}
    if file == "-":
        if sys.stdin is None:
            raise Failure("standard input is closed")
        body = sys.stdin.buffer.read()
        html = check_text(body, "standard input").lstrip().startswith("<")
        content_type = "text/html" if html else "text/plain"
        read = Page("stdin:", body, datetime.now(UTC), content_type, declared=declared)
    else:
        read = read_page(Path(file), declared)
    try:
        return parse(read)
    except UnreadablePage as reason:
        raise Failure(f"{file}: {reason}") from None


def print_facts(article: Article, facts: Sequence[Fact], form: FactFormat) -> None:
    """Facts on stdout; the HTML form is displaCy's, with every span marked in the text."""
    rows = [fact.row() for fact in facts]
    if form is FactFormat.jsonl:
        typer.echo(as_json_lines(rows), nl=False)
    elif form is FactFormat.csv:
        columns = list(dict.fromkeys(name for row in _every_kind() for name in row))
        typer.echo(as_csv(columns, ([row.get(name) for name in columns] for row in rows)), nl=False)
    elif form is FactFormat.html:
        from extractors.display import html

        typer.echo(html(article, facts))
    else:
        show_table(("kind", "at", "text", "says", "rule"), map(_table_row, rows))


def _every_kind() -> list[list[str]]:
    """The names of a row of each kind, so that CSV files of different texts have the same columns."""
    from dataclasses import fields

    from corpus.facts import FACTS

    return [["kind", *(field.name for field in fields(kind))] for kind in FACTS.values()]


def _print_explanations(article: Article) -> None:
    from extractors.explaining import explain

    for explained in explain(article):
        fact = explained.fact
        typer.echo(f"{fact.kind} {fact.text!r} at {fact.start}-{fact.end}: {_says(fact.row())}")
        typer.echo(f"  by {fact.rule}, confidence {fact.confidence:.2f}")
        for figure in explained.figures:
            typer.echo(f"  built from {article.text[figure.start : figure.end]!r}")
        for claim in explained.lost:
            typer.echo(f"  over a {claim.kind} that asked for {article.text[claim.start : claim.end]!r}")


def _table_row(row: dict[str, object]) -> tuple[object, ...]:
    return row["kind"], f"{row['start']}-{row['end']}", row["text"], _says(row), row["rule"]


def _says(row: dict[str, object]) -> str:
    common = ("kind", "start", "end", "text", "rule", "confidence")
    own = {name: value for name, value in row.items() if name not in common and value not in (None, False)}
    return ", ".join(f"{name} {value}" for name, value in own.items())


def score(
    gold_dir: Annotated[Path, typer.Argument(help="Gold articles: NAME.txt + NAME.jsonl.")],
    save: Annotated[
        Path | None, typer.Option(help="Write the found facts here, one NAME.jsonl an article.")
    ] = None,
    show: Annotated[
        int, typer.Option(min=0, help="List up to so many errors of each kind, those in further fields last.")
    ] = 0,
) -> None:
    """Compare the found facts with gold, kind by kind.

    Examples:

    - `trichtin score ../shared/gold/seeds`

    - `trichtin score ../shared/gold/dev --show 10 --save found/`
    """
    from corpus import scoring
    from corpus.annotation import read_gold
    from extractors import extract as facts_of
    from pipeline.progress import progress

    if save and save.resolve() == gold_dir.resolve():
        raise Failure("--save would overwrite the gold: name another directory")
    gold = list(read_gold(gold_dir))
    found: list[tuple[Gold, Sequence[Fact]]] = []
    with progress("extracting", len(gold)) as advance:
        for annotated in gold:
            found.append((annotated, facts_of(annotated.article)))
            advance(1)
    if save:
        _save(save, found)
    typer.echo(scoring.render(scoring.score(found), show))


def _save(directory: Path, found: Sequence[tuple[Gold, Sequence[Fact]]]) -> None:
    directory.mkdir(parents=True, exist_ok=True)
    for annotated, facts in found:
        lines = as_json_lines(fact.row() for fact in facts)
        (directory / f"{annotated.name}.jsonl").write_text(lines, encoding="utf-8")
