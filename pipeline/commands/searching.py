"""`trichtin search`: find articles and documents in what is published."""

from __future__ import annotations

import re
import sys
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.commands.asking import published
from pipeline.commands.options import DEFAULT_HOME, HomeDirectory
from pipeline.failures import Failure
from pipeline.home import Home
from pipeline.tables import csv_lines, json_lines, show_table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.facts import Span
    from warehouse.search import Answer, Hit


class HitFormat(StrEnum):
    """How `search` prints hits."""

    table = "table"
    csv = "csv"
    json = "json"


class Sorting(StrEnum):
    """What comes first."""

    relevance = "relevance"
    date = "date"
    found = "found"


class HitKind(StrEnum):
    """What is looked for."""

    article = "article"
    decision = "decision"


def _values(help: str) -> Any:  # noqa: A002
    return typer.Option(help=f"{help}; may be given several times.")


def search(  # noqa: PLR0913, PLR0917  (the options of a command)
    question: Annotated[
        str, typer.Argument(help='Words, "phrases in quotes", document numbers; all of them must be there.')
    ] = "",
    kind: Annotated[list[HitKind] | None, _values("Only articles, or only documents")] = None,
    issuer: Annotated[list[str] | None, _values("Only of this issuer")] = None,
    type: Annotated[list[str] | None, _values("Only this type of document")] = None,  # noqa: A002
    action: Annotated[list[str] | None, _values("Only where a document is issued, amended ...")] = None,
    index: Annotated[list[str] | None, _values("Only with a place in this index")] = None,
    source: Annotated[list[str] | None, _values("Only of this publisher")] = None,
    year: Annotated[str | None, typer.Option(help="Only of a year, or of several: 2021, 2019-2021.")] = None,
    since: Annotated[str | None, typer.Option("--from", help="Only of this day or later (ISO).")] = None,
    until: Annotated[str | None, typer.Option("--to", help="Only of this day or before (ISO).")] = None,
    sort: Annotated[
        Sorting, typer.Option(help="What comes first; by date, the latest; by found, the last finds.")
    ] = Sorting.relevance,
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="At most so many hits.")] = 10,
    offset: Annotated[int, typer.Option(min=0, help="Leave out so many of the first.")] = 0,
    facets: Annotated[
        bool, typer.Option("--facets", help="Count hits by issuer, type, year ... instead of showing them.")
    ] = False,
    format: Annotated[  # noqa: A002
        HitFormat | None, typer.Option(help="How to print; by default a table, or plain lines in a pipe.")
    ] = None,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Find articles and documents in what is published.

    Words typed with diacritics are found as typed, words typed without them however they are written.
    A document is found by its number in any spelling: `942/QĐ-TTg`, `942 qd ttg`, `QĐ 942`.

    Examples:

    - `trichtin search "chuyen doi so" --year 2021-2025 --sort date`

    - `trichtin search '"chính phủ điện tử"' --issuer "thu tuong chinh phu" --facets`

    - `trichtin search "nghị định" --from 2021-01-01 --to 2021-06-30`

    - `trichtin search "QĐ 942" --kind decision --format json`
    """
    from warehouse.search import Filters, SearchIndex

    filters = Filters(
        kind=kind or (),
        issuer=issuer or (),
        type=type or (),
        action=action or (),
        index=index or (),
        source=source or (),
        years=_years(year) if year else None,
        since=_day(since) if since else None,
        until=_day(until) if until else None,
    )
    with published(Home(home)) as generation:
        if not generation.index.exists():
            raise Failure("what is published has no search index; run: trichtin build")
        opened = SearchIndex.open(generation.index)
        answer = opened.search(question, filters, sort=sort.value, limit=limit, offset=offset, facets=facets)
    if not answer.total:
        typer.echo(f"trichtin: {_help(question, answer, len(opened))}", err=True)
    columns, rows = _counts(answer) if facets else _fields(answer)
    if format is HitFormat.json:
        sys.stdout.writelines(json_lines(dict(zip(columns, row, strict=True)) for row in rows))
    elif format is HitFormat.csv:
        sys.stdout.writelines(csv_lines(columns, rows))
    elif facets and answer.total:
        show_table(columns, rows)
    elif format is HitFormat.table or Console().is_terminal:
        _show(answer, offset)
    else:
        sys.stdout.writelines(map(_line, answer.hits))


_YEARS = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")


def _years(text: str) -> tuple[int, int]:
    years = _YEARS.fullmatch(text)
    if years is None:
        raise Failure(f"no year and no years: {text}; such as 2021 or 2019-2021")
    return int(years[1]), int(years[2] or years[1])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Failure(f"no day: {text}; such as 2021-01-31") from error


def _help(question: str, answer: Answer, known: int) -> str:
    """What to say where nothing was found."""
    if not known:
        return "nothing is in the index yet; run: trichtin import, trichtin build"
    said = [f"nothing found for {question}" if question else "nothing found"]
    if answer.unfiltered:
        said.append(f"without filters there would be {answer.unfiltered}")
    if answer.suggestion:
        said.append(f"did you mean: {answer.suggestion}")
    return "; ".join(said)


def _fields(answer: Answer) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
    """All that is known of each hit; marks are pairs of offsets, in the title and in the snippet."""
    names = ("kind", "id", "title", "number", "day", "source", "url", "articles", "article_id")
    columns = (*names, "snippet", "snippet_start", "marks", "title_marks")
    return columns, (
        (
            *(getattr(hit, name) for name in names),
            hit.snippet.text,
            hit.snippet.start,
            [[mark.start, mark.end] for mark in hit.snippet.marks],
            [[mark.start, mark.end] for mark in hit.title_marks],
        )
        for hit in answer.hits
    )


def _counts(answer: Answer) -> tuple[Sequence[str], Iterator[Sequence[object]]]:
    rows = (
        (facet, value, count) for facet, counts in answer.facets.items() for value, count in counts.items()
    )
    return ("facet", "value", "hits"), rows


def _line(hit: Hit) -> str:
    """One hit as plain text: day, kind, title, passage and address, parted by tabs."""
    cells = (hit.day or "", hit.kind, hit.title, hit.snippet.text, hit.url or "")
    return "\t".join(_STEERING.sub(" ", str(cell)) for cell in cells) + "\n"


def _show(answer: Answer, offset: int) -> None:
    table = Table("", "day", header_style="bold")
    table.add_column("what", overflow="fold")
    table.add_column("source", max_width=24)
    for number, hit in enumerate(answer.hits, offset + 1):
        title, passage = _marked(hit.title, hit.title_marks), _marked(hit.snippet.text, hit.snippet.marks)
        told = Text("\n").join((title, passage, _marked(hit.url or "")))
        articles = Text(f"{hit.articles} articles" if hit.articles > 1 else "")
        spread = Text("\n").join((_marked(hit.source or ""), articles))
        table.add_row(str(number), str(hit.day or ""), told, spread)
    console = Console()
    if answer.hits:
        console.print(table)
    if answer.total:
        console.print(f"{answer.total} found", highlight=False)


_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""Characters that a terminal acts on; each gives way to one space, so that offsets stay."""


def _marked(text: str, marks: Sequence[Span] = ()) -> Text:
    shown = Text(_STEERING.sub(" ", text))
    for mark in marks:
        shown.stylize("bold yellow", mark.start, mark.end)
    return shown
