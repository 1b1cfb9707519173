"""Vietnamese and English say the same things, and nothing is said that no page asks for."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import warehouse.web
from warehouse.web.language import CODES, language

HERE = Path(warehouse.web.__file__).parent
PLACES = re.compile(r"\{(\w+)\}")


def test_every_message_is_there_in_both_with_the_same_places() -> None:
    own, other = (language(code).messages for code in CODES)
    assert own.keys() == other.keys()
    for name, message in own.items():
        assert sorted(PLACES.findall(message)) == sorted(PLACES.findall(other[name])), name


def test_what_pages_say_is_there_and_what_is_there_is_said() -> None:
    files = [*HERE.glob("templates/*"), *HERE.glob("*.py"), *HERE.glob("charts/*.json")]
    code = "\n".join(path.read_text("utf-8") for path in files)
    messages = language("vi").messages
    asked = set(re.findall(r"""(?:say|spoken|language)\(\s*["']([a-z_]+\.[A-Za-z_]+)["'][,)]""", code))
    assert asked <= messages.keys()
    composed = set(re.findall(r"""["']([a-z_]+\.)["'] ~|(?:of|sign)\(["']([a-z]+)["']""", code))
    groups = {one.rstrip(".") or other for one, other in composed}
    known = groups | {"facet", "unit", "failure", "search", "format", "kind", "label", "grain"}
    unsaid = [
        name for name in messages if name not in code.replace("{", "") and name.split(".")[0] not in known
    ]
    assert unsaid == []


def test_numbers_and_days_are_written_as_people_write_them() -> None:
    own, other = language("vi"), language("en")
    assert (own.number(1234567.5), other.number(1234567.5)) == ("1.234.567,5", "1,234,567.5")
    assert own.number(0.7709) == "0,7709"
    assert (own.day(date(2021, 6, 15)), other.day("2021-06-15")) == ("15/06/2021", "15 Jun 2021")
    assert own.day("2021-06") == "06/2021"
    assert own.time(datetime(2021, 6, 15, 20, 5, tzinfo=UTC)) == "03:05 16/06/2021"


@pytest.mark.parametrize("code", [None, "", "fr", "../en"])
def test_an_unknown_language_is_vietnamese(code: str | None) -> None:
    assert language(code).code == "vi"
