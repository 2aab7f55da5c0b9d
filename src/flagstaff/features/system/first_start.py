"""The first start: the account with its owner and first token, and the project that everybody begins with."""

from dataclasses import dataclass

from flagstaff.features.accounts import store as accounts
from flagstaff.features.accounts.model import Member, Token
from flagstaff.features.accounts.tokens.store import save_token
from flagstaff.features.projects import store as projects
from flagstaff.features.projects.environments import store as environments
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.model import Project
from flagstaff.features.projects.operations import FIRST_ENVIRONMENTS
from flagstaff.storage.audit import Actor, Entry
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import Transaction


@dataclass(frozen=True)
class Owner:
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
    entry = Entry(
        kind="project",
        name=project.name,
        title_verb="created the project",
        description="",
        accesses=(("createProject", project.resource.text),),
        actor=actor,
    )
    projects.save_project(tx, None, project, entry)
    for position, post in enumerate(FIRST_ENVIRONMENTS):
        environment = Environment(
            id=tx.ids.object_id(),
            project_id=project.id,
            key=post.key,
            name=post.name,
            color=post.color,
            position=position,
            created=tx.now,
        )
        origin = environments.Origin(project, environment, None)
        environments.create_environment(tx, origin, actor, key)
    return project


def new_token(tx: Transaction, member: Member, name: str, secret: str, role: str = "admin") -> Token:
    """An access token with a built-in role, before it is stored."""
    return Token(
        id=tx.ids.object_id(), member_id=member.id, name=name, ending=secret[-4:], role=role, created=tx.now
    )
