"""Keys that were replaced and still work for a while, over REST: the handler and its row."""

from msgspec import Struct, field

from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.links import Link, Links
from flagstaff.storage.credentials import list_credentials

SHOWN = 4  # letters by which a key is told apart


class OldKeyRep(Struct, frozen=True):
    """A key that was replaced: its kind, `sdk`, how it ends, and when it stops working."""

    kind: str
    ending: str
    expiry: Millis


class OldKeysRep(Struct, frozen=True):
    """The keys of an environment that were replaced and still work; the first is the one that ends first."""

    items: list[OldKeyRep]
    links: Links = field(name="_links")


def get_old_keys(call: Call) -> OldKeysRep:
    """List the keys of an environment that were replaced and still work, with the time when they stop.

    Of a key its last four letters are told.
    """
    secret_key = call.installation.secret_key
    kept = list_credentials(call.tx, environment_of(call).id)
    found = [one for one in kept if one.expires > call.tx.now]
    items = [
        OldKeyRep(
            kind=one.kind,
            ending=secret_key.decrypt(one.ciphertext)[-SHOWN:],
            expiry=one.expires,
        )
        for one in sorted(found, key=lambda one: one.expires)
    ]
    return OldKeysRep(items=items, links={"self": Link(call.url)})


OPERATIONS = (
    Operation(
        get_old_keys,
        "GET",
        "/api/v2/flagstaff/projects/{projectKey}/environments/{environmentKey}/old-keys",
        ("flagstaff", "list_old_keys"),
        answer=OldKeysRep,
    ),
)
