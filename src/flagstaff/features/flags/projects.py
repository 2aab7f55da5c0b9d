"""Flags of environments and projects that are made or deleted, as part of the entry that says so."""

from msgspec.structs import replace

from flagstaff.features.flags.creation import fresh_targeting
from flagstaff.features.flags.model import Flag, Targeting
from flagstaff.features.flags.store import FlagPlace, add_targetings, list_all_flags, with_targeting
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.store import Origin
from flagstaff.kernel.instructions import Edit
from flagstaff.storage.transaction import Transaction


def add_flags(tx: Transaction, origin: Origin) -> None:
    """Give every flag its targeting in a new environment: that of its defaults, or that of the source."""
    flags = list_all_flags(tx, origin.project)
    if not flags:
        return
    if origin.source is None:
        edit = Edit(tx.now, tx.ids, origin.environment.key)
        track = origin.environment.default_track_events
        made = [(flag, fresh_targeting(flag, track, edit)) for flag in flags]
    else:
        made = _clone(tx, origin, flags, origin.source)
    add_targetings(tx, origin.environment, made)


def _clone(
    tx: Transaction, origin: Origin, flags: list[Flag], source: Environment
) -> list[tuple[Flag, Targeting]]:
    """The same targeting, but for individual targets: these name contexts of the source.

    Salts stay, so that a percentage takes in the same contexts.
    """
    states = with_targeting(tx, FlagPlace(origin.project, (source,)), flags)
    return [
        (state.flag, replace(state.environments[source.key], targets=(), version=1, last_modified=tx.now))
        for state in states
    ]
