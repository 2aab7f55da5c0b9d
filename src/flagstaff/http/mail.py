"""Mail by SMTP: where it goes to, and how it gets there, encrypted unless it stays on this machine."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from ipaddress import ip_address
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

PORTS = {"smtp": 587, "smtps": 465}
TIME = 20.0  # seconds for each step
FORM = (
    "FLAGSTAFF_SMTP_URL must be like smtps://name:password@mail.example.com, or smtp://... for STARTTLS; "
    "smtp://...?tls=off sends in plain text"
)


class MailRefused(Exception):
    """The mail was not taken; the message is for people. With `final`, trying again would not help."""

    def __init__(self, message: str, *, final: bool) -> None:
        self.final = final
        super().__init__(message)


class MailServer(msgspec.Struct, frozen=True):
    """The operator's mail server, and the address that mails come from."""

    host: str
    port: int
    sender: str
    name: str = ""
    password: str = ""
    is_tls: bool = False  # from the first byte on
    starts_tls: bool = True

    @classmethod
    def parse(cls, url: str, sender: str) -> "MailServer":
        """Read the two settings; raises ValueError, which never shows the password.

        With `smtp:` the server must offer STARTTLS, unless it is on this machine or the URL says `tls=off`.
        """
        try:
            parts = urlsplit(url)
            port = parts.port or PORTS[parts.scheme]
        except (ValueError, KeyError):
            raise ValueError(FORM) from None
        options = parse_qs(parts.query, keep_blank_values=True)
        if not parts.hostname or parts.path.strip("/") or options not in ({}, {"tls": ["off"]}):
            raise ValueError(FORM)
        if "@" not in parseaddr(sender)[1]:
            raise ValueError("FLAGSTAFF_MAIL_FROM must be an address, such as Flagstaff <flags@example.com>")
        return cls(
            parts.hostname,
            port,
            sender,
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            is_tls=parts.scheme == "smtps",
            starts_tls=parts.scheme == "smtp" and not options and not _is_here(parts.hostname),
        )

    def send(self, to: str, subject: str, text: str) -> None:
        """Hand one mail over; takes as long as the server does. Raises MailRefused."""
        try:
            message = self._compose(to, subject, text)
            with self._connect() as connection:
                if self.starts_tls:
                    connection.starttls(context=ssl.create_default_context())
                if self.name:
                    connection.login(self.name, self.password)
                connection.send_message(message)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise MailRefused(_explain(error), final=_is_final(error)) from None

    def _compose(self, to: str, subject: str, text: str) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, subject
        message["Date"] = formatdate()
        message["Message-ID"] = make_msgid(domain=parseaddr(self.sender)[1].rpartition("@")[2])
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        return message

    def _connect(self) -> smtplib.SMTP:
        if self.is_tls:
            return smtplib.SMTP_SSL(self.host, self.port, timeout=TIME, context=ssl.create_default_context())
        return smtplib.SMTP(self.host, self.port, timeout=TIME)


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_final(error: Exception) -> bool:
    """Whether the server has refused this mail for good, or it can be sent nowhere."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False  # a password that is mended lets it go
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code >= 500
    return isinstance(error, ValueError) and not isinstance(error, OSError)


def _explain(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "; ".join(f"{code} {_text(said)}" for code, said in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the mail server says {error.smtp_code} {_text(error.smtp_error)}"
    return f"the mail cannot be sent: {error}"


def _text(said: bytes | str) -> str:
    return said.decode(errors="replace") if isinstance(said, bytes) else said
