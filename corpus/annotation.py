"""Reads what people wrote down as right: inline cases (one sentence a line) and standoff gold.

An inline case marks its facts in the sentence itself and checks only the fields that it names:

    @kind decision
    @published 2021-07-01
    # comments and empty lines are passed over; ¶ stands for a paragraph break
    Chính phủ ban hành [[Nghị quyết số 17/NQ-CP|number=17/NQ-CP; issuer=Chính phủ]] về Chính phủ điện tử.
    Nghị quyết là văn bản quan trọng.

The second sentence is a negative: nothing of the file's kind may be found in it. `field=null` asks for
nothing, and a date may be written `[[15/6|2021-06-15]]` or `[[tháng 6|2021-06-01..2021-06-30]]`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from dataclasses import fields as dataclass_fields
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.article import Article
from corpus.facts import FACTS, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_MARK = re.compile(r"\[\[(?P<text>[^|\]]+)\|(?P<fields>[^\]]*)\]\]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_NUMERIC = frozenset(
    ("low", "high", "out_of", "rank", "top_n", "previous_rank", "change", "change_since", "year")
)
_DECLARED = ("kind", "published", "title")
_COMMON = ("kind", "start", "end", "text", "ignore")


class AnnotationError(ValueError):
    """A gold or case file that can't be read; the message names the file and the line."""


@dataclass(frozen=True, slots=True)
class Expected(Span):
    """A fact as a person wrote it down; `ignore`: scored neither as found nor as missed."""

    kind: str
    text: str
    fields: Mapping[str, Any]
    ignore: bool = False


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article with the facts that are right in it; kinds outside `kinds` were not annotated."""

    name: str
    article: Article
    expected: tuple[Expected, ...]
    kinds: frozenset[str] = field(default_factory=lambda: frozenset(FACTS))


def cases(pattern: str = "*.txt") -> Iterator[Annotated]:
    """The cases of the files in corpus/cases whose names fit the pattern."""
    for path in sorted((Path(__file__).parent / "cases").glob(pattern)):
        yield from read_cases(path)


def read_cases(path: Path) -> Iterator[Annotated]:
    """The cases of one file, each named `file:line`; raises AnnotationError on what it can't read."""
    declared: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        name = f"{path.stem}:{number}"
        if line.startswith("@"):
            key, _, value = line[1:].partition(" ")
            if key not in _DECLARED:
                raise AnnotationError(f"{name}: @{key} is none of {', '.join(_DECLARED)}")
            declared[key] = value.strip()
        else:
            yield _case(name, line, declared)


def _case(name: str, line: str, declared: Mapping[str, str]) -> Annotated:
    kind = declared.get("kind", "")
    if kind not in FACTS:
        raise AnnotationError(f"{name}: @kind must come first and be one of {', '.join(FACTS)}")
    parts: list[str] = []
    expected: list[Expected] = []
    last = length = 0
    for mark in _MARK.finditer(line := line.replace("¶", "\n")):
        before, surface = line[last : mark.start()], mark["text"]
        start = length + len(before)
        expected.append(
            Expected(start, start + len(surface), kind, surface, _fields(name, kind, mark["fields"]))
        )
        parts += (before, surface)
        last, length = mark.end(), start + len(surface)
    text = "".join((*parts, line[last:]))
    if "[[" in text or "]]" in text:
        raise AnnotationError(f"{name}: a mark is written [[surface|field=value; ...]]")
    article = Article.from_text(text, declared.get("title"), _published(name, declared))
    if article.text != text:
        raise AnnotationError(f"{name}: the sentence is not clean text (NFC, plain spaces)")
    return Annotated(name, article, tuple(expected), frozenset({kind}))


def _published(name: str, declared: Mapping[str, str]) -> date | None:
    written = declared.get("published")
    try:
        return date.fromisoformat(written) if written else None
    except ValueError as error:
        raise AnnotationError(f"{name}: @published {written} is no day (YYYY-MM-DD)") from error


def _fields(name: str, kind: str, written: str) -> dict[str, Any]:
    interval, _, rest = written.partition(";")
    if kind == "date" and interval.strip() and "=" not in interval:
        start, _, end = interval.strip().partition("..")
        written = f"start_date={start}; end_date={end or start};{rest}"
    allowed = [known.name for known in dataclass_fields(FACTS[kind])]
    fields: dict[str, Any] = {}
    for item in filter(str.strip, written.split(";")):
        key, _, value = item.strip().partition("=")
        if key not in allowed:
            raise AnnotationError(f"{name}: {key!r} is no field of a {kind}: {', '.join(allowed)}")
        fields[key] = _value(key, value)
    return fields


def _value(key: str, written: str) -> str | float | None:
    if written == "null":
        return None
    return float(written) if key in _NUMERIC and _NUMBER.fullmatch(written) else written


def read_gold(directory: Path) -> Iterator[Annotated]:
    """The articles of a standoff gold directory (NAME.txt + NAME.jsonl), by name.

    Raises AnnotationError where the directory holds none, or a file is not as the guide says.
    """
    paths = sorted(directory.glob("*.jsonl"))
    if not paths:
        raise AnnotationError(f"no gold articles in {directory}")
    for path in paths:
        try:
            yield _gold_article(path)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise AnnotationError(f"{path}: {error}") from error


def _gold_article(path: Path) -> Annotated:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    about: dict[str, Any] = next((row for row in rows if row["kind"] == "article"), {})
    published = about.get("published")
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    article = Article.from_text(
        text,
        about.get("title"),
        date.fromisoformat(published) if published else None,
        source=about.get("source"),
    )
    if len(article.text) != len(text):
        raise ValueError("cleaning the text moves its offsets")
    expected = tuple(_expected(row) for row in rows if row["kind"] in FACTS)
    if wrong := next((fact for fact in expected if text[fact.start : fact.end] != fact.text), None):
        raise ValueError(f"{wrong.text!r} does not stand at {wrong.start}")
    return Annotated(path.stem, article, expected, frozenset(about.get("kinds", FACTS)))


def _expected(row: dict[str, Any]) -> Expected:
    fields = {key: value for key, value in row.items() if key not in _COMMON}
    return Expected(row["start"], row["end"], row["kind"], row["text"], fields, bool(row.get("ignore")))
