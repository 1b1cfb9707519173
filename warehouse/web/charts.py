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

from warehouse.web.language import CODES, language

if TYPE_CHECKING:
    from collections.abc import Sequence

    from warehouse.web.language import Language
    from warehouse.web.pages import Visit

_CHARTS = Path(__file__).parent / "charts"
_SOURCE = "rows"
_VEGA_LITE = "6.4"
_BASE = "https://vega.github.io/vega-datasets/"
"""What Vega puts before links that have no host."""


def chart(visit: Visit, name: str, rows: Sequence[dict[str, Any]]) -> Markup:
    """The chart of a name; `{...}` in its texts are messages. Points lead where `link` of their row says."""
    vega = json.loads(_compiled(name, visit.language.code))
    (source,) = (data for data in vega["data"] if data["name"] == _SOURCE)
    source["values"] = json.loads(json.dumps(rows, default=str))
    return Markup(_drawn(vega))  # noqa: S704  (Vega escapes)


def warm() -> None:
    """Compiles every chart and draws one: the first time takes a process a second that nobody should wait."""
    for name in sorted(path.stem for path in _CHARTS.glob("*.json")):
        for code in CODES:
            vega = json.loads(_compiled(name, code))
    _drawn(vega)


@cache
def _compiled(name: str, code: str) -> str:
    """A chart as Vega, without its rows: half of the time that a drawing takes from the start."""
    drawn = _filled((_CHARTS / f"{name}.json").read_text("utf-8"), language(code))
    drawn["data"] = {"name": _SOURCE, "values": []}
    return json.dumps(vl_convert.vegalite_to_vega(drawn, vl_version=_VEGA_LITE))


def _filled(template: str, spoken: Language) -> dict[str, Any]:
    filled: dict[str, Any] = json.loads(template)

    def say(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: say(own) for key, own in value.items()}
        if isinstance(value, list):
            return [say(own) for own in value]
        if isinstance(value, str) and value.startswith("{"):
            return spoken(value.strip("{}"))
        return value

    return dict(say(filled))


def _drawn(vega: dict[str, Any]) -> str:
    svg: str = vl_convert.vega_to_svg(vega, allowed_base_urls=[])
    return svg.replace(f'xlink:href="{_BASE}/', 'href="/').replace(f'xlink:href="{_BASE}', 'href="')
