"""Which element of a page holds the body of its article, and what stands between headline and body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spiders.markup import plays

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.html import HtmlElement

    from spiders.prose import Prose

# Measured in letters of prose; shares of the prose of what is around.
LEAST = 80  # of a body that is known by its name, or of an <article>
ENOUGH = 250  # of a body that nothing names
MAIN = 0.3  # of the page, around the headline
SAME = 0.95  # a part that holds so much of a body is the body
NEARLY = 0.9
PIECE = 0.15  # of the largest piece, where one body stands in several

_WRAPPERS = frozenset(
    ("div", "section", "article", "main", "td", "table", "tbody", "tr", "form", "center", "header")
)


def find_body(tree: HtmlElement, headline: HtmlElement | None, prose: Prose) -> tuple[HtmlElement, ...]:
    """The elements that hold the body of the article; none where the page has too little prose to tell."""
    body = _body(tree, headline, prose)
    if body is None:
        return ()
    # A body in several pieces: they have one parent and the same name.
    parent, least = body.getparent(), PIECE * prose.letters(body)
    pieces = parent.iterchildren(body.tag) if parent is not None and body.get("class") else ()
    return tuple(
        one for one in pieces if one.get("class") == body.get("class") and prose.letters(one) >= least
    ) or (body,)


def _body(tree: HtmlElement, headline: HtmlElement | None, prose: Prose) -> HtmlElement | None:
    named = list(_named(tree, prose))
    if headline is None:
        return _best(named, prose) if named else _densest(tree, prose)
    for around in headline.iterancestors():
        if near := [element for element in named if element is around or around in element.iterancestors()]:
            best = _best([element for element in near if element is not around] or near, prose)
            return best if headline not in best.iterdescendants() else _narrowed(best, prose)
        if around.tag == "article" and prose.letters(around) >= LEAST:
            return _narrowed(around, prose)
    return _densest(tree, prose, headline)


def nearest(headline: HtmlElement | None, elements: tuple[HtmlElement, ...]) -> tuple[HtmlElement, ...]:
    """Those of some elements that stand nearest to a headline: other articles may follow on the page."""
    around = () if headline is None else headline.iterancestors()
    groups = (tuple(one for one in elements if outer in (one, *one.iterancestors())) for outer in around)
    return next(filter(None, groups), elements)


def common(one: HtmlElement, other: HtmlElement) -> HtmlElement:
    """The innermost element that holds both, one of them it may be itself."""
    around = {other, *other.iterancestors()}
    return next(outer for outer in (one, *one.iterancestors()) if outer in around)


def between(headline: HtmlElement, body: HtmlElement) -> Iterator[HtmlElement]:
    """What stands after the headline and before the body, as the largest elements that hold neither."""
    below = [body, *body.iterancestors()]
    node = headline
    while (parent := node.getparent()) is not None and node not in below:
        following = list(node.itersiblings())
        if parent in below:
            inner = next((sibling for sibling in following if sibling in below), None)
            if inner is not None:
                yield from following[: following.index(inner)]
                yield from _down_to(inner, below)
            return
        yield from following
        node = parent


def cut_before(headline: HtmlElement, body: HtmlElement) -> None:
    """Takes the headline out of a body that holds it, and all that stands before it."""
    node = headline
    while node is not body:
        parent = node.getparent()
        for earlier in list(node.itersiblings(preceding=True)):
            parent.remove(earlier)
        parent.text = None
        node = parent
    headline.drop_tree()


def _named(tree: HtmlElement, prose: Prose) -> Iterator[HtmlElement]:
    for element in tree.xpath("//*[@class or @id or @itemprop or @data-role]"):
        declared = element.get("itemprop") == "articleBody" or element.get("data-role") == "content"
        if prose.letters(element) >= LEAST and (declared or _is_body(element)):
            yield element


def _is_body(element: HtmlElement) -> bool:
    return plays(element, "body") and not plays(
        element, "related", "comment", "advertisement", "author", "caption"
    )


def _best(named: Iterable[HtmlElement], prose: Prose) -> HtmlElement:
    """The richest; of those with the same text, the innermost."""
    ranked = sorted(named, key=prose.letters, reverse=True)
    richest = ranked[0]
    inner = [e for e in ranked if richest in e.iterancestors()]
    for element in inner:
        if prose.letters(element) >= SAME * prose.letters(richest):
            richest = element
    return richest


def _densest(tree: HtmlElement, prose: Prose, headline: HtmlElement | None = None) -> HtmlElement | None:
    page = tree.find("body") if tree.tag == "html" else tree
    whole = prose.letters(page) if page is not None else 0
    if page is None or whole < ENOUGH:
        return None
    if headline is None:
        return _narrowed(page, prose, MAIN * 2)
    least = max(ENOUGH, MAIN * whole)
    around = next((outer for outer in headline.iterancestors() if prose.letters(outer) >= least), page)
    return _narrowed(around, prose)


def _narrowed(around: HtmlElement, prose: Prose, share: float = NEARLY) -> HtmlElement:
    """The innermost element that holds nearly all prose of one and is more than a paragraph."""
    while True:
        least = share * prose.letters(around)
        inner = next(
            (
                child
                for child in around
                if child.tag in _WRAPPERS and prose.letters(child) >= least and prose.paragraphs(child) > 1
            ),
            None,
        )
        if inner is None:
            return around
        around = inner


def _down_to(outer: HtmlElement, below: list[HtmlElement]) -> Iterator[HtmlElement]:
    while outer is not below[0]:
        inner = next(child for child in outer if child in below)
        yield from reversed(list(inner.itersiblings(preceding=True)))
        outer = inner
