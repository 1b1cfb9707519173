"""Where things stand on a page: what it declares, its headline, the elements that hold the body."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml.html import HtmlElement
from parsel.csstranslator import HTMLTranslator

from spiders.boilerplate import drop, drop_hidden
from spiders.containers import find_body, nearest
from spiders.declarations import MOST, declared
from spiders.headline import find_headline, heading_over, one_line
from spiders.prose import measure

if TYPE_CHECKING:
    from spiders.declarations import Declared
    from spiders.site import Site


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A page whose parts are known; `names` are the titles of the document, `site` may be unknown."""

    tree: HtmlElement
    site: Site | None
    stated: Declared
    names: tuple[str, ...]
    headline: HtmlElement | None
    bodies: tuple[HtmlElement, ...]

    def selected(self, name: str) -> tuple[HtmlElement, ...]:
        """What the site's selector of a name finds."""
        return _find(self.tree, self.site, name)


def anatomy(tree: HtmlElement, site: Site | None) -> Anatomy:
    """Finds the parts of a page, where the site says, else by what is declared and by the markup.

    What the site drops and what no reader sees is taken out of the tree.
    """
    stated = declared(tree)
    names = tuple(filter(None, map(one_line, tree.xpath("//title[not(ancestor::svg)]")[:MOST])))
    for element in _find(tree, site, "drop"):
        if element is not tree:
            drop(element)
    drop_hidden(tree)
    headline = next(iter(_find(tree, site, "title")), None)
    if headline is None:
        headline = find_headline(tree, [*stated.titles, *names])
    bodies = nearest(headline, _find(tree, site, "body")) or find_body(
        tree, headline, measure(tree, headline)
    )
    if headline is None and bodies:
        headline = heading_over(bodies[0])
    return Anatomy(tree, site, stated, names, headline, bodies)


def _find(tree: HtmlElement, site: Site | None, name: str) -> tuple[HtmlElement, ...]:
    """The elements that a site's selector finds, without those that stand in another of them."""
    selector = site.selectors.get(name) if site else None
    found = tree.xpath(HTMLTranslator().css_to_xpath(selector)) if selector else []
    elements = dict.fromkeys(element for element in found if isinstance(element, HtmlElement))
    return tuple(one for one in elements if not any(outer in elements for outer in one.iterancestors()))
