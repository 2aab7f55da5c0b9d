"""Running flag instructions in tests: in the environment `test`, with counted ids."""

from typing import Any

from flagstaff.features.flags.instructions.vocabulary import FLAG
from flagstaff.features.flags.model import Flag, FlagState, Targeting
from tests.support.flags import a_state, an_edit


def run(state: FlagState, *instructions: dict[str, Any], environment: str = "test") -> FlagState:
    FLAG.check(instructions)
    return FLAG.apply(state, an_edit(environment), instructions)


def run_on_flag(flag: Flag, *instructions: dict[str, Any]) -> Flag:
    return run(a_state(flag), *instructions, environment="").flag


def run_on_targeting(
    targeting: Targeting, *instructions: dict[str, Any], flag: Flag | None = None
) -> Targeting:
    return run(a_state(flag, test=targeting), *instructions).environments["test"]
