"""A mail server on loopback: it keeps what it is sent, and answers as the test has it."""

import asyncio
import ssl
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

LOGIN = ("flags@example.com", "swordfish:/@")


@dataclass
class Mailbox:
    """`answers` are those to the next mails; after them, all are taken. `logins` are what was tried."""

    port: int = 0
    answers: list[str] = field(default_factory=list)
    mails: list[EmailMessage] = field(default_factory=list)
    logins: list[tuple[str, str]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    async def handle_RCPT(self, _: Any, __: Any, envelope: Any, address: str, ___: Any) -> str:  # noqa: N802
        if address.startswith("unknown@"):
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's interface
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
            self.encrypted.append(session.ssl is not None)
        return answer

    def authenticate(self, *arguments: Any) -> AuthResult:
        login: LoginPassword = arguments[-1]
        self.logins.append((login.login.decode(), login.password.decode()))
        return AuthResult(success=self.logins[-1] == LOGIN)


@contextmanager
def receiving_mail(
    *, tls: ssl.SSLContext | None = None, at_once: bool = False, login: bool = False
) -> Iterator[Mailbox]:
    """A mail server; with `tls` it offers STARTTLS, or speaks it `at_once`, and with `login` it wants one."""
    mailbox, loop = Mailbox(), asyncio.new_event_loop()

    def speak() -> SMTP:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a login without TLS is just what some tests offer
            return SMTP(
                mailbox,
                tls_context=None if at_once else tls,
                authenticator=mailbox.authenticate if login else None,
                auth_required=login,
                auth_require_tls=False,
                hostname="mail.test",
                loop=loop,
            )

    async def listen() -> asyncio.Server:
        return await loop.create_server(speak, "127.0.0.1", 0, ssl=tls if at_once else None)

    server = loop.run_until_complete(listen())
    mailbox.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield mailbox
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.run_until_complete(_end(loop))
        loop.close()


async def _end(loop: asyncio.AbstractEventLoop) -> None:
    others = [task for task in asyncio.all_tasks(loop) if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
