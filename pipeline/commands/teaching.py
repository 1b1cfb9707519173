"""`trichtin teach`, `train-ner`, `group-words`: make again what the extractors have learned."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.failures import Failure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.article import Article
    from extractors.naming_lessons import Lessons as Names
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


def group_words(
    pool: Annotated[Path, typer.Argument(help="Articles to count words in: articles.jsonl.gz.")],
    into: Annotated[
        Path | None, typer.Option(help="Where to write the clusters; else those of the package.")
    ] = None,
) -> None:
    """Group frequent words by the words that stand beside them; `teach` has to follow.

    Takes a few minutes. The same articles give the same clusters on one machine.

    Examples:

    - `trichtin group-words ../shared/pool/articles.jsonl.gz`
    """
    from extractors import clustering

    found = clustering.clusters([article.text for _, article in _pool(pool)])
    if not found:
        raise Failure(f"{pool} has no word that is frequent enough to be grouped")
    clustering.save(found, into or clustering.CLUSTERS)
    typer.echo(f"{len(found)} words in {len({*found.values()})} clusters")


def _lessons(pool: Path, gold: list[Path]) -> Lessons:
    from corpus.annotation import cases, read_gold
    from corpus.labels import annotated, read_labels
    from extractors.teaching import Lessons

    labels, lessons, met = read_labels(), Lessons(), set()
    for directory in gold:
        for read in read_gold(directory):
            lessons.add_labelled(read)
    for name, article in _pool(pool):
        if name in labels:
            met.add(name)
            lessons.add_labelled(annotated(name, article, labels[name]))
        else:
            lessons.add(article)
    if missing := labels.keys() - met:
        raise Failure(f"{pool} lacks {len(missing)} of {len(labels)} labelled articles")
    for case in cases("percentages*.txt"):
        lessons.add_labelled(case)
    return lessons


def train_ner(
    pool: Annotated[Path, typer.Argument(help="Articles that the labels name: articles.jsonl.gz.")],
    articles: Annotated[int, typer.Option(min=1, help="How many articles to learn from.")] = 2500,
    votes: Annotated[int, typer.Option(min=0, help="In how many of them underthesea.ner has a vote.")] = 250,
    steps: Annotated[
        int | None, typer.Option(min=1, help="Training steps; else those of the config.")
    ] = None,
    into: Annotated[
        Path | None, typer.Option(help="Where to write the model; else into the package.")
    ] = None,
) -> None:
    """Train the model of names again: rules and gazetteers label articles, people's labels prove it.

    Takes some ten minutes on one core. The same input gives the same model.

    Examples:

    - `trichtin train-ner ../shared/pool/articles.jsonl.gz`
    """
    from extractors import namer
    from extractors.naming_lessons import Lessons
    from extractors.naming_training import train

    lessons, proof = Lessons(), Lessons()
    _learn_names(pool, (lessons, proof), articles, votes)
    scores = train(lessons, proof, into or namer.MODEL, steps)
    typer.echo(f"{len(lessons)} sentences, {lessons.voted} articles with a vote")
    typer.echo(f"F1 on people's labels, without the rules: {scores['ents_f']:.3f}")


def _learn_names(pool: Path, lessons: tuple[Names, Names], articles: int, votes: int) -> None:
    from corpus.labels import read_names

    known, held_out = read_names("train"), read_names("test").keys()
    learned, proof = lessons
    met, taken, every = 0, 0, max(1, articles // max(1, votes))
    for name, article in _pool(pool):
        if name in known:
            met += 1
            proof.add_labelled(article, known[name])
        elif taken < articles and name not in held_out:
            learned.add(article, vote=votes > 0 and taken % every == 0)
            taken += 1
    if met < len(known):
        raise Failure(f"{pool} lacks {len(known) - met} of {len(known)} labelled articles")


def _pool(pool: Path) -> Iterator[tuple[str, Article]]:
    """The articles of a pool with their ids, and how far it has come; raises Failure where it is none."""
    from corpus.labels import read_pool
    from pipeline.progress import progress

    try:
        with progress("articles read") as advance:
            for named in read_pool(pool):
                yield named
                advance(1)
    except (KeyError, ValueError, EOFError) as error:
        raise Failure(f"{pool} is no pool of articles: {error}") from error
