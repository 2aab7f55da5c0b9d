"""Environments and their keys in the database, and what others do when one is made or deleted."""

from collections.abc import Callable

import msgspec

from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.model import Project
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import Conflict, NotFound
from flagstaff.storage.audit import Actor, Entry
from flagstaff.storage.changes import save_change
from flagstaff.storage.credentials import MOBILE, SDK, forget_credentials, replace_credential
from flagstaff.storage.documents import Documents, Write
from flagstaff.storage.publishing import forget_environment
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.tags import index_tags
from flagstaff.storage.transaction import CredentialChange, Transaction

ENVIRONMENTS = Documents(
    "environments",
    Environment,
    lambda environment: {
        "id": environment.id,
        "project_id": environment.project_id,
        "key": environment.key,
        "name": environment.name,
        "created": environment.created,
        "critical": environment.critical,
        "position": environment.position,
    },
    remembered=1_024,
)


class Origin(msgspec.Struct, frozen=True):
    """Where a new environment belongs, and which one it is a clone of, if any."""

    project: Project
    environment: Environment
    source: Environment | None


class KeyReset(msgspec.Struct, frozen=True):
    """Which key is replaced, SDK or MOBILE, by whom, and until when the old one works (0: no longer)."""

    kind: str
    actor: Actor
    expires: Millis = 0


# Filled by hooks.py: flags and segments of a new environment are made, those of a deleted one removed.
on_environment_created: list[Callable[[Transaction, Origin], None]] = []
on_environment_deleted: list[Callable[[Transaction, Environment], None]] = []


def get_environment(tx: Transaction, project: Project, key: str) -> Environment:
    """The environment with that key; raises NotFound."""
    environment = find_environment(tx, project, key)
    if environment is None:
        raise NotFound(f"Unknown environment key {key[:100]}")
    return environment


def find_environment(tx: Transaction, project: Project, key: str) -> Environment | None:
    return ENVIRONMENTS.find(tx, "project_id = :project AND key = :key", project=project.id, key=key)


def list_environments(tx: Transaction, project: Project) -> list[Environment]:
    """Every environment of a project, in the order in which they were made."""
    return ENVIRONMENTS.list(tx, "project_id = :project ORDER BY position", project=project.id)


def next_position(tx: Transaction, project: Project) -> int:
    """Where a new environment stands: after all others, whichever of them were deleted."""
    row = tx.one("SELECT max(position) FROM environments WHERE project_id = :project", project=project.id)
    return 0 if row is None or row[0] is None else int(row[0]) + 1


def create_environment(tx: Transaction, origin: Origin, actor: Actor, key: SecretKey) -> Environment:
    """Store a new environment with fresh keys and whatever must exist in it; raises Conflict."""
    project, environment = origin.project, origin.environment
    if find_environment(tx, project, environment.key) is not None:
        raise Conflict(f"An environment with the key {environment.key} already exists")
    entry = _entry(project, environment, "created the environment", "createEnvironment", actor)
    sdk_key, mobile_key = tx.ids.secret("sdk"), tx.ids.secret("mob")
    environment = msgspec.structs.replace(
        environment, sdk_key_ending=sdk_key[-4:], mobile_key_ending=mobile_key[-4:]
    )
    save_change(tx, entry, [Write(ENVIRONMENTS, None, environment)])
    replace_credential(tx, environment.id, SDK, sdk_key, key)
    replace_credential(tx, environment.id, MOBILE, mobile_key, key)
    index_tags(tx, "environment", environment.id, project.id, environment.tags)
    for make in on_environment_created:
        make(tx, origin)
    return environment


def save_environment(tx: Transaction, before: Environment, after: Environment, entry: Entry) -> None:
    """Store a changed environment."""
    save_change(tx, entry, [Write(ENVIRONMENTS, before, after)])
    if before.secure_mode != after.secure_mode:
        tx.effects.append(CredentialChange(after.id))
    index_tags(tx, "environment", after.id, after.project_id, after.tags)


def reset_key(
    tx: Transaction, project: Project, before: Environment, reset: KeyReset, key: SecretKey
) -> Environment:
    """Give the environment a new SDK or mobile key, encrypted with `key`."""
    is_sdk = reset.kind == SDK
    secret = tx.ids.secret("sdk" if is_sdk else "mob")
    ending = {"sdk_key_ending" if is_sdk else "mobile_key_ending": secret[-4:]}
    after = msgspec.structs.replace(before, version=before.version + 1, **ending)
    verb, action = ("SDK", "updateApiKey") if is_sdk else ("mobile", "updateMobileKey")
    entry = _entry(project, before, f"reset the {verb} key of", action, reset.actor)
    save_change(tx, entry, [Write(ENVIRONMENTS, before, after)])
    replace_credential(tx, before.id, reset.kind, secret, key, expires=reset.expires)
    return after


def delete_environment(tx: Transaction, project: Project, environment: Environment, actor: Actor) -> None:
    """Delete an environment with its keys and everything in it; raises Conflict for a project's last one."""
    if len(list_environments(tx, project)) == 1:
        raise Conflict("The last environment of a project cannot be deleted")
    entry = _entry(project, environment, "deleted the environment", "deleteEnvironment", actor)
    remove_contents(tx, environment)
    save_change(tx, entry, [Write(ENVIRONMENTS, environment, None)])


def delete_environments(tx: Transaction, project: Project) -> None:
    """Remove the environments of a project that is being deleted: they need no entries of their own."""
    for environment in list_environments(tx, project):
        remove_contents(tx, environment)
    tx.run("DELETE FROM environments WHERE project_id = :project", project=project.id)


def remove_contents(tx: Transaction, environment: Environment) -> None:
    """Remove all that an environment has: what slices keep in it, its keys, what SDKs saw of it."""
    for remove in on_environment_deleted:
        remove(tx, environment)
    forget_credentials(tx, environment.id)
    forget_environment(tx, environment.id)
    index_tags(tx, "environment", environment.id, environment.project_id, ())


def _entry(project: Project, environment: Environment, verb: str, action: str, actor: Actor) -> Entry:
    return Entry(
        kind="environment",
        name=environment.name,
        title_verb=verb,
        description="",
        accesses=((action, environment.resource(project).text),),
        actor=actor,
    )
