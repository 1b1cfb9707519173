"""The scorer counts as the annotation guide's own script does, and shows each error where it stands."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from corpus.annotation import Annotated, Expected, read_gold
from corpus.article import Article
from corpus.facts import FACTS, Percentage
from corpus.scoring import render, score

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

GOLD = Path(__file__).parents[1].parent / "shared" / "gold"
SCRIPT = GOLD / "score.py"
needs_gold = pytest.mark.skipif(not SCRIPT.exists(), reason=f"the gold articles are not here: {GOLD}")

TEXT = "Tỷ lệ hồ sơ trực tuyến đạt 45%.\nBộ Nội vụ đạt trên 60% trong năm 2022, tăng 5%."


def expected(surface: str, low: float, *, ignore: bool = False, **fields: Any) -> Expected:
    start = TEXT.index(surface)
    whole = {"low": low, "high": low, "unit": "percent", "comparator": "eq", "status": "actual"} | fields
    return Expected(start, start + len(surface), "percentage", surface, whole, ignore)


def found(surface: str, low: float, **fields: Any) -> Percentage:
    start = TEXT.index(surface)
    return Percentage(
        start=start, end=start + len(surface), text=surface, rule="test", low=low, high=low, **fields
    )


def gold(*facts: Expected, kinds: Iterable[str] = FACTS) -> Annotated:
    return Annotated("bài", Article(TEXT), facts, frozenset(kinds))


def test_exact_span_and_strict_are_counted_apart() -> None:
    right = gold(expected("45%", 45), expected("trên 60%", 60, comparator="gt"), expected("5%.", 5))
    facts = [found("45%", 45), found("60%", 60)]
    one = score([(right, facts)]).scores["percentage"]
    assert (one.gold, one.found, one.paired, one.exact, one.strict) == (3, 2, 2, 1, 1)
    assert (one.precision, one.recall) == (1 / 2, 1 / 3)
    assert one.f1 == pytest.approx(0.4)
    assert one.span_f1 == pytest.approx(0.8)
    assert (one.fields["low"], one.fields["comparator"]) == (1.0, 0.5)


def test_what_overlaps_an_ignored_fact_counts_neither_way() -> None:
    right = gold(expected("45%", 45, ignore=True), expected("trên 60%", 60))
    one = score([(right, [found("45%", 45), found("60%", 60)])]).scores["percentage"]
    assert (one.gold, one.found, one.f1) == (1, 1, 1.0)


def test_a_kind_that_was_not_annotated_is_not_counted() -> None:
    one = score([(gold(kinds={"date"}), [found("45%", 45)])]).scores["percentage"]
    assert (one.gold, one.found, one.f1) == (0, 0, 0.0)


def test_each_error_names_its_place_and_its_line() -> None:
    right = gold(expected("45%", 45), expected("trên 60%", 60, comparator="gt"))
    report = score([(right, [found("60%", 66), found("2022", 2022)])])
    wrong, missed, extra = report.errors
    assert (wrong.outcome, missed.outcome, extra.outcome) == ("wrong", "missed", "extra")
    assert (wrong.text, wrong.found, wrong.start) == ("trên 60%", "60%", TEXT.index("trên"))
    assert wrong.fields == {"low": (60, 66), "high": (60, 66), "comparator": ("gt", "eq")}
    assert wrong.context == "Bộ Nội vụ đạt trên 60% trong năm 2022, tăng 5%."
    assert (missed.text, missed.context) == ("45%", "Tỷ lệ hồ sơ trực tuyến đạt 45%.")
    assert extra.text == "2022"


def test_a_right_fact_with_another_subject_is_listed_after_the_errors() -> None:
    right = gold(expected("45%", 45, subject="hồ sơ trực tuyến"), expected("5%.", 5))
    unlike = found("45%", 45, subject="Tỷ lệ")
    report = score([(right, [unlike])])
    assert [error.outcome for error in report.errors] == ["missed", "unlike"]
    assert report.errors[1].fields == {"subject": ("hồ sơ trực tuyến", "Tỷ lệ")}
    assert report.scores["percentage"].exact == 1


def test_as_many_errors_of_a_kind_are_shown_as_asked_for() -> None:
    report = score([(gold(expected("45%", 45), expected("5%.", 5)), [])])
    table = render(report)
    assert render(report, show=1) == f"{table}\n  {report.errors[0].describe()}"
    assert "bài@27 missed '45%'" in report.errors[0].describe()


@needs_gold
@pytest.mark.parametrize("seed", range(6))
def test_the_figures_are_those_of_the_guides_script(seed: int, tmp_path: Path) -> None:
    perturbed = {
        path.stem: list(perturb(path, random.Random(seed)))  # noqa: S311
        for path in (GOLD / "seeds").glob("*.jsonl")
    }
    for name, rows in perturbed.items():
        lines = (json.dumps(row, ensure_ascii=False) for row in rows)
        (tmp_path / f"{name}.jsonl").write_text("\n".join(lines), encoding="utf-8")
    report = score((article, perturbed[article.name]) for article in read_gold(GOLD / "seeds"))
    theirs = json.loads(run_script(tmp_path, "--json"))
    assert 0.1 < theirs["all"]["exact_f1"] < 0.9, "the perturbed facts must be partly right"
    assert figures(report.scores) == theirs
    assert render(report) + "\n" == run_script(tmp_path)


def figures(scores: Mapping[str, Any]) -> dict[str, Any]:
    return {
        kind: {
            "gold": one.gold,
            "found": one.found,
            "exact_p": one.precision,
            "exact_r": one.recall,
            "exact_f1": one.f1,
            "span_f1": one.span_f1,
            "strict_f1": one.strict_f1,
            "fields": dict(one.fields),
        }
        for kind, one in scores.items()
    }


def run_script(found_in: Path, *options: str) -> str:
    command = [sys.executable, str(SCRIPT), str(GOLD / "seeds"), str(found_in), *options]
    return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout


def perturb(path: Path, chance: random.Random) -> Iterator[dict[str, Any]]:
    """The gold facts of an article, some dropped, doubled, moved or changed in a field."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for row in (row for row in rows if row["kind"] in FACTS):
        luck = chance.random()
        if luck < 0.15:
            continue
        if luck < 0.3:
            row["start"] = max(0, row["start"] - chance.randint(1, 9))
            row["end"] += chance.randint(-1, 5)
        elif luck < 0.5:
            name = chance.choice((*FACTS[row["kind"]].core, *FACTS[row["kind"]].further))
            row[name] = changed(row.get(name), chance)
        elif luck < 0.6:
            yield row | {"start": row["end"] - 1, "end": row["end"] + 3}
        yield row


def changed(value: Any, chance: random.Random) -> Any:
    if isinstance(value, str):
        return chance.choice((None, value.upper(), value + " khác", value[: len(value) // 2]))
    if value is None:
        return chance.choice(("một điều khác", 7))
    return value + chance.choice((1, 1e-12, -3))


@needs_gold
def test_gold_found_whole_is_all_right() -> None:
    articles = list(read_gold(GOLD / "seeds"))
    rows = [
        [{"kind": f.kind, "start": f.start, "end": f.end, "text": f.text, **f.fields} for f in one.expected]
        for one in articles
    ]
    report = score(zip(articles, rows, strict=True))
    assert report.errors == ()
    assert {one.f1 for kind, one in report.scores.items() if one.gold} == {1.0}
