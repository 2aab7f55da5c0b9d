"""What a new flag can serve: the variations of the request, true and false, or the stages of a migration."""

from msgspec import UNSET

from flagstaff.features.contexts.kinds.model import check_context_kind
from flagstaff.features.flags.model import Defaults, MigrationSettings, Variation
from flagstaff.features.flags.schemas import FlagBody
from flagstaff.features.flags.variations import STAGES
from flagstaff.features.projects.model import BooleanDefaults
from flagstaff.features.targeting.names import IdClaims
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.ids import Ids


def settings_of(body: FlagBody) -> MigrationSettings | None:
    """Return the migration settings of a request, None for any other flag.

    Raises InvalidRequest if they do not fit together.
    """
    sent = body.migration_settings
    if (body.purpose is UNSET) != (sent is UNSET):
        raise InvalidRequest("a migration flag needs both the purpose 'migration' and migrationSettings")
    if sent is UNSET:
        return None
    if sent.stage_count not in STAGES:
        raise InvalidRequest("migrationSettings.stageCount must be 2, 4 or 6")
    if (sent.stage_count == 6) != (sent.context_kind is not UNSET):
        raise InvalidRequest("migrationSettings.contextKind is required with 6 stages, and only there")
    kind = None if sent.context_kind is UNSET else check_context_kind(sent.context_kind)
    return MigrationSettings(stage_count=sent.stage_count, context_kind=kind)


def initial_variations(body: FlagBody, booleans: BooleanDefaults, ids: Ids) -> tuple[Variation, ...]:
    """Return the variations of a new flag; the settings of a migration must have been checked."""
    if body.migration_settings is not UNSET:
        if body.variations is not UNSET or body.defaults is not UNSET:
            raise InvalidRequest("the variations and defaults of a migration flag are given; leave them out")
        stages = STAGES[body.migration_settings.stage_count]
        return tuple(Variation(id=ids.uuid(), value=stage) for stage in stages)
    if body.variations is UNSET:
        return _true_and_false(booleans, ids)
    claims = IdClaims(ids)
    return tuple(
        Variation(
            id=claims.claim(sent.id),
            value=sent.value,
            name=sent.name or "",
            description=sent.description or "",
        )
        for sent in body.variations
    )


def initial_defaults(
    body: FlagBody, variations: tuple[Variation, ...], booleans: BooleanDefaults
) -> Defaults:
    """Return which variations new environments serve; raise InvalidRequest for an index that means none."""
    if body.migration_settings is not UNSET:
        on, off = 0, 0
    elif body.defaults is not UNSET:
        on, off = body.defaults.on_variation, body.defaults.off_variation
    elif body.variations is UNSET:
        on, off = booleans.on_variation, booleans.off_variation
    else:
        on, off = 0, len(variations) - 1
    if not (0 <= on < len(variations) and 0 <= off < len(variations)):
        raise InvalidRequest(f"defaults: the variations have the indexes 0 to {len(variations) - 1}")
    return Defaults(on_variation_id=variations[on].id, off_variation_id=variations[off].id)


def _true_and_false(booleans: BooleanDefaults, ids: Ids) -> tuple[Variation, ...]:
    return (
        Variation(
            id=ids.uuid(),
            value=True,
            name=booleans.true_display_name,
            description=booleans.true_description,
        ),
        Variation(
            id=ids.uuid(),
            value=False,
            name=booleans.false_display_name,
            description=booleans.false_description,
        ),
    )
