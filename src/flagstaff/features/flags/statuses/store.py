"""Flags as they are configured, joined with what SDKs have asked for in an environment."""

from collections.abc import Iterable, Mapping

from flagstaff.features.flags.statuses.model import Observed
from flagstaff.features.projects.environments.model import Environment
from flagstaff.kernel.clock import Millis
from flagstaff.storage.conditions import Condition, one_of
from flagstaff.storage.transaction import Transaction

KEPT: Millis = 30 * 24 * 3_600_000  # as long as contexts are kept
FEW = 1_000  # flags that are asked for one by one; of more, all that were requested are read
CONFIGURED = (
    "SELECT key, created, is_on, modified, servable FROM flags JOIN targetings ON flag_id = flags.id "
    "WHERE environment_id = :environment AND {} ORDER BY key"
)


def list_observed(tx: Transaction, environment: Environment, where: Condition) -> list[Observed]:
    """The flags that meet a condition over the table `flags`, by key, as they are in an environment."""
    condition, given = where
    configured = tx.all(CONFIGURED.format(condition), **{**given, "environment": environment.id})
    keys = [row[0] for row in configured]
    asked, names = one_of("flag_key", keys, "names") if len(keys) <= FEW else ("TRUE", {})
    rows = tx.events.all(
        "SELECT flag_key, last_requested, default_value FROM flag_requests "
        f"WHERE environment_id = :environment AND {asked}",
        **{**names, "environment": environment.id},
    )
    requests = {key: (requested, default) for key, requested, default in rows}
    return [
        Observed(key, created, bool(is_on), modified, servable, *requests.get(key, (None, None)))
        for key, created, is_on, modified, servable in configured
    ]


def list_requested_after(tx: Transaction, environment: Environment, moment: Millis) -> list[str]:
    """The keys of the flags that were requested after a moment."""
    rows = tx.events.all(
        "SELECT flag_key FROM flag_requests WHERE environment_id = :environment AND last_requested > :moment",
        environment=environment.id,
        moment=moment,
    )
    return [key for (key,) in rows]


def list_evaluated_for(
    tx: Transaction, environments: Iterable[Environment], kinds: Iterable[str]
) -> list[str]:
    """The keys of the flags that were lately evaluated for all of the context kinds, in any environment."""
    wanted = sorted(set(kinds))
    place, places = one_of("environment_id", [environment.id for environment in environments], "places")
    kind, names = one_of("kind", wanted, "names")
    rows = tx.events.all(
        f"SELECT flag_key FROM flag_context_kinds WHERE {place} AND {kind} AND last_requested > :since "
        "GROUP BY flag_key HAVING count(DISTINCT kind) = :count",
        **{**places, **names, "since": tx.now - KEPT, "count": len(wanted)},
    )
    return [key for (key,) in rows]


def list_context_kinds(
    tx: Transaction, environment: Environment, keys: Iterable[str]
) -> Mapping[str, tuple[str, ...]]:
    """The context kinds that each of the flags was lately evaluated for, in alphabetical order."""
    flags, names = one_of("flag_key", list(keys), "names")
    rows = tx.events.all(
        f"SELECT flag_key, kind FROM flag_context_kinds WHERE environment_id = :environment AND {flags} "
        "AND last_requested > :since ORDER BY flag_key, kind",
        **{**names, "environment": environment.id, "since": tx.now - KEPT},
    )
    found: dict[str, tuple[str, ...]] = {}
    for key, kind in rows:
        found[key] = (*found.get(key, ()), kind)
    return found
