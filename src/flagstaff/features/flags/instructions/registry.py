"""The registry that every area of flag instructions adds its kinds to; `vocabulary.py` has it complete."""

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from msgspec.structs import replace

from flagstaff.features.flags.model import Flag, FlagState, Targeting
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.instructions import Edit, Vocabulary

KINDS: Vocabulary[FlagState] = Vocabulary("flag")

FlagChange = Callable[..., Flag]
TargetingChange = Callable[..., Targeting]


def flag_kind(name: str, *, action: str) -> Callable[[FlagChange], FlagChange]:
    """Register a change of the part that all environments share; it takes `flag` and, if it likes, `edit`."""

    def add(change: FlagChange) -> FlagChange:
        wanted = _positional(change)

        @wraps(change)
        def apply(state: FlagState, edit: Edit, **parameters: Any) -> FlagState:
            offered = {"flag": state.flag, "edit": edit}
            after = change(*(offered[name] for name in wanted), **parameters)
            return state if after is state.flag else replace(state, flag=after)

        KINDS.kind(name, action=action)(apply)
        return change

    return add


def targeting_kind(
    name: str, *, action: str, internal: bool = False
) -> Callable[[TargetingChange], TargetingChange]:
    """Register a change of one environment; it takes `targeting` and, if it likes, `flag` and `edit`."""

    def add(change: TargetingChange) -> TargetingChange:
        wanted = _positional(change)

        @wraps(change)
        def apply(state: FlagState, edit: Edit, **parameters: Any) -> FlagState:
            before = _targeting(state, edit.environment)
            offered = {"targeting": before, "flag": state.flag, "edit": edit}
            after = change(*(offered[name] for name in wanted), **parameters)
            return replace(state, environments={**state.environments, edit.environment: after})

        KINDS.kind(name, action=action, scope="environment", internal=internal)(apply)
        return change

    return add


def _targeting(state: FlagState, environment: str) -> Targeting:
    if not environment:
        raise InvalidRequest("environmentKey is required")
    if environment not in state.environments:
        raise InvalidRequest(f"unknown environment {environment[:80]!r}")
    return state.environments[environment]


def _positional(change: Callable[..., Any]) -> list[str]:
    parameters = inspect.signature(change).parameters.values()
    return [parameter.name for parameter in parameters if parameter.kind is parameter.POSITIONAL_OR_KEYWORD]
