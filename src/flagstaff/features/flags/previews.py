"""What a dry run says of a change of a flag: its words, the environments, and what it gets in the way of."""

from collections.abc import Iterable

from flagstaff.features.flags.checks import find_dependents
from flagstaff.features.flags.editing import Change
from flagstaff.features.flags.pending_changes import list_broken_changes
from flagstaff.features.flags.store import find_flag, items_of
from flagstaff.features.targeting.previews import ConflictRep, PreviewRep
from flagstaff.storage.transaction import Transaction


def preview(tx: Transaction, change: Change) -> PreviewRep:
    """What a change would do, and who would notice; one that changes nothing has neither."""
    before, after = change.before, change.after
    if after is before:
        return PreviewRep(description="", environments=(), conflicts=())
    verb, description = change.describe()
    is_whole = after.flag is not before.flag or after.deleted
    return PreviewRep(
        description=description or verb.capitalize(),
        environments=tuple(
            key
            for key, targeting in after.environments.items()
            if is_whole or targeting is not before.environments[key]
        ),
        conflicts=(
            *_broken_changes(tx, change),
            *_dependents(tx, change),
            *_archived_prerequisites(tx, change),
        ),
    )


def _broken_changes(tx: Transaction, change: Change) -> Iterable[ConflictRep]:
    """What others mean to do with the flag later, and could no more."""
    for pending in list_broken_changes(tx, change.place, change.before, change.after):
        message = f"The {pending.kind.replace('-', ' ')} {pending.id} would fail"
        yield ConflictRep(kind=pending.kind, key=pending.id, message=message)


def _dependents(tx: Transaction, change: Change) -> Iterable[ConflictRep]:
    """Flags that ask for this one where SDKs would see it changed."""
    seen = {item.environment_id for item in items_of(change.place, change.before, change.after)}
    for dependent in find_dependents(tx, change.place, change.before.flag.key):
        if dependent.environment.id in seen and not dependent.flag.archived:
            yield ConflictRep(
                kind="flag",
                key=dependent.flag.key,
                message=f"The flag {dependent.flag.name} has this flag as a prerequisite "
                f"in {dependent.environment.name}",
            )


def _archived_prerequisites(tx: Transaction, change: Change) -> Iterable[ConflictRep]:
    """Prerequisites that can never be met as long as they are in the archive."""
    for environment in change.place.environments:
        for prerequisite in change.after.environments[environment.key].prerequisites:
            found = find_flag(tx, change.place, prerequisite.key)
            if found is not None and found.flag.archived:
                yield ConflictRep(
                    kind="flag",
                    key=prerequisite.key,
                    message=f"The prerequisite {found.flag.name} in {environment.name} is archived",
                )
