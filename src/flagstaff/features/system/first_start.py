"""The first start: the account with its owner and first token, and the project that everybody begins with."""

import msgspec

from flagstaff.features.accounts import store as accounts
from flagstaff.features.accounts.model import Member, Token
from flagstaff.features.accounts.tokens.store import save_token
from flagstaff.features.projects import store as projects
from flagstaff.features.projects.environments.operations import make_environment
from flagstaff.features.projects.environments.store import Origin, create_environment
from flagstaff.features.projects.model import Project
from flagstaff.features.projects.operations import FIRST_ENVIRONMENTS
from flagstaff.storage.audit import Actor
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import Transaction


class Owner(msgspec.Struct, frozen=True):
    """Who the owner is, and the secret of the first access token."""

    email: str
    password_hash: str
    token: str


def create_installation(tx: Transaction, owner: Owner, key: SecretKey) -> Project:
    """Make the account and the project `default` with two environments; raises Conflict if they exist."""
    member = accounts.create_account(tx, owner.email, owner.password_hash)
    save_token(tx, new_token(tx, member, "First token", owner.token), owner.token)
    actor = Actor(member_id=member.id)
    project = Project(id=tx.ids.object_id(), key="default", name="Default", created=tx.now)
    projects.create_project(tx, project, actor)
    for post in FIRST_ENVIRONMENTS:
        origin = Origin(project, make_environment(tx, project, post), None)
        create_environment(tx, origin, actor, key)
    return project


def new_token(tx: Transaction, member: Member, name: str, secret: str, role: str = "admin") -> Token:
    """An access token with a built-in role, before it is stored."""
    return Token(
        id=tx.ids.object_id(), member_id=member.id, name=name, ending=secret[-4:], role=role, created=tx.now
    )
