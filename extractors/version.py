"""Which rules made a fact."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.metadata import version as installed
from pathlib import Path

_RULES = (".py", ".csv")
_MODELS = Path(__file__).parent / "models"


@cache
def version() -> str:
    """Package version + 8 hex digits of rules, word lists and weights: it changes when any of them does."""
    digest = sha256()
    here = Path(__file__).parent
    models = (path for path in _MODELS.rglob("*") if path.is_file())
    for path in sorted({*models, *(path for path in here.rglob("*") if path.suffix in _RULES)}):
        digest.update(str(path.relative_to(here)).encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{installed('trichtin')}+{digest.hexdigest()[:8]}"
