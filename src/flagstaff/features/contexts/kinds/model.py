"""Context kinds: what a project calls the things that it evaluates flags for. `user` is always there."""

import re

import msgspec

from flagstaff.access.specifiers import Resource
from flagstaff.features.projects.model import Project
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import InvalidRequest

USER = "user"
DEFAULT, SEEN, MANUAL = "default", "auto-add", "manual"  # how a kind came about
LONGEST_DESCRIPTION = 5_000
KIND = re.compile(r"[a-zA-Z0-9._-]{1,256}")


class ContextKind(msgspec.Struct, frozen=True, kw_only=True):
    """What people say about a kind; one that nobody has said anything about is known from events only."""

    id: str
    project_id: str
    key: str
    name: str
    description: str = ""
    archived: bool = False
    created_from: str = MANUAL
    creation_date: Millis
    last_modified: Millis
    version: int = 1


def check_context_kind(kind: str) -> str:
    """Return `kind`, or raise InvalidRequest unless a context may be of it."""
    if not KIND.fullmatch(kind) or kind in {"kind", "multi"}:
        raise InvalidRequest(
            f"context kind {kind[:80]!r} must consist of letters, digits, '.', '_' and '-', "
            "and be neither 'kind' nor 'multi'"
        )
    return kind


def check_kind_description(description: str) -> str:
    """Return the description of a kind, or raise InvalidRequest for one that is too long."""
    if len(description) > LONGEST_DESCRIPTION:
        raise InvalidRequest(
            f"a description must not be longer than {LONGEST_DESCRIPTION:,} characters - at `$.description`"
        )
    return description


def kind_resource(project: Project, key: str) -> Resource:
    """What policies call the kind of that key."""
    return project.resource.child("context-kind", key)


def default_kind(project: Project) -> ContextKind:
    """The kind `user` as every project has it before anybody changes it; it has no id yet."""
    return ContextKind(
        id="",
        project_id=project.id,
        key=USER,
        name="User",
        created_from=DEFAULT,
        creation_date=project.created,
        last_modified=project.created,
    )


def seen_kind(project: Project, key: str, first_seen: Millis) -> ContextKind:
    """A kind that SDKs have sent and nobody has said anything about; it has no id yet."""
    return ContextKind(
        id="",
        project_id=project.id,
        key=key,
        name=key,
        created_from=SEEN,
        creation_date=first_seen,
        last_modified=first_seen,
    )
