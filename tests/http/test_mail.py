"""Mails on their way to a real mail server."""

import ssl
from pathlib import Path

import pytest

from flagstaff.http.mail import MailRefused, MailServer
from tests.support.certificates import make_certificate
from tests.support.mailbox import LOGIN, receiving_mail

SENDER = "Flagstaff <flags@example.com>"


@pytest.fixture
def tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """Of a server whose certificate this process trusts."""
    made = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(made.file, made.key)
    return context


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.com", MailServer("mail.example.com", 587, SENDER)),
        ("smtps://mail.example.com", MailServer("mail.example.com", 465, SENDER, "", "", True, False)),
        (
            "smtps://me%40example.com:a%2Fb%3A@mail.example.com:2525/",
            MailServer("mail.example.com", 2525, SENDER, "me@example.com", "a/b:", True, False),
        ),
        ("smtp://127.0.0.1:25", MailServer("127.0.0.1", 25, SENDER, starts_tls=False)),
        ("smtp://localhost:25", MailServer("localhost", 25, SENDER, starts_tls=False)),
        ("smtp://10.0.0.1:25?tls=off", MailServer("10.0.0.1", 25, SENDER, starts_tls=False)),
    ],
)
def test_a_mail_server_is_read_from_its_url(url: str, expected: MailServer) -> None:
    assert MailServer.parse(url, SENDER) == expected


@pytest.mark.parametrize(
    ("url", "sender", "names"),
    [
        ("http://mail.example.com", SENDER, "FLAGSTAFF_SMTP_URL"),
        ("mail.example.com:25", SENDER, "FLAGSTAFF_SMTP_URL"),
        ("smtp://:secret-1@", SENDER, "FLAGSTAFF_SMTP_URL"),
        ("smtp://a:secret-1@host:port", SENDER, "FLAGSTAFF_SMTP_URL"),
        ("smtp://a:secret-1@host/path", SENDER, "FLAGSTAFF_SMTP_URL"),
        ("smtp://a:secret-1@host?tls=maybe", SENDER, "FLAGSTAFF_SMTP_URL"),
        ("smtp://host", "nobody", "FLAGSTAFF_MAIL_FROM"),
    ],
)
def test_what_is_none_is_refused_without_showing_its_password(url: str, sender: str, names: str) -> None:
    with pytest.raises(ValueError, match=names) as refused:
        MailServer.parse(url, sender)
    assert "secret-1" not in str(refused.value)


def test_a_mail_arrives_as_it_was_written() -> None:
    with receiving_mail() as mailbox:
        server = MailServer.parse(f"smtp://127.0.0.1:{mailbox.port}", SENDER)
        server.send("ada@example.com", "Grüße", "Line 1\n\nhttps://f.test/reset/x\n")

    (mail,) = mailbox.mails
    assert (mail["From"], mail["To"], mail["Subject"]) == (SENDER, "ada@example.com", "Grüße")
    assert mail.get_content().splitlines() == ["Line 1", "", "https://f.test/reset/x"]
    assert mail["Message-ID"].endswith("@example.com>")
    assert mail["Date"]
    assert mail["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_the_connection_is_encrypted_before_the_password_goes_over_it(
    scheme: str, tls: ssl.SSLContext
) -> None:
    with receiving_mail(tls=tls, at_once=scheme == "smtps", login=True) as mailbox:
        server = MailServer(
            "127.0.0.1", mailbox.port, SENDER, *LOGIN, is_tls=scheme == "smtps", starts_tls=scheme == "smtp"
        )
        server.send("ada@example.com", "Hello", "Hello")

    assert mailbox.logins == [LOGIN]
    assert mailbox.encrypted == [scheme == "smtp"]  # of a server that speaks nothing else it is not told


def test_a_server_without_tls_gets_neither_password_nor_mail() -> None:
    with receiving_mail(login=True) as mailbox:
        server = MailServer("127.0.0.1", mailbox.port, SENDER, *LOGIN, starts_tls=True)
        with pytest.raises(MailRefused) as refused:
            server.send("ada@example.com", "Hello", "Hello")

    assert not refused.value.final
    assert mailbox.logins == mailbox.mails == []


def test_a_certificate_that_nobody_vouches_for_is_refused(
    tls: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with receiving_mail(tls=tls) as mailbox:
        server = MailServer("127.0.0.1", mailbox.port, SENDER, starts_tls=True)
        with pytest.raises(MailRefused, match="certificate"):
            server.send("ada@example.com", "Hello", "Hello")

    assert mailbox.mails == []


@pytest.mark.parametrize(
    ("answer", "to", "final"),
    [
        ("451 come back later", "ada@example.com", False),
        ("554 this is spam", "ada@example.com", True),
        ("", "unknown@example.com", True),
        ("", "ada@example.com\nBcc: eve@example.com", True),
    ],
)
def test_a_refusal_says_whether_it_is_final(answer: str, to: str, final: bool) -> None:
    with receiving_mail() as mailbox:
        mailbox.answers = [answer] if answer else []
        with pytest.raises(MailRefused) as refused:
            MailServer.parse(f"smtp://127.0.0.1:{mailbox.port}", SENDER).send(to, "Hello", "Hello")

    assert refused.value.final is final
    assert mailbox.mails == []


def test_a_wrong_password_is_tried_again_later_and_not_told() -> None:
    with receiving_mail(login=True) as mailbox:
        server = MailServer("127.0.0.1", mailbox.port, SENDER, "flags", "wrong-1", starts_tls=False)
        with pytest.raises(MailRefused) as refused:
            server.send("ada@example.com", "Hello", "Hello")

    assert not refused.value.final
    assert "wrong-1" not in str(refused.value)


def test_where_nobody_listens_the_mail_waits() -> None:
    with receiving_mail() as mailbox:
        port = mailbox.port

    with pytest.raises(MailRefused) as refused:
        MailServer.parse(f"smtp://127.0.0.1:{port}", SENDER).send("ada@example.com", "Hello", "Hello")

    assert not refused.value.final
