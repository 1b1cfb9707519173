"""Serves the newsroom's site on loopback."""

from __future__ import annotations

import sys
from datetime import UTC
from email.utils import format_datetime
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import TCPServer
from threading import Thread
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlsplit

from pipeline.newsroom.site import missing, resources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pipeline.newsroom.site import Resource

_LOOPBACK = "127.0.0.1"


class Newsroom(ThreadingHTTPServer):
    """The demo newsroom: takes its port when made, answers inside its `with` block, says nothing.

    Port 0 stands for any that is free. A port that is taken raises OSError (errno EADDRINUSE).
    """

    def __init__(self, port: int = 8642) -> None:
        """Takes the port; nobody is answered yet."""
        super().__init__((_LOOPBACK, port), _Desk)
        self._thread = Thread(target=self.serve_forever, args=(0.05,), name="newsroom", daemon=True)

    @property
    def home(self) -> str:
        """The address of the home page."""
        return f"http://{_LOOPBACK}:{self.server_port}/"

    def __enter__(self) -> Self:
        """Opens the doors."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Closes them and gives the port back."""
        self.shutdown()
        self.server_close()
        self._thread.join()

    def server_bind(self) -> None:
        """Binds without asking the name service for our own name, which may take seconds offline."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = _LOOPBACK, self.server_address[1]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A reader who hangs up in mid-answer is none of our errors."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class _Desk(BaseHTTPRequestHandler):
    """Answers one reader."""

    server: Newsroom
    server_version = "DemoNewsroom"
    timeout = 10  # seconds of silence after which a reader is given up

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        host = self.headers.get("Host") or urlsplit(self.server.home).netloc
        if resource := resources().get(path):
            self._answer(resource, resource.render(host))
        else:
            page = missing(path)
            self._send(HTTPStatus.NOT_FOUND, {"Content-Type": page.content_type}, page.render(host))

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, *_: object) -> None:
        """Keeps quiet."""

    def _answer(self, resource: Resource, body: bytes) -> None:
        etag = f'"{sha256(body).hexdigest()[:16]}"'
        modified = format_datetime(resource.modified.astimezone(UTC), usegmt=True)
        validators = {"ETag": etag, "Last-Modified": modified}
        if self._knows(etag, modified):
            self._send(HTTPStatus.NOT_MODIFIED, validators)
        else:
            self._send(HTTPStatus.OK, validators | {"Content-Type": resource.content_type}, body)

    def _knows(self, etag: str, last_modified: str) -> bool:
        """Whether the reader's copy is this very version; the time must be exactly ours to count."""
        if tags := self.headers.get("If-None-Match"):
            return etag in {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return self.headers.get("If-Modified-Since") == last_modified

    def _send(self, status: HTTPStatus, headers: Mapping[str, str], body: bytes | None = None) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if body is not None:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if body is not None and self.command != "HEAD":
            self.wfile.write(body)
