"""Applications over HTTP: SDKs tell of them in a header, people describe them."""

from typing import Any

import pytest

from tests.features.projects.calls import deny, make_project
from tests.support.client import READER, Answer
from tests.support.flag_calls import make_switch
from tests.support.seen import finish_jobs, request, tell
from tests.support.segment_calls import last_entry
from tests.support.server import START, TestServer

MANY = "/api/v2/applications"
SHOP = f"{MANY}/shop"
VERSIONS = f"{SHOP}/versions"
BETA: Any = {"version": "beta"}


def replace_(**members: Any) -> list[dict[str, Any]]:
    return [{"op": "replace", "path": f"/{name}", "value": value} for name, value in members.items()]


def keys(answer: Answer) -> list[str]:
    assert answer.status == 200, answer
    return [item["key"] for item in answer.json["items"]]


@pytest.fixture
def told(server: TestServer) -> TestServer:
    """`app` is mobile, `mail` and `shop` are on servers; the latter has the versions 1.0 and 2.0."""
    for number, (application, version) in enumerate((("shop", "1.0"), ("mail", ""), ("shop", "2.0"))):
        server.clock.advance(seconds=60 * bool(number))
        tell(server, application, version)
    tell(server, "app", "7", mobile=True)
    return server


def test_an_application_is_there_as_soon_as_an_sdk_tells_of_it(server: TestServer) -> None:
    assert server.get(SHOP, **BETA).status == 404

    tell(server, "shop", name="Shop")
    assert server.get(SHOP, **BETA).json == {
        "key": "shop",
        "name": "Shop",
        "kind": "server",
        "description": "",
        "autoAdded": True,
        "creationDate": START,
        "_version": 1,
        "_links": {
            "parent": {"href": MANY, "type": "application/json"},
            "self": {"href": SHOP, "type": "application/json"},
            "versions": {"href": VERSIONS, "type": "application/json"},
        },
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["app", "mail", "shop"]),
        ({"filter": "kind equals mobile"}, ["app"]),
        ({"filter": "kind anyOf ['mobile', 'browser'],key equals 'shop'"}, []),
        ({"filter": "key startsWith s|name equals 'mail'"}, ["mail", "shop"]),
        ({"filter": "autoAdded equals false"}, []),
        ({"sort": "-name"}, ["shop", "mail", "app"]),
        ({"sort": "creationDate"}, ["shop", "mail", "app"]),
        ({"limit": 1, "offset": 1}, ["mail"]),
    ],
)
def test_applications_are_listed(told: TestServer, asked: Any, found: list[str]) -> None:
    assert keys(told.get(MANY, query=asked, **BETA)) == found


@pytest.mark.parametrize(
    ("path", "asked", "reason"),
    [
        (MANY, {"filter": "supported equals true"}, "unknown field 'supported'"),
        (MANY, {"filter": "kind startsWith m"}, "'kind'"),
        (MANY, {"sort": "key"}, "sort: unknown field 'key'"),
        (VERSIONS, {"filter": "kind equals mobile"}, "unknown field 'kind'"),
    ],
)
def test_a_list_that_cannot_be_is_refused(told: TestServer, path: str, asked: Any, reason: str) -> None:
    answer = told.get(path, query=asked, **BETA)

    assert (answer.status, answer.code) == (400, "invalid_request")
    assert reason in answer.message


def test_an_application_is_described(told: TestServer) -> None:
    patched = told.patch(SHOP, replace_(description="Where people buy", kind="browser"), **BETA)

    assert (patched.json["description"], patched.json["kind"]) == ("Where people buy", "browser")
    assert patched.json["_version"] == 2
    assert told.get(SHOP, **BETA).json == patched.json
    entry = last_entry(told)
    assert (entry["kind"], entry["name"]) == ("application", "shop")
    assert sorted(entry["accesses"]) == [
        ["updateApplicationDescription", "application/shop"],
        ["updateApplicationKind", "application/shop"],
    ]
    before = told.count("audit_log")
    assert told.patch(SHOP, replace_(kind="browser"), **BETA).json == patched.json
    assert told.count("audit_log") == before


@pytest.mark.parametrize(
    "patch",
    [
        replace_(kind="desktop"),
        replace_(description="x" * 5_001),
        replace_(name="Shop"),
        replace_(autoAdded=False),
    ],
)
def test_a_patch_that_cannot_be_is_refused(told: TestServer, patch: Any) -> None:
    answer = told.patch(SHOP, patch, **BETA)

    assert answer.status == 400, answer
    assert told.count("applications") == 0


def test_a_deleted_application_comes_back_when_it_is_told_of_again(told: TestServer) -> None:
    told.patch(SHOP, replace_(description="Where people buy"), **BETA)
    assert told.delete(SHOP, **BETA).status == 204
    finish_jobs(told)

    assert told.get(SHOP, **BETA).status == 404
    assert keys(told.get(MANY, **BETA)) == ["app", "mail"]
    assert last_entry(told)["accesses"] == [["deleteApplication", "application/shop"]]
    told.clock.advance(seconds=60)
    tell(told, "shop", "3.0")
    assert told.get(SHOP, **BETA).json["description"] == ""
    assert keys(told.get(VERSIONS, **BETA)) == ["3.0"]


def test_versions_are_listed_and_deleted(told: TestServer) -> None:
    assert keys(told.get(VERSIONS, **BETA)) == ["1.0", "2.0"]
    assert keys(told.get(VERSIONS, query={"filter": "key startsWith 2", "sort": "-name"}, **BETA)) == ["2.0"]
    assert "supported" not in told.get(VERSIONS, **BETA).json["items"][0]

    assert told.delete(f"{VERSIONS}/1.0", **BETA).status == 204
    finish_jobs(told)
    assert keys(told.get(VERSIONS, **BETA)) == ["2.0"]
    assert told.delete(f"{VERSIONS}/1.0", **BETA).status == 404
    assert told.get(SHOP, **BETA).status == 200


@pytest.mark.parametrize("value", [False, "false"])
def test_a_version_of_a_mobile_application_is_supported_or_not(told: TestServer, value: Any) -> None:
    version = f"{MANY}/app/versions/7"
    patched = told.patch(version, replace_(supported=value), **BETA)

    assert (patched.json["supported"], patched.json["_version"]) == (False, 2)
    (listed,) = told.get(f"{MANY}/app/versions", query={"filter": "supported equals false"}, **BETA).json[
        "items"
    ]
    assert listed == patched.json
    assert last_entry(told)["accesses"] == [["updateApplicationVersionSupport", "application/app"]]
    refused = told.patch(f"{VERSIONS}/1.0", replace_(supported=value), **BETA)
    assert (refused.status, refused.code) == (400, "invalid_request")
    assert told.patch(f"{VERSIONS}/9", replace_(supported=value), **BETA).status == 404


def test_the_flags_that_an_application_evaluates_are_expanded(told: TestServer) -> None:
    make_project(told, "spare")
    make_switch(told, "checkout")
    make_switch(told, "checkout", many="/api/v2/flags/spare")
    request(told, "checkout", "unknown", application="shop")

    shown = told.get(SHOP, query={"expand": "flags"}, **BETA).json["flags"]
    (flag,) = shown["items"]
    assert (flag["key"], flag["name"], shown["totalCount"]) == ("checkout", "Flag checkout", 1)
    assert flag["_links"]["self"]["href"] == "/api/v2/flags/default/checkout"
    assert flag["_site"]["href"] == "/default/test/features/checkout"
    listed = told.get(MANY, query={"expand": "flags"}, **BETA).json["items"]
    assert [item["flags"]["totalCount"] for item in listed] == [0, 0, 1]
    blind = told.add_token(deny(["viewProject"], "proj/default"))
    assert told.get(SHOP, query={"expand": "flags"}, as_=blind, **BETA).json["flags"]["items"] == []


def test_who_may_not_see_an_application_does_not_learn_of_it(told: TestServer) -> None:
    statement = {"effect": "allow", "resources": ["application/mail"], "actions": ["*"]}
    role = {"key": "mailer", "name": "Mailer", "policy": [statement], "basePermissions": "no_access"}
    assert told.post("/api/v2/roles", role).status == 201
    token = told.post("/api/v2/tokens", {"name": "Mailer", "customRoleIds": ["mailer"]}).json["token"]

    assert keys(told.get(MANY, as_=token, **BETA)) == ["mail"]
    assert told.get(SHOP, as_=token, **BETA).status == 404
    assert told.patch(SHOP, replace_(description="x"), as_=token, **BETA).status == 404
    assert told.get(f"{MANY}/mail", as_=token, **BETA).status == 200


def test_a_reader_may_not_change_an_application(told: TestServer) -> None:
    for answer in (
        told.patch(SHOP, replace_(description="x"), as_=READER, **BETA),
        told.delete(SHOP, as_=READER, **BETA),
        told.delete(f"{VERSIONS}/1.0", as_=READER, **BETA),
    ):
        assert (answer.status, answer.code) == (403, "forbidden")
