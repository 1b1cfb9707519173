"""Runs the application on uvicorn, in one process or several."""

from __future__ import annotations

import os
import pickle
import socket
from base64 import b64decode, b64encode
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import uvicorn
from uvicorn.config import LOGGING_CONFIG

from warehouse.errors import WarehouseError
from warehouse.web.app import create_app
from warehouse.web.metrics import DIRECTORY

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.applications import Starlette

    from warehouse.web.settings import Settings

_SETTINGS = "TRICHTIN_WEB_SETTINGS"
"""Where a process that uvicorn starts finds the settings; the parent has put them there."""


def run(  # noqa: PLR0913, PLR0917  (each is a wish of its own)
    settings: Settings,
    host: str,
    port: int,
    workers: int,
    opened: Callable[[str], None] = lambda _: None,
    logs: Mapping[str, Any] | None = None,
) -> None:
    """Answers until it is interrupted; raises WarehouseError where the port cannot be had.

    `opened` is told the address once connections are taken. Port 0 is any that is free. `logs` configures the
    logging of every process, as `logging.config.dictConfig` takes it; None: as uvicorn does.
    """
    listening = _listening(host, port)
    os.environ[_SETTINGS] = b64encode(pickle.dumps(settings)).decode()
    config = uvicorn.Config(
        "warehouse.web.running:application",
        factory=True,
        workers=workers,
        log_config=dict(logs or LOGGING_CONFIG),
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=20,
    )
    shown = f"[{host}]" if ":" in host else host
    opened(f"http://{shown}:{listening.getsockname()[1]}")
    if workers == 1:
        uvicorn.Server(config).run([listening])
    else:
        from uvicorn.supervisors import Multiprocess

        with TemporaryDirectory(prefix="trichtin-metrics-") as counts:
            os.environ[DIRECTORY] = counts
            Multiprocess(config, [listening]).run()


def application() -> Starlette:
    """The application of a process that `run` has started."""
    settings: Settings = pickle.loads(b64decode(os.environ[_SETTINGS]))  # noqa: S301  (our own)
    return create_app(settings)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise WarehouseError(f"cannot listen on {host} port {port}: {error.strerror}") from error
    listening.set_inheritable(True)
    return listening
