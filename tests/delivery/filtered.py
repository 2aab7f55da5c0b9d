"""Payload filters of an environment that a test publishes in."""

from flagstaff.features.projects.payload_filters.model import PayloadFilter
from flagstaff.features.projects.payload_filters.store import FILTERS
from flagstaff.storage.documents import Write, apply_write
from flagstaff.storage.transaction import Transaction
from tests.delivery.serving import Environment


def put_filter(environment: Environment, *flag_keys: str, key: str = "web") -> None:
    """Make or change a filter; its project has the id of the environment."""

    def unit(tx: Transaction) -> None:
        before = _find(tx, environment, key)
        version = before.version + 1 if before else 1
        after = PayloadFilter(
            id=f"{environment.id}.{key}",
            project_id=environment.id,
            key=key,
            name="Web",
            flag_keys=flag_keys,
            version=version,
        )
        apply_write(tx, Write(FILTERS, before, after))
        tx.touched.add(environment.id)

    environment.server.write(unit)


def delete_filter(environment: Environment, key: str = "web") -> None:
    def unit(tx: Transaction) -> None:
        apply_write(tx, Write(FILTERS, _find(tx, environment, key), None))
        tx.touched.add(environment.id)

    environment.server.write(unit)


def _find(tx: Transaction, environment: Environment, key: str) -> PayloadFilter | None:
    return FILTERS.find(tx, "project_id = :project AND key = :key", project=environment.id, key=key)
