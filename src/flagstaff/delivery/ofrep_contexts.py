"""What OpenFeature clients send with a request for evaluation, read as a context of ours."""

from typing import Any

import msgspec

from flagstaff.evaluation.context import Context, InvalidContext, parse_context

DROPPED = frozenset({"targetingKey", "privateAttributes", "_meta"})


class Refused(Exception):
    """A request that cannot be evaluated; `code` is OpenFeature's word for why."""

    def __init__(self, code: str, details: str) -> None:
        super().__init__(details)
        self.code = code
        self.details = details


def read_ofrep_context(body: bytes) -> Context:
    """The context in a request; raises Refused.

    The targeting key is the key, of a user unless `kind` says otherwise. With the kind `multi` every member
    that is an object is a context of its own.
    """
    try:
        request = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused("PARSE_ERROR", "The body is not JSON") from None
    if not isinstance(request, dict):
        raise Refused("PARSE_ERROR", "The body is not an object")
    given = request.get("context", {})
    if not isinstance(given, dict):
        raise Refused("INVALID_CONTEXT", "The context is not an object")
    try:
        return parse_context(_convert_multi(given) if given.get("kind") == "multi" else _convert(given))
    except InvalidContext as error:
        raise Refused("INVALID_CONTEXT", f"Not a context: {error}") from None


def _convert_multi(given: dict[str, Any]) -> dict[str, Any]:
    parts = {name: part for name, part in given.items() if isinstance(part, dict) and name not in DROPPED}
    return {"kind": "multi", **{name: _convert({**part, "kind": name}) for name, part in parts.items()}}


def _convert(given: dict[str, Any]) -> dict[str, Any]:
    key = given.get("targetingKey") or given.get("key")
    if key is None or key == "":
        raise Refused("TARGETING_KEY_MISSING", "The context has no targetingKey")
    attributes = {name: value for name, value in given.items() if name not in DROPPED}
    return {"kind": "user", **attributes, "key": key}
