"""The indexes of flags: their tags, and what they use in each environment, so that others find them."""

from flagstaff.features.flags.model import FlagState
from flagstaff.features.flags.references import References, collect_references
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.model import Project
from flagstaff.features.targeting.references import (
    CONTEXT_KIND,
    FLAG,
    SEGMENT,
    Use,
    forget_references,
    index_references,
)
from flagstaff.storage.tags import index_tags
from flagstaff.storage.transaction import Transaction

NOTHING = References(frozenset(), frozenset(), frozenset())


def index_flag_tags(
    tx: Transaction, project: Project, before: FlagState | None, after: FlagState | None
) -> None:
    """Bring the index of tags up to date."""
    some = after or before
    tags = after.flag.tags if after else ()
    if some is not None and tags != (before.flag.tags if before else ()):
        index_tags(tx, FLAG, some.flag.id, project.id, tags)


def index_uses(
    tx: Transaction, environment: Environment, before: FlagState | None, after: FlagState | None
) -> None:
    """Bring the index of what the flag uses in an environment up to date; a deleted one uses nothing."""
    if after is None:
        if before is not None:
            forget_references(tx, before.flag.id)
        return
    if names_the_same(before, after, environment.key):
        return
    old, new = references_in(before, environment), references_in(after, environment)
    if new != old:
        index_references(tx, environment.id, FLAG, after.flag.id, _uses(new))


def references_in(state: FlagState | None, environment: Environment) -> References:
    """What a flag refers to in one environment."""
    targeting = state.environments.get(environment.key) if state else None
    if state is None or targeting is None:
        return NOTHING
    here = FlagState(flag=state.flag, environments={environment.key: targeting})
    return collect_references(here)[environment.key]


def names_the_same(before: FlagState | None, after: FlagState, key: str) -> bool:
    """Whether all that can refer to something is untouched; this spares most changes the comparison."""
    old = before.environments.get(key) if before is not None else None
    new = after.environments.get(key)
    if old is None or new is None:
        return False
    return (
        old.rules is new.rules
        and old.targets is new.targets
        and old.fallthrough is new.fallthrough
        and old.prerequisites is new.prerequisites
    )


def _uses(found: References) -> set[Use]:
    return {
        *(Use(SEGMENT, key) for key in found.segments),
        *(Use(FLAG, key) for key in found.prerequisites),
        *(Use(CONTEXT_KIND, key) for key in found.context_kinds),
    }
