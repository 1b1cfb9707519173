"""Whoever is told: a webhook and a mail server on loopback, which answer as a test wants."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from aiosmtpd.controller import Controller
from conftest import free_port

if TYPE_CHECKING:
    from collections.abc import Iterator

HANG, DRIBBLE = -1, -2
"""Instead of a status: never answer; answer for ever, byte by byte."""


@dataclass
class Hook:
    """A webhook. Each request takes the next of `answers`, and 200 where there is none left."""

    url: str = ""
    answers: list[int] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    @property
    def messages(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self.bodies]


@contextmanager
def hook(*answers: int) -> Iterator[Hook]:
    """A webhook on a port of loopback that is free."""
    told = Hook(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            told.headers.append({name.lower(): value for name, value in self.headers.items()})
            told.bodies.append(self.rfile.read(int(self.headers["content-length"])))
            answer = told.answers.pop(0) if told.answers else 200
            if answer == HANG:
                told.over.wait()
            elif answer == DRIBBLE:
                self._dribble()
            else:
                self.send_response(answer)
                self.send_header("location", told.url + "elsewhere")
                self.send_header("content-length", "0")
                self.end_headers()

        def _dribble(self) -> None:
            try:
                self.wfile.write(b"HTTP/1.1 200 OK\r\nx: ")
                while not told.over.wait(0.02):
                    self.wfile.write(b"x")
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}/"
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield told
    finally:
        told.over.set()
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Post:
    """A mail server; it refuses the addresses in `unknown`, and every message where there is a `refusal`."""

    address: str = ""
    mails: list[EmailMessage] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    refusal: str | None = None

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, to: str, _: Any) -> str:  # noqa: N802
        if to in self.unknown:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(to)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refusal:
            return self.refusal
        mail = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        return "250 OK"


@contextmanager
def post(**options: Any) -> Iterator[Post]:
    """A mail server on a port of loopback that is free."""
    told = Post()
    port = free_port()
    told.address = f"127.0.0.1:{port}"
    controller = Controller(told, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield told
    finally:
        controller.stop()
