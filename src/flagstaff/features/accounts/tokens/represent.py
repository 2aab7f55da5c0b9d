"""Access tokens from model to wire."""

from msgspec import UNSET

from flagstaff.features.accounts.model import Token
from flagstaff.features.accounts.represent import MemberSummaryRep
from flagstaff.features.accounts.tokens.schemas import TokenRep
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.links import Link
from flagstaff.kernel.versions import DEFAULT

MANY = "/api/v2/tokens"


def represent_token(
    token: Token, owner_id: str, member: MemberSummaryRep | None, *, last_used: Millis = 0, secret: str = ""
) -> TokenRep:
    """A token of the account of `owner_id`; `secret` is given only by the calls that make one."""
    return TokenRep(
        links={"self": Link(f"{MANY}/{token.id}"), "parent": Link(MANY)},
        id=token.id,
        owner_id=owner_id,
        member_id=token.member_id,
        member=member or UNSET,
        name=token.name or UNSET,
        description=token.description or UNSET,
        creation_date=token.created,
        last_modified=token.modified or token.created,
        custom_role_ids=token.custom_roles or UNSET,
        inline_role=token.inline_policy or UNSET,
        role=token.role or UNSET,
        token=secret or token.ending,
        service_token=token.service,
        default_api_version=token.default_api_version or DEFAULT.date,
        last_used=last_used or UNSET,
    )
