"""`trichtin status`: tell how things stand."""

from __future__ import annotations

from pipeline.commands.options import DEFAULT_HOME, HomeDirectory
from pipeline.home import Home
from pipeline.tables import show_table


def status(home: HomeDirectory = DEFAULT_HOME) -> None:
    """Say what is stored, what waits, and what is published.

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
        stored, states = set(store.numbers()), store.states()
        done = generation.loaded(store.identity, version) if generation else set()
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
    show_table(("what", "state"), rows)
