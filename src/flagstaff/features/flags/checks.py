"""What a changed flag must agree with outside of itself: other flags, segments, members, teams."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from msgspec.structs import replace

from flagstaff.features.accounts.store import find_member
from flagstaff.features.flags.model import Flag, FlagState, Targeting
from flagstaff.features.flags.prerequisites import resolve_prerequisites
from flagstaff.features.flags.references import collect_references, lost_variations
from flagstaff.features.flags.store import Place, find_flag, list_dependents
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.segments.store import find_segment
from flagstaff.features.targeting.previews import ConflictRep
from flagstaff.kernel.errors import Conflict, InvalidRequest
from flagstaff.storage.transaction import Transaction

# Filled by app.py once there are teams: whether the account has a team of that key.
find_team: list[Callable[[Transaction, str], bool]] = []


@dataclass(frozen=True)
class Dependent:
    """A flag that has the changed one as a prerequisite in an environment."""

    flag: Flag
    environment: Environment


def settle_references(tx: Transaction, place: Place, before: FlagState | None, after: FlagState) -> FlagState:
    """Check all that a change newly refers to, and fill in what only other flags know.

    Raises InvalidRequest for what does not exist, or for a cycle of prerequisites.
    """
    _check_maintainer(tx, before.flag if before else None, after.flag)
    environments = dict(after.environments)
    for environment in place.environments:
        targeting = environments.get(environment.key)
        if targeting is None or (before and targeting is before.environments.get(environment.key)):
            continue
        _check_segments(tx, environment, before, after)
        environments[environment.key] = _resolve(tx, place, environment, after.flag.key, targeting)
    return replace(after, environments=environments)


def find_dependents(tx: Transaction, place: Place, flag: Flag) -> list[Dependent]:
    """Every flag that is not archived and depends on this one, in each environment."""
    return [
        Dependent(dependent, environment)
        for environment in place.environments
        for dependent in list_dependents(tx, environment, flag.key)
        if not dependent.archived
    ]


def refuse_loss(before: FlagState, after: FlagState | None, dependents: Iterable[Dependent]) -> None:
    """Raise Conflict when a flag that others need is archived or deleted."""
    gone = after is None or after.deleted or (after.flag.archived and not before.flag.archived)
    named = sorted({dependent.flag.key for dependent in dependents})
    if gone and named:
        raise Conflict(f"Flag is still in use as a prerequisite of {', '.join(named[:5])}")


def follow_variations(
    tx: Transaction, place: Place, before: Flag, after: Flag, dependents: Iterable[Dependent]
) -> list[tuple[FlagState, FlagState]]:
    """The dependents, before and after, whose prerequisites must name other indexes than they did.

    Raises Conflict when a variation that one of them asks for is removed.
    """
    if [variation.id for variation in before.variations] == [variation.id for variation in after.variations]:
        return []
    lost = lost_variations(before, after)
    followed = []
    for key in dict.fromkeys(dependent.flag.key for dependent in dependents):
        state = find_flag(tx, place, key)
        if state is None:
            continue
        environments = {
            name: _follow(targeting, after, lost, key) for name, targeting in state.environments.items()
        }
        followed.append((state, replace(state, environments=environments)))
    return followed


def list_conflicts(dependents: Iterable[Dependent]) -> tuple[ConflictRep, ...]:
    """The dependents as a dry run names them."""
    return tuple(
        ConflictRep(
            kind="flag",
            key=dependent.flag.key,
            message=f"{dependent.flag.name} has this flag as a prerequisite in {dependent.environment.name}",
        )
        for dependent in dependents
    )


def _follow(targeting: Targeting, flag: Flag, lost: frozenset[str], user: str) -> Targeting:
    prerequisites = []
    for prerequisite in targeting.prerequisites:
        followed = prerequisite
        if prerequisite.key == flag.key and prerequisite.variation_id is not None:
            if prerequisite.variation_id in lost:
                raise Conflict(f"The variation is still in use as a prerequisite of {user}")
            followed = replace(prerequisite, variation=flag.indexes[prerequisite.variation_id])
        prerequisites.append(followed)
    return replace(targeting, prerequisites=tuple(prerequisites))


def _check_maintainer(tx: Transaction, before: Flag | None, after: Flag) -> None:
    member, team = after.maintainer_id, after.maintainer_team_key
    if member and member != (before and before.maintainer_id) and find_member(tx, member) is None:
        raise InvalidRequest(f"unknown member {member[:80]!r} - at `$.maintainerId`")
    is_new = team and team != (before and before.maintainer_team_key)
    if team and is_new and not any(find(tx, team) for find in find_team):
        raise InvalidRequest(f"unknown team {team[:80]!r} - at `$.maintainerTeamKey`")


def _check_segments(
    tx: Transaction, environment: Environment, before: FlagState | None, after: FlagState
) -> None:
    known = collect_references(before).get(environment.key) if before else None
    asked = collect_references(after)[environment.key].segments - (known.segments if known else frozenset())
    for key in sorted(asked):
        if find_segment(tx, environment, key) is None:
            raise InvalidRequest(f"rules: unknown segment {key[:80]!r} in environment {environment.key!r}")


def _resolve(
    tx: Transaction, place: Place, environment: Environment, flag_key: str, targeting: Targeting
) -> Targeting:
    here = Place(place.project, (environment,))

    def look_up(key: str) -> tuple[Flag, Targeting] | None:
        found = find_flag(tx, here, key)
        return None if found is None else (found.flag, found.environments[environment.key])

    return resolve_prerequisites(flag_key, targeting, look_up) if targeting.prerequisites else targeting
