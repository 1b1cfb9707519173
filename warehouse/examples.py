"""Example questions in SQL: shown in docs/warehouse.md, asked by tests, timed by a benchmark."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple


class Example(NamedTuple):
    """A question in English, in Vietnamese and in SQL."""

    asks: str
    asks_vi: str
    sql: str


def examples() -> list[Example]:
    """All of them, in the order of the document."""
    text = (Path(__file__).parent / "examples.toml").read_text("utf-8")
    return [Example(**question) for question in tomllib.loads(text)["question"]]


def document() -> str:
    """The questions as a section in Markdown."""
    shown = "\n".join(f"{asks}\n\n```sql\n{sql.strip()}\n```\n" for asks, _, sql in examples())
    return f"## Example questions\n\n{shown}"
