import pytest

from flagstaff.access.policies import Statement
from flagstaff.features.accounts.policies import check_statements
from flagstaff.kernel.errors import InvalidRequest

FINE = Statement("allow", resources=("proj/*",), actions=("*",))


def test_statements_that_hold_are_returned():
    assert check_statements((FINE,)) == (FINE,)


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        (Statement("allow", resources=("proj/*",)), "$.policy[1].actions"),
        (Statement("allow", actions=("*",)), "$.policy[1].resources"),
        (Statement("allow", resources=("car/*",), actions=("*",)), "$.policy[1].resources[0]"),
        (
            Statement("deny", resources=("proj/*",), not_resources=("proj/a",), actions=("*",)),
            "$.policy[1].notResources",
        ),
    ],
)
def test_a_fault_is_named_with_its_place(statement, where):
    with pytest.raises(InvalidRequest) as refused:
        check_statements((FINE, statement))
    assert f"at `{where}`" in refused.value.message
