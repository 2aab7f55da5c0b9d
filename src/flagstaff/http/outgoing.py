"""Calls to addresses that users give: into private networks only where the operator allows it.

A name is resolved once, and the address that was checked is the one connected to, so that an answer of the
name server cannot change between the two (architecture 8).
"""

import asyncio
import socket
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

if TYPE_CHECKING:
    import httpx

SETTING = "FLAGSTAFF_ALLOWED_NETWORKS"
PORTS = {"http": 80, "https": 443}
TIME = 10.0  # seconds for a whole call
LINGER = 2.0  # seconds for the body of an answer, once its status is known
LONGEST_ANSWER = 64 * 1024  # bytes that are read of an answer


class Refused(Exception):
    """The call is not made, or failed; the message is for people."""


class AllowedNetworks(msgspec.Struct, frozen=True):
    """The private networks, and pairs of host and port, that may be called."""

    networks: tuple[IPv4Network | IPv6Network, ...] = ()
    places: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def parse(cls, text: str) -> "AllowedNetworks":
        """Read networks and `host:port` pairs, separated by commas; raises ValueError naming a faulty one."""
        networks, places = [], set()
        for part in filter(None, (part.strip() for part in text.split(","))):
            try:
                networks.append(ip_network(part))
            except ValueError:
                host, colon, port = part.rpartition(":")
                if not (colon and host and port.isdecimal() and 0 < int(port) < 65_536):
                    raise ValueError(f"{part!r} is neither a network nor host:port") from None
                places.add((host.strip("[]").lower(), int(port)))
        return cls(tuple(networks), frozenset(places))

    def permits(self, host: str, port: int, address: str) -> bool:
        """Whether `address`, which is what `host` stands for, may be called at that port."""
        found = _plain(ip_address(address))
        if found.is_global and not found.is_multicast:
            return True
        if (host.lower(), port) in self.places or (str(found), port) in self.places:
            return True
        return any(found in network for network in self.networks)


NOTHING_PRIVATE = AllowedNetworks()


class Address(msgspec.Struct, frozen=True):
    """Where to connect: a URL's host and port, and the address that was checked."""

    host: str
    port: int
    ip: str


def check_url(url: str, allowed: AllowedNetworks) -> str:
    """Return the URL, or raise Refused for one that can never be called: a name is looked up only later."""
    parts = _split(url)
    host = parts.hostname or ""
    try:
        ip_address(host)
    except ValueError:
        return url
    _refuse_private(allowed, Address(host, parts.port or PORTS[parts.scheme], host))
    return url


async def find_address(host: str, port: int, allowed: AllowedNetworks) -> Address:
    """Resolve the host, once; raises Refused where it has no address or one that may not be called."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise Refused(f"{host} has no address: {error.strerror or error}") from None
    address = Address(host, port, str(found[0][4][0]))
    _refuse_private(allowed, address)
    return address


async def post(url: str, body: bytes, headers: Mapping[str, str], allowed: AllowedNetworks) -> int:
    """Send a body and return the status of the answer, of which a bounded part is read; raises Refused.

    Redirects are not followed: their status is the answer.
    """
    parts = _split(url)
    address = await find_address(parts.hostname or "", parts.port or PORTS[parts.scheme], allowed)
    client: httpx.AsyncClient
    http = import_module("httpx")  # half of what a start takes, and needed only here
    try:
        async with asyncio.timeout(TIME), http.AsyncClient(trust_env=False) as client:
            return await _send(client, http.URL(url), body, headers, address)
    except TimeoutError:
        raise Refused(f"no answer within {TIME:.0f} seconds") from None
    except (http.HTTPError, http.InvalidURL) as error:
        raise Refused(f"{type(error).__name__}: {error}") from None


async def _send(client: Any, url: Any, body: bytes, headers: Mapping[str, str], address: Address) -> int:
    netloc = url.netloc.decode("ascii")
    request = client.build_request(
        "POST",
        url.copy_with(host=address.ip),
        content=body,
        headers={**headers, "Host": netloc},
        extensions={"sni_hostname": address.host},
    )
    answer = await client.send(request, stream=True)
    try:
        with suppress(TimeoutError):
            async with asyncio.timeout(LINGER):
                await _read_bounded(answer)
    finally:
        await answer.aclose()
    return int(answer.status_code)


async def _read_bounded(answer: Any) -> None:
    """Let the other side finish what it says, which nobody wants to know, unless that is too much."""
    read = 0
    async for chunk in answer.aiter_raw():
        read += len(chunk)
        if read > LONGEST_ANSWER:
            return


def _split(url: str) -> Any:
    try:
        parts = urlsplit(url)
        fits = parts.scheme in PORTS and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fits = False
    if not fits or parts.username is not None or any(mark.isspace() for mark in url):
        raise Refused("the URL must be like https://example.com/path, without a user name")
    return parts


def _refuse_private(allowed: AllowedNetworks, address: Address) -> None:
    if not allowed.permits(address.host, address.port, address.ip):
        raise Refused(
            f"{address.host} is {address.ip}, which is not a public address; {SETTING} can allow it"
        )


def _plain(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """An IPv4 address that is written as an IPv6 one is that IPv4 address."""
    mapped = getattr(address, "ipv4_mapped", None)
    return address if mapped is None else mapped
