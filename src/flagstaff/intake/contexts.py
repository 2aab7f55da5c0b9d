"""Contexts in events: who was evaluated, and what of it is kept. Pure.

A context is parsed once and remembered by its JSON, since events repeat the same ones again and again.
"""

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from flagstaff.evaluation.context import Context, InvalidContext, parse_context
from flagstaff.features.contexts.model import DEEPEST, escape_name, instance_id
from flagstaff.features.contexts.shapes import Shape, shape_of
from flagstaff.intake.events import BROKEN, MOST_KEY

MOST_CONTEXT = 64 * 1024  # bytes of a context's JSON
MOST_KINDS = 32
NOT_ATTRIBUTES = frozenset({"kind", "key"})
NESTED = frozenset({dict, list})
Told = tuple[tuple[str, ...], Shape | None]
Keys = tuple[msgspec.Raw, tuple[str, ...]]  # by kind, as JSON; and the kinds
APPLICATION = "ld_application"  # the kind that mobile SDKs add of themselves


class Application(msgspec.Struct, frozen=True, gc=False):
    """What an SDK says that it is built into; empty where it does not say it."""

    id: str = ""
    version: str = ""
    name: str = ""
    version_name: str = ""


class Member(msgspec.Struct, frozen=True, gc=False):
    """One context that is kept: not an anonymous one."""

    kind: str
    key: str
    name: str
    body: str
    attributes: tuple[str, ...]
    redacted: tuple[str, ...]
    redacted_json: str
    shape: Shape | None  # None where the attributes do not lead to all that there is


class Instance(msgspec.Struct, frozen=True, gc=False):
    """Contexts that were evaluated together. `id` and `body` are of the members alone, `keys` of all.

    `state` tells one body from another.
    """

    id: str
    hash: int
    kinds: tuple[str, ...]
    anonymous_kinds: tuple[str, ...]
    keys: msgspec.Raw
    members: tuple[Member, ...]
    body: str
    state: int
    application: Application | None = None


class Contexts:
    """Reads contexts, and remembers those it has read lately. Threads may share it."""

    def __init__(self, most: int = 10_000) -> None:
        self._most = most
        self._known: dict[bytes, Instance] = {}
        self._keys: dict[bytes, Keys] = {}

    def read(self, text: bytes) -> Instance:
        """The instance in the JSON of a context, or of the user of older SDKs; raises InvalidContext."""
        known = self._known.get(text)
        if known is None:
            known = read_instance(text)
            self._remember(self._known, text, known)
        return known

    def read_keys(self, text: bytes) -> Keys:
        """Keys by kind as JSON in their order, and the kinds; raises InvalidContext."""
        known = self._keys.get(text)
        if known is None:
            known = read_keys(text)
            self._remember(self._keys, text, known)
        return known

    def _remember(self, known: dict[bytes, Any], text: bytes, value: Any) -> None:
        if len(known) >= self._most:
            known.clear()
        if len(text) <= MOST_KEY:
            known[text] = value


def read_keys(text: bytes) -> Keys:
    """Raises InvalidContext where they are not an object of texts."""
    try:
        keys = msgspec.json.decode(text, type=dict[str, str])
    except BROKEN:
        raise InvalidContext("the keys of contexts must be texts") from None
    if len(text) > MOST_CONTEXT:
        raise InvalidContext("the keys of contexts are too long")
    return msgspec.Raw(msgspec.json.encode(keys, order="sorted")), tuple(sorted(keys))


def read_user_key(text: bytes) -> Keys:
    """The same from older SDKs, which know users alone."""
    return read_keys(b'{"user":%s}' % text)


def read_instance(text: bytes) -> Instance:
    """Raises InvalidContext."""
    if len(text) > MOST_CONTEXT:
        raise InvalidContext("the context is too long")
    try:
        source = msgspec.json.decode(text)
    except BROKEN as error:
        raise InvalidContext("the context is not JSON") from error
    context = parse_context(source)
    if len(context.kinds) > MOST_KINDS or any(len(key) > MOST_KEY for key in context.keys.values()):
        raise InvalidContext("the context has too many kinds, or a key that is too long")
    return _describe(context, _list_redacted(source, context))


def _describe(context: Context, redacted: Mapping[str, tuple[str, ...]]) -> Instance:
    kinds, keys = tuple(context.kinds), context.keys
    if len(kinds) > 1:
        kinds = tuple(sorted(kinds))
        keys = {kind: keys[kind] for kind in kinds}
    known = [kind for kind in kinds if not context.kinds[kind]["anonymous"]]
    members = tuple([_describe_member(context.kinds[kind], redacted.get(kind, ())) for kind in known])
    every = instance_id(keys)
    is_whole = len(known) == len(kinds)
    body = members[0].body if len(members) == 1 else _join_bodies(context, known)
    return Instance(
        id=every if is_whole else instance_id({kind: keys[kind] for kind in known}),
        hash=_hash(every),
        kinds=kinds,
        anonymous_kinds=() if is_whole else tuple([kind for kind in kinds if kind not in known]),
        keys=msgspec.Raw(msgspec.json.encode(keys)),
        members=members,
        body=body,
        state=hash(body),
        application=_find_application(context),
    )


def _describe_member(attributes: dict[str, Any], redacted: tuple[str, ...]) -> Member:
    body = attributes.copy()
    del body["anonymous"]
    if None in body.values():
        body = {name: value for name, value in body.items() if value is not None}
    references, shape = _list_references(body)
    return Member(
        kind=body["kind"],
        key=body["key"],
        name=body.get("name") or "",
        body=_encode(body),
        attributes=references,
        redacted=redacted,
        redacted_json=_encode(redacted) if redacted else "[]",
        shape=shape,
    )


def _join_bodies(context: Context, known: list[str]) -> str:
    parts = {
        kind: {
            name: value
            for name, value in context.kinds[kind].items()
            if name not in {"anonymous", "kind"} and value is not None
        }
        for kind in known
    }
    return _encode({"kind": "multi", **parts})


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)


def _encode(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _list_references(attributes: Mapping[str, Any]) -> Told:
    """References of what has a value, of objects those of their members; and the shape."""
    if NESTED.isdisjoint(map(type, attributes.values())):
        return _refer_all(tuple(attributes))
    found: list[str] = []
    outer = {name: value for name, value in attributes.items() if name not in NOT_ATTRIBUTES}
    is_whole = _list_inner(found, "", outer, 1)
    references = tuple(found)
    return references, shape_of(references) if is_whole else None


@lru_cache(maxsize=1_000)
def _refer_all(names: tuple[str, ...]) -> Told:
    references = tuple(_refer(name) for name in names if name not in NOT_ATTRIBUTES)
    return references, shape_of(references)


def _list_inner(found: list[str], prefix: str, attributes: Mapping[str, Any], depth: int) -> bool:
    """False where there are members that no reference leads to."""
    is_whole = True
    for name, value in attributes.items():
        reference = prefix + _refer(name)
        if isinstance(value, dict) and value and depth < DEEPEST:
            is_whole &= _list_inner(found, reference, value, depth + 1)
        elif value is None:
            is_whole = False
        else:
            found.append(reference)
            is_whole &= not _has_members(value)
    return is_whole


def _has_members(value: Any) -> bool:
    """Whether there may be objects in it."""
    if isinstance(value, list):
        return not NESTED.isdisjoint(map(type, value))
    return isinstance(value, dict) and bool(value)


@lru_cache(maxsize=10_000)
def _refer(name: str) -> str:
    return "/" + escape_name(name)


def _list_redacted(source: dict[str, Any], context: Context) -> dict[str, tuple[str, ...]]:
    """By kind, what SDKs held back, as references, however they write them."""
    if "kind" not in source:
        return {"user": _normalise(source.get("privateAttrs"))}
    if source["kind"] != "multi":
        return {source["kind"]: _normalise((source.get("_meta") or {}).get("redactedAttributes"))}
    parts = {kind: source.get(kind) for kind in context.kinds}
    return {
        kind: _normalise((part.get("_meta") or {}).get("redactedAttributes"))
        for kind, part in parts.items()
        if isinstance(part, dict)
    }


def _normalise(names: Any) -> tuple[str, ...]:
    if not names or not isinstance(names, list):
        return ()
    return _refer_each(tuple([name for name in names if isinstance(name, str) and name]))


@lru_cache(maxsize=1_000)
def _refer_each(names: tuple[str, ...]) -> tuple[str, ...]:
    """In their order, each once: mostly the same of all contexts."""
    return tuple(name if name.startswith("/") else _refer(name) for name in sorted(set(names)))


def _find_application(context: Context) -> Application | None:
    """What a mobile SDK says of its application in a context that it adds."""
    told = context.kinds.get(APPLICATION)
    if told is None or not isinstance(told.get("id"), str):
        return None
    texts = [told.get(name) for name in ("id", "version", "name", "versionName")]
    id_, version, name, version_name = (text[:64] if isinstance(text, str) else "" for text in texts)
    return Application(id_, version, name, version_name)
