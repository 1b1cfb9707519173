"""What a user wants to be told of and how: `alerts.toml` in the home, see docs/alerts.md."""

from __future__ import annotations

import binascii
import os
import re
import tomllib
from base64 import b64decode
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from starlette.exceptions import HTTPException

from pipeline.failures import Failure
from warehouse.search.schema import FACETS
from warehouse.web.search_question import SearchQuestion

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PORTS = {"smtp": 587, "smtps": 465}
TIMES = ("year", "from", "to")
ALERT = ("name", "search", *FACETS, *TIMES, "health", "webhook", "secret", "email")
MAIL = ("server", "sender")

_NAME = re.compile("[a-z0-9-]{1,64}")
_ADDRESS = re.compile(r"[^@\s,<>\"]+@[^@\s,<>\"]+")
_ENVIRONMENT = re.compile(r"env:([A-Za-z_][A-Za-z0-9_]*)")
_SECRET = "whsec_"  # noqa: S105  (how secrets of Standard Webhooks begin)


@dataclass(frozen=True, slots=True)
class Webhook:
    """A POST of JSON to a URL, signed where there is a secret. Both are never shown: a URL may be a key."""

    url: str = field(repr=False)
    secret: bytes | None = field(default=None, repr=False)
    kind: str = "webhook"

    @property
    def place(self) -> str:
        """Where it goes, as users may see it."""
        return f"webhook at {urlsplit(self.url).hostname}"


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that takes e-mails: over TLS from the first (`smtps`) or after STARTTLS (`smtp`)."""

    scheme: str
    host: str
    port: int
    sender: str
    user: str | None = field(default=None, repr=False)
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Email:
    """An e-mail to some addresses."""

    to: tuple[str, ...]
    server: MailServer
    kind: str = "email"

    @property
    def place(self) -> str:
        """Where it goes, as users may see it."""
        return f"e-mail to {', '.join(self.to)}"


Way = Webhook | Email


@dataclass(frozen=True, slots=True)
class Alert:
    """What is told, by its name, and by which ways. `search` is None where it is the health of crawls."""

    name: str
    search: SearchQuestion | None
    ways: tuple[Way, ...]

    @property
    def watches(self) -> str:
        """What it watches; another one where the search was changed."""
        return self.search.address() if self.search else "health"


@dataclass(frozen=True, slots=True)
class Rules:
    """All alerts of a home; `pages` is the address of the pages of `serve`, for links, None without them."""

    pages: str | None
    alerts: tuple[Alert, ...]


def read_rules(path: Path) -> Rules:
    """The alerts that a file declares; raises Failure, naming alert and field, and OSError."""
    try:
        declared = tomllib.loads(path.read_text("utf-8"))
    except ValueError as error:
        raise Failure(f"{path}: {error}") from None
    return _Reader(str(path)).rules(declared)


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads one part of the file, which `where` names."""

    where: str

    def rules(self, declared: Mapping[str, Any]) -> Rules:
        self._names(declared, ("pages", "mail", "alert"))
        pages = self._url(declared["pages"], "pages", shown=True) if "pages" in declared else None
        mail = self._mail(declared["mail"]) if "mail" in declared else None
        tables = declared.get("alert", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise self._wrong("alert", "a list of tables, each headed [[alert]]")
        alerts = tuple(self._at(number, table).alert(table, mail) for number, table in enumerate(tables, 1))
        names = [alert.name for alert in alerts]
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise Failure(f"{self.where}: {', '.join(twice)}: two alerts have this name")
        return Rules(pages.rstrip("/") if pages else None, alerts)

    def alert(self, declared: Mapping[str, Any], mail: MailServer | None) -> Alert:
        self._names(declared, ALERT)
        name = declared.get("name")
        if not isinstance(name, str) or not _NAME.fullmatch(name):
            raise self._wrong("name", "up to 64 of a-z, 0-9 and -")
        if declared.get("health", True) is not True:
            raise self._wrong("health", "true")
        watches = declared.keys() & {"search", *FACETS, *TIMES}
        if ("health" in declared) == bool(watches):
            raise Failure(f"{self.where}: say what it watches: a search, its filters, or health = true")
        ways = tuple(self._ways(declared, mail))
        if not ways:
            raise Failure(
                f"{self.where}: say webhook or email; as a feed `trichtin serve` has every search already"
            )
        return Alert(name, self._search(declared) if watches else None, ways)

    def _ways(self, declared: Mapping[str, Any], mail: MailServer | None) -> list[Way]:
        ways: list[Way] = []
        if "webhook" in declared:
            secret = self._secret(declared["secret"]) if "secret" in declared else None
            ways.append(Webhook(self._url(declared["webhook"], "webhook"), secret))
        elif "secret" in declared:
            raise Failure(f"{self.where}: secret signs what a webhook is sent, and there is none")
        if "email" in declared:
            to = self._texts(declared["email"], "email")
            if not all(map(_ADDRESS.fullmatch, to)):
                raise self._wrong("email", "an e-mail address, or a list of them")
            if mail is None:
                raise Failure(f"{self.where}: email needs a server: [mail] with {', '.join(MAIL)}")
            ways.append(Email(to, mail))
        return ways

    def _search(self, declared: Mapping[str, Any]) -> SearchQuestion:
        text = declared.get("search", "")
        if not isinstance(text, str):
            raise self._wrong("search", "words, as `trichtin search` takes them")
        question = SearchQuestion(
            text=text.strip(),
            chosen={name: self._texts(declared[name], name) for name in FACETS if name in declared},
            year=str(declared.get("year", "")),
            first=_day(declared.get("from", "")),
            last=_day(declared.get("to", "")),
            sort="date",
        )
        try:
            _ = question.filters
        except HTTPException as error:
            raise Failure(f"{self.where}: {error.detail}") from None
        return question

    def _mail(self, declared: Any) -> MailServer:
        here = _Reader(f"{self.where}: mail")
        if not isinstance(declared, dict):
            raise self._wrong("mail", f"a table with {', '.join(MAIL)}")
        here._names(declared, MAIL)
        sender = declared.get("sender")
        if not isinstance(sender, str) or not _ADDRESS.fullmatch(sender):
            raise here._wrong("sender", "an e-mail address")
        return here._server(declared.get("server"), sender)

    def _server(self, declared: Any, sender: str) -> MailServer:
        try:
            parts = urlsplit(self._hidden(declared, "server"))
            port = parts.port or PORTS[parts.scheme]
            host = parts.hostname
        except (ValueError, KeyError):
            host = port = None
        if not host or not port:
            raise self._wrong("server", "smtps://USER:PASSWORD@HOST, or smtp:// for STARTTLS")
        user, password = (unquote(part) if part else None for part in (parts.username, parts.password))
        return MailServer(parts.scheme, host, port, sender, user, password)

    def _url(self, declared: Any, name: str, *, shown: bool = False) -> str:
        url = declared if shown else self._hidden(declared, name)
        try:
            parts = urlsplit(url) if isinstance(url, str) and not re.search(r"\s", url) else None
            known = parts and parts.scheme in {"http", "https"} and parts.hostname and (parts.port or True)
        except ValueError:
            known = False
        if not known:
            raise self._wrong(name, "an http or https URL")
        return str(url)

    def _secret(self, declared: Any) -> bytes:
        written = self._hidden(declared, "secret")
        try:
            key = b64decode(written.removeprefix(_SECRET), validate=True)
        except binascii.Error:
            key = b""
        if not written.startswith(_SECRET) or not 24 <= len(key) <= 64:  # as Standard Webhooks asks for
            raise self._wrong("secret", f"{_SECRET} and 24 to 64 bytes in base64")
        return key

    def _hidden(self, declared: Any, name: str) -> str:
        """What is written, or what the variable of the environment holds that is written as env:NAME."""
        if not isinstance(declared, str):
            raise self._wrong(name, "a text, or env:NAME")
        variable = _ENVIRONMENT.fullmatch(declared)
        if variable and variable[1] not in os.environ:
            raise Failure(f"{self.where}: {name} is to be found in {variable[1]}, which is not set")
        return os.environ[variable[1]] if variable else declared

    def _texts(self, declared: Any, name: str) -> tuple[str, ...]:
        several = declared if isinstance(declared, list) else [declared]
        if not several or not all(isinstance(one, str) and one.strip() for one in several):
            raise self._wrong(name, "a text, or a list of them")
        return tuple(several)

    def _at(self, number: int, declared: Mapping[str, Any]) -> _Reader:
        name = declared.get("name")
        known = isinstance(name, str) and _NAME.fullmatch(name)
        return _Reader(f"{self.where}: alert {name if known else number}")

    def _names(self, declared: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
        for name in declared:
            if name not in allowed:
                raise Failure(f"{self.where}: {name} is no field; allowed are {', '.join(allowed)}")

    def _wrong(self, name: str, allowed: str) -> Failure:
        # What was written is not told: it may be a secret, or stand in the field of one.
        return Failure(f"{self.where}: {name}: allowed is {allowed}")


def _day(declared: Any) -> str:
    return declared.isoformat() if isinstance(declared, date) else str(declared)
