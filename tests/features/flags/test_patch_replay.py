"""Whatever a patch does to a flag, it can be shown again, and be replayed as instructions."""

from random import Random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from flagstaff.features.flags.changes import derive
from flagstaff.features.flags.model import FlagState
from flagstaff.features.flags.patches import apply_flag_patch, show_document
from flagstaff.features.flags.represent import EnvironmentView, FlagView
from flagstaff.features.targeting.values import same
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.json_patch import Operations
from tests.support.flag_states import ENVIRONMENTS, a_random_state, flag_states, replay
from tests.support.flags import an_edit
from tests.support.patches import op

BOTH = FlagView("default", tuple(EnvironmentView(key, key) for key in ENVIRONMENTS))


def places(document, path=""):
    """Every path of a document, with its value."""
    if path:
        yield path, document
    members = document.items() if isinstance(document, dict) else enumerate(document)
    for name, member in members:
        if isinstance(member, dict | list) and not str(name).startswith("_"):
            yield from places(member, f"{path}/{name}")
        elif path:
            yield f"{path}/{name}", member


def a_random_patch(state, seed):
    """A patch that takes parts of the flag to other places, or brings such parts from another flag."""
    random = Random(seed)
    own = list(places(show_document(state, BOTH)))
    others = list(places(show_document(a_random_state(seed), BOTH)))
    operations = []
    for _ in range(random.randint(1, 3)):
        path, value = random.choice(others)
        kind = random.choice(["replace", "replace", "replace", "add", "remove", "move", "copy"])
        if kind in {"replace", "add"}:
            operations.append(op(kind, path, value))
        elif kind == "remove":
            operations.append(op(kind, random.choice(own)[0]))
        else:
            path, _ = random.choice(own)
            operations.append(op(kind, f"{path.rpartition('/')[0]}/0", **{"from": path}))
    return msgspec.convert(operations, Operations)


@settings(max_examples=150, deadline=None)
@given(flag_states)
def test_an_empty_patch_reads_back_what_is_shown(state):
    assert same(apply_flag_patch(state, (), an_edit(""), BOTH), state)
    moved = msgspec.convert(
        [op("replace", "/variations", show_document(state, BOTH)["variations"])], Operations
    )
    assert same(apply_flag_patch(state, moved, an_edit(""), BOTH), state)


@settings(max_examples=300, deadline=None)
@given(flag_states, st.integers(0, 2**32))
def test_any_patch_is_refused_with_a_reason_or_can_be_replayed_as_instructions(state, seed):
    try:
        after = apply_flag_patch(state, a_random_patch(state, seed), an_edit(""), BOTH)
    except InvalidRequest:
        return
    assert same(
        open_prerequisites(replay(state, derive(state, after), an_edit(""))), open_prerequisites(after)
    )
    assert same(apply_flag_patch(after, (), an_edit(""), BOTH), after)


def open_prerequisites(state: FlagState) -> FlagState:
    """Without the indexes, which are found again after a replay."""
    environments = {
        key: replace(
            targeting,
            prerequisites=tuple(replace(held, variation=None) for held in targeting.prerequisites),
        )
        for key, targeting in state.environments.items()
    }
    return replace(state, environments=environments)
