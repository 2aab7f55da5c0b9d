"""Outgoing calls, to servers of the test's own: whom they reach, and what they do not wait for."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import certifi
import pytest

from flagstaff.http import outgoing
from flagstaff.http.outgoing import AllowedNetworks, Refused, check_url, find_address, post
from tests.support.certificates import make_certificate

LOOPBACK = AllowedNetworks.parse("127.0.0.0/8, ::1/128")
NOBODY = AllowedNetworks()


@asynccontextmanager
async def serving(
    answer: bytes | None, tls: ssl.SSLContext | None = None, *, endless: bool = False
) -> AsyncIterator[tuple[int, list[bytes]]]:
    """A server that notes what it is sent and answers this; with None it never does.

    One that is `endless` never closes its answer.
    """
    received: list[bytes] = []
    calls: list[asyncio.Future[None]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await receive(reader, writer)
        finally:
            writer.transport.abort()
            with suppress(OSError):
                await writer.wait_closed()

    async def receive(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        received.append(head + await reader.readexactly(length))
        if answer is None:
            await reader.read()
        else:
            writer.write(answer)
            if endless:
                await reader.read()
            writer.close()
            with suppress(OSError):
                await writer.wait_closed()

    def begin(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        calls.append(asyncio.ensure_future(serve(reader, writer)))

    server = await asyncio.start_server(begin, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield server.sockets[0].getsockname()[1], received
        await asyncio.gather(*calls, return_exceptions=True)


@pytest.mark.parametrize(
    ("address", "permitted"),
    [
        ("93.184.216.34", True),
        ("2606:2800:220:1::1", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("192.168.1.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("0.0.0.0", False),
        ("224.0.0.1", False),
        ("::1", False),
        ("fe80::1", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:93.184.216.34", True),
    ],
)
def test_only_public_addresses_are_called_unless_allowed(address: str, permitted: bool) -> None:
    assert NOBODY.permits("example.com", 443, address) is permitted


@pytest.mark.parametrize(
    ("allowed", "permitted"),
    [
        ("10.0.0.0/8", True),
        ("10.1.0.0/16", False),
        ("hooks.internal:8080", True),
        ("HOOKS.internal:8080", True),
        ("hooks.internal:8081", False),
        ("10.0.0.1:8080", True),
        ("192.168.0.0/16, hooks.internal:8080", True),
        ("", False),
    ],
)
def test_networks_and_places_can_be_allowed(allowed: str, permitted: bool) -> None:
    assert AllowedNetworks.parse(allowed).permits("hooks.internal", 8080, "10.0.0.1") is permitted


@pytest.mark.parametrize("text", ["10.0.0.0/33", "host", "host:0", "host:99999", ":80", "10.0.0.1/8"])
def test_what_is_neither_a_network_nor_a_place_is_named(text: str) -> None:
    with pytest.raises(ValueError, match="neither a network nor host:port"):
        AllowedNetworks.parse(f"::1/128,{text}")


@pytest.mark.parametrize(
    "url", ["https://example.com/x?y", "http://example.com:8080", "http://93.184.216.34/"]
)
def test_a_url_that_may_be_called_is_returned(url: str) -> None:
    assert check_url(url, NOBODY) == url


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("ftp://example.com", "must be like"),
        ("example.com", "must be like"),
        ("https://", "must be like"),
        ("https://user@example.com", "user name"),
        ("https://example.com:0", "must be like"),
        ("https://example.com:port", "must be like"),
        ("https://exa mple.com", "must be like"),
        ("http://127.0.0.1/", "FLAGSTAFF_ALLOWED_NETWORKS"),
        ("http://[::1]/", "FLAGSTAFF_ALLOWED_NETWORKS"),
    ],
)
def test_a_url_that_can_never_be_called_is_refused_at_once(url: str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        check_url(url, NOBODY)


async def test_a_name_is_judged_by_the_address_that_it_has() -> None:
    with pytest.raises(Refused, match=r"localhost is .*not a public address"):
        await find_address("localhost", 80, NOBODY)
    assert (await find_address("localhost", 80, LOOPBACK)).ip in {"127.0.0.1", "::1"}


async def test_a_name_without_an_address_is_told() -> None:
    with pytest.raises(Refused, match=r"nowhere\.invalid has no address"):
        await find_address("nowhere.invalid", 80, NOBODY)


async def test_the_address_that_was_checked_is_the_one_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()
    lookups: list[str] = []
    resolve: Callable[..., object] = loop.getaddrinfo

    async def once(host: str, *args: object, **how: object) -> object:
        lookups.append(host)
        return await resolve("127.0.0.1" if len(lookups) == 1 else host, *args, **how)  # type: ignore[misc]

    monkeypatch.setattr(loop, "getaddrinfo", once, raising=False)
    async with serving(b"HTTP/1.1 204 No Content\r\n\r\n") as (port, received):
        assert await post(f"http://hooks.example:{port}/in", b"{}", {"X-A": "b"}, LOOPBACK) == 204

    assert lookups[0] == "hooks.example"
    assert "hooks.example" not in lookups[1:]
    assert f"host: hooks.example:{port}".encode() in received[0].lower()
    assert received[0].startswith(b"POST /in HTTP/1.1\r\n")
    assert received[0].endswith(b"{}")


async def test_a_redirect_is_an_answer_and_not_followed() -> None:
    answer = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
    async with serving(answer) as (port, received):
        assert await post(f"http://127.0.0.1:{port}", b"{}", {}, LOOPBACK) == 302
    assert len(received) == 1


async def test_an_answer_is_read_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "LONGEST_ANSWER", 1_000)
    answer = b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\n" + b"x" * 100_000
    async with serving(answer) as (port, _):
        assert await post(f"http://127.0.0.1:{port}", b"{}", {}, LOOPBACK) == 200


async def test_a_server_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "TIME", 1.0)
    async with serving(None) as (port, _):
        with pytest.raises(Refused, match="no answer within"):
            await post(f"http://127.0.0.1:{port}", b"{}", {}, LOOPBACK)


@pytest.mark.parametrize("answer", [b"", b"what?\r\n\r\n"])
async def test_a_server_that_does_not_speak_http_is_told(answer: bytes) -> None:
    async with serving(answer) as (port, _):
        with pytest.raises(Refused, match="ProtocolError"):
            await post(f"http://127.0.0.1:{port}", b"{}", {}, LOOPBACK)


async def test_a_closed_port_is_told() -> None:
    async with serving(b"") as (port, _):
        pass
    with pytest.raises(Refused, match="ConnectError"):
        await post(f"http://127.0.0.1:{port}", b"{}", {}, LOOPBACK)


async def test_an_answer_without_end_counts_by_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outgoing, "LINGER", 0.05)
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n"
    async with serving(head, endless=True) as (port, received):
        assert await post(f"http://127.0.0.1:{port}", b"{}", {}, LOOPBACK) == 200
    assert len(received) == 1


@pytest.mark.parametrize(
    ("named", "said"),
    [("hooks.example", None), ("other.example", "Hostname mismatch"), ("127.0.0.1", "Hostname mismatch")],
)
async def test_the_certificate_must_be_that_of_the_name_although_its_address_is_called(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, named: str, said: str | None
) -> None:
    certificate = make_certificate(tmp_path, *([] if named == "127.0.0.1" else [named]))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.file, certificate.key)
    asked: list[str | None] = []
    context.sni_callback = lambda _, name, __: asked.append(name)  # type: ignore[assignment]
    monkeypatch.setattr(certifi, "where", lambda: str(certificate.file))  # who signs itself is trusted
    resolve_to_loopback(monkeypatch)

    async with serving(b"HTTP/1.1 204 No Content\r\n\r\n", context) as (port, received):
        url = f"https://hooks.example:{port}/in"
        if said is None:
            assert await post(url, b"{}", {}, LOOPBACK) == 204
        else:
            with pytest.raises(Refused, match=said):
                await post(url, b"{}", {}, LOOPBACK)

    assert asked == ["hooks.example"]
    assert len(received) == (said is None)


async def test_a_certificate_that_nobody_vouches_for_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    certificate = make_certificate(tmp_path, "hooks.example")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.file, certificate.key)
    resolve_to_loopback(monkeypatch)

    async with serving(b"", context) as (port, received):
        with pytest.raises(Refused, match="CERTIFICATE_VERIFY_FAILED"):
            await post(f"https://hooks.example:{port}/in", b"{}", {}, LOOPBACK)

    assert received == []


def resolve_to_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    loop = asyncio.get_running_loop()
    resolve: Callable[..., object] = loop.getaddrinfo

    async def find(host: str, *args: object, **how: object) -> object:
        return await resolve("127.0.0.1" if host.endswith(".example") else host, *args, **how)  # type: ignore[misc]

    monkeypatch.setattr(loop, "getaddrinfo", find, raising=False)
