"""OAuth 2.0 clients on the wire: what a caller sends and gets."""

from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.kernel.clock import Millis
from flagstaff.kernel.links import Links

Name = Annotated[str, Meta(min_length=1, max_length=256)]
Description = Annotated[str, Meta(max_length=4_096)]
Uri = Annotated[str, Meta(min_length=1, max_length=2_048)]
Public = Annotated[
    bool,
    Meta(description="Whether it runs where it can keep no secret; it must then prove its codes by PKCE."),
]


class OAuthClientPost(Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True):
    """A new client."""

    name: Name
    redirect_uri: Uri
    description: Description = ""
    public: Public = False


class OAuthClientFields(Struct, frozen=True, rename="camel", kw_only=True):
    """The members of a client that a patch may change; the description may be removed."""

    name: Name
    redirect_uri: Uri
    description: Description | None = None


class OAuthClientRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A client. `_clientSecret` is shown only by the call that made it."""

    links: Links = field(name="_links")
    name: str
    description: str | UnsetType = UNSET
    account_id: str = field(name="_accountId")
    client_id: str = field(name="_clientId")
    client_secret: str | UnsetType = field(default=UNSET, name="_clientSecret")
    redirect_uri: str
    public: bool | UnsetType = field(default=UNSET, name="_public")
    creation_date: Millis = field(name="_creationDate")


class OAuthClientsRep(Struct, frozen=True, kw_only=True):
    """Every client of the account."""

    links: Links = field(name="_links")
    items: list[OAuthClientRep]
