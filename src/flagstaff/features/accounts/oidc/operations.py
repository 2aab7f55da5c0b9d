"""Signing in with a provider of identities over HTTP: the handlers, then one row per operation.

Browsers are sent here and there, so every answer is a redirect; what went wrong is told to the sign-in page.
"""

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import msgspec
import structlog

from flagstaff.features.accounts.oidc.attempts import begin_attempt, open_attempt, seal_attempt
from flagstaff.features.accounts.oidc.linking import admit
from flagstaff.features.accounts.oidc.model import (
    ATTEMPT_LASTS,
    IdentityRefused,
    OidcSettings,
    Person,
    is_local_path,
)
from flagstaff.features.accounts.oidc.schemas import CallbackQuery, SignInQuery
from flagstaff.features.accounts.sessions.opening import enter
from flagstaff.http.answers import Redirect
from flagstaff.http.call import Call
from flagstaff.http.operations import ANY_CALLER, Edge, Operation
from flagstaff.http.requests import Received
from flagstaff.http.site import ATTEMPT

if TYPE_CHECKING:  # it imports much that only installations with a provider need
    from flagstaff.features.accounts.oidc.provider import Provider

LOGIN, HOME = "/login", "/"
log = structlog.get_logger()


class Begun(msgspec.Struct, frozen=True):
    """Where the browser goes, and what it keeps until it comes back."""

    address: str
    cookie: str


class Arrived(msgspec.Struct, frozen=True):
    """Who has come back from the provider, by its settings, and the page to go on to."""

    person: Person
    settings: OidcSettings
    following: str


class Refused(msgspec.Struct, frozen=True):
    """Why nobody is let in, and the page to go on to after another try, as far as it is known."""

    cause: IdentityRefused
    following: str = HOME


def begin_provider_sign_in(call: Call) -> Redirect:
    """Send the browser to the provider of identities to sign in there (OpenID Connect)."""
    begun: Begun | Refused = call.prepared
    if isinstance(begun, Refused):
        return _refuse(begun)
    cookie = call.installation.site.set_cookie(begun.cookie, ATTEMPT_LASTS // 1_000, ATTEMPT)
    call.headers["Set-Cookie"] = cookie
    return Redirect(begun.address)


def finish_provider_sign_in(call: Call) -> Redirect:
    """Take a browser back from the provider of identities: open a session for the member who it is."""
    arrived: Arrived | Refused = call.prepared
    if isinstance(arrived, Refused):
        return _refuse(arrived)
    try:
        member = admit(call.tx, arrived.person, arrived.settings)
    except IdentityRefused as cause:
        return _refuse(Refused(cause, arrived.following))
    enter(call, member)
    return Redirect(arrived.following)


async def begin(edge: Edge, received: Received) -> Begun | Refused:
    """Ask the provider where it wants browsers to sign in."""
    query: SignInQuery = received.typed_query()
    following = query.next if is_local_path(query.next) else HOME
    ids = edge.database.ids
    attempt = begin_attempt(ids, following, edge.database.clock())
    try:
        provider = _provider_of(edge)
        return Begun(await provider.address(attempt), seal_attempt(attempt, provider.secret_key, ids))
    except IdentityRefused as cause:
        return Refused(cause, following)


async def finish(edge: Edge, received: Received) -> Arrived | Refused:
    """Ask the provider who it is that has come back."""
    query: CallbackQuery = received.typed_query()
    following = HOME
    try:
        provider = _provider_of(edge)
        now = edge.database.clock()
        attempt = open_attempt(received.visit.attempt, provider.secret_key, query.state, now)
        following = attempt.following
        person = await provider.recognise(attempt, query)
    except IdentityRefused as cause:
        return Refused(cause, following)
    return Arrived(person, provider.settings, following)


def _provider_of(edge: Edge) -> "Provider":
    if edge.provider is None:
        raise IdentityRefused("not_configured", "Nobody signs in here with a provider of identities")
    found: Provider = edge.provider
    return found


def _refuse(refused: Refused) -> Redirect:
    log.info("oidc_sign_in_refused", reason=refused.cause.reason, cause=refused.cause.message)
    told: dict[str, str] = {"error": refused.cause.reason}
    if refused.following != HOME:
        told["next"] = refused.following
    return Redirect(f"{LOGIN}?{urlencode(told)}")


GROUP = "sessions"
OPERATIONS = (
    Operation(
        begin_provider_sign_in,
        "GET",
        "/auth/oidc",
        (GROUP, "begin_with_provider"),
        ANY_CALLER,
        query=SignInQuery,
        status=302,
        open=True,
        arrives=True,
        redirects=True,
        prepare=begin,
    ),
    Operation(
        finish_provider_sign_in,
        "GET",
        "/auth/oidc/callback",
        (GROUP, "finish_with_provider"),
        ANY_CALLER,
        query=CallbackQuery,
        status=302,
        open=True,
        arrives=True,
        redirects=True,
        writes=True,
        prepare=finish,
    ),
)
