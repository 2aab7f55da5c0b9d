"""Signing in and out, and sessions, over REST: the handlers, then one row per operation."""

from flagstaff.features.accounts.factors.store import check_code
from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.sessions import store
from flagstaff.features.accounts.sessions.model import Session
from flagstaff.features.accounts.sessions.opening import enter, show_session
from flagstaff.features.accounts.sessions.represent import represent_open_session
from flagstaff.features.accounts.sessions.schemas import (
    MethodsRep,
    OpenSessionsRep,
    ProviderRep,
    SessionRep,
    SignInPost,
)
from flagstaff.features.accounts.sessions.sign_in import Verified, verify_sign_in, welcome
from flagstaff.features.accounts.store import find_member, find_password_hash, update_hash
from flagstaff.http.call import Call
from flagstaff.http.operations import ANY_CALLER, Operation
from flagstaff.kernel.errors import InvalidCredentials, NotFound, Unauthorized

AUTH = "/auth"


def sign_in(call: Call) -> SessionRep:
    """Sign in with an e-mail address and a password. The answer sets the cookie of a new session.

    `invalid_credentials` does not tell whether there is such an account. `second_factor_required` and
    `invalid_code` mean that the password was right.
    """
    body: SignInPost = call.body
    verified: Verified = call.prepared
    member = find_member(call.tx, verified.member_id)
    if member is None or find_password_hash(call.tx, member) != verified.compared:  # changed meanwhile
        raise InvalidCredentials
    check_code(call.tx, member, body.code, call.installation.secret_key)
    if verified.rehashed:
        update_hash(call.tx, member, verified.rehashed)
    return enter(call, member)


def sign_out(call: Call) -> None:
    """End the session of the caller and take its cookie away."""
    store.end_session(call.tx, call.identity.session_id)
    call.headers["Set-Cookie"] = call.installation.site.set_cookie("", 0)


def get_session(call: Call) -> SessionRep:
    """Show who has signed in."""
    session, member = _own_session(call)
    return show_session(call.tx, session, member)


def get_sign_in_methods(call: Call) -> MethodsRep:
    """Show how one can sign in."""
    name = call.installation.provider
    provider = ProviderRep(name) if name else None
    return MethodsRep(password=True, oidc=provider, mail=call.installation.sends_mail)


def get_sessions(call: Call) -> OpenSessionsRep:
    """List the sessions of the caller, in this browser and in others."""
    found = store.list_sessions(call.tx, call.actor.member_id)
    return OpenSessionsRep([represent_open_session(session, call.identity.session_id) for session in found])


def delete_session(call: Call) -> None:
    """End a session of the caller: the next call with it is refused."""
    wanted = call.path["id"]
    if wanted not in {session.id for session in store.list_sessions(call.tx, call.actor.member_id)}:
        raise NotFound(f"There is no session {wanted[:100]!r}")
    store.end_session(call.tx, wanted)


def _own_session(call: Call) -> tuple[Session, Member]:
    found = store.list_sessions(call.tx, call.actor.member_id)
    session = next((session for session in found if session.id == call.identity.session_id), None)
    member = find_member(call.tx, call.actor.member_id)
    if session is None or member is None:
        raise Unauthorized
    return session, member


GROUP = "sessions"
OPERATIONS = (
    Operation(
        sign_in,
        "POST",
        AUTH + "/sign-in",
        (GROUP, "sign_in"),
        ANY_CALLER,
        body=SignInPost,
        answer=SessionRep,
        errors=(401, 403),
        open=True,
        prepare=verify_sign_in,
        follow=welcome,
    ),
    Operation(
        sign_out, "POST", AUTH + "/sign-out", (GROUP, "sign_out"), ANY_CALLER, status=204, session=True
    ),
    Operation(
        get_session, "GET", AUTH + "/session", (GROUP, "get"), ANY_CALLER, answer=SessionRep, session=True
    ),
    Operation(
        get_sign_in_methods,
        "GET",
        AUTH + "/methods",
        (GROUP, "list_methods"),
        ANY_CALLER,
        answer=MethodsRep,
        errors=(403,),
        open=True,
    ),
    Operation(
        get_sessions,
        "GET",
        AUTH + "/sessions",
        (GROUP, "list"),
        ANY_CALLER,
        answer=OpenSessionsRep,
        session=True,
    ),
    Operation(
        delete_session,
        "DELETE",
        AUTH + "/sessions/{id}",
        (GROUP, "delete"),
        ANY_CALLER,
        status=204,
        session=True,
    ),
)
