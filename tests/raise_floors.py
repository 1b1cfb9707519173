"""Raises the floors in corpus/gold/floors.json to what the rules reach now: `python tests/raise_floors.py`.

Refuses to lower one; `--lower` is for the day when the gold itself was wrong, and says so in the commit.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import corpus
from corpus.annotation import read_gold
from corpus.facts import FACTS
from corpus.scoring import Report, score
from extractors import extract

FLOORS = Path(corpus.__file__).parent / "gold" / "floors.json"
GOLD = Path(__file__).parents[1].parent / "shared" / "gold"


def reached(report: Report) -> dict[str, float]:
    """Exact-fact F1 by kind ("ranking") and accuracy by further field ("ranking.subject"), to 3 digits."""
    exact = {kind: one.f1 for kind, one in report.scores.items()}
    further = {
        f"{kind}.{name}": report.scores[kind].fields[name]
        for kind, fact in FACTS.items()
        for name in fact.further
        if report.scores[kind].paired
    }
    return {name: int(share * 1000 + 1e-6) / 1000 for name, share in (exact | further).items()}


def main() -> None:
    """Prints what moved; exits 1 where a floor would go down."""
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    for name in ("seeds", "dev"):
        report = score((annotated, extract(annotated.article)) for annotated in read_gold(GOLD / name))
        now, before = reached(report), floors.get(name, {})
        lowered = {what: share for what, share in now.items() if share < before.get(what, 0)}
        if lowered and "--lower" not in sys.argv:
            sys.exit(f"{name} would go down: {lowered} (floors: {before})")
        floors[name] = now
        print(name, before, "->", now)  # noqa: T201
    FLOORS.write_text(json.dumps(floors, indent=2) + "\n")


if __name__ == "__main__":
    main()
