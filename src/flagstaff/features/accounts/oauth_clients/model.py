"""OAuth 2.0 clients: programs that members may let act for them."""

from urllib.parse import urlsplit

import msgspec

from flagstaff.access.specifiers import account_resource
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import InvalidRequest

ACCOUNT = account_resource()  # what policies know clients by: they have no resource of their own
LOOPBACK = {"127.0.0.1", "::1", "localhost"}


class OAuthClient(msgspec.Struct, frozen=True, kw_only=True):
    """A registered program. A public one, such as an application on a desktop, can keep no secret."""

    id: str
    name: str
    description: str = ""
    redirect_uri: str
    public: bool = False
    created: Millis
    version: int = 1


def check_redirect_uri(uri: str, *, public: bool = False) -> str:
    """Return the address that browsers are sent back to, or raise InvalidRequest.

    It is compared character by character later, so only plain ones are taken: https, without query and
    fragment. A public client may listen on the machine of its user, where there is no TLS (RFC 8252, 7.3).
    """
    if not uri.isascii() or not uri.isprintable() or any(mark in uri for mark in ' "<>\\^`{|}'):
        raise _refuse("may hold only characters of an address")
    try:
        parts = urlsplit(uri)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refuse("is no address") from None
    if not (parts.scheme == "https" or (public and parts.scheme == "http" and host in LOOPBACK)):
        raise _refuse("must be an absolute https address")
    if not host or port == 0 or parts.username is not None or parts.password is not None:
        raise _refuse("must name a host and no user")
    if "?" in uri or "#" in uri:
        raise _refuse("must have no query and no fragment")
    return uri


def _refuse(reason: str) -> InvalidRequest:
    return InvalidRequest(f"The redirect URI {reason} - at `$.redirectUri`")
