"""Trying instructions out: which of two ways to say a change says it fully."""

from collections.abc import Callable, Sequence
from typing import Any, NoReturn

import msgspec

from flagstaff.features.flags.instructions.vocabulary import FLAG
from flagstaff.features.flags.model import FlagState
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.ids import Ids
from flagstaff.kernel.instructions import Edit, Wire


def run(state: FlagState, environment: str, instructions: Sequence[Wire]) -> FlagState:
    """Run instructions that need no new ids; raises InvalidRequest if one does, or cannot be run."""
    return FLAG.apply(state, Edit(0, Ids(_refuse), environment), instructions)


def fits(
    state: FlagState, environment: str, instructions: Sequence[Wire], done: Callable[[FlagState], bool]
) -> bool:
    """Tell whether instructions can be run and `done` is true of what they make."""
    try:
        return done(run(state, environment, instructions))
    except InvalidRequest:
        return False


def as_wire(value: Any) -> Any:
    """Return a struct as the JSON values that an instruction carries."""
    return msgspec.json.decode(msgspec.json.encode(value))


def _refuse(_: int) -> NoReturn:
    raise InvalidRequest("a new id is needed")
