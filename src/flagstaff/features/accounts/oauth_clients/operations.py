"""OAuth 2.0 clients over REST: the handlers, then one row per operation."""

from typing import Any

import msgspec

from flagstaff.features.accounts.oauth_clients import store
from flagstaff.features.accounts.oauth_clients.model import ACCOUNT, OAuthClient, check_redirect_uri
from flagstaff.features.accounts.oauth_clients.represent import MANY, represent_client
from flagstaff.features.accounts.oauth_clients.schemas import (
    OAuthClientFields,
    OAuthClientPost,
    OAuthClientRep,
    OAuthClientsRep,
)
from flagstaff.features.accounts.store import find_account
from flagstaff.http.call import Call
from flagstaff.http.editing import changed_fields, edit_fields
from flagstaff.http.operations import Operation
from flagstaff.kernel.descriptions import Wording, describe_change
from flagstaff.kernel.links import Link
from flagstaff.kernel.patches import PatchFormat
from flagstaff.storage.audit import Entry

ONE = MANY + "/{clientId}"
READ, CREATE, UPDATE, DELETE = (
    "viewOAuthClients",
    "createOAuthClient",
    "updateOAuthClient",
    "deleteOAuthClient",
)

WORDING = Wording({"name": "name", "description": "description", "redirect_uri": "redirect URI"})


def get_o_auth_clients(call: Call) -> OAuthClientsRep:
    """List the programs that are registered as OAuth 2.0 clients."""
    call.require(READ, ACCOUNT)
    items = [represent(call, client) for client in store.list_clients(call.tx)]
    return OAuthClientsRep(links={"self": Link(MANY)}, items=items)


def create_o_auth2_client(call: Call) -> OAuthClient:
    """Register a program as an OAuth 2.0 client. The answer alone shows its secret; a public one has none."""
    body: OAuthClientPost = call.body
    call.require(CREATE, ACCOUNT)
    client = OAuthClient(
        id=call.tx.ids.uuid(),
        name=body.name,
        description=body.description,
        redirect_uri=check_redirect_uri(body.redirect_uri, public=body.public),
        public=body.public,
        created=call.tx.now,
    )
    secret = "" if client.public else call.tx.ids.secret("secret")
    store.add_client(call.tx, client, secret, _describe(call, client, "created", CREATE))
    call.memory["client secret"] = secret
    return client


def get_o_auth_client_by_id(call: Call) -> OAuthClient:
    """Show one OAuth 2.0 client, without its secret."""
    call.require(READ, ACCOUNT)
    return store.get_client(call.tx, call.path["clientId"])


def patch_o_auth_client(call: Call) -> OAuthClient:
    """Change the name, the description or the redirect URI of an OAuth 2.0 client."""
    call.require(UPDATE, ACCOUNT)
    before = store.get_client(call.tx, call.path["clientId"])
    shown = represent(call, before)
    edited = edit_fields(shown, call.body, OAuthClientFields)
    if not changed_fields(shown, edited):
        return before
    after = msgspec.structs.replace(
        before,
        name=edited.name,
        description=edited.description or "",
        redirect_uri=check_redirect_uri(edited.redirect_uri, public=before.public),
        version=before.version + 1,
    )
    said = describe_change(before, after, WORDING)
    store.update_client(call.tx, before, after, _describe(call, after, "updated", UPDATE, said))
    return after


def delete_o_auth_client(call: Call) -> None:
    """Delete an OAuth 2.0 client: whatever members have let it do ends at once."""
    call.require(DELETE, ACCOUNT)
    client = store.get_client(call.tx, call.path["clientId"])
    store.delete_client(call.tx, client, _describe(call, client, "deleted", DELETE))


def represent(call: Call, client: OAuthClient) -> OAuthClientRep:
    """The one form of a client; with its secret where this very call has made it."""
    account = find_account(call.tx)
    return represent_client(
        client, "" if account is None else account.id, call.memory.get("client secret", "")
    )


def _describe(call: Call, client: OAuthClient, verb: str, action: str, said: str = "") -> Entry:
    verb = f"{verb} the OAuth client"
    return call.describe("oauth-client", client.name, verb, ACCOUNT, action, description=said)


GROUP = "o_auth2_clients"
SHOWN: Any = {"represent": represent, "answer": OAuthClientRep}
OPERATIONS = (
    Operation(get_o_auth_clients, "GET", MANY, (GROUP, "list"), READ, answer=OAuthClientsRep),
    Operation(
        create_o_auth2_client,
        "POST",
        MANY,
        (GROUP, "create_client"),
        CREATE,
        body=OAuthClientPost,
        status=201,
        **SHOWN,
    ),
    Operation(get_o_auth_client_by_id, "GET", ONE, (GROUP, "get_client_by_id"), READ, **SHOWN),
    Operation(
        patch_o_auth_client,
        "PATCH",
        ONE,
        (GROUP, "update_client_by_id"),
        UPDATE,
        patch=frozenset({PatchFormat.JSON}),
        **SHOWN,
    ),
    Operation(delete_o_auth_client, "DELETE", ONE, (GROUP, "delete_client_by_id"), DELETE, status=204),
)
