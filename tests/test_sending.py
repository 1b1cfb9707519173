"""A message is accepted, or it is said in a few words why not, within bounded time and without a secret."""

from __future__ import annotations

import hmac
import ssl
from base64 import b64decode
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
from conftest import free_port
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from receiving import DRIBBLE, HANG, hook, post

from pipeline import sending
from pipeline.alert_rules import Email, MailServer, Webhook
from pipeline.sending import NotSent, send

KEY = b"0123456789abcdef01234567"
BODY: dict[str, Any] = {
    "id": "0a1b", "alert": "chuyen-doi-so", "kind": "search", "made_at": "2026-11-22T10:00:00+00:00",
    "run": "r", "total": 3, "search": "/search?q=chuyển+đổi+số", "page": None, "feed": None,
    "found": [
        {"title": "Nghị quyết 57", "day": "2024-12-22", "source": "Báo Thử", "url": "https://bao.test/57",
         "link": None, "passage": "Bộ Chính trị ban hành"},
    ],
}  # fmt: skip
HEALTH = BODY | {
    "kind": "health",
    "found": [{"site": "bao", "started": "2026-11-22", "breaches": ["no new article for 73 hours"]}],
}


def test_a_webhook_gets_the_message_signed() -> None:
    with hook() as told:
        assert send(Webhook(told.url, KEY), BODY) == ()
    assert told.messages == [BODY]
    (headers,) = told.headers
    assert headers["content-type"] == "application/json"
    assert headers["webhook-id"] == BODY["id"]
    version, _, signature = headers["webhook-signature"].partition(",")
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + told.bodies[0]
    assert (version, b64decode(signature)) == ("v1", hmac.digest(KEY, signed, "sha256"))


def test_without_a_secret_nothing_is_signed() -> None:
    with hook(204) as told:
        send(Webhook(told.url), BODY)
    assert "webhook-signature" not in told.headers[0]


@pytest.mark.parametrize("status", [301, 307, 400, 410, 429, 500, 503])
def test_what_is_no_success_is_told_and_no_redirect_followed(status: int) -> None:
    with hook(status) as told, pytest.raises(NotSent, match=f"^HTTP {status}$"):
        send(Webhook(told.url), BODY)
    assert len(told.bodies) == 1


@pytest.mark.parametrize("answer", [HANG, DRIBBLE])
def test_an_answer_is_not_waited_for_for_ever(answer: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "SECONDS", 0.3)
    with hook(answer) as told, pytest.raises(NotSent, match=r"^no answer within 0\.3 s$"):
        send(Webhook(told.url), BODY)


def test_nobody_there() -> None:
    with pytest.raises(NotSent, match="cannot connect"):
        send(Webhook(f"http://127.0.0.1:{free_port()}/geheim"), BODY)
    with pytest.raises(NotSent, match="cannot connect"):
        send(by_mail(f"127.0.0.1:{free_port()}"), BODY)


def by_mail(address: str, *to: str, scheme: str = "smtp") -> Email:
    host, _, port = address.rpartition(":")
    return Email(to or ("a@bao.test",), MailServer(scheme, host, int(port), "trichtin@bao.test"))


@pytest.mark.parametrize(
    ("body", "subject", "says"),
    [
        (BODY, "trichtin: chuyen-doi-so: 3 mới", ["Nghị quyết 57", "https://bao.test/57", "2 kết quả nữa"]),
        (HEALTH, "trichtin: chuyen-doi-so: thu thập không như khai báo", ["bao", "for 73 hours"]),
    ],
)
def test_an_e_mail(body: dict[str, Any], subject: str, says: list[str]) -> None:
    with post() as told:
        assert send(by_mail(told.address, "a@bao.test", "b@bao.test"), body) == ()
    (mail,) = told.mails
    assert mail["subject"] == subject
    assert mail["message-id"] == "<0a1b@bao.test>"
    assert mail["to"] == "a@bao.test, b@bao.test"
    assert mail["auto-submitted"] == "auto-generated"
    text = mail.get_content()
    assert all(each in text for each in says)


def test_a_mail_server_that_refuses_is_quoted_by_its_code() -> None:
    with post() as told:
        told.refusal = "451 try later, your password is hunter2"
        with pytest.raises(NotSent, match=r"^SMTP 451$"):
            send(by_mail(told.address), BODY)
    assert not told.mails


def test_whom_the_mail_server_does_not_know_is_told() -> None:
    with post() as told:
        told.unknown = {"a@bao.test"}
        assert send(by_mail(told.address, "a@bao.test", "b@bao.test"), BODY) == ("a@bao.test",)
        assert len(told.mails) == 1
        with pytest.raises(NotSent, match=r"^refused for a@bao\.test$"):
            send(by_mail(told.address), BODY)


def test_a_mail_server_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "SECONDS", 0.3)
    with hook() as told, pytest.raises(NotSent, match="no answer"):  # A web server waits for its client.
        send(by_mail(told.url.removeprefix("http://").rstrip("/")), BODY)


def test_over_tls_the_certificate_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = certified(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    with post(ssl_context=context) as told:
        with pytest.raises(NotSent, match="cannot connect"):
            send(by_mail(told.address, scheme="smtps"), BODY)
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        send(by_mail(told.address, scheme="smtps"), BODY)
    assert len(told.mails) == 1


@pytest.mark.parametrize(
    ("scheme", "host", "user", "start_tls"),
    [
        ("smtp", "mail.bao.test", "a", True),
        ("smtp", "mail.bao.test", None, None),
        ("smtp", "localhost", "a", False),
        ("smtps", "mail.bao.test", "a", False),
    ],
)
def test_a_password_leaves_the_machine_encrypted_only(
    scheme: str, host: str, user: str | None, start_tls: bool | None
) -> None:
    assert sending._start_tls(MailServer(scheme, host, 25, "a@bao.test", user, "p")) is start_tls


def certified(directory: Path) -> Path:
    """A key and a certificate of its own for 127.0.0.1, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now, here = datetime.now(UTC), x509.IPAddress(IPv4Address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = directory / "certificate.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + certificate.public_bytes(serialization.Encoding.PEM))
    return path


def test_secrets_are_not_shown() -> None:
    assert "geheim" not in repr(Webhook("https://bao.test/geheim", b"geheim"))
    assert "geheim" not in repr(MailServer("smtps", "bao.test", 465, "a@b", "geheim", "geheim"))
