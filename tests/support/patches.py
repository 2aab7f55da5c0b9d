"""Applying patches to flags in tests: in the environments `test` and `production`, with counted ids."""

from typing import Any

import msgspec

from flagstaff.features.flags.model import FlagState, Prerequisite
from flagstaff.features.flags.patches import apply_flag_merge, apply_flag_patch
from flagstaff.features.flags.represent import EnvironmentView, FlagView
from flagstaff.kernel.json_patch import Operations
from tests.support.flags import a_flag, a_rollout, a_rule, a_state, a_target, a_targeting, an_edit

TEST = "/environments/test"
VIEW = FlagView("default", tuple(EnvironmentView(key, key) for key in ("test", "production")))
LOGIN = Prerequisite(key="login", variation_id="x", variation=1)
FULL = a_state(
    a_flag(description="d", tags=("a", "b"), maintainer_id="m1", version=3),
    test=a_targeting(
        targets=(a_target("b", "bob"), a_target("a", "acme", kind="org")),
        rules=(a_rule("1", "b"), a_rule("2", a_rollout())),
        prerequisites=(LOGIN,),
        version=5,
    ),
)


def op(kind: str, path: str, value: Any = msgspec.UNSET, **more: Any) -> dict[str, Any]:
    return {"op": kind, "path": path, **({} if value is msgspec.UNSET else {"value": value}), **more}


def patch(state: FlagState, *operations: dict[str, Any]) -> FlagState:
    return apply_flag_patch(state, msgspec.convert(operations, Operations), an_edit(""), VIEW)


def merge(state: FlagState, **document: Any) -> FlagState:
    return apply_flag_merge(state, document, an_edit(""), VIEW)
