"""`trichtin export`, `cite`: take out what is published, whole or fact by fact."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.commands.asking import published
from pipeline.commands.options import DEFAULT_HOME, HomeDirectory
from pipeline.home import Home


class FileFormat(StrEnum):
    """What `export` writes."""

    parquet = "parquet"
    csv = "csv"
    json = "json"


class CitationFormat(StrEnum):
    """How `cite` prints."""

    text = "text"
    json = "json"
    csl = "csl"
    bibtex = "bibtex"


def export(
    directory: Annotated[Path, typer.Argument(help="A directory that is not there yet, or is empty.")],
    format: Annotated[FileFormat, typer.Option(help="What files to write.")] = FileFormat.parquet,  # noqa: A002
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Write all views of the published warehouse as files, those with a publish date parted by year.

    Examples:

    - `trichtin export trichtin-2026`

    - `trichtin export --format csv for-excel`
    """
    from warehouse.exporting import export as export_to

    with published(Home(home)) as generation:
        export_to(generation, directory, format.value)
    views = ", ".join(f"{count} {view}" for view, count in sorted(generation.rows.items()))
    typer.echo(f"generation {generation.number} in {directory}: {views}")


def cite(
    facts: Annotated[list[str], typer.Argument(help="The fact_id of each fact.")],
    format: Annotated[CitationFormat, typer.Option(help="How to write them.")] = CitationFormat.text,  # noqa: A002
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Print where a fact stands: publisher, title, day, address and the sentence itself.

    CSL is what Zotero and Pandoc read, BibTeX what LaTeX does.

    Examples:

    - `trichtin cite 3f1c9a0b7d5e2468`

    - `trichtin cite 3f1c9a0b7d5e2468 --format bibtex`
    """
    from warehouse.citing import cite as cite_fact
    from warehouse.citing import written

    with published(Home(home)) as generation:
        citations = [cite_fact(generation.database, fact) for fact in facts]
    typer.echo(written(citations, format.value), nl=False)
