"""Preferences in the database, where HTTP does not show it."""

from flagstaff.features.console.preferences.schemas import ColumnChoice
from flagstaff.features.console.preferences.store import EVERYWHERE, list_preferences, save_preference
from tests.support.server import TestServer


def test_one_name_of_one_member_is_kept_once_for_each_project(server: TestServer) -> None:
    first, second = ColumnChoice(order=("name",)), ColumnChoice(hidden=("name",))
    for member, project, chosen in (
        ("ada", EVERYWHERE, first),
        ("ada", EVERYWHERE, second),
        ("ada", "p1", first),
        ("bob", EVERYWHERE, first),
    ):
        server.write(
            lambda tx, member=member, project=project, chosen=chosen: save_preference(
                tx, member, "columns", project, chosen
            )
        )

    found = server.read(lambda tx: list_preferences(tx, "ada", "columns", ColumnChoice))

    assert found == {EVERYWHERE: second, "p1": first}
    assert server.read(lambda tx: list_preferences(tx, "ada", "views", ColumnChoice)) == {}
