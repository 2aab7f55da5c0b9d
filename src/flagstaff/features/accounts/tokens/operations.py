"""Access tokens over REST: the handlers, then one row per operation."""

from typing import Any

import msgspec

from flagstaff.features.accounts.model import Token
from flagstaff.features.accounts.policies import check_statements
from flagstaff.features.accounts.roles.descriptions import STATEMENT
from flagstaff.features.accounts.roles.store import find_role, list_roles
from flagstaff.features.accounts.store import find_account, find_summary
from flagstaff.features.accounts.tokens import store
from flagstaff.features.accounts.tokens.ceiling import exceeds
from flagstaff.features.accounts.tokens.represent import MANY, represent_token
from flagstaff.features.accounts.tokens.schemas import (
    TokenExpiryQuery,
    TokenFields,
    TokenListQuery,
    TokenPost,
    TokenRep,
    TokensRep,
)
from flagstaff.http.call import Call
from flagstaff.http.editing import changed_fields, edit_fields
from flagstaff.http.operations import BY_CHANGE, Operation
from flagstaff.kernel.descriptions import Wording, describe_change
from flagstaff.kernel.errors import Forbidden, InvalidRequest, NotFound, PatchFailed
from flagstaff.kernel.markdown import quote
from flagstaff.kernel.paging import page_links, read_page
from flagstaff.kernel.patches import PatchFormat
from flagstaff.kernel.versions import DATED, V20240415

ONE = MANY + "/{id}"
ACTIONS = {
    "name": "updateAccessTokenName",
    "description": "updateAccessTokenDescription",
    "role": "updateAccessTokenPolicy",
    "customRoleIds": "updateAccessTokenPolicy",
    "inlineRole": "updateAccessTokenPolicy",
}

WORDING = Wording(
    texts={"name": "name", "description": "description", "role": "role"},
    lists={"custom_roles": ("the role", quote), "inline_policy": STATEMENT},
)


def get_tokens(call: Call) -> TokensRep:
    """List one's own access tokens and all service tokens; since 20240415 in pages of 25."""
    seen = call.list_seen(store.list_tokens(call.tx), lambda token: _is_listed(call, token))
    page = read_page(call.query.limit, call.query.offset, 25 if call.version >= V20240415 else None)
    uses = store.last_uses(call.tx)
    items = [represent(call, token, uses) for token in seen[page.offset : page.end]]
    return TokensRep(
        links=page_links(MANY, call.query_pairs, len(seen), page), items=items, total_count=len(seen)
    )


def get_token(call: Call) -> Token:
    """Show one access token, without its secret."""
    return _token_of(call)


def post_token(call: Call) -> Token:
    """Make an access token. The answer alone shows its secret."""
    body: TokenPost = call.body
    maker = call.actor.member_id or store.get_token(call.tx, call.actor.token_id).member_id
    secret = call.tx.ids.secret("api")
    token = _bound(
        call,
        Token(
            id=call.tx.ids.object_id(),
            member_id=maker,
            name=body.name,
            description=body.description,
            ending=secret[-4:],
            service=body.service_token,
            default_api_version=_checked_version(body.default_api_version),
            created=call.tx.now,
        ),
        body,
    )
    call.require("createAccessToken", token.resource)
    _refuse_excess(call, token)
    store.save_token(call.tx, token, secret, call.actor)
    return _with_secret(call, token, secret)


def patch_token(call: Call) -> Token:
    """Change the name, the description or what an access token may do; a service token keeps its policy."""
    before = _token_of(call)
    after, changed = _edit(call, before)
    actions = tuple(sorted({ACTIONS[name] for name in changed}))
    for action in actions:
        call.require(action, before.resource)
    if not actions:
        return before
    if "updateAccessTokenPolicy" in actions:
        _refuse_excess(call, after)
    after = msgspec.structs.replace(after, modified=call.tx.now, version=before.version + 1)
    said = _describe_change(call, before, after)
    entry = call.describe(
        "token", after.name, "updated the access token", after.resource, *actions, description=said
    )
    store.update_token(call.tx, before, after, entry)
    return after


def reset_token(call: Call) -> Token:
    """Give an access token a new secret; the old one works until `expiry`. The answer alone shows it."""
    before = _token_of(call)
    call.require("resetAccessToken", before.resource)
    secret = call.tx.ids.secret("api")
    after = msgspec.structs.replace(
        before, ending=secret[-4:], modified=call.tx.now, version=before.version + 1
    )
    store.replace_secret(call.tx, before, after, secret, expires=call.query.expiry, actor=call.actor)
    return _with_secret(call, after, secret)


def delete_token(call: Call) -> None:
    """Delete an access token: its secrets stop working at once."""
    token = _token_of(call)
    call.require("deleteAccessToken", token.resource)
    store.delete_token(call.tx, token, call.actor)


def represent(call: Call, token: Token, uses: dict[str, int] | None = None) -> TokenRep:
    """The one form of a token; with the whole secret where this very call has made it."""
    account = find_account(call.tx)
    used = (store.last_uses(call.tx) if uses is None else uses).get(token.id, 0)
    return represent_token(
        token,
        "" if account is None else account.owner_id,
        find_summary(call.tx, token.member_id),
        last_used=used,
        secret=call.memory.get("token secret", ""),
    )


def _token_of(call: Call) -> Token:
    token = store.get_token(call.tx, call.path["id"])
    if not (call.sees(token.resource) or _is_own(call, token)):
        raise NotFound(f"There is no access token {token.id!r}")
    return token


def _is_listed(call: Call, token: Token) -> bool:
    if _is_own(call, token):
        return True
    return (token.service or call.query.show_all) and call.sees(token.resource)


def _is_own(call: Call, token: Token) -> bool:
    return not token.service and token.member_id == call.identity.caller.member_id


def _with_secret(call: Call, token: Token, secret: str) -> Token:
    call.memory["token secret"] = secret
    return token


def _bound(call: Call, token: Token, body: TokenPost | TokenFields) -> Token:
    """The token with the one bound that the body gives it; raises InvalidRequest for none or several."""
    if (body.role is not None) + bool(body.custom_role_ids) + bool(body.inline_role) != 1:
        raise InvalidRequest("Exactly one of role, customRoleIds and inlineRole must be given")
    return msgspec.structs.replace(
        token,
        role=body.role or "",
        custom_roles=tuple(dict.fromkeys(_role_id(call, name) for name in body.custom_role_ids)),
        inline_policy=check_statements(body.inline_role, "$.inlineRole"),
    )


def _role_id(call: Call, name: str) -> str:
    role = find_role(call.tx, name)
    if role is None:
        raise InvalidRequest(f"Unknown custom role {name[:100]!r} - at `$.customRoleIds`")
    return role.id


def _edit(call: Call, before: Token) -> tuple[Token, dict[str, Any]]:
    """The token after the patch, and the members that changed; raises PatchFailed for what cannot be."""
    shown = represent(call, before)
    try:
        edited = edit_fields(shown, call.body, TokenFields)
        changed = changed_fields(shown, edited)
        after = _bound(call, before, edited)
    except InvalidRequest as error:
        raise PatchFailed(error.message) from None
    if before.service and "updateAccessTokenPolicy" in {ACTIONS[name] for name in changed}:
        raise PatchFailed("What a service token may do is settled when it is made")
    return msgspec.structs.replace(after, name=edited.name, description=edited.description), changed


def _describe_change(call: Call, before: Token, after: Token) -> str:
    """What differs, with custom roles by their names."""
    names = {role.id: role.name for role in list_roles(call.tx)}
    old, new = (
        msgspec.structs.asdict(token) | {"custom_roles": [names.get(one, one) for one in token.custom_roles]}
        for token in (before, after)
    )
    return describe_change(old, new, WORDING)


def _checked_version(version: int | None) -> int:
    if version is not None and version not in {known.date for known in DATED}:
        known = ", ".join(str(dated) for dated in DATED)
        raise InvalidRequest(f"Unknown API version {version}; there are {known} - at `$.defaultApiVersion`")
    return version or 0


def _refuse_excess(call: Call, token: Token) -> None:
    if exceeds(call.identity.caller, token):
        access = ("createAccessToken", token.resource.text)
        raise Forbidden("A token may not do more than whoever makes it", accesses=(access,))


GROUP = "access_tokens"
SHOWN: Any = {"represent": represent, "answer": TokenRep}
OPERATIONS = (
    Operation(get_tokens, "GET", MANY, (GROUP, "list"), query=TokenListQuery, answer=TokensRep),
    Operation(
        post_token,
        "POST",
        MANY,
        (GROUP, "create_new_token"),
        "createAccessToken",
        body=TokenPost,
        status=201,
        **SHOWN,
    ),
    Operation(get_token, "GET", ONE, (GROUP, "get_by_id"), **SHOWN),
    Operation(
        patch_token,
        "PATCH",
        ONE,
        (GROUP, "update_settings"),
        BY_CHANGE,
        patch=frozenset({PatchFormat.JSON}),
        errors=(422,),
        **SHOWN,
    ),
    Operation(delete_token, "DELETE", ONE, (GROUP, "delete_by_id"), "deleteAccessToken", status=204),
    Operation(
        reset_token,
        "POST",
        ONE + "/reset",
        (GROUP, "reset_secret_key"),
        "resetAccessToken",
        query=TokenExpiryQuery,
        **SHOWN,
    ),
)
