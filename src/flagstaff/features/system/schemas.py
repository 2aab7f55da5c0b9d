"""What the installation says about itself, on the wire."""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from flagstaff.kernel.links import Link


class RootRep(Struct, frozen=True):
    """The way into the API."""

    links: Annotated[dict[str, Link], Meta(description="The categories of resources, by their names.")]


class AddressesRep(Struct, frozen=True, rename="camel"):
    """Where the installation is reached, and where its own calls come from."""

    addresses: Annotated[list[str], Meta(description="The networks that it listens on.")]
    outbound_addresses: Annotated[list[str], Meta(description="The networks that webhooks come from.")]


class VersionsRep(Struct, frozen=True, rename="camel"):
    """The versions of the API, which are dates such as 20220603."""

    valid_versions: Annotated[
        list[int], Meta(description="Every version that can be asked for, oldest first.")
    ]
    latest_version: int
    current_version: Annotated[int, Meta(description="The version that this answer is given in.")]
    beta: Annotated[bool, Meta(description="Whether beta was asked for.")]


class TagsQuery(Struct, frozen=True):
    """Which tags to list."""

    kind: Annotated[
        Literal["flag", "project", "environment", "segment"] | None,
        Meta(description="Only tags of this kind of resource."),
    ] = None
    pre: Annotated[str, Meta(description="Only tags that begin so.")] = ""
    archived: Annotated[bool, Meta(description="Whether tags of archived flags count, too.")] = False


class TagsRep(Struct, frozen=True, rename="camel"):
    """Tags, in alphabetical order."""

    links: dict[str, Link] = field(name="_links")
    items: list[str]
    total_count: int
