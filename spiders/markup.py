"""What tells the pieces of a page apart: the names that newsrooms give them, and the headings of boxes."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

NAMES = Path(__file__).parent / "markup.toml"
LONGEST_HEADING = 100  # characters, with the signs around it
LONGEST_NAMES = 1000  # characters that are read of an element's names
_ATTRIBUTES = ("class", "id", "type", "data-role", "itemprop")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SIGNS = re.compile(r"^\W+|[\W\d]+$")
_JOINT = re.compile(r"[_:.-]+")


def roles(element: HtmlElement) -> frozenset[str]:
    """The roles, by the sections of markup.toml, that an element's names say it plays."""
    names = " ".join(value for name in _ATTRIBUTES if (value := element.get(name)))
    return _roles(names[:LONGEST_NAMES]) if names else frozenset()


def plays(element: HtmlElement, *wanted: str) -> bool:
    """Whether an element's names say that it plays one of the roles."""
    return not roles(element).isdisjoint(wanted)


def heads_box(line: str) -> bool:
    """Whether a line is the heading of a box that stands beside an article, or begins a line of keywords."""
    return len(line) <= LONGEST_HEADING and _SIGNS.sub("", line).casefold() in _headings()


@lru_cache(maxsize=10_000)
def _roles(names: str) -> frozenset[str]:
    words = [_JOINT.sub("-", _HUMP.sub("-", name)).strip("-").lower() for name in names.split()]
    return frozenset(role for role, pattern in _patterns().items() if any(map(pattern.search, words)))


@cache
def _headings() -> frozenset[str]:
    return frozenset(tomllib.loads(NAMES.read_text("utf-8"))["shown"]["boxes"])


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    known = tomllib.loads(NAMES.read_text("utf-8"))
    whole = {role: rf"^(?:{_either(names, '[a-z0-9-]*')})$" for role, names in known["whole"].items()}
    part = {
        role: rf"(?:^|-)(?:{_either(names, '[a-z0-9]*')})(?:-|$)" for role, names in known["part"].items()
    }
    return {role: re.compile(pattern) for role, pattern in (whole | part).items()}


def _either(names: Iterable[str], anything: str) -> str:
    return "|".join(re.escape(name).replace(r"\*", anything) for name in names)
