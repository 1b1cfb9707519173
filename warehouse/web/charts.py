"""Draws rows as SVG with Vega-Lite; what a chart looks like is in charts/*.json.

Its colours are the variables of the style sheet, so that it is dark where the page is dark, and black on
paper.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import vl_convert
from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.web.pages import Visit

_VEGA_LITE = "6.4"
_BASE = "https://vega.github.io/vega-datasets/"
"""What Vega puts before links that have no host."""


def chart(visit: Visit, name: str, rows: Sequence[dict[str, Any]]) -> Markup:
    """The chart of a name; `{...}` in its texts are messages. Points lead where `link` of their row says."""
    drawn = _filled(_template(name), visit)
    drawn["data"] = {"values": json.loads(json.dumps(rows, default=str))}
    return Markup(_drawn(drawn))  # noqa: S704  (Vega escapes)


def warm() -> None:
    """Draws something: the first drawing of a process takes a second, and nobody should wait for it."""
    _drawn({"data": {"values": []}, "mark": "point"})


@cache
def _template(name: str) -> str:
    return (Path(__file__).parent / "charts" / f"{name}.json").read_text("utf-8")


def _filled(template: str, visit: Visit) -> dict[str, Any]:
    filled: dict[str, Any] = json.loads(template)

    def say(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: say(own) for key, own in value.items()}
        if isinstance(value, list):
            return [say(own) for own in value]
        if isinstance(value, str) and value.startswith("{"):
            return visit.language(value.strip("{}"))
        return value

    return dict(say(filled))


def _drawn(specification: dict[str, Any]) -> str:
    svg: str = vl_convert.vegalite_to_svg(specification, vl_version=_VEGA_LITE, allowed_base_urls=[])
    return svg.replace(f'xlink:href="{_BASE}/', 'href="/').replace(f'xlink:href="{_BASE}', 'href="')
