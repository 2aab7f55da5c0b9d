"""Projects on the wire: what a caller sends and gets. camelCase lives here only."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.access.checks import Checked
from flagstaff.features.projects.environments.schemas import EnvironmentPost, EnvironmentRep, EnvironmentsRep
from flagstaff.kernel.links import Link

Name = Annotated[str, Meta(min_length=1, max_length=256)]
Tags = tuple[str, ...]
MOST_ENVIRONMENTS = 100  # that can be made together with their project


class DefaultAvailabilityRep(Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Which kinds of client-side SDK may see a flag."""

    using_environment_id: bool
    using_mobile_key: bool


class ProjectPost(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """A new project. Without `environments` it gets `production` and `test`."""

    key: str
    name: Name
    tags: Tags = ()
    include_in_snippet_by_default: bool | UnsetType = UNSET
    default_client_side_availability: DefaultAvailabilityRep | UnsetType = UNSET
    environments: Annotated[list[EnvironmentPost], Meta(max_length=MOST_ENVIRONMENTS)] | UnsetType = UNSET


class ProjectFields(Struct, frozen=True, rename="camel", kw_only=True):
    """The members of a project that a patch may change; the tags may be removed."""

    name: Name
    tags: Tags = ()
    include_in_snippet_by_default: bool
    default_client_side_availability: DefaultAvailabilityRep


class ProjectRep(Checked, frozen=True, rename="camel", kw_only=True):
    """A project. Its environments are a page, where they are expanded; before 20220603 they are a list."""

    links: dict[str, Link] = field(name="_links")
    id: str = field(name="_id")
    key: str
    name: str
    tags: tuple[str, ...]
    include_in_snippet_by_default: bool
    default_client_side_availability: DefaultAvailabilityRep
    environments: EnvironmentsRep | list[EnvironmentRep] | UnsetType = UNSET


class WholeProjectRep(ProjectRep, frozen=True, rename="camel", kw_only=True):
    """A project with all its environments, as it is answered where one is made or changed."""

    environments: list[EnvironmentRep]


class ProjectsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A page of projects."""

    links: dict[str, Link] = field(name="_links")
    items: list[ProjectRep]
    total_count: int


class BooleanDefaultsRep(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """The variations of a new boolean flag; the two indexes are 0 or 1."""

    true_display_name: str
    false_display_name: str
    true_description: str
    false_description: str
    on_variation: Annotated[int, Meta(ge=0, le=1)]
    off_variation: Annotated[int, Meta(ge=0, le=1)]


class FlagDefaultsFields(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """What new flags of a project start from; also the whole body of a PUT."""

    tags: Tags
    temporary: bool
    boolean_defaults: BooleanDefaultsRep
    default_client_side_availability: DefaultAvailabilityRep


class FlagDefaultsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The flag defaults of a project."""

    links: dict[str, Link] = field(name="_links")
    tags: tuple[str, ...]
    temporary: bool
    boolean_defaults: BooleanDefaultsRep
    default_client_side_availability: DefaultAvailabilityRep
