"""Random states of flags, each made from a number; any two share their ids, as before and after a change."""

from collections.abc import Iterable
from random import Random
from typing import Any

from hypothesis import strategies as st

from flagstaff.features.flags.changes import Step
from flagstaff.features.flags.instructions.vocabulary import FLAG
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
from flagstaff.kernel.instructions import Edit
from tests.support.flags import NOW, a_flag, a_targeting, variations
from tests.support.ids import nth_uuid

VARIATION_IDS = [nth_uuid(number) for number in range(101, 106)]
RULE_IDS = [nth_uuid(number) for number in range(201, 205)]
CLAUSE_IDS = [nth_uuid(number) for number in range(301, 309)]
ENVIRONMENTS = ("test", "production")
OTHERS = {key: (a_flag(key, variations=variations("x", "y")), a_targeting()) for key in ("login", "cart")}
TEXTS = ("", "", "one", "two")
VALUES = ("SE", "NO", 0, 1, 1.5, True, False)


def replay(state: FlagState, steps: Iterable[Step], edit: Edit) -> FlagState:
    """Run derived instructions one after another."""
    for step in steps:
        state = FLAG.apply(state, Edit(edit.now, edit.ids, step.environment), step.instructions)
    return state


def some(random: Random, pool: Any, least: int = 0) -> list[Any]:
    """A few of a pool, in any order."""
    return random.sample(list(pool), random.randint(least, len(pool)))


def a_random_state(seed: int) -> FlagState:
    random = Random(seed)
    ids = some(random, VARIATION_IDS, 2)
    listed = tuple(
        Variation(id=own, value=number, name=random.choice(TEXTS), description=random.choice(TEXTS))
        for own, number in zip(ids, random.sample(range(7), len(ids)), strict=True)
    )
    archived, deprecated = random.random() < 0.3, random.random() < 0.3
    member, team = random.choice([(None, None), ("m1", None), ("m2", None), (None, "ops")])
    flag = a_flag(
        name=random.choice(["Checkout", "Pay"]),
        description=random.choice(TEXTS),
        variations=listed,
        defaults=Defaults(on_variation_id=random.choice(ids), off_variation_id=random.choice(ids)),
        temporary=random.random() < 0.5,
        tags=tuple(sorted(some(random, "abc"))),
        client_side_availability=ClientSideAvailability(
            using_mobile_key=random.random() < 0.5, using_environment_id=random.random() < 0.5
        ),
        custom_properties={
            key: CustomProperty(name="N", values=tuple(some(random, "12", 1)))
            for key in sorted(some(random, "ab"))
        },
        maintainer_id=member,
        maintainer_team_key=team,
        archived=archived,
        archived_date=NOW if archived else None,
        deprecated=deprecated,
        deprecated_date=NOW if deprecated else None,
    )
    return FlagState(flag=flag, environments={key: _targeting(random, flag, ids) for key in ENVIRONMENTS})


def _targeting(random: Random, flag: Flag, ids: list[str]) -> Targeting:
    targets = [
        Target(context_kind=random.choice(["user", "org"]), variation_id=random.choice(ids), values=(key,))
        for key in some(random, ["ann", "bob", "eve"])
    ]
    needed = {key: random.randint(0, 1) for key in some(random, OTHERS)}
    return a_targeting(
        on=random.random() < 0.5,
        targets=build_targets(flag, targets),
        rules=_rules(random, ids),
        fallthrough=_serve(random, ids),
        off_variation_id=random.choice([None, *ids]),
        prerequisites=tuple(
            Prerequisite(key=key, variation_id="ab"[index], variation=index) for key, index in needed.items()
        ),
        track_events=random.random() < 0.5,
        track_events_fallthrough=random.random() < 0.5,
    )


def _rules(random: Random, ids: list[str]) -> tuple[Rule, ...]:
    clause_ids = random.sample(CLAUSE_IDS, len(CLAUSE_IDS))
    return tuple(
        Rule(
            id=own,
            clauses=tuple(_clause(random, clause_ids.pop()) for _ in range(random.randint(0, 2))),
            serve=_serve(random, ids),
            description=random.choice(TEXTS),
            ref=random.choice(TEXTS),
            track_events=random.random() < 0.5,
        )
        for own in some(random, RULE_IDS)
    )


def _clause(random: Random, clause_id: str) -> Clause:
    return Clause(
        id=clause_id,
        attribute=random.choice(["email", "/a/b"]),
        op=random.choice(["in", "lessThan"]),
        values=tuple(some(random, VALUES)),
        context_kind=random.choice(["user", "org"]),
        negate=random.random() < 0.5,
    )


def _serve(random: Random, ids: list[str]) -> str | Rollout:
    if random.random() < 0.5:
        return random.choice(ids)
    chosen = some(random, ids, 1)
    cuts = sorted(random.sample(range(1, WHOLE), len(chosen) - 1))
    shares = [high - low for low, high in zip([0, *cuts], [*cuts, WHOLE], strict=True)]
    experiment = random.random() < 0.2
    return Rollout(
        weights=tuple(
            Weight(variation_id=own, weight=share, untracked=experiment and random.random() < 0.5)
            for own, share in zip(chosen, shares, strict=True)
        ),
        bucket_by=random.choice(["", "key", "/plan/id"]),
        context_kind=random.choice(["user", "org"]),
        seed=random.choice([None, None, 7]),
        allocation=Allocation(variation_id=random.choice(ids)) if experiment else None,
    )


flag_states = st.integers(0, 2**32).map(a_random_state)
