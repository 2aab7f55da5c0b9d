"""What is tried on a context: the flags of two data sets, and what counts as served something else."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from flagstaff.evaluation import Dataset, reasons
from flagstaff.evaluation.big_segments import FindMembership
from flagstaff.evaluation.context import Context
from flagstaff.evaluation.model import Outcome
from flagstaff.features.flags.model import Flag, FlagState
from flagstaff.features.targeting.values import same

Shared: TypeAlias = Outcome | None  # of a data set; None where it has no such flag
Pair: TypeAlias = tuple[int | None, int | None]  # the index of a variation before, and of one after


@dataclass(frozen=True)
class Renumbering:
    """What became of the variations of a flag: `kept` are the same with the same value, `known` the same.

    Where `leads`, whoever gets the same of this flag also gets the same of those that depend on it.
    """

    known: frozenset[Pair]
    kept: frozenset[Pair]
    leads: bool


@dataclass(frozen=True)
class Trial:
    """Two data sets, and the flags to try with them; the first is the one that is changed, if one is."""

    before: Dataset
    after: Dataset
    keys: Sequence[str]
    changed: Renumbering | None = None

    def list_moves(self, context: Context, find: FindMembership) -> Iterator[tuple[str, Shared, Shared]]:
        """The flags of which a context would be served something else, with what it is before and after."""
        if self.changed is None:
            yield from self._compare(self.keys, context, find)
            return
        (key,) = first = self.keys[:1]
        (old,), (new,) = self._evaluate(first, context, find)
        pair = (index_of(old), index_of(new))
        is_kept = pair in self.changed.kept
        if not is_kept:
            yield key, old, new
        if not (is_kept and self.changed.leads):
            yield from self._compare(self.keys[1:], context, find)

    def is_revalued(self, key: str, pair: Pair) -> bool:
        """Whether what a context goes between is one variation, with another value."""
        return self.changed is not None and key == self.keys[0] and pair in self.changed.known

    def _compare(
        self, keys: Sequence[str], context: Context, find: FindMembership
    ) -> Iterator[tuple[str, Shared, Shared]]:
        for key, old, new in zip(keys, *self._evaluate(keys, context, find), strict=True):
            if index_of(old) != index_of(new):
                yield key, old, new

    def _evaluate(
        self, keys: Sequence[str], context: Context, find: FindMembership
    ) -> tuple[list[Shared], list[Shared]]:
        return (
            self.before.find_outcomes(keys, context, big_segments=find),
            self.after.find_outcomes(keys, context, big_segments=find),
        )


def renumber(before: FlagState, after: FlagState, environment_key: str) -> Renumbering:
    """Compare the variations of a flag before and after a change in an environment."""
    known = {(index, after.flag.indexes.get(own)) for own, index in before.flag.indexes.items()}
    nothing: frozenset[Pair] = frozenset({(None, None)})
    old, new = before.environments[environment_key], after.environments[environment_key]
    return Renumbering(
        known=nothing | {pair for pair in known if pair[1] is not None},
        kept=nothing | {pair for pair in known if _is_same_value(before.flag, after.flag, pair)},
        leads=old.on == new.on and list(before.flag.indexes) == list(after.flag.indexes),
    )


def _is_same_value(before: Flag, after: Flag, pair: Pair) -> bool:
    old, new = pair
    return (
        old is not None
        and new is not None
        and same(before.variations[old].value, after.variations[new].value)
    )


def index_of(outcome: Shared) -> int | None:
    return None if outcome is None else outcome.index


def outcome_of(outcome: Shared) -> tuple[int | None, dict[str, Any]]:
    """The index of what is served, and why."""
    return (
        (None, reasons.error(reasons.FLAG_NOT_FOUND)) if outcome is None else (outcome.index, outcome.reason)
    )
