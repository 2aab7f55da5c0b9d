"""Whether a change changes anything, told for whole states."""

from typing import Any

from msgspec import Struct


def unchanged(one: Any, other: Any) -> bool:
    """Tell whether two states (Structs, or JSON) are equal, of equal types all the way down.

    `==` takes 1 for 1.0 and for true. What they encode to is no measure either: whether a member that has
    its default value is left out depends on which object holds that value.
    """
    return one is other or (one == other and _alike(one, other))


def _alike(one: Any, other: Any) -> bool:
    """Of two equal values: whether they are of the same types too."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, Struct):
        return all(_alike(getattr(one, name), getattr(other, name)) for name in one.__struct_fields__)
    if isinstance(one, list | tuple):
        return all(map(_alike, one, other))
    if isinstance(one, dict):
        return all(_alike(value, other[name]) for name, value in one.items())
    return True
