"""Members over HTTP: listed, found, changed by JSON patch, removed, and refused."""

from typing import Any

import pytest

from flagstaff.access.policies import Statement
from flagstaff.http.identity import ANONYMOUS, Identity
from flagstaff.storage.audit import Actor
from tests.features.accounts.members.calls import MANY, invite, me, one, token_of
from tests.features.accounts.roles.calls import make_role
from tests.features.accounts.tokens.calls import make_token
from tests.support.audit import recorded
from tests.support.client import READER, SESSION, WRITER
from tests.support.server import OWNER_EMAIL, START, TestServer

ADA, BOB, CYN = "ada@example.com", "bob@example.com", "cyn@example.org"


def emails(server: TestServer, **query: Any) -> list[str]:
    version = query.pop("version", "")
    answer = server.get(MANY, query=query, version=version)
    assert answer.status == 200, answer
    return [member["email"] for member in answer.json["items"]]


@pytest.fixture
def people(server: TestServer) -> dict[str, Any]:
    """The owner, and three others by their addresses."""
    make_role(server)
    return {
        ADA: invite(server, ADA, firstName="Ada", lastName="Lovelace", role="admin"),
        BOB: invite(server, BOB, firstName="Zed", customRoles=["ops"]),
        CYN: invite(server, CYN, role="writer"),
    }


def test_a_member_is_shown_whole_and_alike_everywhere(server: TestServer, people: dict[str, Any]) -> None:
    ada = server.get(one(people[ADA])).json

    assert ada["_links"] == {"self": people[ADA]["_links"]["self"]}
    assert ada in server.get(MANY).json["items"]
    assert ada | {"_id": ""} == {
        "_links": {"self": {"href": one(ada), "type": "application/json"}},
        "_id": "",
        "email": ADA,
        "firstName": "Ada",
        "lastName": "Lovelace",
        "role": "admin",
        "customRoles": [],
        "_pendingInvite": True,
        "_verified": False,
        "mfa": "disabled",
        "excludedDashboards": [],
        "oauthProviders": [],
        "_lastSeen": 0,
        "creationDate": START,
    }


def test_me_is_whoever_calls_and_no_service_token_is_anybody(server: TestServer) -> None:
    owner = me(server)
    robot = make_token(server, serviceToken=True)["token"]

    assert (owner["email"], owner["role"], owner["_pendingInvite"]) == (OWNER_EMAIL, "owner", False)
    assert server.get(f"{MANY}/me", as_=robot).status == 404


@pytest.mark.parametrize(
    ("filter_", "found"),
    [
        ("query:LOVE", [ADA]),
        ("query:example.org", [CYN]),
        ("role:admin", [OWNER_EMAIL, ADA]),
        ("role:ops|writer", [BOB, CYN]),
        (f"email:{ADA.upper()}|{CYN}", [ADA, CYN]),
        ("query:example.com,role:ops", [BOB]),
        ("noteam:true", [OWNER_EMAIL, ADA, BOB, CYN]),
        ("noteam:false", []),
        ("team:none", []),
        ('lastSeen:{"never":true}', [BOB, CYN]),
        ('lastSeen:{"noData":true}', [BOB, CYN]),
        ('lastSeen:{"never":false}', [OWNER_EMAIL, ADA]),
        (f'lastSeen:{{"before":{START + 1}}},query:ada', []),
        (f'lastSeen:{{"before":{START + 6000}}},query:ada', [ADA]),
    ],
)
def test_a_list_is_filtered(
    server: TestServer, people: dict[str, Any], filter_: str, found: list[str]
) -> None:
    server.clock.advance(seconds=5)
    server.wired.uses.note(Identity(ANONYMOUS.caller, Actor(member_id=people[ADA]["_id"])))
    server.run(server.wired.uses.save_uses(server.database))

    assert emails(server, filter=filter_) == found


def test_members_are_filtered_by_their_ids(server: TestServer, people: dict[str, Any]) -> None:
    wanted = "|".join(people[email]["_id"] for email in (CYN, ADA))

    assert emails(server, filter=f"id:{wanted}") == [ADA, CYN]


@pytest.mark.parametrize(
    ("check", "found"),
    [
        ("updateOn:proj/default:env/test:flag/checkout", [OWNER_EMAIL, ADA, BOB, CYN]),
        ("updateOn:proj/default:env/production:flag/checkout", [OWNER_EMAIL, ADA, CYN]),
        ("createMember:member/new", [OWNER_EMAIL, ADA]),
    ],
)
def test_up_to_20220603_members_are_filtered_by_what_they_may_do(
    server: TestServer, people: dict[str, Any], check: str, found: list[str]
) -> None:
    assert emails(server, filter=f"accessCheck:{check}") == found
    later = server.get(MANY, query={"filter": f"accessCheck:{check}"}, version="20240415")
    assert (later.status, later.code) == (400, "invalid_request")


@pytest.mark.parametrize(
    "filter_",
    [
        "nothing:x",
        "noteam:perhaps",
        "lastSeen:yesterday",
        'lastSeen:{"since":1}',
        'lastSeen:{"before":"soon"}',
        "accessCheck:updateOn",
        "accessCheck:updateOn:proj/*",
        "accessCheck:updateOn:nothing",
        "query",
    ],
)
def test_a_filter_that_says_nothing_is_refused(server: TestServer, filter_: str) -> None:
    answer = server.get(MANY, query={"filter": filter_})

    assert (answer.status, answer.code) == (400, "invalid_request")


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("displayName", [ADA, CYN, OWNER_EMAIL, BOB]),
        ("-displayName", [BOB, OWNER_EMAIL, CYN, ADA]),
        ("-lastSeen,displayName", [CYN, ADA, OWNER_EMAIL, BOB]),
    ],
)
def test_a_list_is_sorted(server: TestServer, people: dict[str, Any], sort: str, found: list[str]) -> None:
    server.wired.uses.note(Identity(ANONYMOUS.caller, Actor(member_id=people[CYN]["_id"])))
    server.run(server.wired.uses.save_uses(server.database))
    server.write(lambda tx: tx.run("DELETE FROM member_uses WHERE token_id <> ''"))

    assert emails(server, sort=sort) == found
    assert server.get(MANY, query={"sort": "email"}).status == 400


def test_pages_have_20_members_and_links(server: TestServer) -> None:
    for number in range(21):
        invite(server, f"m{number:02}@example.com")

    page = server.get(MANY).json

    assert (len(page["items"]), page["totalCount"]) == (20, 22)
    assert page["_links"]["next"]["href"] == f"{MANY}?limit=20&offset=20"
    assert len(server.get(page["_links"]["next"]["href"]).json["items"]) == 2


@pytest.mark.parametrize(
    ("patch", "shown"),
    [
        ([{"op": "replace", "path": "/role", "value": "writer"}], {"role": "writer"}),
        (
            {"patch": [{"op": "add", "path": "/roleAttributes", "value": {"env": ["a", "b"]}}]},
            {"roleAttributes": {"env": ["a", "b"]}},
        ),
    ],
)
def test_role_and_attributes_are_changed_by_json_patch(server: TestServer, patch: Any, shown: Any) -> None:
    ada = invite(server)

    answer = server.patch(one(ada), patch)

    assert (answer.status, answer.json) == (200, ada | shown)
    assert server.get(one(ada)).json == answer.json


@pytest.mark.parametrize("path", ["/customRoles/0", "/customRoles/-"])
@pytest.mark.parametrize("name", ["key", "_id"])
def test_custom_roles_are_added_by_key_or_id(server: TestServer, path: str, name: str) -> None:
    role = make_role(server)
    ada = invite(server)

    answer = server.patch(one(ada), [{"op": "add", "path": path, "value": role[name]}])

    assert (answer.status, answer.json) == (200, ada | {"customRoles": [role["_id"]]})


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("/email", "new@example.com"),
        ("/firstName", "Eve"),
        ("/_id", "x"),
        ("/_verified", True),
        ("/mfa", "enabled"),
        ("/role", "owner"),
        ("/role", "king"),
        ("/role", None),
        ("/customRoles", ["nothing"]),
        ("/customRoles", "ops"),
        ("/teams", []),
        ("/password", "secret"),
        ("/roleAttributes", {"": ["x"]}),
        ("/roleAttributes", {"a": "x"}),
    ],
)
def test_nothing_else_is_changed(server: TestServer, path: str, value: Any) -> None:
    ada = invite(server)

    answer = server.patch(one(ada), [{"op": "replace", "path": path, "value": value}])

    assert (answer.status, answer.code) == (400, "invalid_request"), answer
    assert server.get(one(ada)).json == ada


def test_who_is_signed_in_changes_the_own_names_and_address_and_a_token_does_not(server: TestServer) -> None:
    changes = {"/firstName": "Olga", "/lastName": "Owner", "/email": " Olga@Example.com"}
    patch = [{"op": "add", "path": path, "value": value} for path, value in changes.items()]
    owner = f"{MANY}/me"
    assert server.patch(owner, patch).status == 400

    answer = server.patch(owner, patch, as_=SESSION)

    assert answer.status == 200, answer
    shown = answer.json
    assert (shown["firstName"], shown["lastName"]) == ("Olga", "Owner")
    assert (shown["email"], shown["_verified"]) == ("olga@example.com", False)
    entry = server.get("/api/v2/auditlog", as_=SESSION).json["items"][0]
    assert entry["description"] == "- Changed the name\n\n- Changed the e-mail address"


@pytest.mark.parametrize(("email", "status"), [(ADA, 409), ("nobody", 400), ("", 400), (None, 400)])
def test_an_address_that_cannot_be_ones_own_is_refused(server: TestServer, email: Any, status: int) -> None:
    invite(server, ADA)
    patch = [{"op": "replace", "path": "/email", "value": email}]

    assert server.patch(f"{MANY}/me", patch, as_=SESSION).status == status
    assert me(server)["email"] == OWNER_EMAIL


def test_nobody_changes_the_own_role_nor_the_owners(server: TestServer) -> None:
    ada = invite(server, role="admin")
    owner, patch = me(server), [{"op": "replace", "path": "/role", "value": "reader"}]

    answers = [
        server.patch(one(owner), patch),
        server.patch(one(owner), patch, as_=token_of(server, ada)),
        server.patch(one(ada), patch, as_=token_of(server, ada)),
    ]

    assert [(answer.status, answer.code) for answer in answers] == [(403, "forbidden")] * 3
    assert server.patch(one(ada), patch).status == 200


def test_a_change_takes_the_action_of_each_member_that_it_touches(server: TestServer) -> None:
    make_role(server)
    ada = invite(server)
    promoter = server.add_token(Statement("allow", resources=("member/*",), actions=("updateRole",)))
    role = {"op": "replace", "path": "/role", "value": "writer"}
    custom = {"op": "add", "path": "/customRoles/-", "value": "ops"}

    assert server.patch(one(ada), [role], as_=promoter).status == 200
    assert server.patch(one(ada), [custom], as_=promoter).status == 403


def test_custom_roles_are_given_by_who_may_give_the_role_to_members(server: TestServer) -> None:
    make_role(server)
    make_role(server, "other")
    ada = invite(server)
    giver = server.add_token(Statement("allow", resources=("role/ops",), actions=("updateMembers",)))

    def give(*keys: str) -> int:
        return server.patch(
            one(ada), [{"op": "replace", "path": "/customRoles", "value": keys}], as_=giver
        ).status

    assert [give("ops"), give("ops", "other"), give("other"), give()] == [200, 403, 403, 200]


def test_a_member_who_may_see_nothing_sees_only_oneself(server: TestServer) -> None:
    invite(server, BOB)
    ada = invite(server, role="no_access")
    secret = token_of(server, ada)

    page = server.get(MANY, as_=secret).json

    assert ([member["email"] for member in page["items"]], page["totalCount"]) == ([ADA], 1)
    assert me(server, as_=secret)["_id"] == ada["_id"]
    assert server.get(f"{MANY}/{me(server)['_id']}", as_=secret).status == 404


def test_a_removed_member_can_do_nothing_from_then_on(server: TestServer) -> None:
    ada = invite(server, role="admin")
    personal, admin = token_of(server, ada, "reader"), token_of(server, ada)
    robot = make_token(server, as_=admin, serviceToken=True)["token"]
    for sql in (
        "INSERT INTO passwords VALUES (:id, 'hash', 1)",
        "INSERT INTO second_factors VALUES (:id, TRUE, 1, 1)",
        "INSERT INTO recovery_codes VALUES (:id, x'00')",
        "INSERT INTO sessions VALUES ('s', x'00', :id, 1, 9e12, '', '')",
        "INSERT INTO preferences VALUES (:id, 'flagColumns', '', '{}', 1)",
    ):
        server.write(lambda tx, sql=sql: tx.run(sql, id=ada["_id"]))
    assert server.get(MANY, as_=personal).status == 200
    server.run(server.wired.uses.save_uses(server.database))

    assert server.delete(one(ada)).status == 204

    assert (server.get(MANY, as_=personal).status, server.get(MANY, as_=robot).status) == (401, 200)
    assert server.get(one(ada)).status == server.delete(one(ada)).status == 404
    personal_tables = (
        "passwords",
        "second_factors",
        "recovery_codes",
        "sessions",
        "member_uses",
        "preferences",
    )
    for table in (*personal_tables, "tokens"):
        body = f"SELECT count(*) FROM {table} WHERE member_id = :id"
        left = 1 if table == "tokens" else 0  # the service token
        assert server.rows(body, id=ada["_id"]) == [(left,)], table
    assert invite(server)["_id"] != ada["_id"]


def test_owner_and_caller_are_not_removed(server: TestServer) -> None:
    ada = invite(server, role="admin")

    answers = [
        server.delete(f"{MANY}/me"),
        server.delete(one(me(server)), as_=token_of(server, ada)),
        server.delete(one(ada), as_=token_of(server, ada)),
    ]

    assert [(answer.status, answer.code) for answer in answers] == [(403, "forbidden")] * 3


@pytest.mark.parametrize("token", [READER, WRITER])
@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_only_those_who_administer_members_change_them(server: TestServer, method: str, token: str) -> None:
    ada = invite(server)
    body = {
        "POST": [{"email": BOB, "role": "reader"}],
        "PATCH": [{"op": "replace", "path": "/role", "value": "admin"}],
        "DELETE": None,
    }[method]

    answer = server.request(method, MANY if method == "POST" else one(ada), json=body, as_=token)

    assert (answer.status, answer.code) == (403, "forbidden")


def test_the_audit_log_tells_of_a_member_and_forgets_the_name_of_who_is_removed(server: TestServer) -> None:
    ada = invite(server, firstName="Ada", lastName="Lovelace")
    server.patch(one(ada), [{"op": "replace", "path": "/role", "value": "writer"}])
    server.get("/api/v2/members", as_=token_of(server, ada))
    spec = {"spec": f"member/{ada['_id']}"}

    changed, invited = server.get("/api/v2/auditlog", query=spec).json["items"]
    assert [changed["titleVerb"], invited["titleVerb"]] == ["updated the member", "invited the member"]
    assert (changed["name"], changed["target"]["name"]) == ("Ada Lovelace", "Ada Lovelace")
    assert "[Ada Lovelace]" in changed["title"]
    assert changed["description"] == "- Changed the role from ~~`reader`~~ to `writer`"
    assert [access["action"] for access in changed["accesses"]] == ["updateRole"]
    assert len(server.get("/api/v2/auditlog", query={"q": "lovelace"}).json["items"]) == 2

    server.delete(one(ada))

    removed, *others = server.get("/api/v2/auditlog", query=spec).json["items"]
    assert {entry["name"] for entry in (removed, *others)} == {"a former member"}
    details = [server.get(f"/api/v2/auditlog/{entry['_id']}").body for entry in (removed, *others)]
    stored = str(recorded(server)) + str(details)
    assert not any(word in stored for word in ("Lovelace", "ada@example.com"))


def test_a_flag_of_a_removed_maintainer_stays_as_it_is(server: TestServer) -> None:
    ada = invite(server)
    flag = {"key": "checkout", "name": "Checkout", "maintainerId": ada["_id"]}
    assert server.post("/api/v2/flags/default", flag).json["_maintainer"]["email"] == ADA

    server.delete(one(ada))

    shown = server.get("/api/v2/flags/default/checkout").json
    assert (shown["maintainerId"], "_maintainer" in shown) == (ada["_id"], False)
    renamed = server.instruct("/api/v2/flags/default/checkout", {"kind": "updateName", "value": "Pay"})
    assert renamed.status == 200


def test_a_deleted_role_is_taken_from_members(server: TestServer) -> None:
    make_role(server)
    ada = invite(server, role="writer", customRoles=["ops"])

    server.delete("/api/v2/roles/ops")

    assert server.get(one(ada)).json["customRoles"] == []
