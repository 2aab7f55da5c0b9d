"""Instructions on individual targets: of any context kind, and the older ones of users only."""

from msgspec import Struct
from msgspec.structs import replace

from flagstaff.features.contexts.kinds.model import check_context_kind
from flagstaff.features.flags.instructions.registry import targeting_kind
from flagstaff.features.flags.model import Flag, Target, Targeting
from flagstaff.features.flags.targets import build_targets, remove_keys
from flagstaff.kernel.errors import InvalidRequest


class TargetBody(Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """One element of `replaceTargets`."""

    context_kind: str = "user"
    variation_id: str
    values: tuple[str, ...]


class UserTargetBody(Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """One element of `replaceUserTargets`."""

    variation_id: str
    values: tuple[str, ...]


@targeting_kind("addTargets", action="updateTargets")
@targeting_kind("addContextTargets", action="updateTargets")
def add_targets(
    targeting: Targeting,
    flag: Flag,
    *,
    variation_id: str,
    values: tuple[str, ...],
    context_kind: str = "user",
) -> Targeting:
    """Serve a variation to contexts of one kind by their keys; none may have another variation."""
    added = Target(context_kind=context_kind, variation_id=variation_id, values=values)
    return replace(targeting, targets=build_targets(flag, (*targeting.targets, added)))


@targeting_kind("removeTargets", action="updateTargets")
@targeting_kind("removeContextTargets", action="updateTargets")
def remove_targets(
    targeting: Targeting,
    flag: Flag,
    *,
    variation_id: str,
    values: tuple[str, ...],
    context_kind: str = "user",
) -> Targeting:
    """Take contexts of one kind off those that a variation is served to."""
    kind, variation = check_context_kind(context_kind), flag.variation(variation_id)
    return replace(targeting, targets=remove_keys(targeting.targets, kind, variation.id, set(values)))


@targeting_kind("replaceTargets", action="updateTargets")
def replace_targets(targeting: Targeting, flag: Flag, *, targets: list[TargetBody]) -> Targeting:
    """Have exactly these targets, of all kinds."""
    built = [
        Target(context_kind=sent.context_kind, variation_id=sent.variation_id, values=sent.values)
        for sent in targets
    ]
    return replace(targeting, targets=build_targets(flag, built))


@targeting_kind("clearTargets", action="updateTargets")
def clear_targets(targeting: Targeting, flag: Flag, *, variation_id: str) -> Targeting:
    """Take off all contexts, of all kinds, that a variation is served to."""
    cleared = flag.variation(variation_id).id
    kept = tuple(target for target in targeting.targets if target.variation_id != cleared)
    return replace(targeting, targets=kept)


@targeting_kind("addUserTargets", action="updateTargets")
def add_user_targets(
    targeting: Targeting, flag: Flag, *, variation_id: str, values: tuple[str, ...]
) -> Targeting:
    """Serve a variation to users by their keys; none may have another variation."""
    return add_targets(targeting, flag, variation_id=variation_id, values=values)


@targeting_kind("removeUserTargets", action="updateTargets")
def remove_user_targets(
    targeting: Targeting, flag: Flag, *, variation_id: str, values: tuple[str, ...]
) -> Targeting:
    """Take users off those that a variation is served to."""
    return remove_targets(targeting, flag, variation_id=variation_id, values=values)


@targeting_kind("clearUserTargets", action="updateTargets")
def clear_user_targets(targeting: Targeting, flag: Flag, *, variation_id: str) -> Targeting:
    """Take off all users that a variation is served to."""
    cleared = ("user", flag.variation(variation_id).id)
    kept = tuple(t for t in targeting.targets if (t.context_kind, t.variation_id) != cleared)
    return replace(targeting, targets=kept)


@targeting_kind("replaceUserTargets", action="updateTargets")
def replace_user_targets(targeting: Targeting, flag: Flag, *, targets: list[UserTargetBody]) -> Targeting:
    """Have exactly these targets of users; every variation must be named."""
    missing = flag.indexes.keys() - {sent.variation_id for sent in targets}
    if missing:
        raise InvalidRequest(
            f"targets must list every variation; these are missing: {', '.join(sorted(missing))}"
        )
    users = [Target(variation_id=sent.variation_id, values=sent.values) for sent in targets]
    others = [target for target in targeting.targets if target.context_kind != "user"]
    return replace(targeting, targets=build_targets(flag, (*users, *others)))
