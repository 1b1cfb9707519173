"""What is known of a file from outside it: a sidecar beside NAME.txt or NAME.html.

NAME.json is one JSON object with any of `title`, `published` (an ISO day), `source`, `url`. The first line
of a gold article's NAME.jsonl (`"kind": "article"`) says the same.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipeline.failures import Failure

if TYPE_CHECKING:
    from pathlib import Path

DECLARABLE = ("title", "published", "source", "url")
SCHEMES = ("http", "https", "file")


def read_sidecar(file: Path) -> dict[str, str]:
    """What the sidecar of a file declares, nothing where there is none.

    Raises Failure, naming the sidecar, on one that is no JSON object of strings, declares what is not
    known here, no day, or no address.
    """
    sidecar = file.with_suffix(".json")
    if sidecar.exists():
        declared = _object(sidecar, _text(sidecar))
        if unknown := sorted(declared.keys() - set(DECLARABLE)):
            raise Failure(f"{sidecar}: {', '.join(unknown)}: a sidecar may say {', '.join(DECLARABLE)}")
        return _checked(sidecar, declared)
    sidecar = file.with_suffix(".jsonl")
    first = _text(sidecar).partition("\n")[0] if sidecar.exists() else ""
    if '"article"' not in first:
        return {}
    return _checked(sidecar, _object(sidecar, first))


def day(written: str, where: str) -> date:
    """The day of an ISO day or time; raises Failure, naming where it stands, on anything else."""
    try:
        return datetime.fromisoformat(written).date()
    except ValueError:
        raise Failure(f"{where}: {written!r} is no day; write it like 2021-06-15") from None


def _text(sidecar: Path) -> str:
    try:
        return sidecar.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Failure(f"{sidecar}: not UTF-8: {error.reason} at byte {error.start}") from None


def _object(sidecar: Path, text: str) -> dict[str, Any]:
    try:
        declared = json.loads(text)
    except (ValueError, RecursionError):
        declared = None
    if not isinstance(declared, dict):
        raise Failure(f"{sidecar}: a sidecar is one JSON object with any of {', '.join(DECLARABLE)}")
    return declared


def _checked(sidecar: Path, declared: dict[str, Any]) -> dict[str, str]:
    known = {key: declared[key] for key in DECLARABLE if declared.get(key)}
    if not all(isinstance(value, str) for value in known.values()):
        raise Failure(f"{sidecar}: {', '.join(DECLARABLE)} are strings")
    if "published" in known:
        known["published"] = day(known["published"], str(sidecar)).isoformat()
    if "url" in known and not _is_address(known["url"]):
        raise Failure(f"{sidecar}: {known['url']!r} is no address; it begins with {', '.join(SCHEMES)}")
    return known


def _is_address(url: str) -> bool:
    if any(character.isspace() or not character.isprintable() for character in url):
        return False
    try:
        return urlsplit(url).scheme in SCHEMES
    except ValueError:
        return False
