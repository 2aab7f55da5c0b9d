"""What the audit log says about a change of a custom role."""

import msgspec
import pytest

from flagstaff.access.policies import Statement
from flagstaff.features.accounts.roles.descriptions import describe_change, describe_statement
from flagstaff.features.accounts.roles.model import Role

TOGGLE = Statement("allow", resources=("proj/*:env/test:flag/*",), actions=("updateOn",))
QUIET = Statement("deny", not_resources=("proj/a", "proj/b"), actions=("*",))
ROLE = Role(id="1", key="ops", name="Ops", statements=(TOGGLE,), created=0)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        (TOGGLE, "Allow `updateOn` on `proj/*:env/test:flag/*`"),
        (QUIET, "Deny every action on everything but `proj/a`, `proj/b`"),
        (
            Statement("allow", resources=("acct",), not_actions=("deleteAccount",)),
            "Allow every action but `deleteAccount` on `acct`",
        ),
        (
            Statement("allow", resources=("*",), actions=tuple(f"a{number}" for number in range(12))),
            "Allow `a0`, `a1`, `a2`, `a3`, `a4`, `a5`, `a6`, `a7`, `a8`, `a9` and 2 more on everything",
        ),
    ],
)
def test_a_statement_is_a_sentence(statement: Statement, said: str) -> None:
    assert describe_statement(statement) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ""),
        ({"name": "On call"}, "- Changed the name from ~~`Ops`~~ to `On call`"),
        ({"description": "At night"}, "- Set the description to `At night`"),
        ({"base": "no_access"}, "- Changed the base permissions from ~~`reader`~~ to `no_access`"),
        (
            {"statements": (QUIET,)},
            (
                "- Added the statement: Deny every action on everything but `proj/a`, `proj/b`\n\n"
                "- Removed the statement: ~~Allow `updateOn` on `proj/*:env/test:flag/*`~~"
            ),
        ),
        ({"statements": (TOGGLE, TOGGLE)}, ""),
    ],
)
def test_each_difference_is_an_item(changes: dict[str, object], said: str) -> None:
    assert describe_change(ROLE, msgspec.structs.replace(ROLE, **changes)) == said
