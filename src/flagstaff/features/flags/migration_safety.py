"""Migration flags: changes after which one cohort reads from a system that another does not write to.

A cohort is a rule, or `fallthrough`. Data is shared between contexts, so every two stages that are served at
the same time must agree: what one reads with authority, the other must write.
"""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet

import msgspec

from flagstaff.features.flags.model import Flag, FlagState, VariationOrRollout
from flagstaff.features.targeting.model import Rollout

FALLTHROUGH = "fallthrough"
READS_OLD = {"off", "dualwrite", "shadow"}
READS_NEW = {"live", "rampdown", "complete"}
WRITES_ONLY_OLD = {"off"}
WRITES_ONLY_NEW = {"complete"}

Stages = frozenset[str]
Cohorts = Mapping[str, Stages]  # what each is served, by the id of its rule


class Issue(msgspec.Struct, frozen=True):
    """One cohort endangers others: in the old system's data, or in the new one's."""

    causing_rule_id: str
    affected_rule_ids: tuple[str, ...]
    old_system_affected: bool

    @property
    def text(self) -> str:
        """For people."""
        system = "old" if self.old_system_affected else "new"
        return f"Some contexts read from the {system} system while others do not write to it"


def find_issues(before: FlagState, after: FlagState, environment: str) -> list[Issue]:
    """What a change makes unsafe in one environment; nothing for a flag that is not a migration.

    Servers do not all learn of a change at once, so what a cohort was served before counts as well.
    """
    if not after.flag.is_migration:
        return []
    old, new = _cohorts(before, environment), _cohorts(after, environment)
    issues: list[Issue] = []
    for cohort in {**new, **old}:
        former = old.get(cohort, old[FALLTHROUGH])
        stages = new.get(cohort, new[FALLTHROUGH])
        if stages != former:
            issues += _issues_of(cohort, stages, {**new, cohort: former | stages})
    return issues


def _issues_of(cohort: str, stages: Stages, cohorts: Cohorts) -> Iterable[Issue]:
    for old_system in (True, False):
        affected = [
            other for other, served in cohorts.items() if _clash(stages, served, old_system=old_system)
        ]
        if affected:
            yield Issue(cohort, tuple(affected), old_system)


def _clash(one: AbstractSet[str], other: AbstractSet[str], *, old_system: bool) -> bool:
    reads, misses = (READS_OLD, WRITES_ONLY_NEW) if old_system else (READS_NEW, WRITES_ONLY_OLD)
    return bool((one & reads and other & misses) or (other & reads and one & misses))


def _cohorts(state: FlagState, environment: str) -> Cohorts:
    """While the flag is off, every cohort is served what it serves then."""
    flag, targeting = state.flag, state.environments[environment]
    serves = {rule.id: rule.serve for rule in targeting.rules} | {FALLTHROUGH: targeting.fallthrough}
    if targeting.on:
        return {cohort: _stages(flag, serve) for cohort, serve in serves.items()}
    off = targeting.off_variation_id
    return dict.fromkeys(serves, frozenset() if off is None else _stages(flag, off))


def _stages(flag: Flag, serve: VariationOrRollout) -> Stages:
    ids = [weight.variation_id for weight in serve.weights] if isinstance(serve, Rollout) else [serve]
    return frozenset(str(flag.variation(variation_id).value) for variation_id in ids)
