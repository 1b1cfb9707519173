"""Sends a message by webhook or e-mail, once, within bounded time; who sends it again keeps its id.

Webhooks are signed as https://www.standardwebhooks.com says. apprise knows a hundred services more, but
neither lets a message keep its id nor says why it was refused: such services take webhooks or e-mails too.
"""

from __future__ import annotations

import asyncio
import hmac
import json
import time
from base64 import b64encode
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from functools import cache
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any

import aiosmtplib
import httpx2
import jinja2

from pipeline.alert_rules import Email

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pipeline.alert_rules import MailServer, Way, Webhook

SECONDS = 20.0
"""After which a message counts as not sent, whatever the other side does meanwhile."""


class NotSent(Exception):
    """The other side has not accepted a message; says why in a few words that hold no secret."""


def send(way: Way, body: Mapping[str, Any]) -> Sequence[str]:
    """Sends a message; the other side has accepted it once this returns. Raises NotSent.

    Returns the addresses that were refused while others were accepted.
    """
    try:
        return asyncio.run(_within(way, body))
    except TimeoutError:
        raise NotSent(f"no answer within {SECONDS:g} s") from None


async def _within(way: Way, body: Mapping[str, Any]) -> Sequence[str]:
    async with asyncio.timeout(SECONDS):
        return await (_mail(way, body) if isinstance(way, Email) else _post(way, body))


async def _post(way: Webhook, body: Mapping[str, Any]) -> Sequence[str]:
    content = json.dumps(body, ensure_ascii=False).encode()
    headers = {"content-type": "application/json", "user-agent": "trichtin"}
    headers |= _signed(way, body["id"], content)
    try:
        async with (
            httpx2.AsyncClient(timeout=SECONDS) as client,
            client.stream("POST", way.url, content=content, headers=headers) as answer,
        ):
            if not answer.is_success:  # a redirect is none: where it leads nobody has agreed to
                raise NotSent(f"HTTP {answer.status_code}")
    except httpx2.TimeoutException:
        raise TimeoutError from None
    except httpx2.ConnectError:
        raise NotSent("cannot connect") from None
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise NotSent(type(error).__name__) from None
    return ()


def _signed(way: Webhook, message: str, content: bytes) -> dict[str, str]:
    """The headers of Standard Webhooks: an id that stays, the time of this try, and who it is from."""
    now = str(int(time.time()))
    headers = {"webhook-id": message, "webhook-timestamp": now}
    if way.secret:
        signed = hmac.digest(way.secret, f"{message}.{now}.".encode() + content, "sha256")
        headers["webhook-signature"] = f"v1,{b64encode(signed).decode()}"
    return headers


async def _mail(way: Email, body: Mapping[str, Any]) -> Sequence[str]:
    server = way.server
    try:
        refused, _ = await aiosmtplib.send(
            written(way, body),
            recipients=list(way.to),
            hostname=server.host,
            port=server.port,
            username=server.user,
            password=server.password,
            use_tls=server.scheme == "smtps",
            start_tls=_start_tls(server),
            timeout=SECONDS,
        )
    except (aiosmtplib.SMTPTimeoutError, TimeoutError):
        raise TimeoutError from None
    except aiosmtplib.SMTPRecipientsRefused as error:
        raise NotSent(f"refused for {', '.join(one.recipient for one in error.recipients)}") from None
    except aiosmtplib.SMTPResponseException as error:
        raise NotSent(f"SMTP {error.code}") from None
    except aiosmtplib.SMTPConnectError:
        raise NotSent("cannot connect") from None
    except (aiosmtplib.SMTPException, OSError) as error:
        raise NotSent(type(error).__name__) from None
    return tuple(refused)


def _start_tls(server: MailServer) -> bool | None:
    """Whether a connection is encrypted after it began: a password goes to no other machine without."""
    if server.scheme == "smtps" or _is_local(server.host):
        return False
    return True if server.user else None


def _is_local(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def written(way: Email, body: Mapping[str, Any]) -> EmailMessage:
    """A message as an e-mail, Vietnamese and English."""
    email = EmailMessage()
    email["From"] = way.server.sender
    email["To"] = ", ".join(way.to)
    what = f"{body['total']} mới" if body["kind"] == "search" else "thu thập không như khai báo"
    email["Subject"] = f"trichtin: {body['alert']}: {what}"
    email["Date"] = format_datetime(datetime.fromisoformat(body["made_at"]).astimezone(UTC))
    email["Message-ID"] = f"<{body['id']}@{way.server.sender.rpartition('@')[2]}>"
    email["Auto-Submitted"] = "auto-generated"
    email.set_content(_templates().get_template("alert.txt").render(body))
    return email


@cache
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("pipeline"),
        autoescape=False,  # noqa: S701  (plain text)
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
