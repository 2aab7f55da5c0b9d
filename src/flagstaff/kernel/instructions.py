"""The language of change: a registry of instruction kinds, checked against each one's own signature.

A kind is one pure function `(state, edit, *, parameter, ...) -> state`. Its keyword parameters, with their
types and defaults, are the members that the instruction may have on the wire (camelCase there).
"""

import inspect
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar, get_type_hints

import msgspec

from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.ids import Ids
from flagstaff.kernel.json_bounds import convert_json

State = TypeVar("State")
Scope = Literal["resource", "environment"]
Wire = Mapping[str, Any]  # one instruction as JSON: {"kind": ..., parameters in camelCase}


@dataclass(frozen=True)
class Edit:
    """What a change may know beyond its parameters: the moment, new ids, and the environment it is about."""

    now: Millis
    ids: Ids
    environment: str = ""


@dataclass(frozen=True)
class Instruction(Generic[State]):
    """One kind: what it does, what it takes, and the permission action it needs."""

    kind: str
    change: Callable[..., State]
    parameters: type[msgspec.Struct]
    action: str
    scope: Scope
    internal: bool

    def apply(self, state: State, edit: Edit, wire: Wire, path: str) -> State:
        """Return the changed state; raise InvalidRequest, naming `path`, for what cannot be done."""
        given = {name: value for name, value in wire.items() if name != "kind"}
        try:
            parameters = convert_json(given, self.parameters, path)
        except InvalidRequest as error:
            raise InvalidRequest(f"{self.kind}: {error.message}") from None
        fields = self.parameters.__struct_fields__
        try:
            return self.change(state, edit, **{field: getattr(parameters, field) for field in fields})
        except InvalidRequest as error:
            raise InvalidRequest(f"{error.message} - at `{path}`") from None


class Vocabulary(Generic[State]):
    """The instruction kinds that one resource understands."""

    def __init__(self, resource: str) -> None:
        self.resource = resource
        self.kinds: dict[str, Instruction[State]] = {}

    def kind(
        self, name: str, *, action: str, scope: Scope = "resource", internal: bool = False
    ) -> Callable[[Callable[..., State]], Callable[..., State]]:
        """Register a function as the instruction `name`; `internal` kinds cannot be sent by a caller."""

        def add(change: Callable[..., State]) -> Callable[..., State]:
            if name in self.kinds:
                raise ValueError(f"{self.resource} instruction {name} is defined twice")
            self.kinds[name] = Instruction(name, change, _parameters(name, change), action, scope, internal)
            return change

        return add

    def __getitem__(self, kind: str) -> Instruction[State]:
        found = self.kinds.get(kind)
        if found is None:
            raise InvalidRequest(f"unknown instruction kind {kind!r}")
        return found

    def check(self, instructions: Iterable[Wire]) -> None:
        """Refuse what a caller may not send: unknown and internal kinds, an element without a kind."""
        for index, wire in enumerate(instructions):
            kind, place = wire.get("kind"), f"at `$.instructions[{index}]`"
            if not isinstance(kind, str):
                raise InvalidRequest(f"every instruction needs a kind - {place}")
            if kind not in self.kinds or self.kinds[kind].internal:
                raise InvalidRequest(f"unknown instruction kind {kind[:80]!r} - {place}")

    def apply(self, state: State, edit: Edit, instructions: Iterable[Wire]) -> State:
        """Run the instructions one after another; each sees the result of those before it."""
        for index, wire in enumerate(instructions):
            state = self[wire["kind"]].apply(state, edit, wire, f"$.instructions[{index}]")
        return state


def _parameters(name: str, change: Callable[..., Any]) -> type[msgspec.Struct]:
    hints = get_type_hints(change)
    fields: list[tuple[str, Any] | tuple[str, Any, Any]] = []
    for parameter in inspect.signature(change).parameters.values():
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            continue
        hint = hints[parameter.name]
        required = parameter.default is inspect.Parameter.empty
        fields.append((parameter.name, hint) if required else (parameter.name, hint, parameter.default))
    return msgspec.defstruct(
        name, fields, rename="camel", forbid_unknown_fields=True, kw_only=True, frozen=True
    )
