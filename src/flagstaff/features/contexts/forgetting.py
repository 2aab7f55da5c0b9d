"""Forgetting who was seen: asked for in a unit of the main database, done in the event store by a job."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any

from flagstaff.access.specifiers import Resource
from flagstaff.features.contexts.kinds.model import USER
from flagstaff.features.contexts.model import instance_id, keys_of_instance
from flagstaff.features.projects.environments.model import Environment
from flagstaff.http.call import Call
from flagstaff.http.operations import Edge
from flagstaff.http.requests import Received
from flagstaff.storage.audit import Entry
from flagstaff.storage.events.transaction import EventTransaction
from flagstaff.storage.jobs import Job, enqueue
from flagstaff.storage.transaction import SqlValue, Transaction

JOB = "forget-contexts"
WriteEvents = Callable[[Callable[[EventTransaction], None]], Awaitable[None]]
FIND = (
    "SELECT environments.id FROM environments JOIN projects ON projects.id = project_id "
    "WHERE projects.key = :project AND environments.key = :environment"
)
INSTANCES_OF = (
    "SELECT instance_id FROM instance_contexts "
    "WHERE environment_id = :environment AND kind = :kind AND key = :key"
)


def forget_instance(tx: Transaction, environment: Environment, instance: str) -> None:
    """Have the contexts that were evaluated together under this id forgotten."""
    _enqueue(tx, environment, {"instance": instance})


def forget_context(tx: Transaction, environment: Environment, kind: str, key: str) -> None:
    """Have a context forgotten, with all that it was evaluated together with."""
    _enqueue(tx, environment, {"kind": kind, "key": key})


async def run_forgetting(write: WriteEvents, arguments: dict[str, Any]) -> None:
    """The job: nothing is left of what it names. May be run again."""
    await write(partial(_forget, arguments=arguments))


def describe_forgetting(call: Call, verb: str, action: str, resource: Resource) -> Entry:
    """The audit entry of what the call has forgotten."""
    last = resource.segments[-1]
    kind = "environment" if last.type == "env" else last.type
    return Entry(
        kind=kind,
        name=last.name,
        title_verb=verb,
        description="",
        accesses=((action, resource.text),),
        actor=call.actor,
    )


async def prepare_instance(edge: Edge, received: Received) -> bool:
    """Whether the instance in the path was seen."""
    return await _is_known(edge, received, "context_instances WHERE id = :key", received.path["id"])


async def prepare_user(edge: Edge, received: Received) -> bool:
    """Whether the user in the path was seen."""
    table = f"contexts WHERE kind = '{USER}' AND key = :key"
    return await _is_known(edge, received, table, received.path["userKey"])


async def _is_known(edge: Edge, received: Received, table: str, key: str) -> bool:
    place = received.path

    def find(tx: Transaction) -> bool:
        found = tx.one(FIND, project=place["projectKey"], environment=place["environmentKey"])
        if found is None:
            return False
        sql = f"SELECT 1 FROM {table} AND environment_id = :environment"
        return tx.events.one(sql, environment=found[0], key=key) is not None

    return await edge.database.read(find)


def _enqueue(tx: Transaction, environment: Environment, arguments: dict[str, Any]) -> None:
    enqueue(
        tx,
        Job(
            kind=JOB,
            project_id=environment.project_id,
            subject=environment.key,
            arguments={"environment": environment.id, **arguments},
        ),
    )


def _forget(tx: EventTransaction, arguments: dict[str, Any]) -> None:
    environment_id = arguments["environment"]
    if "instance" in arguments:
        _forget_instance(tx, environment_id, arguments["instance"])
        return
    kind, key = arguments["kind"], arguments["key"]
    together = tx.all(INSTANCES_OF, environment=environment_id, kind=kind, key=key)
    for instance in (instance_id({kind: key}), *(row[0] for row in together)):
        _forget_instance(tx, environment_id, instance)
    _delete(tx, "contexts WHERE environment_id = ? AND kind = ? AND key = ?", environment_id, kind, key)


def _forget_instance(tx: EventTransaction, environment_id: str, instance: str) -> None:
    _delete(tx, "context_instances WHERE environment_id = ? AND id = ?", environment_id, instance)
    member = "instance_contexts WHERE environment_id = ? AND kind = ? AND key = ? AND instance_id = ?"
    for kind, key in keys_of_instance(instance).items():
        _delete(tx, member, environment_id, kind, key, instance)


def _delete(tx: EventTransaction, what: str, *values: SqlValue) -> None:
    tx.run(f"DELETE FROM {what}", values)
