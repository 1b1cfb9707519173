"""What alerts know and what they have to send: a message is here before it is sent, until it was accepted.

What an alert has found and the message that tells of it are written in one transaction, and a message is
noted as sent once the other side has accepted it. Killed between the two, the next run sends it again, under
the same id: at least once, and never lost.
"""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from pipeline.failures import Failure

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from pipeline.alert_rules import Alert

FILE = "alerts.sqlite"
LOCK = "alerts.lock"

MINUTE, DAY = 60.0, 86400.0
TRIES = 12
"""After so many tries, over nearly four days at least, a message is given up."""
KEPT = 90 * DAY
"""Seconds for which it is on record what was sent."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """A message that is to be sent by one way; `tries` is how often that was tried, `tried` when last."""

    number: int
    message: str
    alert: str
    way: str
    body: Mapping[str, Any]
    tries: int = 0
    tried: float | None = None

    def due(self, now: float) -> bool:
        """Whether it is time to try it; a clock that was set back delays nothing."""
        return self.tried is None or not 0 <= now - self.tried < wait(self.tries)


@dataclass(frozen=True, slots=True)
class Standing:
    """How one way of an alert stands: messages that wait and that were given up, and the last failure."""

    alert: str
    way: str
    waiting: int
    given_up: int
    error: str | None


def wait(tries: int) -> float:
    """Seconds to wait after so many tries: 5 minutes, then twice as long each time, a day at most."""
    return min(5 * MINUTE * 2.0 ** (tries - 1), DAY)


class Outbox:
    """The SQLite file of a home. All methods raise Failure where it can't be read or written."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        """Use `writing` or `aside`."""
        self._path, self._connection = path, connection

    @classmethod
    @contextmanager
    def writing(cls, home: Path) -> Iterator[Outbox]:
        """Open to find and send, as the only process that does; made where it is missing."""
        with _alone(home), cls._connected(home, "rwc") as outbox:
            outbox._prepare()  # noqa: SLF001  (ours)
            yield outbox

    @classmethod
    @contextmanager
    def aside(cls, home: Path) -> Iterator[Outbox]:
        """A copy in memory, to look at and to try things with, also while another process sends."""
        path = home / FILE
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
            if path.exists():
                with cls._connected(home, "ro") as outbox, _clear_errors(path):
                    outbox._connection.backup(copy)  # noqa: SLF001  (ours)
            outbox = cls(path, copy)
            outbox._prepare()
            yield outbox

    def save(self, path: Path) -> None:
        """Writes all of it into a new file."""
        with _clear_errors(path), closing(sqlite3.connect(path)) as file:
            self._connection.backup(file)

    @classmethod
    @contextmanager
    def _connected(cls, home: Path, mode: str) -> Iterator[Outbox]:
        path = home / FILE
        with _clear_errors(path):
            uri = f"{path.absolute().as_uri()}?mode={mode}"
            connection = sqlite3.connect(uri, uri=True, isolation_level=None)
        with closing(connection):
            yield cls(path, connection)

    def _prepare(self) -> None:
        with _clear_errors(self._path):
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.executescript(files("pipeline").joinpath("outbox.sql").read_text("utf-8"))

    def known(self, alert: Alert) -> set[str] | None:
        """What an alert has found; None where it is new, or watches something else now."""
        watched = self._rows("SELECT watches FROM watched WHERE alert = ?", alert.name)
        if watched != [(alert.watches,)]:
            return None
        return {item for (item,) in self._rows("SELECT item FROM found WHERE alert = ?", alert.name)}

    def note(
        self, alert: Alert, items: Collection[str], gone: Collection[str], body: Mapping[str, Any] | None
    ) -> None:
        """An alert has found items, others hold no longer, and there is a message to be sent, if any."""
        with self._transaction():
            if self.known(alert) is None:
                self._forget(alert.name)
                self._rows("INSERT INTO watched (alert, watches) VALUES (?, ?)", alert.name, alert.watches)
            self._many("DELETE FROM found WHERE alert = ? AND item = ?", alert.name, gone)
            self._many("INSERT OR IGNORE INTO found (alert, item) VALUES (?, ?)", alert.name, items)
            if body:
                self._deliver(alert, body)

    def _deliver(self, alert: Alert, body: Mapping[str, Any]) -> None:
        query = "INSERT INTO deliveries (message, alert, way, body, made) VALUES (?, ?, ?, ?, unixepoch())"
        for way in alert.ways:
            self._rows(query, body["id"], alert.name, way.kind, json.dumps(body, ensure_ascii=False))

    def keep_only(self, alerts: Iterable[Alert]) -> None:
        """Forgets alerts and ways that are declared no longer, with what was to be sent, and old records."""
        ways = {(alert.name, way.kind) for alert in alerts for way in alert.ways}
        names = {name for name, _ in ways}
        with self._transaction():
            for (name,) in self._rows("SELECT alert FROM watched"):
                if name not in names:
                    self._forget(name)
            for way in self._rows("SELECT DISTINCT alert, way FROM deliveries WHERE sent IS NULL"):
                if way not in ways:
                    self._rows("DELETE FROM deliveries WHERE alert = ? AND way = ? AND sent IS NULL", *way)
            self._rows(
                """
                DELETE FROM deliveries
                WHERE (sent IS NOT NULL OR tries >= ?) AND coalesce(sent, tried) < unixepoch() - ?
                """,
                *(TRIES, KEPT),
            )

    def waiting(self, alert: Alert, way: str) -> list[Delivery]:
        """What is to be sent by a way, oldest first."""
        rows = self._rows(
            """
            SELECT number, message, alert, way, body, tries, tried FROM deliveries
            WHERE alert = ? AND way = ? AND sent IS NULL AND tries < ? ORDER BY number
            """,
            *(alert.name, way, TRIES),
        )
        return [
            Delivery(number, message, name, kind, json.loads(body), tries, tried)
            for number, message, name, kind, body, tries, tried in rows
        ]

    def accepted(self, delivery: Delivery, now: float) -> None:
        """The other side has it."""
        self._rows("UPDATE deliveries SET sent = ?, error = NULL WHERE number = ?", now, delivery.number)

    def refused(self, delivery: Delivery, why: str, now: float) -> None:
        """The other side could not be reached, or did not want it."""
        query = "UPDATE deliveries SET tries = tries + 1, tried = ?, error = ? WHERE number = ?"
        self._rows(query, now, why, delivery.number)

    def standings(self) -> list[Standing]:
        """How each way stands that has something to send, or has given something up."""
        rows = self._rows(
            """
            SELECT alert, way, count(*) FILTER (WHERE tries < ?), count(*) FILTER (WHERE tries >= ?),
                error, max(tried) -- SQLite gives the error of the row that was tried last
            FROM deliveries WHERE sent IS NULL GROUP BY alert, way ORDER BY alert, way
            """,
            *(TRIES, TRIES),
        )
        return [Standing(*row[:5]) for row in rows]

    def _forget(self, alert: str) -> None:
        self._rows("DELETE FROM found WHERE alert = ?", alert)
        self._rows("DELETE FROM watched WHERE alert = ?", alert)

    def _rows(self, query: str, *values: Any) -> list[Any]:
        with _clear_errors(self._path):
            return self._connection.execute(query, values).fetchall()

    def _many(self, query: str, alert: str, items: Collection[str]) -> None:
        with _clear_errors(self._path):
            self._connection.executemany(query, [(alert, item) for item in items])

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._rows("BEGIN IMMEDIATE")
        try:
            yield
            self._rows("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._rows("ROLLBACK")
            raise


def standings(home: Path) -> list[Standing]:
    """How the ways of a home's alerts stand; none where nothing was ever watched."""
    with Outbox.aside(home) as outbox:
        return outbox.standings()


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    # The lock lives as long as the process: a killed one leaves none behind.
    handle = os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _lock(handle, home)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, home: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise Failure(f"{home}: another process is sending alerts; what is left is sent next time") from None


@contextmanager
def _clear_errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise Failure(f"{path}: {error}") from error
