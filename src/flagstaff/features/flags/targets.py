"""Individual targets: one list of keys for each context kind and variation, no key under two variations."""

from collections.abc import Container, Iterable

from flagstaff.features.contexts.kinds.model import check_context_kind
from flagstaff.features.flags.model import Flag, Target
from flagstaff.features.targeting.model import MAX_TARGETS
from flagstaff.features.targeting.names import check_context_keys
from flagstaff.kernel.errors import InvalidRequest


def build_targets(flag: Flag, targets: Iterable[Target]) -> tuple[Target, ...]:
    """Join what is meant for the same kind and variation, in order of first mention; empty lists vanish.

    Raises InvalidRequest for an unknown variation, a bad context kind or key, a key under two variations
    of its kind, and for too many keys.
    """
    joined: dict[tuple[str, str], dict[str, None]] = {}
    holders: dict[tuple[str, str], str] = {}
    for target in targets:
        flag.variation(target.variation_id)
        check_context_kind(target.context_kind)
        keys = check_context_keys(target.values)
        joined.setdefault((target.context_kind, target.variation_id), {}).update(dict.fromkeys(keys))
        for key in keys:
            holder = holders.setdefault((target.context_kind, key), target.variation_id)
            if holder != target.variation_id:
                raise InvalidRequest(
                    f"the {target.context_kind} {key[:80]!r} would be targeted by two variations, "
                    f"{holder} and {target.variation_id}"
                )
    if len(holders) > MAX_TARGETS:
        raise InvalidRequest(
            f"a flag must not have more than {MAX_TARGETS} individual targets in an environment"
        )
    return tuple(
        Target(context_kind=kind, variation_id=variation_id, values=tuple(keys))
        for (kind, variation_id), keys in joined.items()
        if keys
    )


def remove_keys(
    targets: tuple[Target, ...], context_kind: str, variation_id: str, keys: Container[str]
) -> tuple[Target, ...]:
    """Take keys out of one list; those that are not in it are no error."""
    return tuple(
        kept for target in targets if (kept := _spare(target, context_kind, variation_id, keys)).values
    )


def _spare(target: Target, context_kind: str, variation_id: str, keys: Container[str]) -> Target:
    if (target.context_kind, target.variation_id) != (context_kind, variation_id):
        return target
    values = tuple(value for value in target.values if value not in keys)
    return Target(context_kind=context_kind, variation_id=variation_id, values=values)
