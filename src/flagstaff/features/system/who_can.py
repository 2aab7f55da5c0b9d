"""Who may do an action on a resource, and through which statement: members, teams and tokens."""

from collections.abc import Iterable, Iterator
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.access.actions import is_known_action
from flagstaff.access.decision import Caller, Explanation, Reason, explain
from flagstaff.access.policies import Statement
from flagstaff.access.specifiers import Resource
from flagstaff.features.accounts.grants import caller_of_member, grants_of, policies_of_team, policies_with
from flagstaff.features.accounts.model import Member, Token, caller_of
from flagstaff.features.accounts.represent import MemberSummaryRep, summarise_member
from flagstaff.features.accounts.store import MEMBERS
from flagstaff.features.accounts.teams.model import Team
from flagstaff.features.accounts.teams.store import list_teams
from flagstaff.features.accounts.tokens.store import list_tokens
from flagstaff.features.system.resources import read_resource
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation
from flagstaff.kernel.errors import InvalidRequest, NotFound
from flagstaff.kernel.links import Link, Links


class WhoCanPost(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked about."""

    action: Annotated[str, Meta(description="An action, such as `updateOn`.", max_length=256)]
    resource: Annotated[
        str,
        Meta(
            description="One resource, such as `proj/default:env/production:flag/checkout`.", max_length=2_048
        ),
    ]


class AllowedByRep(Struct, frozen=True, rename="camel"):
    """What allows it: a role, and its statement; without one it is what the role shows where none speaks."""

    role: str
    statement: Statement | UnsetType = UNSET


class WhoRep(Struct, frozen=True, rename="camel", kw_only=True):
    """One who may. `bound` is what a token's own policy says, beside its member's."""

    links: Links = field(name="_links")
    name: str
    kind: Annotated[str, Meta(description="`member`, `team`, `token` or `service-token`.")]
    resource: Annotated[str, Meta(description="The member, team or token as policies name it.")]
    member: Annotated[
        MemberSummaryRep | UnsetType, Meta(description="The member, or the one whom the token acts for.")
    ] = UNSET
    reason: AllowedByRep
    bound: AllowedByRep | UnsetType = UNSET


class WhoCanRep(Struct, frozen=True, rename="camel"):
    """Everybody who may, as far as the caller may see them. `resource` has the tags that it has today."""

    action: str
    resource: str
    members: list[WhoRep]
    teams: list[WhoRep]
    tokens: list[WhoRep]


def who_can(call: Call) -> WhoCanRep:
    """Tell which members, teams and tokens may do an action on a resource, and through which statement."""
    body: WhoCanPost = call.body
    resource = read_resource(call.tx, body.resource, "$.resource")
    if not call.sees(resource):
        raise NotFound
    if not is_known_action(resource.path, body.action):
        raise InvalidRequest(f"{resource.path!r} has no action {body.action[:80]!r} - at `$.action`")
    asked = body.action, resource
    members = {member.id: member for member in MEMBERS.list(call.tx, "TRUE ORDER BY email")}
    return WhoCanRep(
        action=body.action,
        resource=resource.text,
        members=list(_who(call, _ask_members(call, members.values()), asked)),
        teams=list(_who(call, _ask_teams(call), asked)),
        tokens=list(_who(call, _ask_tokens(call, members), asked)),
    )


Principal = Member | Team | Token
Asked = Iterable[tuple[Principal, Caller, Member | None]]


def _who(call: Call, principals: Asked, asked: tuple[str, Resource]) -> Iterator[WhoRep]:
    for principal, caller, member in principals:
        call.tx.pace()
        if call.sees(principal.resource):
            found = explain(caller, *asked)
            if found is not None:
                yield _represent(principal, member, found)


def _ask_members(call: Call, members: Iterable[Member]) -> Asked:
    return ((member, caller_of_member(call.tx, member), member) for member in members)


def _ask_teams(call: Call) -> Asked:
    """A team may what its roles let each of its members do."""
    for team in list_teams(call.tx):
        yield team, Caller("member", None, None, team.name, policies_of_team(call.tx, team)), None


def _ask_tokens(call: Call, members: dict[str, Member]) -> Asked:
    for token in list_tokens(call.tx):
        member = None if token.service else members.get(token.member_id)
        if member is not None or token.service:
            grants = () if member is None else grants_of(call.tx, member)
            yield token, caller_of(token, member, grants, policies_with(call.tx, token.custom_roles)), member


def _represent(principal: Principal, member: Member | None, found: Explanation) -> WhoRep:
    kind = principal.resource.segments[-1].type
    return WhoRep(
        links={"self": Link(_address(principal))},
        name=principal.display_name if isinstance(principal, Member) else principal.name,
        kind=kind,
        resource=principal.resource.text,
        member=UNSET if member is None else summarise_member(member),
        reason=_reason(found.granted),
        bound=UNSET if found.capped is None else _reason(found.capped),
    )


def _reason(reason: Reason) -> AllowedByRep:
    return AllowedByRep(reason.role_name, reason.statement or UNSET)


def _address(principal: Principal) -> str:
    if isinstance(principal, Team):
        return f"/api/v2/teams/{principal.key}"
    many = "members" if isinstance(principal, Member) else "tokens"
    return f"/api/v2/{many}/{principal.id}"


OPERATIONS = (
    Operation(
        who_can,
        "POST",
        "/api/v2/flagstaff/who-can",
        ("flagstaff", "who_can"),
        reads=True,
        body=WhoCanPost,
        answer=WhoCanRep,
        errors=(404,),
    ),
)
