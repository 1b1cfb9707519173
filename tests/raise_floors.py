"""Raises the floors in corpus/gold/floors.json to what the rules reach now: `python tests/raise_floors.py`.

Refuses to lower one; `--lower` is for the day when the gold itself was wrong, and says so in the commit.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import corpus
from corpus.annotation import read_gold
from corpus.scoring import score
from extractors import extract

FLOORS = Path(corpus.__file__).parent / "gold" / "floors.json"
GOLD = Path(__file__).parents[1].parent / "shared" / "gold"


def main() -> None:
    """Prints what moved; exits 1 where a floor would go down."""
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    for name in ("seeds", "dev"):
        report = score((annotated, extract(annotated.article)) for annotated in read_gold(GOLD / name))
        reached = {kind: int(one.f1 * 1000) / 1000 for kind, one in report.scores.items()}
        before = floors.get(name, {})
        lowered = {kind: f1 for kind, f1 in reached.items() if f1 < before.get(kind, 0)}
        if lowered and "--lower" not in sys.argv:
            sys.exit(f"{name} would go down: {lowered} (floors: {before})")
        floors[name] = reached
        print(name, before, "->", reached)  # noqa: T201
    FLOORS.write_text(json.dumps(floors, indent=2) + "\n")


if __name__ == "__main__":
    main()
