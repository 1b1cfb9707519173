"""Bodies that are called by their kind alone: "Bộ vừa ban hành ..." is the ministry that was named before.

Two bodies of that kind in the sentences before, or none, leave it open.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from extractors import issuers

if TYPE_CHECKING:
    from extractors.issuers import Issuer

_REACH = 600
"""Code points in front in which the body may have been named."""
_ALONE = re.compile(
    r"(?:(?<![^\n])|(?<=[.,;:(][ ]))(?P<kind>Bộ|Sở)"
    r"(?:[ ](?:đã|vừa|mới|cũng|lại|ký|lập[ ]tức|chính[ ]thức|kịp[ ]thời|tiếp[ ]tục)){0,4}[ ]?\Z"
)
# "Thông tư 130 của | Bộ này", "... của | Bộ đã"
_OF_KIND = re.compile(
    r"[ ]của[ ](?P<kind>Bộ|Sở)(?:[ ]này(?!\w)|(?=[ ](?:đã|về|quy|ban|có|vẫn|là)(?!\w)|[.,;)]))"
)
_NO_MINISTRIES = ("Bộ Chính trị", "Bộ Tư lệnh")


def alone(text: str, start: int, verb: int) -> re.Match[str] | None:
    """A kind of body that is the subject of the verb behind, without a name."""
    return _ALONE.search(text, max(start, verb - 60), verb)


def owning(text: str, start: int, end: int) -> Issuer | None:
    """The body of which a document is said to be without its name: "của Bộ này"."""
    of = _OF_KIND.match(text, start, end)
    found = named(text, of) if of else None
    return replace(found, end=of.end()) if of and found else None


def named(text: str, bare: re.Match[str]) -> Issuer | None:
    """The one body of that kind that the sentences before have named."""
    kind = bare["kind"]
    found: dict[str, Issuer] = {}
    for issuer in issuers.mentions(text, max(0, bare.start() - _REACH), bare.start()):
        if issuer.body.startswith(f"{kind} ") and not issuer.body.startswith(_NO_MINISTRIES):
            found.setdefault(issuer.body, issuer)
    bodies = [one for body, one in found.items() if not any(other.startswith(f"{body} ") for other in found)]
    if len(bodies) != 1:
        return None
    return replace(bodies[0], start=bare.start("kind"), end=bare.end("kind"), name=bodies[0].body, deputy="")
