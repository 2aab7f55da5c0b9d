"""Flags in one line each: what a list of thousands shows of them."""

from collections.abc import Mapping

import msgspec
from msgspec import UNSET

from flagstaff.features.accounts.represent import MemberSummaryRep
from flagstaff.features.console.lists.schemas import (
    FlagRowRep,
    RowTargetingRep,
    RowVariationRep,
    ShareRep,
)
from flagstaff.features.flags.model import Flag, FlagState, Targeting, Variation, VariationOrRollout
from flagstaff.features.flags.servable import count_servable
from flagstaff.features.flags.statuses.model import Observed, status_of
from flagstaff.features.targeting.model import WHOLE
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.links import Link

LONGEST_LABEL = 60


def represent_row(
    project_key: str,
    state: FlagState,
    observed: Observed | None,
    maintainers: Mapping[str, MemberSummaryRep | None],
    now: Millis,
    *,
    switchable: bool,
) -> FlagRowRep:
    """Show a flag with its targeting in every environment of the state, in numbers."""
    flag = state.flag
    requested = observed.last_requested if observed else None
    return FlagRowRep(
        key=flag.key,
        name=flag.name,
        switchable=switchable,
        kind=flag.kind,
        purpose=flag.purpose or UNSET,
        tags=flag.tags,
        temporary=flag.temporary,
        archived=flag.archived,
        deprecated=flag.deprecated,
        creation_date=flag.creation_date,
        maintainer=maintainers.get(flag.maintainer_id or "") or UNSET,
        maintainer_team_key=flag.maintainer_team_key or UNSET,
        variations=tuple(represent_variation(variation) for variation in flag.variations),
        status=status_of(observed, now) if observed else "",
        last_requested=UNSET if requested is None else requested,
        environments={
            key: represent_targeting(flag, targeting) for key, targeting in state.environments.items()
        },
        links={"self": Link(f"/api/v2/flags/{project_key}/{flag.key}")},
    )


def represent_variation(variation: Variation) -> RowVariationRep:
    """Show a variation without its value, of which a label has as much as fits."""
    return RowVariationRep(name=variation.name, label=variation.name or _shorten(variation.value))


def represent_targeting(flag: Flag, targeting: Targeting) -> RowTargetingRep:
    """Count what an environment has."""
    return RowTargetingRep(
        on=targeting.on,
        version=targeting.version,
        last_modified=targeting.last_modified,
        serves=_serves(flag, targeting.fallthrough if targeting.on else targeting.off_variation_id),
        servable=count_servable(targeting),
        rules=len(targeting.rules),
        targets=sum(len(target.values) for target in targeting.targets),
        prerequisites=len(targeting.prerequisites),
    )


def _serves(flag: Flag, serve: VariationOrRollout | None) -> tuple[ShareRep, ...]:
    if serve is None:
        return ()
    if isinstance(serve, str):
        return (ShareRep(variation=flag.indexes[serve], weight=WHOLE),)
    return tuple(
        ShareRep(variation=flag.indexes[weight.variation_id], weight=weight.weight)
        for weight in serve.weights
    )


def _shorten(value: object) -> str:
    text = msgspec.json.encode(value).decode()
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"
