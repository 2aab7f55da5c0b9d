"""The filter by what members may do; over HTTP it is in test_operations."""

import pytest

from flagstaff.features.accounts.members.access_checks import may
from flagstaff.features.accounts.store import get_owner
from flagstaff.kernel.errors import InvalidRequest
from tests.support.server import TestServer


@pytest.mark.parametrize(
    ("check", "reason"),
    [
        ("updateOn", "<action>:<resource>"),
        (":proj/default", "<action>:<resource>"),
        ("updateOn:", "accessCheck"),
        ("updateOn:proj/*", "without"),
        ("updateOn:proj/default:flag/x", "is written"),
    ],
)
def test_what_names_no_action_on_one_resource_is_refused(server: TestServer, check: str, reason: str) -> None:
    with pytest.raises(InvalidRequest, match=reason.replace("*", r"\*")):
        server.read(lambda tx: may(tx, get_owner(tx), check))


def test_the_owner_may_everything_that_can_be_named(server: TestServer) -> None:
    assert server.read(lambda tx: may(tx, get_owner(tx), "deleteMember:member/somebody"))
