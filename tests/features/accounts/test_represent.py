"""Members as other resources show them."""

import msgspec

from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.represent import summarise_member


def test_a_member_in_brief_has_name_address_role_and_a_link() -> None:
    member = Member(id="m", email="ada@example.com", role="admin", first_name="Ada", last_name="L", created=1)

    assert msgspec.to_builtins(summarise_member(member)) == {
        "_links": {"self": {"href": "/api/v2/members/m", "type": "application/json"}},
        "_id": "m",
        "firstName": "Ada",
        "lastName": "L",
        "role": "admin",
        "email": "ada@example.com",
    }
