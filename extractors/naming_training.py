"""Trains the model of names from its lessons, as `models/names.cfg` says."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import spacy
from spacy.training.initialize import init_nlp
from spacy.training.loop import train as train_loop
from spacy.util import load_config

if TYPE_CHECKING:
    from extractors.naming_lessons import Lessons

CONFIG = Path(__file__).parent / "models" / "names.cfg"


def train(lessons: Lessons, proof: Lessons, into: Path, steps: int | None = None) -> dict[str, Any]:
    """Keeps in `into` the model that does best on `proof`, and says how well.

    Same lessons, same steps: the same model. `steps` overrides those of the config.
    """
    with TemporaryDirectory() as folder:
        kept = {"train": lessons, "dev": proof}
        for name, sentences in kept.items():
            Path(folder, f"{name}.spacy").write_bytes(sentences.save())
        overrides: dict[str, Any] = {f"paths.{name}": str(Path(folder, f"{name}.spacy")) for name in kept}
        if steps:
            overrides |= {"training.max_steps": steps, "training.eval_frequency": max(1, steps // 4)}
        nlp = init_nlp(load_config(CONFIG, overrides=overrides))
        train_loop(nlp, Path(folder), stdout=StringIO())
        best = spacy.load(Path(folder, "model-best"))
        scores = dict(best.meta["performance"])
        best.config["paths"].update(dict.fromkeys(kept))
        best.meta["performance"] = {}
        # The words of the articles are not ours to give on, and the model needs none of them.
        best.to_disk(into, exclude=["vocab"])
    return scores
