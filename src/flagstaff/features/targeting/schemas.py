"""The wire shapes that flags and segments share."""

import msgspec

from flagstaff.features.targeting.model import Scalar


class ClauseRep(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A clause as it is sent and shown; `_id` may be left out of one that is new."""

    id: str = msgspec.field(default="", name="_id")
    context_kind: str = "user"
    attribute: str = ""
    op: str
    values: tuple[Scalar, ...]
    negate: bool = False
