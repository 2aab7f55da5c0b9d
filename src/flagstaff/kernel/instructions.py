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
Parameter = tuple[str, Any] | tuple[str, Any, Any]  # name, type, default
Wire = Mapping[str, Any]  # one instruction as JSON: {"kind": ..., parameters in camelCase}


class Edit(msgspec.Struct, frozen=True):
    """What a change may know beyond its parameters: the moment, new ids, and the environment it is about."""

    now: Millis
    ids: Ids
    environment: str = ""


class Shared(msgspec.Struct, frozen=True):
    """Base of parameters that several kinds take beside their own: one argument gets all of them."""


@dataclass(frozen=True)
class Instruction(Generic[State]):
    """One kind: what it does, what it takes, and the permission action it needs."""

    kind: str
    change: Callable[..., State]
    parameters: type[msgspec.Struct]
    own: tuple[str, ...]  # the names of arguments that are one parameter each
    shared: tuple[str, ...]  # and of those that get the shared ones
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
        arguments = {name: getattr(parameters, name) for name in self.own}
        arguments |= dict.fromkeys(self.shared, parameters)
        try:
            return self.change(state, edit, **arguments)
        except InvalidRequest as error:
            raise InvalidRequest(f"{error.message} - at `{path}`") from None


class Vocabulary(Generic[State]):
    """The instruction kinds that one resource understands.

    `spelled` are parameters whose names on the wire are not simply those of the functions in camelCase.
    `has_environments` is false for what stands above all environments.
    """

    def __init__(
        self, resource: str, spelled: Mapping[str, str] | None = None, *, has_environments: bool = True
    ) -> None:
        self.resource = resource
        self.has_environments = has_environments
        self.spelled = {} if spelled is None else spelled
        self.kinds: dict[str, Instruction[State]] = {}

    def kind(
        self, name: str, *, action: str, scope: Scope = "resource", internal: bool = False
    ) -> Callable[[Callable[..., State]], Callable[..., State]]:
        """Register a function as the instruction `name`; `internal` kinds cannot be sent by a caller."""

        def add(change: Callable[..., State]) -> Callable[..., State]:
            if name in self.kinds:
                raise ValueError(f"{self.resource} instruction {name} is defined twice")
            own, shared = _read_signature(change)
            self.kinds[name] = Instruction(
                name,
                change,
                _parameters(name, own.values(), shared.values(), self.spelled),
                tuple(own),
                tuple(shared),
                action,
                scope,
                internal,
            )
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


def _read_signature(change: Callable[..., Any]) -> tuple[dict[str, Parameter], dict[str, type[Shared]]]:
    """The keyword arguments of a function: those of one parameter each, and those that get shared ones."""
    hints = get_type_hints(change, include_extras=True)
    own: dict[str, Parameter] = {}
    shared: dict[str, type[Shared]] = {}
    for parameter in inspect.signature(change).parameters.values():
        name, hint = parameter.name, hints.get(parameter.name)
        if parameter.kind is not inspect.Parameter.KEYWORD_ONLY:
            continue
        if isinstance(hint, type) and issubclass(hint, Shared):
            shared[name] = hint
        elif parameter.default is inspect.Parameter.empty:
            own[name] = (name, hint)
        else:
            own[name] = (name, hint, parameter.default)
    return own, shared


def _parameters(
    name: str, own: Iterable[Parameter], shared: Iterable[type[Shared]], spelled: Mapping[str, str]
) -> type[msgspec.Struct]:
    fields = list(own)
    return msgspec.defstruct(
        name,
        fields,
        bases=tuple(shared) or None,
        rename={field[0]: spelled.get(field[0], _camel(field[0])) for field in fields},
        forbid_unknown_fields=True,
        kw_only=True,
        frozen=True,
    )


def _camel(name: str) -> str:
    bare = name.lstrip("_")
    first, *rest = bare.split("_")
    return name[: -len(bare)] + first + "".join(word.capitalize() for word in rest)
