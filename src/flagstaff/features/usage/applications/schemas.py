"""Applications on the wire."""

from typing import Literal

from msgspec import UNSET, Struct, UnsetType, field

from flagstaff.access.checks import Checked
from flagstaff.features.projects.lists import ListQuery
from flagstaff.kernel.links import Link, Links

Kind = Literal["browser", "mobile", "server"]


class ExpandQuery(Struct, frozen=True):
    """`flags` shows the flags that the application has evaluated."""

    expand: str = ""


class ApplicationsQuery(ListQuery, frozen=True):
    """How applications are narrowed, ordered, paged and shown."""

    expand: str = ""


class EvaluatedFlagRep(Struct, frozen=True, kw_only=True):
    """A flag that an application has evaluated."""

    name: str
    key: str
    links: Links = field(name="_links")
    site: Link = field(name="_site")


class EvaluatedFlagsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The flags that an application has evaluated."""

    items: list[EvaluatedFlagRep]
    total_count: int
    links: Links = field(name="_links")


class ApplicationRep(Checked, frozen=True, rename="camel", kw_only=True):
    """An application that SDKs run in."""

    flags: EvaluatedFlagsRep | UnsetType = UNSET
    links: Links = field(name="_links")
    version: int = field(name="_version")
    auto_added: bool
    creation_date: int
    description: str
    key: str
    kind: Kind
    name: str


class ApplicationFields(Struct, frozen=True, rename="camel"):
    """What of an application may be patched."""

    kind: Kind
    description: str = ""


class ApplicationsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A page of applications."""

    links: Links = field(name="_links")
    items: list[ApplicationRep]
    total_count: int


class ApplicationVersionRep(Checked, frozen=True, rename="camel", kw_only=True):
    """A version of an application; only those of mobile ones are supported or not."""

    links: Links = field(name="_links")
    version: int = field(name="_version")
    auto_added: bool
    creation_date: int
    key: str
    name: str
    supported: bool | UnsetType = UNSET


class ApplicationVersionFields(Struct, frozen=True):
    """What of a version may be patched; the documented example writes the value as text."""

    supported: bool | Literal["true", "false"] = True


class ApplicationVersionsRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A page of the versions of an application."""

    links: Links = field(name="_links")
    items: list[ApplicationVersionRep]
    total_count: int
