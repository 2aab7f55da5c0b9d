"""What a dry run says of a change of a flag: its words, the environments, and what it gets in the way of."""

from collections.abc import Iterable

from flagstaff.features.flags.checks import find_dependents
from flagstaff.features.flags.editing import Change
from flagstaff.features.flags.migration_safety import FALLTHROUGH, find_issues
from flagstaff.features.flags.pending_changes import list_broken_changes
from flagstaff.features.flags.store import find_flag, items_of
from flagstaff.features.targeting.previews import ConflictRep, PreviewRep
from flagstaff.storage.transaction import Transaction

COHORTS_NAMED = 10  # of those that are unsafe together; the rest is counted


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
            *_unsafe_stages(change),
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


def _unsafe_stages(change: Change) -> Iterable[ConflictRep]:
    """Cohorts of a migration of which some would read what others do not write, by environment and system."""
    for environment in change.place.environments:
        unsafe: dict[str, dict[str, None]] = {}
        for issue in find_issues(change.before, change.after, environment.key):
            cohorts = (issue.causing_rule_id, *issue.affected_rule_ids)
            unsafe.setdefault(issue.text, {}).update(dict.fromkeys(cohorts))
        for text, found in unsafe.items():
            named = [_cohort(change, environment.key, cohort) for cohort in [*found][:COHORTS_NAMED]]
            more = [f"{len(found) - COHORTS_NAMED} more"] if len(found) > COHORTS_NAMED else []
            message = f"{text}. In {environment.name}: {', '.join(named + more)}"
            yield ConflictRep(kind="migration-safety", key=environment.key, message=message)


def _cohort(change: Change, environment: str, cohort: str) -> str:
    """What people call it, by its place in the ladder."""
    if cohort == FALLTHROUGH:
        return "everyone else"
    for state, called in ((change.after, "rule"), (change.before, "the removed rule")):
        for number, rule in enumerate(state.environments[environment].rules, start=1):
            if rule.id == cohort:
                return f"{called} {number}"
    raise LookupError(cohort)
