"""Persistent stores of big segments from model to wire."""

from flagstaff.features.integrations.big_segment_stores.model import REDIS, BigSegmentStore, show_config
from flagstaff.features.integrations.big_segment_stores.schemas import BigSegmentStoreRep, StoreStatusRep
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.model import Project
from flagstaff.kernel.links import Link

EVERY = "/api/v2/integration-capabilities/big-segment-store"


def represent_store(
    project: Project, environment: Environment, found: BigSegmentStore, status: StoreStatusRep
) -> BigSegmentStoreRep:
    """A store with its links; of its password only what may be shown."""
    parent = f"{EVERY}/{project.key}/{environment.key}/{REDIS}"
    home = f"/api/v2/projects/{project.key}"
    return BigSegmentStoreRep(
        links={
            "self": Link(f"{parent}/{found.id}"),
            "parent": Link(EVERY),
            "project": Link(home),
            "environment": Link(f"{home}/environments/{environment.key}"),
        },
        id=found.id,
        integration_key=REDIS,
        project_key=project.key,
        environment_key=environment.key,
        config=show_config(found.config),
        on=found.on,
        tags=found.tags,
        name=found.name,
        version=found.version,
        status=status,
    )
