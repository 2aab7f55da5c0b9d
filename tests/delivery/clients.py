"""Client-side SDKs as a test needs them: their contexts, the flags they may see, and what they send."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.delivery.serving import Environment, a_flag
from tests.delivery.wire import Wire

ADA = {"kind": "user", "key": "ada"}
BOB = {"kind": "user", "key": "bob"}
FOR_ALL = {"usingMobileKey": True, "usingEnvironmentId": True}
FOR_MOBILE = {"usingMobileKey": True, "usingEnvironmentId": False}
FOR_BROWSERS = {"usingMobileKey": False, "usingEnvironmentId": True}
JSON = {"Content-Type": "application/json"}


def in_path(context: Any, *, padded: bool = False) -> str:
    """A context as it stands in a path."""
    encoded = base64.urlsafe_b64encode(json.dumps(context).encode()).decode()
    return encoded if padded else encoded.rstrip("=")


def for_ada(key: str, **members: Any) -> dict[str, Any]:
    """A flag that every client may see; it serves true to Ada and false to everybody else."""
    usual = {
        "on": True,
        "targets": [{"variation": 0, "values": ["ada"]}],
        "fallthrough": {"variation": 1},
        "clientSideAvailability": FOR_ALL,
    }
    return a_flag(key, **usual | members)


def for_members(key: str, segment: str, **members: Any) -> dict[str, Any]:
    """A flag that serves true to those in a segment."""
    clause = {"attribute": "", "op": "segmentMatch", "values": [segment], "negate": False}
    rule = {"id": "rule", "variation": 0, "clauses": [clause], "trackEvents": False}
    return for_ada(key, **{"targets": [], "rules": [rule]} | members)


def publish(environment: Environment, *flags: dict[str, Any]) -> None:
    """Change flags in one unit."""
    environment.publish(*(("flags", flag["key"], flag) for flag in flags))


def secure_hash(key: str, message: str) -> str:
    return hmac.new(key.encode(), message.encode(), hashlib.sha256).hexdigest()


@contextmanager
def listening(
    environment: Environment,
    path: str = "/eval/{id}/{context}",
    context: Any = ADA,
    *,
    report: bool = False,
    **headers: str,
) -> Iterator[Wire]:
    """An open stream of a client; in its path stand the client-side ID and the context."""
    filled = path.format(id=environment.id, context=in_path(context))
    sent = {"Accept": "text/event-stream", "Cache-Control": "no-cache", **headers}
    if path.startswith("/m"):
        sent.setdefault("Authorization", environment.mobile_key)
    body = json.dumps(context).encode() if report else b""
    if report:
        sent["Content-Length"] = str(len(body))
    with environment.server.connect() as wire:
        wire.request("REPORT" if report else "GET", filled, sent, body)
        wire.read_head()
        yield wire
