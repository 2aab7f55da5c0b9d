"""Lists of everything are searched and sorted by one rule."""

import pytest

from tests.support.client import Answer
from tests.support.server import TestServer

NAMES = ["Zebra", "apple", "Ärger", "ähnlich", "Éclair", "eclair", "_x", "ÖL", "straße", "STRASSEN"]
LISTS = {
    "/api/v2/flags/default": "tags:{}",
    "/api/v2/segments/default/test": "tags anyOf ['{}']",
    "/api/v2/projects": "tags:{}",
    "/api/v2/projects/default/environments": "tags:{}",
}


@pytest.fixture
def listed(server: TestServer) -> TestServer:
    for path in LISTS:
        for number, name in enumerate(NAMES):
            colour = {"color": "000000"} if path.endswith("/environments") else {}
            body = {"key": f"k{number}", "name": name, "tags": ["listed", f"Tag{number}"]} | colour
            assert server.post(path, body).status == 201
    return server


def names(answer: Answer) -> list[str]:
    assert answer.status == 200, answer
    return [item["name"] for item in answer.json["items"]]


@pytest.mark.parametrize("path", LISTS)
def test_names_are_sorted_whatever_their_case_in_any_script(listed: TestServer, path: str) -> None:
    query = {"filter": LISTS[path].format("listed"), "limit": "100"}
    in_order = sorted(NAMES, key=str.casefold)

    assert names(listed.get(path, query=query | {"sort": "name"})) == in_order
    assert names(listed.get(path, query=query | {"sort": "-name"})) == in_order[::-1]


@pytest.mark.parametrize("path", LISTS)
def test_a_tag_is_found_whatever_its_case(listed: TestServer, path: str) -> None:
    for tag in ("Tag3", "tag3", "TAG3"):
        assert names(listed.get(path, query={"filter": LISTS[path].format(tag)})) == [NAMES[3]]
    assert names(listed.get(path, query={"filter": LISTS[path].format("Tag")})) == []


@pytest.mark.parametrize("path", LISTS)
def test_a_text_is_found_whatever_its_case(listed: TestServer, path: str) -> None:
    text = {"filter": "query equals 'äHN'"} if "segments" in path else {"filter": "query:äHN"}

    assert names(listed.get(path, query=text)) == ["ähnlich"]


@pytest.mark.parametrize("path", LISTS)
def test_an_unknown_field_is_refused_with_those_that_can_be_used(listed: TestServer, path: str) -> None:
    answer = listed.get(path, query={"filter": LISTS[path].replace("tags", "nothing").format("x")})

    assert (answer.status, answer.code) == (400, "invalid_request")
    fields = answer.message.partition("allowed fields: ")[2].split(", ")
    assert {"query", "tags"} <= set(fields)
    for field in fields:
        message = listed.get(path, query={"filter": f"{field}:"}).message
        assert message.startswith("filter: expected a value")
