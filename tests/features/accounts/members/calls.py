"""Members over HTTP, as tests invite them and call as them."""

from typing import Any

from tests.support.client import SEMANTIC, Answer
from tests.support.server import TestServer

MANY = "/api/v2/members"


def invite(server: TestServer, email: str = "ada@example.com", **members: Any) -> Any:
    """A new member: a reader unless it says otherwise."""
    roles = {"customRoles", "teamKeys", "role"} & members.keys()
    answer = server.post(MANY, [{"email": email, **({} if roles else {"role": "reader"}), **members}])
    assert answer.status == 201, answer
    shown = answer.json["items"][0]
    shown["_links"].pop("invitation")
    return shown


def token_of(server: TestServer, member: Any, role: str = "owner") -> str:
    """The secret of a personal token of that member, which bounds nothing unless it says so."""
    return server.add_token(member_id=member["_id"], role=role)


def one(member: Any) -> str:
    return f"{MANY}/{member['_id']}"


def patch_all(server: TestServer, *instructions: Any, **how: Any) -> Answer:
    """Instructions for many members."""
    how = {"version": "beta", "content_type": SEMANTIC} | how
    return server.request("PATCH", MANY, json={"instructions": instructions}, **how)


def me(server: TestServer, **how: Any) -> Any:
    return server.get(f"{MANY}/me", **how).json
