"""`trichtin alerts`: tell of what is new, by webhook and e-mail."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.commands.options import DEFAULT_HOME, HomeDirectory
from pipeline.failures import Failure
from pipeline.home import Home

if TYPE_CHECKING:
    from pipeline.alert_rules import Rules


def alerts(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be sent; send nothing.")] = False,
    home: HomeDirectory = DEFAULT_HOME,
) -> None:
    """Send what is new for the saved searches, and what is wrong with the crawls, as `alerts.toml` says.

    `trichtin run` does so at its end. What could not be sent is tried again by later runs, ever more rarely.

    Examples:

    - `trichtin alerts`

    - `trichtin alerts --dry-run`
    """
    from pipeline.alert_rules import read_rules

    path = Home(home).alerts
    if not path.exists():
        raise Failure(f"{path} is not there: docs/alerts.md says what stands in it")
    act = _would_send if dry_run else _send
    wrong = act(read_rules(path), Home(home))
    if wrong:
        raise Failure("; ".join(wrong))


def tell_alerts(home: Home) -> list[str]:
    """Sends the alerts of a home, if it has any, with a line on stdout for each message.

    Returns what is wrong, a line each: whoever calls has more to tell.
    """
    if not home.alerts.exists():
        return []
    from corpus.store import StoreError
    from pipeline.alert_rules import read_rules
    from warehouse import WarehouseError

    try:
        return _send(read_rules(home.alerts), home)
    except (Failure, StoreError, WarehouseError) as failure:
        return [str(failure)]


def _send(rules: Rules, home: Home) -> list[str]:
    from pipeline.alerts import deliver, find
    from pipeline.outbox import Outbox

    wrong = []
    with Outbox.writing(home.directory) as outbox:
        for told in chain(find(rules, home, outbox), deliver(rules, outbox)):
            if told.wrong:
                wrong.append(told.line)
            else:
                typer.echo(told.line)
    return wrong


def _would_send(rules: Rules, home: Home) -> list[str]:
    """The same over a copy of what is known, up to sending."""
    from pipeline.alerts import find
    from pipeline.outbox import Outbox

    with Outbox.aside(home.directory) as outbox:
        wrong = [told.line for told in find(rules, home, outbox)]
        for alert in rules.alerts:
            for way in alert.ways:
                waiting = outbox.waiting(alert, way.kind)
                for delivery in waiting:
                    typer.echo(f"{alert.name}: {delivery.body['total']} new, would be sent by {way.place}")
                    for found in delivery.body["found"]:
                        typer.echo(f"  {found.get('title') or found['site']}")
                if not waiting:
                    typer.echo(f"{alert.name}: nothing new for {way.place}")
    return wrong
