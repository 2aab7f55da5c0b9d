"""The custom properties of a flag: named lists of values, none of them empty."""

from collections.abc import Mapping

from flagstaff.features.flags.model import CustomProperty
from flagstaff.kernel.errors import InvalidRequest

LONGEST = 64  # characters of a key or name
MAX_VALUES = 64  # of one property

CustomProperties = dict[str, CustomProperty]


def set_property(
    properties: Mapping[str, CustomProperty], key: str, name: str, values: tuple[str, ...]
) -> CustomProperties:
    """Give a property these values, each once; without any it goes. Raises InvalidRequest for too many."""
    if not 0 < len(key) <= LONGEST or not 0 < len(name) <= LONGEST:
        raise InvalidRequest(f"the key and the name of a custom property need 1 to {LONGEST} characters")
    unique = tuple(dict.fromkeys(values))
    if len(unique) > MAX_VALUES:
        raise InvalidRequest(f"the custom property {key!r} must not have more than {MAX_VALUES} values")
    rest = {other: held for other, held in properties.items() if other != key}
    changed = {**rest, key: CustomProperty(name=name, values=unique)} if unique else rest
    return dict(sorted(changed.items()))
