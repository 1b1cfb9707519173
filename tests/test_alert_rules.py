"""`alerts.toml` is read as it is written, or it is said where it is wrong, in one line without a secret."""

from __future__ import annotations

from base64 import b64encode
from datetime import date
from pathlib import Path

import pytest
from conftest import trichtin

from pipeline.alert_rules import Alert, Email, MailServer, Rules, Webhook, read_rules
from pipeline.failures import Failure
from warehouse.search import Filters

SECRET = "whsec_" + b64encode(b"geheim" * 5).decode()
MAIL = '[mail]\nserver = "smtps://trichtin%40bao.test:geheim@mail.bao.test"\nsender = "trichtin@bao.test"\n'
HOOK = 'webhook = "https://hook.test/geheim"\n'


def read(home: Path, text: str) -> Rules:
    path = home / "alerts.toml"
    path.write_text(text, "utf-8")
    return read_rules(path)


def alert(fields: str, name: str = "a") -> str:
    return f'[[alert]]\nname = "{name}"\n{fields}\n'


def test_all_that_can_be_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOOK", "https://hook.test/geheim")
    search = alert(
        'search = "chuyển đổi số"\nkind = "decision"\nissuer = ["Chính phủ", "Thủ tướng Chính phủ"]\n'
        f'year = 2025\nfrom = 2025-02-01\nwebhook = "env:HOOK"\nsecret = "{SECRET}"',
        "chuyen-doi-so",
    )
    health = alert('health = true\nemail = ["a@bao.test", "b@bao.test"]', "suc-khoe")
    rules = read(tmp_path, f'pages = "https://tin.test/"\n{MAIL}{search}{health}')
    assert rules.pages == "https://tin.test"
    first, second = rules.alerts
    assert first.search
    assert first.search.text == "chuyển đổi số"
    assert first.search.filters == Filters(
        kind=("decision",),
        issuer=("Chính phủ", "Thủ tướng Chính phủ"),
        years=(2025, 2025),
        since=date(2025, 2, 1),
    )
    assert first.ways == (Webhook("https://hook.test/geheim", b"geheim" * 5),)
    server = MailServer("smtps", "mail.bao.test", 465, "trichtin@bao.test", "trichtin@bao.test", "geheim")
    assert second == Alert("suc-khoe", None, (Email(("a@bao.test", "b@bao.test"), server),))


def test_there_may_be_none(tmp_path: Path) -> None:
    assert read(tmp_path, "").alerts == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("alert = 3", "alert: allowed is a list of tables"),
        ("[[alerts]]", "alerts is no field; allowed are pages, mail, alert"),
        ('pages = "ftp://geheim"', "pages: allowed is an http or https URL"),
        (alert(HOOK, "Ấn tượng"), "alert 1: name: allowed is up to 64 of a-z, 0-9 and -"),
        (alert(HOOK + "health = true") * 2, "a: two alerts have this name"),
        (alert(HOOK), "alert a: say what it watches: a search, its filters, or health = true"),
        (alert(HOOK + 'health = true\nsearch = "a"'), "alert a: say what it watches"),
        (alert(HOOK + "health = false"), "alert a: health: allowed is true"),
        (alert('search = "a"'), "alert a: say webhook or email"),
        (alert(HOOK + "search = 3"), "alert a: search: allowed is words"),
        (alert(HOOK + 'serach = "geheim"'), "alert a: serach is no field; allowed are name, search, kind,"),
        (alert(HOOK + "issuer = []"), "alert a: issuer: allowed is a text, or a list of them"),
        (alert(HOOK + 'year = "2021-2022"'), "alert a: no number: 2021-2022"),
        (alert(HOOK + 'from = "1/2/2021"'), "alert a: no day: 1/2/2021; such as 2021-06-15"),
        (
            alert('health = true\nwebhook = "geheim.test"'),
            "alert a: webhook: allowed is an http or https URL",
        ),
        (alert('health = true\nwebhook = "file:///geheim"'), "alert a: webhook: allowed is an http"),
        (alert('health = true\nwebhook = "http://a:geheim@b:x/"'), "alert a: webhook: allowed is an http"),
        (
            alert('health = true\nwebhook = "env:NO_SUCH"'),
            "webhook is to be found in NO_SUCH, which",
        ),
        (alert(HOOK + 'health = true\nsecret = "geheim"'), "alert a: secret: allowed is whsec_ and 24 to 64"),
        (alert('health = true\nemail = "a@b.c"\nsecret = "geheim"'), "there is none"),
        (alert('health = true\nemail = "a@bao.test"'), "email needs a server: [mail] with server, sender"),
        (MAIL + alert('health = true\nemail = "a b@bao.test"'), "email: allowed is an e-mail address"),
        (MAIL + alert('health = true\nemail = "a@bao.test\\nBcc: b@c.d"'), "email: allowed is an e-mail"),
        (MAIL.replace("smtps", "imap"), "mail: server: allowed is smtps://USER:PASSWORD@HOST"),
        (MAIL.replace("mail.bao.test", "mail.bao.test:port"), "mail: server: allowed is smtps://"),
        (MAIL.replace("sender", "from"), "mail: from is no field; allowed are server, sender"),
        ("a = ", "Invalid value"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(Failure) as refused:
        read(tmp_path, text)
    line = str(refused.value)
    assert line.startswith(f"{tmp_path / 'alerts.toml'}: ")
    assert says in line
    assert "\n" not in line
    assert "geheim" not in line
    done = trichtin("alerts", "--home", tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", f"trichtin: {line}\n")
