"""States in the middle of a long history."""

from flagstaff.features.console.versions.states import get_flag_at, get_moment
from flagstaff.features.flags.store import TARGETINGS, FlagPlace
from flagstaff.features.projects.environments.store import list_environments
from flagstaff.features.projects.store import get_project
from flagstaff.storage.transaction import Transaction
from tests.support.flag_calls import instruct, make
from tests.support.server import TestServer


def test_every_version_of_a_long_history_is_found(server: TestServer) -> None:
    make(server)
    for number in range(120):
        instruct(server, {"kind": "turnFlagOff" if number % 2 else "turnFlagOn"})
    ((flag_id,),) = server.rows("SELECT id FROM flags")

    def is_on(tx: Transaction, version: int) -> bool:
        project = get_project(tx, "default")
        place = FlagPlace(project, tuple(list_environments(tx, project)))
        (test,) = (environment for environment in place.environments if environment.key == "test")
        position = get_moment(tx, (TARGETINGS.table, flag_id, test.id), version, None)
        state = get_flag_at(tx, place, flag_id, position)
        assert state.environments["test"].version == version
        return state.environments["test"].on

    found = server.read(lambda tx: [is_on(tx, version) for version in (1, 2, 3, 60, 120, 121)])
    assert found == [False, True, False, True, True, False]
