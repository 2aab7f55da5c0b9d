"""What a changed flag must agree with outside of itself: other flags, segments, members, teams."""

from collections.abc import Callable
from collections.abc import Set as AbstractSet

import msgspec
from msgspec.structs import replace

from flagstaff.features.accounts.store import find_member
from flagstaff.features.contexts.kinds.store import refuse_archived
from flagstaff.features.flags.indexing import names_the_same, references_in
from flagstaff.features.flags.model import Flag, FlagState, Prerequisite, Targeting
from flagstaff.features.flags.prerequisites import FlagLookup, resolve_prerequisites
from flagstaff.features.flags.references import lost_variations
from flagstaff.features.flags.store import FlagPlace, find_flag, list_dependents
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.segments.store import find_segment
from flagstaff.kernel.errors import Conflict, InvalidRequest
from flagstaff.storage.transaction import Transaction

MOST_NAMED = 5  # dependents, in one message

# Filled by hooks.py once there are teams: whether the account has a team of that key.
find_team: list[Callable[[Transaction, str], bool]] = []


class Dependent(msgspec.Struct, frozen=True):
    """A flag that has the changed one as a prerequisite in an environment."""

    flag: Flag
    environment: Environment


def settle_references(
    tx: Transaction, place: FlagPlace, before: FlagState | None, after: FlagState
) -> FlagState:
    """Check all that a change newly refers to, and fill in what only other flags know.

    Raises InvalidRequest for what does not exist or is archived, or for a cycle of prerequisites; Conflict
    when a flag comes back, as a clone or from the archive, whose prerequisites have gone meanwhile.
    """
    _check_maintainer(tx, before.flag if before else None, after.flag)
    comes_back = before is None or (before.flag.archived and not after.flag.archived)
    environments = dict(after.environments)
    for environment in place.environments:
        targeting = environments.get(environment.key)
        if targeting is None:
            continue
        is_same = before is not None and targeting is before.environments.get(environment.key)
        if not is_same:
            _check_names(tx, environment, before, after)
        if targeting.prerequisites and (comes_back or not is_same):
            look_up = _lookup(tx, FlagPlace(place.project, (environment,)))
            resolved = resolve_prerequisites(after.flag.key, targeting, look_up)
            if comes_back:
                _refuse_missing(resolved, environment, look_up)
            environments[environment.key] = resolved
    return replace(after, environments=environments)


def find_dependents(tx: Transaction, place: FlagPlace, key: str) -> list[Dependent]:
    """Every flag that depends on the one with that key, in each environment; archived ones too."""
    return [
        Dependent(dependent, environment)
        for environment in place.environments
        for dependent in list_dependents(tx, environment, key)
    ]


def refuse_loss(tx: Transaction, place: FlagPlace, key: str) -> None:
    """Raise Conflict for a flag that others still need; archived ones need nothing."""
    named = {
        dependent.flag.key: None
        for dependent in find_dependents(tx, place, key)
        if not dependent.flag.archived
    }
    if named:
        raise Conflict(f"Flag is still in use as a prerequisite of {', '.join([*named][:MOST_NAMED])}")


def follow_variations(
    tx: Transaction, place: FlagPlace, before: Flag, after: Flag
) -> list[tuple[FlagState, FlagState]]:
    """The dependents, before and after, whose prerequisites must name other indexes than they did.

    Raises Conflict when a variation that one of them asks for is removed, unless it is archived.
    """
    if [variation.id for variation in before.variations] == [variation.id for variation in after.variations]:
        return []
    lost = lost_variations(before, after)
    followed = []
    for key in dict.fromkeys(found.flag.key for found in find_dependents(tx, place, before.key)):
        state = find_flag(tx, place, key)
        if state is None:
            continue
        if not state.flag.archived:
            _refuse_lost(state, before.key, lost)
        environments = {name: _follow(targeting, after) for name, targeting in state.environments.items()}
        followed.append((state, replace(state, environments=environments)))
    return followed


def _lookup(tx: Transaction, here: FlagPlace) -> FlagLookup:
    (environment,) = here.environments

    def look_up(key: str) -> tuple[Flag, Targeting] | None:
        found = find_flag(tx, here, key)
        return None if found is None else (found.flag, found.environments[environment.key])

    return look_up


def _refuse_missing(targeting: Targeting, environment: Environment, look_up: FlagLookup) -> None:
    for prerequisite in targeting.prerequisites:
        found = look_up(prerequisite.key)
        if found is None or prerequisite.variation_id not in found[0].indexes:
            raise Conflict(
                f"The prerequisite {prerequisite.key} in environment {environment.key} no longer exists, "
                "or no longer has the variation that is asked for; change it first"
            )


def _refuse_lost(state: FlagState, key: str, lost: AbstractSet[str]) -> None:
    for targeting in state.environments.values():
        for prerequisite in targeting.prerequisites:
            if prerequisite.key == key and (prerequisite.variation_id or "") in lost:
                raise Conflict(f"The variation is still in use as a prerequisite of {state.flag.key}")


def _follow(targeting: Targeting, flag: Flag) -> Targeting:
    followed = (_renumber(held, flag) if held.key == flag.key else held for held in targeting.prerequisites)
    return replace(targeting, prerequisites=tuple(followed))


def _renumber(prerequisite: Prerequisite, flag: Flag) -> Prerequisite:
    index = flag.indexes.get(prerequisite.variation_id or "")
    return prerequisite if index is None else replace(prerequisite, variation=index)


def _check_maintainer(tx: Transaction, before: Flag | None, after: Flag) -> None:
    member, team = after.maintainer_id, after.maintainer_team_key
    if member and member != (before and before.maintainer_id) and find_member(tx, member) is None:
        raise InvalidRequest(f"unknown member {member[:80]!r} - at `$.maintainerId`")
    is_new = team and team != (before and before.maintainer_team_key)
    if team and is_new and not any(find(tx, team) for find in find_team):
        raise InvalidRequest(f"unknown team {team[:80]!r} - at `$.maintainerTeamKey`")


def _check_names(
    tx: Transaction, environment: Environment, before: FlagState | None, after: FlagState
) -> None:
    if names_the_same(before, after, environment.key):
        return
    known, asked = references_in(before, environment), references_in(after, environment)
    for key in sorted(asked.segments - known.segments):
        if find_segment(tx, environment, key) is None:
            raise InvalidRequest(f"rules: unknown segment {key[:80]!r} in environment {environment.key!r}")
    refuse_archived(tx, environment.project_id, asked.context_kinds - known.context_kinds)
