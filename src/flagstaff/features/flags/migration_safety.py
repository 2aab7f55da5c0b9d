"""Migration flags: changes after which one cohort reads from a system that another does not write to.

A cohort is a rule, or `fallthrough`. Data is shared between contexts, so every two stages that are served at
the same time must agree: what one reads with authority, the other must write.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flagstaff.features.flags.model import Flag, FlagState, Targeting, VariationOrRollout
from flagstaff.features.targeting.model import Rollout

FALLTHROUGH = "fallthrough"
READS_OLD = {"off", "dualwrite", "shadow"}
READS_NEW = {"live", "rampdown", "complete"}
WRITES_ONLY_OLD = {"off"}
WRITES_ONLY_NEW = {"complete"}


@dataclass(frozen=True)
class Issue:
    """One cohort endangers others: in the old system's data, or in the new one's."""

    causing_rule_id: str
    affected_rule_ids: tuple[str, ...]
    old_system_affected: bool

    @property
    def text(self) -> str:
        """For people."""
        system = "old" if self.old_system_affected else "new"
        return f"Some contexts read from the {system} system while others no longer write to it"


def find_issues(before: FlagState, after: FlagState, environment: str) -> list[Issue]:
    """What a change makes unsafe in one environment; nothing for a flag that is not a migration."""
    if not after.flag.is_migration or not after.environments[environment].on:
        return []
    old = _cohorts(before.flag, before.environments[environment])
    new = _cohorts(after.flag, after.environments[environment])
    issues = []
    for cohort, stages in new.items():
        if stages == old.get(cohort):
            continue
        # The cohort's own former stages count as well: servers do not all learn of a change at once.
        others = {**new, cohort: old.get(cohort, frozenset()) | stages}
        for old_system in (True, False):
            affected = [
                other for other, served in others.items() if _clash(stages, served, old_system=old_system)
            ]
            if affected:
                issues.append(Issue(cohort, tuple(affected), old_system))
    return issues


def _clash(one: Iterable[str], other: Iterable[str], *, old_system: bool) -> bool:
    reads, misses = (READS_OLD, WRITES_ONLY_NEW) if old_system else (READS_NEW, WRITES_ONLY_OLD)
    first, second = set(one), set(other)
    return bool((first & reads and second & misses) or (second & reads and first & misses))


def _cohorts(flag: Flag, targeting: Targeting) -> Mapping[str, frozenset[str]]:
    cohorts = {rule.id: _stages(flag, rule.serve) for rule in targeting.rules}
    return cohorts | {FALLTHROUGH: _stages(flag, targeting.fallthrough)}


def _stages(flag: Flag, serve: VariationOrRollout) -> frozenset[str]:
    ids = [weight.variation_id for weight in serve.weights] if isinstance(serve, Rollout) else [serve]
    return frozenset(str(flag.variation(variation_id).value) for variation_id in ids)
