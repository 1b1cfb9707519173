"""What the newsroom's site consists of: every path, the template behind it and what the template is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from email.utils import format_datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from pipeline.newsroom.stories import Story, related, stories

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

_TEMPLATES = Path(__file__).parent / "templates"
_IN_FEED = 8
_MEDIA_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".rss": "application/rss+xml",
    ".txt": "text/plain",
    ".xml": "application/xml",
}
_WEEKDAYS = ("Thứ hai", "Thứ ba", "Thứ tư", "Thứ năm", "Thứ sáu", "Thứ bảy", "Chủ nhật")


@dataclass(frozen=True, slots=True)
class Resource:
    """One path of the site: rendered anew for whatever host it is asked under."""

    path: str
    template: str
    modified: datetime
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def content_type(self) -> str:
        """The media type with its charset."""
        return f"{_MEDIA_TYPES[Path(self.template).suffix]}; charset=utf-8"

    def render(self, host: str) -> bytes:
        """The body, its absolute links leading to `host` ("127.0.0.1:8642")."""
        page = _environment().get_template(self.template)
        return page.render(self.values, origin=f"http://{host}", path=self.path).encode()


@cache
def resources() -> Mapping[str, Resource]:
    """Every path that the site answers."""
    everything = stories()
    newest, half = everything[0].published, (len(everything) + 1) // 2
    pages = (
        Resource("/", "home.html", newest, {"lead": everything[0], "stories": everything[1:7]}),
        Resource("/tin-tuc/", "listing.html", newest, {"page": 1, "stories": everything[:half]}),
        Resource("/tin-tuc/trang-2/", "listing.html", newest, {"page": 2, "stories": everything[half:]}),
        Resource("/tim-kiem/", "search.html", newest),
        Resource("/rss.xml", "feed.rss", newest, {"stories": everything[:_IN_FEED]}),
        Resource("/sitemap.xml", "sitemap.xml", newest, {"stories": everything}),
        Resource("/robots.txt", "robots.txt", newest),
        Resource("/style.css", "style.css", newest),
        *map(_article, everything),
    )
    return {page.path: page for page in pages}


def missing(path: str) -> Resource:
    """What is shown in place of a page that is not there."""
    return Resource(path, "missing.html", stories()[0].published)


def dateline(time: datetime) -> str:
    """The line under a headline: "Thứ ba, 15/06/2021, 14:30 (GMT+7)"."""
    weekday = _WEEKDAYS[time.weekday()]
    return f"{weekday}, {time:%d/%m/%Y, %H:%M} (GMT+7)"


def _article(story: Story) -> Resource:
    values = {"story": story, "related": related(story)}
    return Resource(story.path, "article.html", story.published, values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"dateline": dateline, "rfc822": format_datetime}
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False}
    return environment
