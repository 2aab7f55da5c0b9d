"""The authorization server on the wire: RFC 6749, 7009 and 8414, and the consent that a page asks for."""

from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from flagstaff.features.accounts.represent import MemberSummaryRep
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.links import Links

Text = Annotated[str, Meta(max_length=4_096)]


class AuthorizeQuery(Struct, frozen=True):
    """What a client asks for (RFC 6749, 4.1.1, and RFC 7636)."""

    response_type: Annotated[Text, Meta(description="`code`.")] = ""
    client_id: Annotated[Text, Meta(description="The id of the client.")] = ""
    redirect_uri: Annotated[Text, Meta(description="Where to send the browser, exactly as registered.")] = ""
    scope: Annotated[Text, Meta(description="Any of `reader`, `writer` and `admin`, between blanks.")] = ""
    state: Annotated[Text, Meta(description="Handed back as it is.")] = ""
    code_challenge: Annotated[Text, Meta(description="The SHA-256 of a verifier, in base64url.")] = ""
    code_challenge_method: Annotated[Text, Meta(description="`S256`.")] = ""


class ScopeRep(Struct, frozen=True):
    """One thing that a client asks for."""

    name: str
    description: str


class ConsentRep(Struct, frozen=True, rename="camel", kw_only=True):
    """What a page shows to a member who is asked for consent."""

    client_id: str
    client_name: str
    description: str
    redirect_uri: str
    scopes: tuple[ScopeRep, ...]
    member: MemberSummaryRep


class ConsentPost(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A member's answer, with the parameters that the client sent."""

    decision: Literal["allow", "deny"]
    response_type: Text = ""
    client_id: Text = ""
    redirect_uri: Text = ""
    scope: Text = ""
    state: Text = ""
    code_challenge: Text = ""
    code_challenge_method: Text = ""


class ConsentedRep(Struct, frozen=True, rename="camel"):
    """Where the page sends the browser."""

    redirect_uri: str


class TokenFields(Struct, frozen=True, kw_only=True):
    """A code or a refresh token that is to be exchanged; the client may authenticate by HTTP Basic, too."""

    grant_type: Annotated[Text, Meta(description="`authorization_code` or `refresh_token`.")] = ""
    code: Text = ""
    redirect_uri: Text = ""
    code_verifier: Text = ""
    refresh_token: Text = ""
    scope: Text = ""
    client_id: Text = ""
    client_secret: Text = ""


class RevokeFields(Struct, frozen=True, kw_only=True):
    """A token that is to end (RFC 7009)."""

    token: Text = ""
    token_type_hint: Text = ""
    client_id: Text = ""
    client_secret: Text = ""


class TokensIssuedRep(Struct, frozen=True, kw_only=True):
    """What a client gets; `expires_in` is in seconds."""

    access_token: str
    token_type: str
    expires_in: int
    refresh_token: str
    scope: str


class MetadataRep(Struct, frozen=True, kw_only=True):
    """What a client can learn of the server (RFC 8414)."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    revocation_endpoint: str
    scopes_supported: tuple[str, ...]
    response_types_supported: tuple[str, ...] = ("code",)
    response_modes_supported: tuple[str, ...] = ("query",)
    grant_types_supported: tuple[str, ...] = ("authorization_code", "refresh_token")
    token_endpoint_auth_methods_supported: tuple[str, ...] = (
        "client_secret_basic",
        "client_secret_post",
        "none",
    )
    revocation_endpoint_auth_methods_supported: tuple[str, ...] = (
        "client_secret_basic",
        "client_secret_post",
        "none",
    )
    code_challenge_methods_supported: tuple[str, ...] = ("S256",)
    authorization_response_iss_parameter_supported: bool = True


class AuthorizationsQuery(Struct, frozen=True, rename="camel"):
    """With `showAll=true` those of other members are listed, too, for those who may end them."""

    show_all: Annotated[bool, Meta(description="Whether to list those of other members, too.")] = False


class AuthorizationRep(Struct, frozen=True, rename="camel", kw_only=True):
    """A client that may act for a member."""

    links: Links = field(name="_links")
    id: str = field(name="_id")
    client_id: str
    client_name: str
    scopes: tuple[str, ...]
    member: MemberSummaryRep
    creation_date: Millis


class AuthorizationsRep(Struct, frozen=True, kw_only=True):
    """Every client that may act for a member."""

    links: Links = field(name="_links")
    items: list[AuthorizationRep]
