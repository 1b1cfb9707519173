"""`trichtin golden`: pages with the articles that must be read from them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import OwnSites
from pipeline.failures import Failure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from corpus.article import Page
    from spiders.site import Site


def golden(
    page: Annotated[
        str | None, typer.Argument(help="A URL of the site, or an HTML file that was saved.")
    ] = None,
    site: Annotated[str | None, typer.Option(help="The site whose declaration reads the page.")] = None,
    into: Annotated[Path, typer.Option(help="Directory of the golden pages.")] = Path("golden"),
    check: Annotated[bool, typer.Option("--check", help="Read the golden pages again and compare.")] = False,
    own: OwnSites = None,
) -> None:
    """Save a page and the article read from it as a test pair, NAME.html and NAME.json, or check the pairs.

    Look through the JSON, and correct it: it says what must be read from the page from now on.

    Examples:

    - `trichtin golden saved.html --site vnexpress --into golden/`

    - `trichtin golden --check --into golden/`
    """
    from pipeline.golden import save
    from spiders.site import known_sites

    if check == (page is not None):
        raise Failure("give a page to save, or --check")
    known = known_sites(own)
    if page is None:
        _check(into, known)
        return
    if site is None or site not in known:
        raise Failure(f"name the page's site with --site (declared: {', '.join(known)})")
    saved = save(_page(page, known[site]), known[site], into)
    typer.echo(f"{saved}: look through it; check with --check")


def _check(directory: Path, known: Mapping[str, Site]) -> None:
    from pipeline.golden import differences

    found = list(differences(directory, known))
    for one in found:
        typer.echo(f"{one.file}: {one.field} is {one.found!r}, not {one.expected!r}")
    if found:
        raise Failure(
            f"{len(found)} difference{'s' if len(found) > 1 else ''} from the golden pages in {directory}"
        )
    typer.echo(f"every golden page in {directory} is read as it must be")


def _page(given: str, site: Site) -> Page:
    if given.startswith(("http://", "https://")):
        return _fetched(given, site)
    from pipeline.importing import read_page

    file = Path(given)
    # Where the file lies on this machine is nobody's business.
    return replace(read_page(file, {}), url=f"file:///{file.name}", content_type="text/html", site=site.name)


def _fetched(url: str, site: Site) -> Page:
    from spiders.fetching import PageMissing, fetch
    from spiders.settings import NoContact

    if not site.owns(url):
        raise Failure(f"{url} is no page of {site.name} ({site.home})")
    try:
        return fetch(url, site)
    except (PageMissing, NoContact) as error:
        raise Failure(str(error)) from None
