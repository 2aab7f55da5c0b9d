"""Answers: JSON objects read under their documented names or those of the wire."""

from collections.abc import Iterator, KeysView, Mapping
from copy import deepcopy
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, ClassVar

from launch_darkly_python_sdk import models
from launch_darkly_python_sdk.kinds import Kind, parse_kind


class Answer:
    """An object of an answer: `answer.owner_id`, `answer["owner_id"]` and `answer["ownerId"]` are the same.

    A documented member that this answer lacks is None; `in` tells whether it is there. Other names raise
    KeyError or AttributeError, except members of the wire that are newer than this client.
    Iterating gives the names of the wire, `to_dict()` the JSON as it came. Answers cannot be changed.
    """

    __slots__ = ("_seen", "_wire")

    FIELDS: ClassVar[Mapping[str, tuple[str, str]]] = {}
    _kinds: ClassVar[Mapping[str, tuple[str, str]]] = {}

    def __init_subclass__(cls) -> None:
        by_wire = {wire: (wire, kind) for wire, kind in cls.FIELDS.values()}
        cls._kinds = by_wire | dict(cls.FIELDS)

    def __init__(self, wire: Mapping[str, Any]) -> None:
        self._wire = wire
        self._seen: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name in self._seen:
            return self._seen[name]
        known = self._kinds.get(name)
        if known is not None and (known[0] in self._wire or name not in self._wire):
            value = decode(parse_kind(known[1]), self._wire.get(known[0]))
        elif name in self._wire:
            value = self._wire[name]
        else:
            raise KeyError(_unknown(self, name))
        self._seen[name] = value
        return value

    if not TYPE_CHECKING:  # who know the documented members, and are to find slips in their names

        def __getattr__(self, name: str) -> Any:
            try:
                return self[name]
            except KeyError as error:
                raise AttributeError(error.args[0]) from None

    def get(self, name: str, default: Any = None) -> Any:
        """The member, or `default` if this answer lacks it."""
        return self[name] if name in self else default  # noqa: SIM401 - it is what `get` is

    def keys(self) -> KeysView[str]:
        """The names of the wire that this answer has."""
        return self._wire.keys()

    def to_dict(self) -> dict[str, Any]:
        """A copy of the JSON as it came."""
        return deepcopy(dict(self._wire))

    def __contains__(self, name: object) -> bool:
        known = self._kinds.get(name) if isinstance(name, str) else None
        return name in self._wire or (known is not None and known[0] in self._wire)

    def __iter__(self) -> Iterator[str]:
        return iter(self._wire)

    def __len__(self) -> int:
        return len(self._wire)

    def __eq__(self, other: object) -> bool:
        return self._wire == (other._wire if isinstance(other, Answer) else other)

    __hash__ = None  # type: ignore[assignment] # as for dictionaries

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self._wire!r})"

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *self.FIELDS})

    def __reduce__(self) -> tuple[type["Answer"], tuple[Mapping[str, Any]]]:
        return type(self), (self._wire,)


def decode(kind: Kind, value: Any) -> Any:
    """Wrap the objects with documented names in a value; what is not of its kind stays as it came."""
    if not kind.has_shapes:
        return value
    if kind.name == "shape":
        return models.load(kind.shape)(value) if isinstance(value, dict) else value
    inner = kind.of or kind
    if kind.name == "list" and isinstance(value, list):
        return [decode(inner, item) for item in value]
    if kind.name == "map" and isinstance(value, dict):
        return {key: decode(inner, item) for key, item in value.items()}
    return value


def read_wire(answer: Answer) -> Mapping[str, Any]:
    """The JSON of an answer, without the copy."""
    return answer._wire  # noqa: SLF001 - a name that no member of an answer can have


def _unknown(answer: Answer, name: str) -> str:
    close = get_close_matches(name, [*answer.FIELDS, *answer.keys()], n=3)
    hint = f"; do you mean {' or '.join(close)}?" if close else ""
    return f"{type(answer).__name__} has no {name}{hint}"
