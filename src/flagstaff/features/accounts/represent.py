"""Members as other resources show them: who made or maintains something."""

from msgspec import UNSET, Struct, UnsetType, field

from flagstaff.features.accounts.model import Member
from flagstaff.kernel.links import Link, Links


class MemberSummaryRep(Struct, frozen=True, kw_only=True, rename="camel"):
    """A member in brief."""

    links: Links = field(name="_links")
    id: str = field(name="_id")
    first_name: str | UnsetType = UNSET
    last_name: str | UnsetType = UNSET
    role: str
    email: str


def summarise_member(member: Member) -> MemberSummaryRep:
    return MemberSummaryRep(
        links={"self": Link(f"/api/v2/members/{member.id}")},
        id=member.id,
        role=member.role,
        email=member.email,
        first_name=member.first_name,
        last_name=member.last_name,
    )
