"""Relay Proxy configurations over REST: the handlers, then one row per operation."""

from typing import Annotated, Any

import msgspec

from flagstaff.features.accounts.policies import check_statements
from flagstaff.features.accounts.roles.descriptions import STATEMENT
from flagstaff.features.accounts.store import find_summary
from flagstaff.features.projects.relays import store
from flagstaff.features.projects.relays.model import RelayConfiguration, relay_resource
from flagstaff.features.projects.relays.represent import represent_relay
from flagstaff.features.projects.relays.schemas import (
    RelayConfigurationFields,
    RelayConfigurationPost,
    RelayConfigurationRep,
    RelayConfigurationsRep,
)
from flagstaff.http.call import Call
from flagstaff.http.editing import changed_fields, edit_fields
from flagstaff.http.operations import BY_CHANGE, Operation
from flagstaff.kernel.descriptions import Wording, describe_change
from flagstaff.kernel.errors import InvalidRequest, NotFound, PatchFailed
from flagstaff.kernel.patches import PatchFormat
from flagstaff.storage.audit import Entry

MANY = "/api/v2/account/relay-auto-configs"
ONE = MANY + "/{id}"
ACTIONS = {"name": "updateRelayAutoConfigurationName", "policy": "updateRelayAutoConfigurationPolicy"}


WORDING = Wording(texts={"name": "name"}, lists={"statements": STATEMENT})


class RelayExpiryQuery(msgspec.Struct, frozen=True):
    """When the key that is replaced stops working; without it, at once."""

    expiry: Annotated[int, msgspec.Meta(description="When, in milliseconds since 1970.")] = 0


def get_relay_proxy_configs(call: Call) -> RelayConfigurationsRep:
    """List the Relay Proxy configurations of the account."""
    relays = call.list_seen(store.list_relays(call.tx), lambda relay: call.sees(relay.resource))
    return RelayConfigurationsRep(items=[represent(call, relay) for relay in relays])


def get_relay_proxy_config(call: Call) -> RelayConfiguration:
    """Show one Relay Proxy configuration, without its key."""
    return _relay_of(call)


def post_relay_auto_config(call: Call) -> RelayConfiguration:
    """Make a Relay Proxy configuration. The answer alone shows its key."""
    body: RelayConfigurationPost = call.body
    relay_id = call.tx.ids.object_id()
    call.require("createRelayAutoConfiguration", relay_resource(relay_id))
    secret = call.tx.ids.secret("rel")
    relay = RelayConfiguration(
        id=relay_id,
        name=body.name,
        statements=check_statements(body.policy),
        key_ending=secret[-4:],
        creator_id=call.actor.member_id,
        created=call.tx.now,
        modified=call.tx.now,
    )
    entry = _describe(call, relay, "created", "createRelayAutoConfiguration")
    store.save_relay(call.tx, None, relay, entry, secret)
    return _show_key(call, relay, secret)


def patch_relay_auto_config(call: Call) -> RelayConfiguration:
    """Change the name or the policy of a Relay Proxy configuration."""
    before = _relay_of(call)
    edited = _edit(call, before)
    changed = changed_fields(RelayConfigurationFields(name=before.name, policy=before.statements), edited)
    for name in changed:
        call.require(ACTIONS[name], before.resource)
    if not changed:
        return before
    after = msgspec.structs.replace(
        before,
        name=edited.name,
        statements=edited.policy,
        modified=call.tx.now,
        version=before.version + 1,
    )
    actions = [ACTIONS[name] for name in changed]
    said = describe_change(before, after, WORDING)
    entry = _describe(call, after, "updated", *actions, said=said)
    store.save_relay(call.tx, before, after, entry)
    return after


def reset_relay_auto_config(call: Call) -> RelayConfiguration:
    """Give a configuration a new key; the old one works until `expiry`. The answer alone shows the key."""
    before = _relay_of(call)
    call.require("resetRelayAutoConfiguration", before.resource)
    secret = call.tx.ids.secret("rel")
    after = msgspec.structs.replace(
        before, key_ending=secret[-4:], modified=call.tx.now, version=before.version + 1
    )
    entry = _describe(call, after, "reset the key of", "resetRelayAutoConfiguration")
    store.replace_key(call.tx, before, after, entry, secret, expires=call.query.expiry)
    return _show_key(call, after, secret)


def delete_relay_auto_config(call: Call) -> None:
    """Delete a Relay Proxy configuration: its keys stop working at once."""
    relay = _relay_of(call)
    call.require("deleteRelayAutoConfiguration", relay.resource)
    store.delete_relay(call.tx, relay, _describe(call, relay, "deleted", "deleteRelayAutoConfiguration"))


def represent(call: Call, relay: RelayConfiguration) -> RelayConfigurationRep:
    """The one form of a configuration; with the whole key where this very call has made it."""
    creator = find_summary(call.tx, relay.creator_id)
    shown = represent_relay(relay, creator, call.memory.get("relay key", ""))
    return call.with_access(shown, relay.resource)


def _relay_of(call: Call) -> RelayConfiguration:
    relay = store.get_relay(call.tx, call.path["id"])
    if not call.sees(relay.resource):
        raise NotFound(f"Unknown Relay Proxy configuration {relay.id!r}")
    return relay


def _show_key(call: Call, relay: RelayConfiguration, secret: str) -> RelayConfiguration:
    call.memory["relay key"] = secret
    return relay


def _edit(call: Call, before: RelayConfiguration) -> RelayConfigurationFields:
    """The members after the patch; raises PatchFailed for a patch whose content cannot be applied."""
    try:
        edited = edit_fields(represent(call, before), call.body, RelayConfigurationFields)
        check_statements(edited.policy)
    except InvalidRequest as error:
        raise PatchFailed(error.message) from None
    return edited


def _describe(call: Call, relay: RelayConfiguration, verb: str, *actions: str, said: str = "") -> Entry:
    verb = f"{verb} the Relay Proxy configuration"
    return call.describe(store.TOPIC, relay.name, verb, relay.resource, *actions, description=said)


GROUP = "relay_proxy_configurations"
PATCHES = frozenset({PatchFormat.JSON, PatchFormat.MERGE})
SHOWN: Any = {"represent": represent, "answer": RelayConfigurationRep}
OPERATIONS = (
    Operation(get_relay_proxy_configs, "GET", MANY, (GROUP, "list"), answer=RelayConfigurationsRep),
    Operation(
        post_relay_auto_config,
        "POST",
        MANY,
        (GROUP, "create_new_config"),
        "createRelayAutoConfiguration",
        body=RelayConfigurationPost,
        status=201,
        **SHOWN,
    ),
    Operation(get_relay_proxy_config, "GET", ONE, (GROUP, "get_single_by_id"), **SHOWN),
    Operation(
        patch_relay_auto_config,
        "PATCH",
        ONE,
        (GROUP, "update_config_patch"),
        BY_CHANGE,
        patch=PATCHES,
        errors=(422,),
        **SHOWN,
    ),
    Operation(
        delete_relay_auto_config,
        "DELETE",
        ONE,
        (GROUP, "delete_by_id"),
        "deleteRelayAutoConfiguration",
        status=204,
    ),
    Operation(
        reset_relay_auto_config,
        "POST",
        ONE + "/reset",
        (GROUP, "reset_secret_key_with_expiry"),
        "resetRelayAutoConfiguration",
        query=RelayExpiryQuery,
        **SHOWN,
    ),
)
