"""`trichtin status`: tell how things stand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pipeline.commands.options import DEFAULT_HOME, HomeDirectory
from pipeline.home import Home
from pipeline.tables import show_table

if TYPE_CHECKING:
    from corpus.crawls import CrawlReport


def status(home: HomeDirectory = DEFAULT_HOME) -> None:
    """Say what is stored, what waits, what is published, and how the last crawl of each site was.

    Examples:

    - `trichtin status`
    """
    import extractors
    from corpus.store import Store
    from warehouse import current

    place = Home(home)
    version = extractors.version()
    generation = current(place.published)
    with Store.reading(place.directory) as store:
        stored, states = set(store.numbers()), store.frontier.states()
        done = generation.loaded(store.identity, version) if generation else set()
        crawls = [crawl for site in store.crawls.sites() for crawl in store.crawls.last(site, 1)]
    rows: list[tuple[str, object]] = [("pages stored", len(stored))]
    rows.append(("pages waiting for build", len(stored - done)))
    rows += [(f"URLs {state}", count) for state, count in sorted(states.items())]
    rows.append(("rules installed", version))
    if generation is None:
        rows.append(("published", "nothing yet; run: trichtin build"))
    else:
        rows.append(("published", f"generation {generation.number}, {generation.made_at}"))
        rows.append(("made by rules", ", ".join(generation.extractor_versions)))
        rows += sorted(generation.rows.items())
    rows += [(f"crawl of {crawl.site}", _told(crawl)) for crawl in crawls]
    show_table(("what", "state"), rows)


def _told(crawl: CrawlReport) -> str:
    """One crawl in a line: when, what it did, and whether that is as it should be."""
    began = datetime.fromtimestamp(crawl.started, UTC).isoformat(sep=" ", timespec="seconds")
    did = f"{crawl.new} new, {crawl.changed} changed, {crawl.unchanged} unchanged"
    failed = sum(crawl.failed.values())
    verdict = ", ".join(crawl.breaches) or ("fine" if crawl.finished else crawl.because)
    return f"{began}: {did}, {failed} failed; {verdict}"
