"""Contexts: who or what a flag is evaluated for, checked and laid out for look-up by kind and attribute."""

import re
from typing import Any

from flagstaff.evaluation.jsontext import decode

DEFAULT_KIND = "user"

_KIND = re.compile(r"[A-Za-z0-9._-]+")
_MULTI = "multi"
_LEGACY_STRINGS = ("name", "firstName", "lastName", "email", "country", "avatar", "ip")
_NOT_CUSTOM = frozenset({"kind", "key", "name", "anonymous", "_meta", ""})


class InvalidContext(ValueError):
    """A context that no SDK would accept."""


class Context:
    """A checked context: by kind, its key and its attributes (among them key, kind and anonymous).

    Treat it as immutable; it refers to the JSON it was parsed from. `readings` keeps what evaluations have
    read, so that many flags read an attribute once.
    """

    __slots__ = ("is_lone_user", "keys", "kinds", "readings")

    def __init__(self, kinds: dict[str, dict[str, Any]]) -> None:
        self.kinds = kinds
        self.keys: dict[str, str] = {kind: attributes["key"] for kind, attributes in kinds.items()}
        self.is_lone_user = len(kinds) == 1 and DEFAULT_KIND in kinds
        self.readings: dict[str, tuple[Any, ...] | None] = {}

    @property
    def fully_qualified_key(self) -> str:
        """The canonical key over all kinds, used for secure mode and for counting distinct contexts."""
        if self.is_lone_user:
            return self.keys[DEFAULT_KIND]
        return ":".join(f"{kind}:{_escape_key(self.keys[kind])}" for kind in sorted(self.keys))


def parse_context(context_json: Any) -> Context:
    """Check context JSON (decoded, text or bytes; a user without `kind` too); raise InvalidContext."""
    if isinstance(context_json, Context):
        return context_json
    try:
        source = decode(context_json)
    except ValueError as error:
        raise InvalidContext("context is not JSON") from error
    if not isinstance(source, dict):
        raise InvalidContext("context must be an object")
    if "kind" not in source:
        return Context({DEFAULT_KIND: _parse_legacy_user(source)})
    if source["kind"] == _MULTI:
        return _parse_multi(source)
    return Context({_check_kind(source["kind"]): _parse_single(source, source["kind"])})


def _parse_multi(source: dict[Any, Any]) -> Context:
    kinds: dict[str, dict[str, Any]] = {}
    for name, part in source.items():
        if name == "kind":
            continue
        if not isinstance(part, dict):
            raise InvalidContext("each kind of a multi-context must be an object")
        kind = _check_kind(part.get("kind", name))
        if kind in kinds:
            raise InvalidContext(f"two contexts of kind {kind!r}")
        kinds[kind] = _parse_single(part, kind)
    if not kinds:
        raise InvalidContext("a multi-context has at least one context")
    return Context(kinds)


def _parse_single(source: dict[Any, Any], kind: str) -> dict[str, Any]:
    if not _check_key(source):
        raise InvalidContext("key must not be empty")
    _check_optional_string(source, "name")
    _check_meta(source.get("_meta"))
    attributes = dict(source)
    attributes.pop("_meta", None)
    attributes.pop("", None)
    attributes["kind"] = kind
    if not isinstance(attributes.setdefault("anonymous", False), bool):
        raise InvalidContext("anonymous must be a boolean")
    return attributes


def _parse_legacy_user(source: dict[Any, Any]) -> dict[str, Any]:
    """Read a user of the old schema: an empty key is allowed, custom attributes join the built-in ones."""
    custom = source.get("custom")
    if custom is None:
        custom = {}
    if not isinstance(custom, dict):
        raise InvalidContext("custom must be an object")
    _check_strings(source.get("privateAttributeNames"))
    anonymous = source.get("anonymous")
    if anonymous is not None and not isinstance(anonymous, bool):
        raise InvalidContext("anonymous must be a boolean")
    attributes = {name: value for name, value in custom.items() if name not in _NOT_CUSTOM}
    for name in _LEGACY_STRINGS:
        if (value := _check_optional_string(source, name)) is not None:
            attributes[name] = value
    attributes["key"] = _check_key(source)
    attributes["kind"] = DEFAULT_KIND
    attributes["anonymous"] = bool(anonymous)
    return attributes


def _check_kind(kind: Any) -> str:
    if not isinstance(kind, str):
        raise InvalidContext("a context kind must be a string")
    if kind == DEFAULT_KIND:
        return kind
    if _KIND.fullmatch(kind) is None or kind in ("kind", _MULTI):
        raise InvalidContext(f"{kind!r} is no context kind")
    return kind


def _check_key(source: dict[Any, Any]) -> str:
    key = source.get("key")
    if not isinstance(key, str):
        raise InvalidContext("key must be a string")
    return key


def _check_optional_string(source: dict[Any, Any], name: str) -> str | None:
    value = source.get(name)
    if value is not None and not isinstance(value, str):
        raise InvalidContext(f"{name} must be a string")
    return value


def _check_meta(meta: Any) -> None:
    if meta is None:
        return
    if not isinstance(meta, dict):
        raise InvalidContext("_meta must be an object")
    _check_strings(meta.get("privateAttributes"))


def _check_strings(names: Any) -> None:
    if names is None:
        return
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InvalidContext("private attributes must be a list of strings")


def _escape_key(key: str) -> str:
    return key.replace("%", "%25").replace(":", "%3A")
