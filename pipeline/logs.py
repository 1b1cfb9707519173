"""What the program tells whoever runs it for others: log records on stderr, each with the id of its run.

Without a format that was asked for, commands tell what they do on stdout, and only what libraries warn of is
logged. JSON is written by python-json-logger, over the standard library's logging: Scrapy, uvicorn and all
else that logs goes the same way, and the lower rooms need to know of nothing but `logging`.
"""

from __future__ import annotations

import logging
import logging.config
import os
import re
import secrets
import sys
import time
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, NoReturn

from pythonjsonlogger.core import RESERVED_ATTRS, merge_record_extra

from pipeline.failures import Failure

FORMAT = "TRICHTIN_LOG"
"""Where a process finds the format that it is to log in, if any."""

RUN = "TRICHTIN_RUN"
"""Where a process finds the id of the run that it is part of; who starts several commands as one sets it."""

_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_LOG = logging.getLogger("trichtin")


class LogFormat(StrEnum):
    """How records are written: for people, or one JSON object a line."""

    text = "text"
    json = "json"


def run_id() -> str:
    """The id of this run: of a command and of all processes that it starts; ids sort as runs begin.

    Raises Failure where the environment gives one that is none.
    """
    made = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"
    found = os.environ.setdefault(RUN, made)
    if not _ID.fullmatch(found):
        raise Failure(f"{RUN} is no id of a run: up to 64 of A-Z, a-z, 0-9 and ._-")
    return found


def configuration(form: LogFormat) -> dict[str, Any]:
    """The configuration of logging for a format, as `logging.config.dictConfig` and uvicorn take it."""
    formatters: dict[LogFormat, dict[str, Any]] = {
        LogFormat.text: {"()": "pipeline.logs.Text", "run": run_id()},
        LogFormat.json: {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": ["levelname", "name", "message"],
            "rename_fields": {"levelname": "level", "name": "logger", "message": "event"},
            "static_fields": {"run": run_id()},
            "timestamp": "time",
            "json_ensure_ascii": False,
        },
    }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"chosen": formatters[form]},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "formatter": "chosen",
            }
        },
        "root": {"level": "WARNING", "handlers": ["stderr"]},
        "loggers": {_LOG.name: {"level": "INFO"}},
    }


def begin(form: LogFormat) -> None:
    """From now on records go to stderr in this format, those of processes that this one starts too."""
    os.environ[FORMAT] = form.value
    logging.config.dictConfig(configuration(form))
    logging.captureWarnings(capture=True)


def chosen() -> LogFormat | None:
    """The format that was asked for, if any."""
    return LogFormat(os.environ[FORMAT]) if _LOG.level else None  # `begin` gives it its level.


def tell(event: str, level: int = logging.INFO, **fields: object) -> None:
    """Logs that something happened, with what there is to know of it."""
    if chosen():
        _LOG.log(level, event, extra=fields)


def end(failure: str) -> NoReturn:
    """Ends the program with exit code 1 and one line on stderr that says why, as a record if so asked."""
    if not chosen():
        sys.exit(f"trichtin: {failure}")
    _LOG.error(failure)
    sys.exit(1)


def crash() -> NoReturn:
    """Ends the program with exit code 1 over the exception that is being handled, which nobody expected."""
    _LOG.critical("an error that nobody expected", exc_info=True)
    sys.exit(1)


class Text(logging.Formatter):
    """Records for people: when, how bad, which run, what, and its fields as name=value."""

    converter = time.gmtime  # type: ignore[assignment]  # as the library documents it
    default_time_format = "%Y-%m-%dT%H:%M:%S"
    default_msec_format = "%s.%03dZ"

    def __init__(self, run: str) -> None:
        """Records of one run."""
        super().__init__(f"%(asctime)s %(levelname)s {run} %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  (logging's name)
        """One line of a record; what libraries hang on theirs is not for people."""
        ours = record.name == _LOG.name
        fields: dict[str, object] = merge_record_extra(record, {}, RESERVED_ATTRS) if ours else {}
        said = "".join(f" {name}={value}" for name, value in fields.items())
        return super().formatMessage(record) + said
