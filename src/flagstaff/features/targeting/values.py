"""Equality of JSON values as JSON means it: 1 is 1.0, and neither is true."""

from typing import Any

import msgspec

_SORTED = msgspec.json.Encoder(order="deterministic")


def identify(value: Any) -> bytes:
    """Return a text that two JSON values share exactly if they are the same value."""
    return _SORTED.encode(_plain(value))


def same(one: Any, other: Any) -> bool:
    """Tell whether two states are written the same way; `==` alone would take 1 for true.

    Their Structs must not leave out defaults: msgspec does so by identity, and equal ones would differ.
    """
    return one is other or (bool(one == other) and _SORTED.encode(one) == _SORTED.encode(other))


def unite(values: tuple[Any, ...], more: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return `values` and then those of `more` that are not among them, each once."""
    held = {identify(value) for value in values}
    added: dict[bytes, Any] = {}
    for value in more:
        if (identity := identify(value)) not in held:
            added.setdefault(identity, value)
    return (*values, *added.values())


def subtract(values: tuple[Any, ...], fewer: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return `values` without those of `fewer`."""
    gone = {identify(value) for value in fewer}
    return tuple(value for value in values if identify(value) not in gone)


def _plain(value: Any) -> Any:
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, dict):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(element) for element in value]
    return value
