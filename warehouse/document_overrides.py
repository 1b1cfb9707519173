"""What analysts know better: `overrides/decisions.csv` in the data home, merging and splitting.

    action,subject,document,reason
    merge,17-nq-cp-c2019,17-nq-cp-2019,signed on 7 March 2019
    split,3f2a90bb61c07d12,26-ct-ttg-2017,the article means the directive on growth

`merge`: all that names the document `subject` names `document`. `split`: the mention whose fact_id is
`subject` names `document`, whatever else its words say. What names nothing that is here has no effect.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from typing import TYPE_CHECKING

from warehouse.document_mentions import Resolved
from warehouse.errors import RefusalError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_COLUMNS = ("action", "subject", "document", "reason")
EVIDENCE = "override"


@dataclass(frozen=True, slots=True)
class Overrides:
    """Documents by the documents that they are, documents by the mentions that name them."""

    merges: Mapping[str, str]
    splits: Mapping[str, str]
    checksum: str


def read(path: Path) -> Overrides:
    """The overrides in a file, none where there is no file.

    Raises RefusalError, naming the line, where it is no such file.
    """
    try:
        content = path.read_text("utf-8-sig")
    except FileNotFoundError:
        content = ",".join(_COLUMNS)
    except UnicodeDecodeError:
        raise RefusalError(f"{path} is not UTF-8") from None
    rows = csv.reader(StringIO(content))
    if tuple(next(rows, ())) != _COLUMNS:
        raise RefusalError(f"{path} has to begin with the line {','.join(_COLUMNS)}")
    actions: dict[str, dict[str, str]] = {"merge": {}, "split": {}}
    for row in rows:
        if row:
            _add(actions, row, f"{path}, line {rows.line_num}")
    _require_ends(actions["merge"], path)
    return Overrides(actions["merge"], actions["split"], sha256(content.encode()).hexdigest()[:16])


def overridden(found: dict[str, Resolved], overrides: Overrides) -> dict[str, Resolved]:
    """What mentions resolve to once the overrides are heard."""
    heard = {fact: _merged(resolved, overrides) for fact, resolved in found.items()}
    return heard | {
        fact: _merged(Resolved(document, 1.0, EVIDENCE), overrides)
        for fact, document in overrides.splits.items()
    }


def _merged(resolved: Resolved, overrides: Overrides) -> Resolved:
    document = resolved.document
    while document in overrides.merges:
        document = overrides.merges[document]
    return resolved if document == resolved.document else Resolved(document, 1.0, EVIDENCE)


def _add(actions: dict[str, dict[str, str]], row: list[str], where: str) -> None:
    cells = [cell.strip() for cell in row]
    if len(cells) != len(_COLUMNS):
        raise RefusalError(f"{where}: {len(_COLUMNS)} cells are asked for, not {len(cells)}")
    action, subject, document, _ = cells
    if action not in actions:
        raise RefusalError(f"{where}: an action is merge or split, not {action!r}")
    if not subject or not document or subject == document:
        raise RefusalError(f"{where}: subject and document have to be given, and to differ")
    if actions[action].setdefault(subject, document) != document:
        raise RefusalError(f"{where}: {subject} is said to be two documents")


def _require_ends(merges: Mapping[str, str], path: Path) -> None:
    for document in merges:
        seen = {document}
        while document in merges:
            document = merges[document]  # noqa: PLW2901
            if document in seen:
                raise RefusalError(f"{path}: merging {document} leads back to itself")
            seen.add(document)
