"""Audit entries from model to wire: who did what to which resource, as sentences with links."""

from dataclasses import replace
from typing import Any

import msgspec
from msgspec import UNSET, UnsetType, structs

from flagstaff.features.accounts.model import Member, Token
from flagstaff.features.accounts.oauth_clients.model import OAuthClient
from flagstaff.features.audit.model import AuditEntry, Subject, subject_of
from flagstaff.features.audit.places import entry_links, page_of, target_links
from flagstaff.features.audit.schemas import (
    AccessRep,
    ApplicationDataRep,
    AuditDetailRep,
    AuditEntryRep,
    ChangedResourceRep,
    ChangedVersionRep,
    MemberDataRep,
    ParentRep,
    SubjectRep,
    TokenDataRep,
)
from flagstaff.kernel.links import Link

MEMBER = "member"  # the kind of entries that name whom they are about by id
FORMER_MEMBER = "a former member"
INSTALLATION = "Flagstaff"  # who acts on the command line and at the first start


class Surroundings(msgspec.Struct, frozen=True):
    """What entries refer to: the account, and names of today by id or key.

    Clients are found by what entries have as their token, environments by project and own key, and versions
    by the id of the entry.
    """

    account_id: str
    members: dict[str, Member] = msgspec.field(default_factory=dict)
    tokens: dict[str, Token] = msgspec.field(default_factory=dict)
    clients: dict[str, OAuthClient] = msgspec.field(default_factory=dict)
    projects: dict[str, str] = msgspec.field(default_factory=dict)
    environments: dict[tuple[str, str], str] = msgspec.field(default_factory=dict)
    versions: dict[str, tuple[ChangedVersionRep, ...]] = msgspec.field(default_factory=dict)


def represent_entry(entry: AuditEntry, around: Surroundings) -> AuditEntryRep:
    """An entry as lists show it. Its accesses are those that the caller may know of."""
    subject = subject_of(entry.touched)
    member, token = around.members.get(entry.member_id), around.tokens.get(entry.token_id)
    client = around.clients.get(entry.token_id)
    name = _name(entry, member, token)
    entry = replace(entry, name=_name_of_target(entry, around))
    return AuditEntryRep(
        links=entry_links(entry.id, subject),
        id=entry.id,
        account_id=around.account_id,
        date=entry.date,
        accesses=tuple(
            AccessRep(action, resource, "deny" if entry.denied else UNSET)
            for action, resource in entry.accesses
        ),
        kind=entry.kind,
        name=entry.name,
        description=entry.description,
        comment=entry.comment or UNSET,
        subject=SubjectRep(links=_subject_links(entry), name=name),
        member=UNSET if member is None else _member(member),
        token=UNSET if token is None else _token(token),
        app=UNSET if client is None else _application(client),
        title_verb=entry.title_verb,
        title=_title(entry, subject, name if member is None else f"[{name}](mailto:{member.email})", around),
        target=ChangedResourceRep(
            links=target_links(subject),
            name=entry.name,
            resources=tuple(dict.fromkeys(resource for _, resource in entry.accesses)),
        ),
        parent=_parent(subject, around),
        versions=around.versions.get(entry.id) or UNSET,
    )


def represent_detail(
    entry: AuditEntry, around: Surroundings, previous: object, current: object, **patch: Any
) -> AuditDetailRep:
    """The same with the resource before and after, UNSET where there was none, and what was sent."""
    shown = structs.asdict(represent_entry(entry, around))
    return AuditDetailRep(**shown, previous_version=previous, current_version=current, **patch)


def _name(entry: AuditEntry, member: Member | None, token: Token | None) -> str:
    if member is not None:
        return member.display_name
    if token is not None:
        return token.name
    return "A former member or token" if entry.member_id or entry.token_id else INSTALLATION


def _name_of_target(entry: AuditEntry, around: Surroundings) -> str:
    """Members are named as they are called today; who was removed is named no more."""
    if entry.kind != MEMBER:
        return entry.name
    member = around.members.get(entry.name)
    return FORMER_MEMBER if member is None else member.display_name


def _title(entry: AuditEntry, subject: Subject | None, actor: str, around: Surroundings) -> str:
    page = None if subject is None or entry.title_verb.startswith("deleted") else page_of(subject)
    title = f"{actor} {entry.title_verb} {entry.name if page is None else f'[{entry.name}]({page.href})'}"
    if subject is None or subject.path in {"proj", "proj:env"} or not subject.environment:
        return title
    key = subject.environment
    return f"{title} in `{around.environments.get((subject.names['proj'], key), key)}`"


def _parent(subject: Subject | None, around: Surroundings) -> ParentRep | UnsetType:
    if subject is None or ":" not in subject.path or "proj" not in subject.names:
        return UNSET
    key = subject.names["proj"]
    project = Subject("proj", {"proj": key})
    return ParentRep(links=target_links(project), name=around.projects.get(key, key), resource=f"proj/{key}")


def _subject_links(entry: AuditEntry) -> dict[str, Link]:
    if entry.member_id:
        return {"self": Link(f"/api/v2/members/{entry.member_id}")}
    return {"self": Link(f"/api/v2/tokens/{entry.token_id}")} if entry.token_id else {}


def _member(member: Member) -> MemberDataRep:
    return MemberDataRep(
        links={"parent": Link("/api/v2/members"), "self": Link(f"/api/v2/members/{member.id}")},
        id=member.id,
        email=member.email,
        first_name=member.first_name,
        last_name=member.last_name,
    )


def _token(token: Token) -> TokenDataRep:
    return TokenDataRep(
        links={"parent": Link("/api/v2/tokens"), "self": Link(f"/api/v2/tokens/{token.id}")},
        id=token.id,
        name=token.name,
        ending=token.ending,
        service_token=token.service,
    )


def _application(client: OAuthClient) -> ApplicationDataRep:
    links = {"parent": Link("/api/v2/oauth/clients"), "self": Link(f"/api/v2/oauth/clients/{client.id}")}
    return ApplicationDataRep(links=links, id=client.id, name=client.name)
