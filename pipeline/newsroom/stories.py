"""The newsroom's stories, one TOML file each: demo copy, written for this project and partly invented."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime, timedelta

_FILES = Path(__file__).parent / "articles"


@dataclass(frozen=True, slots=True)
class Story:
    """One article as its author filed it; `path` is its place on the site, `published` an aware time."""

    path: str
    title: str
    sapo: str
    published: datetime
    author: str
    section: str
    paragraphs: tuple[str, ...]


@cache
def stories() -> tuple[Story, ...]:
    """All stories, newest first."""
    return tuple(sorted(map(_read, _FILES.glob("*.toml")), key=lambda story: story.published, reverse=True))


def related(story: Story, count: int = 3) -> tuple[Story, ...]:
    """The other stories nearest in time, those of the same section first."""

    def distance(other: Story) -> tuple[bool, timedelta]:
        return other.section != story.section, abs(other.published - story.published)

    return tuple(sorted((other for other in stories() if other != story), key=distance)[:count])


def _read(path: Path) -> Story:
    filed = tomllib.loads(path.read_text("utf-8"))
    paragraphs = tuple(filed.pop("body").strip().split("\n\n"))
    return Story(path=f"/tin-tuc/{path.stem}.html", paragraphs=paragraphs, **filed)
