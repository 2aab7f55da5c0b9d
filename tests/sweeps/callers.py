"""One caller of each kind in the world of the sweeps; what each may do is written down in `callers.txt`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from flagstaff.access.policies import Statement
from flagstaff.features.accounts.authorizations.model import ACCESS, Grant
from flagstaff.features.accounts.authorizations.store import add_grant, drop_grant, issue_token
from flagstaff.features.accounts.members.store import remove_member
from flagstaff.features.accounts.model import Member, Token
from flagstaff.features.accounts.roles.model import Base, Role
from flagstaff.features.accounts.roles.store import ROLES
from flagstaff.features.accounts.sessions.model import LIFETIME, Session
from flagstaff.features.accounts.sessions.store import add_session
from flagstaff.features.accounts.store import MEMBERS, SYSTEM
from flagstaff.features.accounts.tokens.store import delete_token, replace_secret, save_token
from flagstaff.storage.audit import Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.documents import Write
from flagstaff.storage.transaction import Transaction
from tests.support.client import NOBODY, OWNER
from tests.support.server import TestServer
from tests.sweeps.examples import PROGRAM

TABLES = Path(__file__).parent


def allow(actions: str, *resources: str) -> Statement:
    return Statement("allow", resources=resources, actions=tuple(actions.split()))


def deny(actions: str, *resources: str) -> Statement:
    return Statement("deny", resources=resources, actions=tuple(actions.split()))


IN_ENVIRONMENTS = tuple(f"proj/*:env/*{rest}" for rest in ("", ":flag/*", ":segment/*", ":user/*"))
IN_PRODUCTION = tuple(text.replace("env/*", "env/production") for text in IN_ENVIRONMENTS)

ROLE_OF: dict[str, tuple[Base, tuple[Statement, ...]]] = {
    "toggler": ("reader", (allow("updateOn", "proj/*:env/test:flag/*;ops"),)),
    "outside": ("reader", (allow("*", "proj/*", *IN_ENVIRONMENTS), deny("*", *IN_PRODUCTION))),
    "sees": ("no_access", (allow("viewProject", "proj/default"),)),
    "placed": ("reader", (allow("updateOn", "proj/*:env/${roleAttribute/places}:flag/*"),)),
}
"""Custom roles: toggles flags tagged `ops` in `test` and sees the rest; may do all but in production; sees
the one project and nothing else; toggles flags in the environments that an attribute of the member names."""

ROBOT = (allow("*", "proj/default:env/test:flag/*"), deny("viewProject", "proj/spare"))


@dataclass(frozen=True)
class Kind:
    """A kind of caller: how its secret is made in the world, and what it is."""

    says: str
    make: Callable[[TestServer], str]


def make_member(tx: Transaction, name: str, role: str, custom: tuple[Role, ...] = ()) -> Member:
    """A member of that built-in role, or of custom ones in its place. Their place is `test`."""
    member = Member(
        id=tx.ids.object_id(),
        email=f"{name}@example.com",
        role=role,
        custom_roles=tuple(held.id for held in custom),
        role_attributes={"places": ("test",)} if custom else {},
        created=tx.now,
    )
    entry = Entry(
        "member", name, "invited the member", "", (("createMember", f"member/{member.id}"),), SYSTEM
    )
    save_change(tx, entry, [*(Write(ROLES, None, held) for held in custom), Write(MEMBERS, None, member)])
    return member


def make_token(tx: Transaction, secret: str, member_id: str, **bound: object) -> Token:
    token = Token(
        id=tx.ids.object_id(),
        member_id=member_id,
        name="Sweep",
        ending=secret[-4:],
        created=tx.now,
        **(bound or {"role": "admin"}),  # type: ignore[arg-type]
    )
    save_token(tx, token, secret)
    return token


def of_member(role: str) -> Callable[[TestServer], str]:
    """A token that is itself as wide as can be, of a member who has that role."""

    def unit(tx: Transaction, secret: str) -> None:
        custom: tuple[Role, ...] = ()
        if role in ROLE_OF:
            base, statements = ROLE_OF[role]
            key, found = f"sweep-{role}", tx.ids.object_id()
            custom = (Role(id=found, key=key, name=key, statements=statements, base=base, created=tx.now),)
        member = make_member(tx, f"sweep-{role}", "reader" if custom else role, custom)
        make_token(tx, secret, member.id)

    return _made(unit)


def _made(unit: Callable[[Transaction, str], object], prefix: str = "api") -> Callable[[TestServer], str]:
    def make(server: TestServer) -> str:
        secret = server.database.ids.secret(prefix)
        server.write(lambda tx: unit(tx, secret))
        return secret

    return make


def _robot(tx: Transaction, secret: str) -> None:
    make_token(tx, secret, "gone", service=True, inline_policy=ROBOT)


def _narrow(tx: Transaction, secret: str) -> None:
    member = make_member(tx, "sweep-narrow", "admin")
    make_token(tx, secret, member.id, role="reader")


def _revoked(tx: Transaction, secret: str) -> None:
    member = make_member(tx, "sweep-revoked", "admin")
    delete_token(tx, make_token(tx, secret, member.id))


def _expired(tx: Transaction, secret: str) -> None:
    token = make_token(tx, secret, make_member(tx, "sweep-expired", "admin").id)
    renewed = msgspec.structs.replace(token, version=2)
    replace_secret(tx, token, renewed, tx.ids.secret("api"), expires=tx.now, actor=SYSTEM)


def _removed(tx: Transaction, secret: str) -> None:
    member = make_member(tx, "sweep-removed", "admin")
    make_token(tx, secret, member.id)
    entry = Entry(
        "member", "removed", "deleted the member", "", (("deleteMember", f"member/{member.id}"),), SYSTEM
    )
    save_change(tx, entry, [Write(MEMBERS, member, None)])


def _session(tx: Transaction, secret: str) -> Member:
    member = make_member(tx, f"sweep-{secret}", "admin")
    session = Session(
        id=tx.ids.object_id(),
        member_id=member.id,
        created=tx.now,
        expires=tx.now + LIFETIME,
        address="127.0.0.1",
        user_agent="A browser",
    )
    add_session(tx, session, secret)
    return member


def _signed_out(tx: Transaction, secret: str) -> None:
    """The member is removed as the operation does it, while the session is open."""
    member = _session(tx, secret)
    access = (("deleteMember", f"member/{member.id}"),)
    remove_member(tx, member, Entry("member", member.id, "deleted the member", "", access, SYSTEM))


def _program(server: TestServer) -> str:
    """An access token of a program that an admin lets do what the scope `writer` does."""
    return server.write(lambda tx: _authorize(tx)[1])


def _dropped(server: TestServer) -> str:
    """One whose authorization the admin has taken back."""

    def unit(tx: Transaction) -> str:
        grant_id, secret = _authorize(tx)
        drop_grant(tx, grant_id)
        return secret

    return server.write(unit)


def _authorize(tx: Transaction) -> tuple[str, str]:
    member = make_member(tx, f"sweep-{tx.ids.object_id()}", "admin")
    grant = Grant(
        id=tx.ids.object_id(),
        client_id=PROGRAM.id,
        member_id=member.id,
        scope="writer",
        redirect_uri="",
        code_expires=tx.now + 60_000,
        code_used=True,
        created=tx.now,
    )
    add_grant(tx, grant)
    return grant.id, issue_token(tx, grant.id, ACCESS, grant.scope)


KINDS = {
    "owner": Kind("the token of the account's owner", lambda _: OWNER),
    "admin": Kind("an admin", of_member("admin")),
    "writer": Kind("a writer whose token is an admin's: capped by its member", of_member("writer")),
    "reader": Kind("a reader whose token is an admin's: capped by its member", of_member("reader")),
    "narrow": Kind("an admin whose token is a reader's: capped by itself", _made(_narrow)),
    "no_access": Kind("a member with the base role no_access", of_member("no_access")),
    "toggler": Kind("a role that toggles flags tagged `ops` in `test`", of_member("toggler")),
    "outside": Kind(
        "a role that may do anything in projects, but nothing in production", of_member("outside")
    ),
    "sees": Kind("a role without base that sees the project `default`", of_member("sees")),
    "placed": Kind("a role that toggles flags where an attribute of the member says", of_member("placed")),
    "program": Kind("an OAuth application that an admin lets do what a writer does", _program),
    "session": Kind("an admin in person, signed in", _made(_session, "session")),
    "robot": Kind("a service token with a policy of its own: all of flags in `test`", _made(_robot)),
    "revoked": Kind("a token that was deleted", _made(_revoked)),
    "expired": Kind("a secret that was replaced and has expired", _made(_expired)),
    "removed": Kind("a token whose member was removed", _made(_removed)),
    "dropped": Kind("an OAuth application whose authorization was taken back", _dropped),
    "sign-out": Kind("an open session whose member was removed", _made(_signed_out, "session")),
    "sdk": Kind("an SDK key", lambda server: server.sdk_key()),
    "mobile": Kind("a mobile key", lambda server: server.mobile_key()),
    "client": Kind("a client-side ID", lambda server: str(server.rows("SELECT id FROM environments")[0][0])),
    "nobody": Kind("no credential", lambda _: NOBODY),
}


def read_table(name: str) -> dict[str, dict[str, str]]:
    """What each kind of caller meets, by the first word of each line of that file."""
    text = (TABLES / name).read_text()
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    _, *kinds = lines[0]
    return {first: dict(zip(kinds, cells, strict=True)) for first, *cells in lines[1:]}


def write_line(first: str, cells: Iterable[object]) -> str:
    """A line of such a file, for the message of a failure: to be judged by a person, then copied."""
    return f"{first:<44}" + "".join(f"{cell!s:<10}" for cell in cells).rstrip()
