"""`trichtin teach`: makes the weights that say which reading of a percentage is the likeliest."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.failures import Failure

if TYPE_CHECKING:
    from extractors.teaching import Lessons


def teach(
    pool: Annotated[Path, typer.Argument(help="Articles that the labels name: articles.jsonl.gz.")],
    gold: Annotated[list[Path] | None, typer.Argument(help="Directories of gold articles.")] = None,
    into: Annotated[
        Path | None, typer.Option(help="Where to write the weights; else those of the package.")
    ] = None,
) -> None:
    """Learn again from the labels in corpus/labels, the cases and gold articles how percentages are read.

    Takes a minute. The same input gives the same weights.

    Examples:

    - `trichtin teach ../shared/pool/articles.jsonl.gz ../shared/gold/seeds ../shared/gold/dev`
    """
    from extractors import choosers

    lessons = _lessons(pool, gold or [])
    choosers.save(lessons.weights(), into or choosers.MODEL)
    for question in choosers.QUESTIONS:
        people, rules = len(lessons.of_people[question]), len(lessons.of_rules[question])
        typer.echo(f"{question}: {people} examples of people, {rules} of the rules")


def _lessons(pool: Path, gold: list[Path]) -> Lessons:
    from corpus.annotation import cases, read_gold
    from corpus.labels import annotated, read_labels, read_pool
    from extractors.teaching import Lessons
    from pipeline.progress import progress

    labels, lessons, met = read_labels(), Lessons(), set()
    for directory in gold:
        for read in read_gold(directory):
            lessons.add_labelled(read)
    try:
        with progress("articles read") as advance:
            for name, article in read_pool(pool):
                if name in labels:
                    met.add(name)
                    lessons.add_labelled(annotated(name, article, labels[name]))
                else:
                    lessons.add(article)
                advance(1)
    except (KeyError, ValueError, EOFError) as error:
        raise Failure(f"{pool} is no pool of articles: {error}") from error
    if missing := labels.keys() - met:
        raise Failure(f"{pool} lacks {len(missing)} of {len(labels)} labelled articles")
    for case in cases("percentages*.txt"):
        lessons.add_labelled(case)
    return lessons
