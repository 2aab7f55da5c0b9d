"""A flag as it was after an entry of the audit log, with every flag and segment that its evaluation asks."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from flagstaff.evaluation import Dataset
from flagstaff.features.console.explanations.material import Material
from flagstaff.features.console.versions.states import get_flag_at, get_segment_at
from flagstaff.features.flags.model import FlagState
from flagstaff.features.flags.payload import sdk_flag
from flagstaff.features.flags.references import References, collect_references
from flagstaff.features.flags.store import FlagPlace, find_flag
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.segments.model import Segment
from flagstaff.features.segments.payload import sdk_segment
from flagstaff.features.segments.store import find_segment
from flagstaff.kernel.errors import NotFound
from flagstaff.storage.transaction import Transaction

NOTHING = References(frozenset(), frozenset(), frozenset())
Thing = TypeVar("Thing", FlagState, Segment)


def gather_past(
    tx: Transaction, place: FlagPlace, environment: Environment, key: str, position: int
) -> tuple[FlagState, Material]:
    """The flag `key` at a position and, however far, its prerequisites and segments as they were then.

    None stands for what was not there, or has been deleted since. Raises NotFound for the flag itself.
    """
    here = FlagPlace(place.project, (environment,))

    def refer(state: FlagState) -> References:
        return collect_references(state).get(environment.key, NOTHING)

    flags = _follow(
        tx, {key}, lambda one: _flag_at(tx, here, one, position), lambda it: refer(it).prerequisites
    )
    named = {one for state in flags.values() if state is not None for one in refer(state).segments}
    segments = _follow(
        tx, named, lambda one: _segment_at(tx, environment, one, position), lambda segment: segment.segments
    )
    own = flags[key]
    if own is None or environment.key not in own.environments:
        raise NotFound("The flag did not exist then")
    return own, Material(environment.key, flags, segments)


def as_dataset(newest: Dataset, past: Material) -> Dataset:
    """The newest data with what was gathered of the past in its place."""
    flags = {key: None if (found := past.find_flag(key)) is None else sdk_flag(*found) for key in past.flags}
    segments = {key: None if one is None else sdk_segment(one) for key, one in past.segments.items()}
    return newest.with_changes(flags, segments)


def _follow(
    tx: Transaction,
    keys: Iterable[str],
    find: Callable[[str], Thing | None],
    refer: Callable[[Thing], Iterable[str]],
) -> dict[str, Thing | None]:
    """What is found under the keys, and under those that it refers to."""
    found: dict[str, Thing | None] = {}
    waiting = list(keys)
    while waiting:
        tx.pace()
        key = waiting.pop()
        if key not in found:
            thing = found[key] = find(key)
            waiting += () if thing is None else refer(thing)
    return found


def _flag_at(tx: Transaction, here: FlagPlace, key: str, position: int) -> FlagState | None:
    now = find_flag(tx, here, key)
    try:
        return None if now is None else get_flag_at(tx, here, now.flag.id, position)
    except NotFound:
        return None


def _segment_at(tx: Transaction, environment: Environment, key: str, position: int) -> Segment | None:
    now = find_segment(tx, environment, key)
    try:
        return None if now is None else get_segment_at(tx, now.id, position)
    except NotFound:
        return None
