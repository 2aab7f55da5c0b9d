"""Addresses: of the service, and whether another one is still the same service."""

from urllib.parse import urljoin, urlsplit

PORTS = {"http": 80, "https": 443}


def check_host(host: str) -> str:
    """The address of a service without a slash at its end.

    Raises ValueError unless it is http or https with a host, perhaps a port and a path, and nothing else.
    """
    host = host.strip()
    parts = urlsplit(host)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(f"host has to begin with http:// or https://, not as in {host!r}")
    if "@" in parts.netloc:
        raise ValueError("host must not hold a name and password")
    if parts.query or parts.fragment or _origin(host) is None or not host.isprintable() or " " in host:
        raise ValueError(f"host has to be an address such as https://flags.example.com, not {host!r}")
    return host.rstrip("/")


def resolve(here: str, there: str) -> str | None:
    """The address that a link leads to, None if it is malformed."""
    try:
        return urljoin(here, there) if there.isprintable() else None
    except ValueError:
        return None


def have_same_origin(one: str, other: str) -> bool:
    """Whether both are of one scheme, host and port."""
    origin = _origin(one)
    return origin is not None and origin == _origin(other)


def locate(host: str, href: str) -> str | None:
    """The address of a link that the service answered, None if it leads to somewhere else.

    Links begin at the root of the API; a path in front of it, as a proxy may have, is put before them.
    """
    if not href.isprintable():
        return None
    front = urlsplit(host).path
    if href.startswith("/") and not href.startswith("//"):
        return host.removesuffix(front) + (href if front and href.startswith(f"{front}/") else front + href)
    target = resolve(host, href)
    return target if target is not None and have_same_origin(host, target) else None


def _origin(url: str) -> tuple[str, str, int] | None:
    try:
        parts = urlsplit(url.strip())
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.scheme, parts.hostname, port) if parts.hostname and port else None
