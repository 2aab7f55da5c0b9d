"""What events tell of flags, for lists that are filtered by it and for those that show it."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from flagstaff.features.flags.schemas import EvaluationRep, FlagRep
from flagstaff.features.flags.scope import place_of
from flagstaff.features.flags.statuses import store
from flagstaff.features.flags.statuses.model import status_of
from flagstaff.features.flags.store import FlagPlace
from flagstaff.features.projects.environments.model import Environment
from flagstaff.http.call import Call
from flagstaff.kernel.filters.expression import Value


class ObservedFlags(msgspec.Struct, frozen=True):
    """Asked by the filter of a list, which is about one environment or about all."""

    call: Call
    environment: Environment | None

    def find(self, field: str, value: Value) -> Sequence[str]:
        """The keys of the flags that meet a term of the filter."""
        if field == "contextKindsEvaluated":
            kinds = [str(kind) for kind in value] if isinstance(value, tuple) else [str(value)]
            return store.list_evaluated_for(self.call.tx, self._environments(), kinds)
        (environment,) = self._environments()
        if field == "evaluated":
            return store.list_requested_after(self.call.tx, environment, int(str(value)))
        project = {"project": environment.project_id}
        observed = store.list_observed(self.call.tx, environment, ("project_id = :project", project))
        return [flag.key for flag in observed if status_of(flag, self.call.tx.now) == value]

    def _environments(self) -> Sequence[Environment]:
        return place_of(self.call).environments if self.environment is None else (self.environment,)


def with_evaluations(call: Call, place: FlagPlace, shown: Sequence[FlagRep]) -> list[FlagRep]:
    """The flags with the context kinds that they were lately evaluated for, if the call asks for these."""
    if "evaluation" not in getattr(call.query, "expand", "").split(","):
        return list(shown)
    keys = [flag.key for flag in shown]
    kinds = {
        environment.key: store.list_context_kinds(call.tx, environment, keys)
        for environment in place.environments
    }
    return [_expand(flag, {name: found.get(flag.key) for name, found in kinds.items()}) for flag in shown]


def _expand(flag: FlagRep, kinds: dict[str, tuple[str, ...] | None]) -> FlagRep:
    """What has nothing to show stays as it is."""
    if not isinstance(flag.environments, dict):
        return flag
    environments = {
        name: replace(targeting, evaluation=EvaluationRep(context_kinds=found))
        if (found := kinds.get(name))
        else targeting
        for name, targeting in flag.environments.items()
    }
    return replace(flag, environments=environments)
