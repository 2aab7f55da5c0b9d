"""Whether the audit log holds, as this process has last found it, over REST: the handler and its row."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.http.call import Call
from flagstaff.http.operations import ANY_CALLER, Edge, Operation
from flagstaff.kernel.links import Link, Links
from flagstaff.storage.audit_watch import Walk

PATH = "/api/v2/flagstaff/audit-log/verification"
State = Literal["checking", "holds", "broken"]


class VerificationRep(Struct, frozen=True, rename="camel", kw_only=True):
    """The state of the chain of audit entries."""

    links: Links = field(name="_links")
    state: Annotated[
        State,
        Meta(description="`checking` after a start; `broken` where an entry was altered, removed or put in."),
    ]
    entry: Annotated[int | UnsetType, Meta(description="The number of the last entry that holds.")] = UNSET
    head: Annotated[
        str | UnsetType, Meta(description="Its seal; kept elsewhere, `audit verify --since` takes it.")
    ] = UNSET
    verified_date: Annotated[int | UnsetType, Meta(description="When it was checked last.")] = UNSET
    broken_entry: Annotated[
        int | UnsetType, Meta(description="The number of the first entry that does not hold.")
    ] = UNSET


async def prepare_walk(edge: Edge, received: Any) -> Walk | None:
    """What this process has found."""
    del received
    return edge.chain.known


def get_audit_verification(call: Call) -> VerificationRep:
    """Tell whether the audit log holds, and up to which entry.

    Each process checks every minute what is new, and once a day everything; this call checks nothing itself.
    """
    links = {"self": Link(call.url)}
    walk: Walk | None = call.prepared
    if walk is None:
        return VerificationRep(links=links, state="checking")
    return VerificationRep(
        links=links,
        state="holds" if walk.broken is None else "broken",
        entry=walk.position,
        head=walk.mac.hex(),
        verified_date=walk.verified,
        broken_entry=UNSET if walk.broken is None else walk.broken.position,
    )


OPERATIONS = (
    Operation(
        get_audit_verification,
        "GET",
        PATH,
        ("flagstaff", "get_audit_verification"),
        ANY_CALLER,
        prepare=prepare_walk,
        answer=VerificationRep,
    ),
)
