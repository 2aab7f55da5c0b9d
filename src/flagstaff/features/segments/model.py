"""Segments: named sets of the contexts of one environment, by lists and by rules.

A list holds one entry for each context kind; users stand apart from the others on the wire only.
"""

from msgspec import Struct
from msgspec.structs import replace

from flagstaff.access.specifiers import Resource
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.model import Project
from flagstaff.features.targeting.model import ClauseRule
from flagstaff.features.targeting.values import same
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.ids import check_key

USER = "user"
MAX_TARGETS = 15_000  # beyond it a big segment is the right thing

# Words in paths of segments (and of flags) that a key would be taken for.
RESERVED_KEYS = frozenset({"expiring-targets", "expiring-user-targets", "triggers"})


class SegmentTarget(Struct, frozen=True, kw_only=True):
    """The keys of the contexts of one kind that a segment lists; never without values."""

    context_kind: str
    values: tuple[str, ...]


class SegmentRule(ClauseRule, frozen=True, kw_only=True):
    """Lets in the contexts for whom all clauses hold: all of them, or `weight` thousandths of a percent."""

    weight: int | None = None
    bucket_by: str = ""  # `key` unless it is set
    rollout_context_kind: str = ""  # `user` unless it is set


class BigState(Struct, frozen=True, kw_only=True):
    """What is known of the keys of a big segment, which lie in a table of their own."""

    version: int = 0  # one more with each change of a key
    included_count: int = 0
    excluded_count: int = 0
    last_modified: Millis = 0

    def advance(self, included: int, excluded: int, now: Millis) -> "BigState":
        """The state after so many keys have come to each list."""
        return BigState(
            version=self.version + 1,
            included_count=self.included_count + included,
            excluded_count=self.excluded_count + excluded,
            last_modified=now,
        )


class KeyChange(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Keys that come to a list of a big segment, or leave it; or an import that is to begin."""

    included: bool = True
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    import_id: str = ""


class Segment(Struct, frozen=True, kw_only=True):
    """A segment. `generation` counts how often one with its key was made in its environment."""

    id: str
    environment_id: str
    key: str
    name: str
    description: str = ""
    tags: tuple[str, ...] = ()
    included: tuple[SegmentTarget, ...] = ()
    excluded: tuple[SegmentTarget, ...] = ()
    rules: tuple[SegmentRule, ...] = ()
    unbounded: bool = False  # a big one, of contexts of one kind
    unbounded_context_kind: str = ""
    big: BigState = BigState()
    pending: tuple[KeyChange, ...] = ()  # what instructions ask for; never stored
    salt: str
    generation: int = 1
    creation_date: Millis
    last_modified_date: Millis
    version: int = 1

    @property
    def reference(self) -> str:
        """What the stores of SDKs call a big segment: one that is made anew has another name."""
        return f"{self.key}.g{self.generation}"

    @property
    def segments(self) -> frozenset[str]:
        """The keys of the segments that its rules ask for."""
        return frozenset(
            value
            for rule in self.rules
            for clause in rule.clauses
            if clause.op == "segmentMatch"
            for value in clause.values
            if isinstance(value, str)
        )

    @property
    def context_kinds(self) -> frozenset[str]:
        """The kinds of context that its lists and rules are about."""
        clauses = (clause for rule in self.rules for clause in rule.clauses if clause.op != "segmentMatch")
        return frozenset(
            (
                *(target.context_kind for target in (*self.included, *self.excluded)),
                *(clause.context_kind for clause in clauses),
                *(rule.rollout_context_kind for rule in self.rules if rule.rollout_context_kind),
                *((self.unbounded_context_kind,) if self.unbounded else ()),
            )
        )


class SegmentPlace(Struct, frozen=True):
    """The environment that segments are in, and its project."""

    project: Project
    environment: Environment

    def resource(self, segment: Segment) -> Resource:
        """What policies call a segment here."""
        environment = self.environment.resource(self.project)
        return environment.child("segment", segment.key, segment.tags)


class FlagUse(Struct, frozen=True):
    """A flag whose rules ask for a segment."""

    key: str
    name: str


def check_segment_key(key: str) -> str:
    """Return `key`, or raise InvalidRequest if it is malformed or a path would take it for something else."""
    if key in RESERVED_KEYS:
        raise InvalidRequest(f"{key!r} is a reserved word and cannot be a segment key - at `$.key`")
    return check_key(key, "segment")


def settle(before: Segment, after: Segment, now: Millis) -> Segment:
    """Return `after` under its next version, or `before` if nothing changes.

    Raises InvalidRequest if it would list too many contexts.
    """
    if same(before, after):
        return before
    if after.unbounded and (after.included or after.excluded):
        raise InvalidRequest(
            f"{after.key} is a big segment: its targets are changed with addBigSegmentIncludedTargets and "
            "its kin, or all at once by an import"
        )
    count = sum(len(target.values) for target in (*after.included, *after.excluded))
    if count > MAX_TARGETS:
        raise InvalidRequest(
            f"a segment must not list more than {MAX_TARGETS:,} contexts one by one, and this one "
            f"would list {count:,}"
        )
    return replace(after, version=before.version + 1, last_modified_date=now)
