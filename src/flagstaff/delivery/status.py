"""What scripts that watch a Relay Proxy ask at `/status`: is all well, and how is an environment.

A Relay Proxy names its environments to everybody; here who shows an SDK key learns of its environment alone.
"""

import re
from functools import cache, partial
from importlib.metadata import version

import msgspec
from falcon.asgi import Request, Response

from flagstaff.delivery.delivery import Delivery
from flagstaff.delivery.keyring import read_key
from flagstaff.features.projects.environments.store import ENVIRONMENTS
from flagstaff.features.projects.store import PROJECTS
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import NotFound, Unavailable
from flagstaff.storage.transaction import Transaction

SHOWN = 5  # the last characters of a key, which tell it from others


class State(msgspec.Struct, frozen=True, rename="camel"):
    """How something is, and since when."""

    state: str
    state_since: Millis


class EnvironmentStatus(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """An environment whose flags are at hand."""

    sdk_key: str
    env_id: str
    env_key: str
    env_name: str
    proj_key: str
    proj_name: str
    status: str = "connected"
    connection_status: State
    data_store_status: State


class Status(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """The answer; `environments` by name of project and environment."""

    environments: dict[str, EnvironmentStatus]
    status: str
    version: str
    client_version: str


async def get_status(request: Request, response: Response, delivery: Delivery, _: dict[str, str]) -> None:
    """Healthy, or degraded where the database cannot be read; raises Unauthorized for a wrong key."""
    authorization = request.get_header("Authorization")
    environments: dict[str, EnvironmentStatus] = {}
    status = "healthy"
    try:
        if authorization is None:
            await delivery.database.read(lambda tx: tx.one("SELECT 1"))
        else:
            credential, _snapshot = await delivery.admission.get(authorization)
            since = State("VALID", delivery.begun)
            read = partial(
                _read_environment,
                environment_id=credential.environment_id,
                sdk_key=obscure(read_key(authorization)),
                since=since,
            )
            shown = await delivery.database.read(read)
            environments[f"{shown.proj_name} {shown.env_name}"] = shown
    except Unavailable:
        status = "degraded"
    answer = Status(
        environments=environments, status=status, version=_read_release(), client_version=_read_release()
    )
    response.content_type = "application/json"
    response.set_header("Cache-Control", "no-cache")
    response.data = msgspec.json.encode(answer)


def obscure(key: str) -> str:
    """The key with stars in place of what is secret, as Relay Proxies write it."""
    kind, dash, rest = key.rpartition("sdk-")
    return kind + dash + re.sub("[^-]", "*", rest[:-SHOWN]) + rest[-SHOWN:]


@cache
def _read_release() -> str:
    """The version of the package, which is looked up in files."""
    return version("flagstaff")


def _read_environment(
    tx: Transaction, *, environment_id: str, sdk_key: str, since: State
) -> EnvironmentStatus:
    environment = ENVIRONMENTS.find(tx, "id = :id", id=environment_id)
    project = environment and PROJECTS.find(tx, "id = :id", id=environment.project_id)
    if environment is None or project is None:  # deleted since its key was looked up
        raise NotFound
    return EnvironmentStatus(
        sdk_key=sdk_key,
        env_id=environment.id,
        env_key=environment.key,
        env_name=environment.name,
        proj_key=project.key,
        proj_name=project.name,
        connection_status=since,
        data_store_status=since,
    )
