"""Applications and their versions as the REST API shows them."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from msgspec import UNSET

from flagstaff.features.usage.applications.model import MOBILE, Application, ApplicationVersion
from flagstaff.features.usage.applications.schemas import (
    ApplicationRep,
    ApplicationVersionRep,
    EvaluatedFlagRep,
    EvaluatedFlagsRep,
)
from flagstaff.kernel.links import Link, Links, site

MANY = "/api/v2/applications"


def application_path(key: str) -> str:
    """Where an application is shown."""
    return f"{MANY}/{quote(key, safe='')}"


def represent_application(
    application: Application, name: str, flags: EvaluatedFlagsRep | None = None
) -> ApplicationRep:
    """Show an application under the name that SDKs gave it, with its flags where they are expanded."""
    path = application_path(application.key)
    kind: Any = application.kind
    return ApplicationRep(
        flags=UNSET if flags is None else flags,
        links={"parent": Link(MANY), "self": Link(path), "versions": Link(f"{path}/versions")},
        version=application.version,
        auto_added=True,  # there is no other way for them to come about
        creation_date=application.created,
        description=application.description,
        key=application.key,
        kind=kind,
        name=name or application.key,
    )


def represent_version(version: ApplicationVersion, name: str, kind: str) -> ApplicationVersionRep:
    """Show a version of an application of a kind, under the name that SDKs gave it."""
    parent = f"{application_path(version.application_key)}/versions"
    return ApplicationVersionRep(
        links={"parent": Link(parent), "self": Link(f"{parent}/{quote(version.key, safe='')}")},
        version=version.version,
        auto_added=True,
        creation_date=version.created,
        key=version.key,
        name=name or version.key,
        supported=version.supported if kind == MOBILE else UNSET,
    )


def represent_flag(project_key: str, environment_key: str, key: str, name: str) -> EvaluatedFlagRep:
    """Show a flag that was evaluated in an environment."""
    return EvaluatedFlagRep(
        name=name,
        key=key,
        links={"self": Link(f"/api/v2/flags/{project_key}/{key}")},
        site=site(project_key, environment_key, "features", key),
    )


def represent_flags(application_key: str, flags: Sequence[EvaluatedFlagRep]) -> EvaluatedFlagsRep:
    """Show the flags that an application has evaluated."""
    links: Links = {"self": Link(f"{application_path(application_key)}?expand=flags")}
    return EvaluatedFlagsRep(items=list(flags), total_count=len(flags), links=links)
