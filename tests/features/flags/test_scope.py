"""What a call about flags is about: its project, the environments, the flag, how it is shown."""

from flagstaff.access.specifiers import parse_resource
from flagstaff.features.flags.scope import resources_of
from flagstaff.features.flags.store import FlagPlace
from flagstaff.features.projects.environments.store import list_environments
from flagstaff.features.projects.store import get_project
from flagstaff.storage.transaction import Transaction
from tests.support.flag_calls import MANY, ONE, make
from tests.support.flags import a_flag
from tests.support.server import TestServer


def place(tx: Transaction) -> FlagPlace:
    project = get_project(tx, "default")
    return FlagPlace(project, tuple(list_environments(tx, project)))


def test_policies_know_a_flag_by_each_environment_and_its_tags(server: TestServer) -> None:
    resources = resources_of(server.read(place), a_flag("checkout", tags=("pay", "web")))

    assert {key: resource.text for key, resource in resources.items()} == {
        key: f"proj/default:env/{key}:flag/checkout;pay,web" for key in ("production", "test")
    }
    assert all(parse_resource(resource.text).text == resource.text for resource in resources.values())


def test_environments_stand_in_the_order_in_which_they_were_made(server: TestServer) -> None:
    environments = "/api/v2/projects/default/environments"
    server.post(environments, {"key": "a", "name": "A", "color": "417505"})
    made = make(server)

    assert list(made["environments"]) == [environment.key for environment in server.read(place).environments]
    assert list(made["environments"])[-1] == "a"


def test_whoever_maintains_a_flag_is_shown_with_it(server: TestServer) -> None:
    made = make(server)

    assert made["_maintainer"] == {
        "_links": {"self": {"href": f"/api/v2/members/{made['maintainerId']}", "type": "application/json"}},
        "_id": made["maintainerId"],
        "role": "owner",
        "email": "owner@example.com",
        "firstName": "",
        "lastName": "",
    }
    (listed,) = server.get(MANY).json["items"]
    assert listed["_maintainer"] == made["_maintainer"]


def test_a_token_that_belongs_to_nobody_maintains_nothing(server: TestServer) -> None:
    token = server.add_token(role="writer", service=True)

    answer = server.post(MANY, {"key": "checkout", "name": "Checkout"}, as_=token)

    assert answer.status == 201
    assert "maintainerId" not in answer.json


def test_an_unknown_project_or_environment_is_named(server: TestServer) -> None:
    assert server.get(ONE.replace("default", "nowhere")).message == "Unknown project key nowhere"
    assert (
        server.get(MANY, query={"env": "x" * 500}).message
        == f"query: unknown environment '{'x' * 80}' - at `env`"
    )
    assert (
        server.get(MANY, query={"filter": "filterEnv:x"}).message
        == "unknown environment 'x' - at `filterEnv`"
    )
