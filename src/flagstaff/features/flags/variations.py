"""The variations of a flag: which lists of them are valid, and what losing one does to the targeting."""

from collections.abc import Collection, Iterable
from typing import Any, Literal

from msgspec.structs import replace

from flagstaff.features.flags.model import (
    MAX_VARIATIONS,
    Flag,
    FlagState,
    Rule,
    Targeting,
    Variation,
    VariationOrRollout,
)
from flagstaff.features.targeting.rollouts import drop_variations
from flagstaff.features.targeting.values import identify, same
from flagstaff.kernel.errors import InvalidRequest

STAGES: dict[int, tuple[str, ...]] = {
    2: ("off", "complete"),
    4: ("off", "shadow", "live", "complete"),
    6: ("off", "dualwrite", "shadow", "live", "rampdown", "complete"),
}


def check_variations(variations: tuple[Variation, ...]) -> Literal["boolean", "multivariate"]:
    """Return the kind of flag that these make; raise InvalidRequest unless a flag may have them."""
    if not 2 <= len(variations) <= MAX_VARIATIONS:
        raise InvalidRequest(f"a flag needs between 2 and {MAX_VARIATIONS} variations")
    types = {_json_type(variation.value) for variation in variations}
    if len(types) > 1:
        raise InvalidRequest(
            f"the values of all variations must be of one type, not {' and '.join(sorted(types))}"
        )
    if len({identify(variation.value) for variation in variations}) < len(variations):
        raise InvalidRequest("the values of the variations must be unique")
    return "boolean" if types == {"boolean"} else "multivariate"


def replace_variations(state: FlagState, variations: tuple[Variation, ...]) -> FlagState:
    """Give the flag other variations, in another order if so; what refers to lost ones is settled.

    Raises InvalidRequest like `check_replacement` and `settle_lost`.
    """
    check_replacement(state.flag, variations)
    changed = replace(state, flag=replace(state.flag, variations=variations))
    return settle_lost(changed, state.flag.indexes.keys() - changed.flag.indexes.keys())


def check_replacement(flag: Flag, variations: tuple[Variation, ...]) -> None:
    """Raise InvalidRequest unless the flag may have these variations instead of its own.

    Those of a migration flag never change; a flag stays of its kind; a boolean flag keeps its values.
    """
    if same(variations, flag.variations):
        return
    if flag.is_migration:
        raise InvalidRequest("the variations of a migration flag cannot be changed")
    kind = check_variations(variations)
    if kind != flag.kind:
        raise InvalidRequest(f"a {flag.kind} flag cannot become a {kind} one")
    if kind == "boolean" and _values(variations) != _values(flag.variations):
        raise InvalidRequest("the values of a boolean flag cannot be changed")


def settle_lost(state: FlagState, lost: Collection[str]) -> FlagState:
    """Let nothing refer to variations that the flag has lost; raise InvalidRequest if a default does."""
    if not lost:
        return state
    defaults = state.flag.defaults
    if defaults.on_variation_id in lost or defaults.off_variation_id in lost:
        raise InvalidRequest("a default variation of the flag cannot be removed; change the defaults first")
    heir = state.flag.variations[0].id
    environments = {key: _forget(targeting, lost, heir) for key, targeting in state.environments.items()}
    return replace(state, environments=environments)


def _forget(targeting: Targeting, lost: Collection[str], heir: str) -> Targeting:
    off = None if targeting.off_variation_id in lost else targeting.off_variation_id
    return replace(
        targeting,
        targets=tuple(target for target in targeting.targets if target.variation_id not in lost),
        rules=tuple(_remaining_rules(targeting.rules, lost, heir)),
        fallthrough=_without(targeting.fallthrough, lost, heir) or off or heir,
        off_variation_id=off,
    )


def _remaining_rules(rules: Iterable[Rule], lost: Collection[str], heir: str) -> Iterable[Rule]:
    for rule in rules:
        serve = _without(rule.serve, lost, heir)
        if serve is not None:
            yield replace(rule, serve=serve)


def _without(serve: VariationOrRollout, lost: Collection[str], heir: str) -> VariationOrRollout | None:
    if isinstance(serve, str):
        return None if serve in lost else serve
    return drop_variations(serve, lost, heir)


def _json_type(value: Any) -> str:
    if value is None:
        raise InvalidRequest("the value of a variation must not be null")
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, str):
        return "string"
    return "number" if isinstance(value, int | float) else "JSON"


def _values(variations: Iterable[Variation]) -> dict[str, Any]:
    return {variation.id: variation.value for variation in variations}
