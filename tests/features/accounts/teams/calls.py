"""Teams over HTTP, as tests make them."""

from typing import Any

from tests.support.client import Answer
from tests.support.key_files import FORM, a_form
from tests.support.server import TestServer

MANY = "/api/v2/teams"
NIGHT = f"{MANY}/night"


def make_team(server: TestServer, key: str = "night", *members: Any, **more: Any) -> Any:
    """A new team of these members."""
    body = {"key": key, "name": key.title(), "memberIDs": [member["_id"] for member in members]}
    answer = server.post(MANY, body | more)
    assert answer.status == 201, answer
    return answer.json


def send_csv(server: TestServer, content: bytes | None, path: str = NIGHT, **how: Any) -> Answer:
    """Have the people of a file put into a team."""
    body = a_form(content, "people.csv")
    return server.request("POST", f"{path}/members", body=body, **{"content_type": FORM, **how})


def teams_of(server: TestServer, member: Any) -> list[str]:
    shown = server.get(f"/api/v2/members/{member['_id']}").json
    return [team["key"] for team in shown.get("teams", ())]


def members_in(server: TestServer, path: str = NIGHT) -> int:
    return int(server.get(path, query={"expand": "members"}).json["members"]["totalCount"])
