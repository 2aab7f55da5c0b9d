"""What a process serves by its roles."""

from flagstaff.http.operations import Endpoint
from flagstaff.http.roles import select_rows


async def serve(*_: object) -> None:
    return None


def test_the_rows_of_other_roles_are_there_and_are_answered_in_another_way() -> None:
    rows = {"api": [Endpoint("GET", "/a", serve)], "sdk": [Endpoint("GET", "/all", serve)]}

    one, other = select_rows(rows, {"sdk"})

    assert (one.path, other.path) == ("/a", "/all")
    assert (one.respond is serve, other.respond is serve) == (False, True)  # type: ignore[union-attr]
