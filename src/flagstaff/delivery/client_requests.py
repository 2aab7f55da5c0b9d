"""What client-side SDKs ask with: who they are, and the context in their path or body."""

from typing import Literal
from urllib.parse import parse_qs, unquote_to_bytes

import msgspec

from flagstaff.delivery.keyring import PREFIX
from flagstaff.evaluation.context import Context, InvalidContext, parse_context
from flagstaff.kernel.encodings import decode_base64
from flagstaff.kernel.errors import InvalidRequest, UnsupportedMediaType

Client = Literal["all", "mobile", "environment_id"]  # whose flags: all are those of an SDK key
MOST_CONTEXT = 64 * 1024  # bytes of a context's JSON
STREAMS = {b"eval", b"ping", b"meval", b"mping", b"sdk"}  # what their paths begin with
TRANSFERS = ["sdk", "stream", "eval"]  # the path of streams in the second protocol
MOBILE_PREFIX = "mob-"
FORM = "application/x-www-form-urlencoded"  # what iOS says of every body when it is told nothing


class ClientRequest(msgspec.Struct, frozen=True, dict=True):
    """A request for evaluated flags, in part unread.

    `credential` is the Authorization header of a mobile SDK or of whoever holds an SDK key, or the
    client-side ID in a browser's path. The context is `encoded` in the path, or it is the `body`; a ping
    stream has none. `basis` is what an SDK of the second protocol says that it holds, which may be empty;
    for others it is None.
    """

    client: Client
    credential: str | None
    query: str = ""
    encoded: str | None = None
    body: bytes | None = None
    content_type: str = ""
    basis: str | None = None

    @property
    def with_reasons(self) -> bool:
        return self._find("withReasons").lower() == "true"

    @property
    def secure_hash(self) -> str:
        return self._find("h")

    @property
    def context_json(self) -> bytes | None:
        """The JSON of the context; raises InvalidRequest and UnsupportedMediaType."""
        known = self.__dict__  # a cached property would take a lock
        if "context_json" not in known:
            known["context_json"] = self._read_json()
        json: bytes | None = known["context_json"]
        return json

    def _read_json(self) -> bytes | None:
        text = self.body
        if text is not None:
            check_media_type(self.content_type)
        elif self.encoded is not None:
            text = decode_base64(self.encoded)
        if text is not None and len(text) > MOST_CONTEXT:
            raise InvalidRequest(f"The context is longer than {MOST_CONTEXT} bytes")
        return text

    def read_context(self) -> Context | None:
        """The context; raises InvalidRequest and UnsupportedMediaType."""
        text = self.context_json
        try:
            return None if text is None else parse_context(text)
        except InvalidContext as error:
            raise InvalidRequest(f"Not a context: {error}") from None

    def _find(self, name: str) -> str:
        return find_parameter(self.query, name) if self.query else ""


def request_transfer(
    query: str,
    authorization: str | None,
    encoded: str | None,
    body: bytes | None = None,
    content_type: str = "",
) -> ClientRequest:
    """A request in the second protocol, whose credential says what kind of SDK it is from.

    A browser cannot send headers with a stream, so its client-side ID is in the query.
    """
    credential = authorization or find_parameter(query, "auth")
    key = credential.lstrip().removeprefix(PREFIX).strip()
    client: Client = "mobile" if key.startswith(MOBILE_PREFIX) or not key else "environment_id"
    basis = find_parameter(query, "basis")
    return ClientRequest(client, key or None, query, encoded, body, content_type, basis)


def find_parameter(query: str, name: str) -> str:
    """The first value in a query; empty where there is none."""
    return parse_qs(query).get(name, [""])[0] if name in query else ""


def check_media_type(content_type: str) -> None:
    """Raise UnsupportedMediaType for what cannot be JSON. Not every SDK says that it is."""
    media = content_type.partition(";")[0].strip().lower()
    if media not in {"", "application/json", FORM} and not media.endswith("+json"):
        raise UnsupportedMediaType("The context must be sent as application/json")


def find_stream(method: str, raw_path: bytes, query: str, authorization: str | None) -> ClientRequest | None:
    """The request for a stream that a path stands for; the context of a REPORT is still to come."""
    if raw_path.lstrip(b"/").partition(b"/")[0] not in STREAMS:
        return None
    name, *rest = [unquote_to_bytes(part).decode(errors="replace") for part in raw_path.split(b"/") if part]
    find = _find_transfer if name == "sdk" else _find_events
    return find(method, [name, *rest], query, authorization)


def _find_events(method: str, path: list[str], query: str, authorization: str | None) -> ClientRequest | None:
    name, *rest = path
    client: Client = "mobile" if name.startswith("m") else "environment_id"
    if client == "environment_id" and not rest:
        return None
    credential = authorization if client == "mobile" else rest.pop(0)
    match (method, name.removeprefix("m"), rest):
        case ("GET", "eval", [encoded]):
            return ClientRequest(client, credential, query, encoded)
        case ("REPORT", "eval", []):
            return ClientRequest(client, credential, query, body=b"")
        case ("GET", "ping", []):
            return ClientRequest(client, credential, query)
    return None


def _find_transfer(
    method: str, path: list[str], query: str, authorization: str | None
) -> ClientRequest | None:
    match (method, path[:3] == TRANSFERS, path[3:]):
        case ("GET", True, [encoded]):
            return request_transfer(query, authorization, encoded)
        case ("REPORT" | "POST", True, []):
            return request_transfer(query, authorization, None, b"")
    return None
