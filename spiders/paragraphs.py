"""The paragraphs of a piece of a page, in reading order."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml.etree import iterwalk, strip_elements
from trafilatura import bare_extraction

if TYPE_CHECKING:
    from lxml.html import HtmlElement

# Never text of the article.
SILENT = (
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "object",
    "svg",
    "button",
    "select",
    "textarea",
)
# Elements that begin and end a line, of HTML and of trafilatura's own tree (head, item, row, quote, lb ...).
BLOCKS = frozenset(
    re.findall(
        r"\w+",
        """
        address article aside blockquote body br caption center dd details div dl dt fieldset figcaption
        figure footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody
        tfoot thead title tr ul head item lb list quote row
        """,
    )
)
_CELLS = frozenset(("td", "th", "cell"))
_BREAK = "\n"
_CELL_BREAK = " | "


def paragraphs(element: HtmlElement) -> list[str]:
    """The text of an element, one line a paragraph, list item, caption or table row ("cell | cell")."""
    strip_elements(element, *SILENT, with_tail=False)
    pieces = [_BREAK]
    for event, node in iterwalk(element, events=("start", "end")):
        if mark := _mark(event, node):
            pieces.append(mark)
        text = node.text if event == "start" else (node.tail if node is not element else None)
        # White space in HTML, line ends too, is but a space.
        piece = " ".join(f".{text}.".split())[1:-1] if text else ""
        if piece:
            pieces.append(f" {piece}" if _parts(pieces[-1], piece) else piece)
    lines = "".join(pieces).split(_BREAK)
    return [line for line in map(_tidy, lines) if line]


def main_paragraphs(tree: HtmlElement) -> list[str]:
    """The paragraphs of what trafilatura takes for the article; `tree` is used up."""
    strip_elements(tree, *(set(SILENT) - {"noscript"}), with_tail=False)
    found: Any = bare_extraction(tree, include_comments=False, deduplicate=False)
    return paragraphs(found.body) if found is not None else []


def _parts(before: str, after: str) -> bool:
    """Whether a word ends and another begins: style sheets part the words of "<b>Hà Nội</b>Ngày 5/6"."""
    end, start = before[-2:], after[:2]
    return end.isalpha() and end.islower() and start.isalpha() and start.istitle() and len(start) == 2


def _mark(event: str, node: Any) -> str:
    if node.tag in BLOCKS:
        return _BREAK
    if node.tag in _CELLS:
        if any(inner.tag in BLOCKS for inner in node.iterdescendants()):
            return _BREAK
        return _CELL_BREAK if event == "start" and node.getprevious() is not None else ""
    return ""


def _tidy(line: str) -> str:
    return " ".join(line.split()).strip("| ")
