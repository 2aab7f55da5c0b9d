"""Generated states of flags: two of them share their ids, so that one may be the other after a change."""

from typing import Any

from hypothesis import strategies as st

from flagstaff.features.flags.model import (
    CustomProperty,
    Defaults,
    Flag,
    FlagState,
    Prerequisite,
    Rule,
    Target,
    Targeting,
    Variation,
)
from flagstaff.features.flags.targets import build_targets
from flagstaff.features.projects.model import ClientSideAvailability
from flagstaff.features.targeting.model import WHOLE, Allocation, Clause, Rollout, Weight
from tests.support.flags import NOW, a_flag, a_targeting, variations
from tests.support.ids import nth_uuid

VARIATION_IDS = tuple(nth_uuid(number) for number in range(101, 106))
RULE_IDS = tuple(nth_uuid(number) for number in range(201, 205))
CLAUSE_IDS = tuple(nth_uuid(number) for number in range(301, 309))
ENVIRONMENTS = ("test", "production")
OTHERS = {key: (a_flag(key, variations=variations("x", "y")), a_targeting()) for key in ("login", "cart")}

texts = st.sampled_from(["", "one", "two"])
values = st.one_of(
    st.text(max_size=3), st.booleans(), st.integers(-3, 3), st.floats(allow_nan=False, allow_infinity=False)
)


@st.composite
def _variations(draw: Any) -> tuple[Variation, ...]:
    ids = draw(st.lists(st.sampled_from(VARIATION_IDS), unique=True, min_size=2, max_size=4))
    numbers = draw(st.lists(st.integers(0, 6), unique=True, min_size=len(ids), max_size=len(ids)))
    return tuple(
        Variation(id=own, value=number, name=draw(texts), description=draw(texts))
        for own, number in zip(ids, numbers, strict=True)
    )


@st.composite
def _rollouts(draw: Any, ids: tuple[str, ...]) -> Rollout:
    chosen = draw(st.lists(st.sampled_from(ids), unique=True, min_size=1))
    inner = len(chosen) - 1
    cuts = sorted(draw(st.sets(st.integers(1, WHOLE - 1), min_size=inner, max_size=inner)))
    shares = [high - low for low, high in zip([0, *cuts], [*cuts, WHOLE], strict=True)]
    allocations = st.builds(Allocation, variation_id=st.sampled_from(ids), can_reshuffle=st.booleans())
    allocation = draw(st.none() | allocations)
    return Rollout(
        weights=tuple(
            Weight(variation_id=own, weight=share, untracked=allocation is not None and draw(st.booleans()))
            for own, share in zip(chosen, shares, strict=True)
        ),
        bucket_by=draw(st.sampled_from(["", "key", "/plan/id"])),
        context_kind=draw(st.sampled_from(["user", "org"])),
        seed=draw(st.none() | st.integers(1, 9)),
        allocation=allocation,
    )


def _serves(ids: tuple[str, ...]) -> st.SearchStrategy[Any]:
    return st.sampled_from(ids) | _rollouts(ids)


@st.composite
def _rules(draw: Any, ids: tuple[str, ...]) -> tuple[Rule, ...]:
    rule_ids = draw(st.lists(st.sampled_from(RULE_IDS), unique=True))
    clause_ids = draw(st.permutations(CLAUSE_IDS))
    return tuple(
        Rule(
            id=own,
            clauses=tuple(
                Clause(
                    id=clause_ids[2 * place + number],
                    attribute=draw(st.sampled_from(["email", "/a/b"])),
                    op=draw(st.sampled_from(["in", "lessThan"])),
                    values=tuple(draw(st.lists(values, max_size=2))),
                    context_kind=draw(st.sampled_from(["user", "org"])),
                    negate=draw(st.booleans()),
                )
                for number in range(draw(st.integers(0, 2)))
            ),
            serve=draw(_serves(ids)),
            description=draw(texts),
            ref=draw(texts),
            track_events=draw(st.booleans()),
        )
        for place, own in enumerate(rule_ids)
    )


@st.composite
def _targetings(draw: Any, flag: Flag) -> Targeting:
    ids = tuple(flag.indexes)
    keys = draw(st.dictionaries(st.sampled_from(["ann", "bob", "eve"]), st.sampled_from(ids)))
    kinds = draw(st.lists(st.sampled_from(["user", "org"]), min_size=len(keys), max_size=len(keys)))
    targets = [
        Target(context_kind=kind, variation_id=own, values=(key,))
        for (key, own), kind in zip(keys.items(), kinds, strict=True)
    ]
    needed = draw(st.dictionaries(st.sampled_from(["login", "cart"]), st.integers(0, 1)))
    return a_targeting(
        on=draw(st.booleans()),
        targets=build_targets(flag, targets),
        rules=draw(_rules(ids)),
        fallthrough=draw(_serves(ids)),
        off_variation_id=draw(st.none() | st.sampled_from(ids)),
        prerequisites=tuple(
            Prerequisite(key=key, variation_id="ab"[index], variation=index) for key, index in needed.items()
        ),
        track_events=draw(st.booleans()),
        track_events_fallthrough=draw(st.booleans()),
    )


@st.composite
def flag_states(draw: Any) -> FlagState:
    listed = draw(_variations())
    ids = st.sampled_from([variation.id for variation in listed])
    archived, deprecated = draw(st.booleans()), draw(st.booleans())
    member = draw(st.sampled_from([None, "m1", "m2"]))
    properties = st.dictionaries(
        st.sampled_from(["a", "b"]),
        st.builds(CustomProperty, name=st.just("N"), values=st.sampled_from([("1",), ("1", "2")])),
    )
    flag = a_flag(
        name=draw(st.sampled_from(["Checkout", "Pay"])),
        description=draw(texts),
        variations=listed,
        defaults=Defaults(on_variation_id=draw(ids), off_variation_id=draw(ids)),
        temporary=draw(st.booleans()),
        tags=tuple(sorted(draw(st.sets(st.sampled_from("abc"))))),
        client_side_availability=ClientSideAvailability(
            using_mobile_key=draw(st.booleans()), using_environment_id=draw(st.booleans())
        ),
        custom_properties=dict(sorted(draw(properties).items())),
        maintainer_id=member,
        maintainer_team_key=None if member else draw(st.sampled_from([None, "ops"])),
        archived=archived,
        archived_date=NOW if archived else None,
        deprecated=deprecated,
        deprecated_date=NOW if deprecated else None,
    )
    return FlagState(flag=flag, environments={key: draw(_targetings(flag)) for key in ENVIRONMENTS})
