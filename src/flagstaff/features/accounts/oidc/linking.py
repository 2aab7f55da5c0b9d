"""Whose sign-in it is: people of the provider are linked to members once, by what it always calls them."""

from flagstaff.features.accounts.members.store import save_member
from flagstaff.features.accounts.model import Member
from flagstaff.features.accounts.oidc.giving import describe_sign_in, give
from flagstaff.features.accounts.oidc.model import IdentityRefused, OidcSettings, Person
from flagstaff.features.accounts.store import find_member, find_member_by_email
from flagstaff.storage.changes import save_action
from flagstaff.storage.transaction import Transaction

LINK = "linkIdentity"


def admit(tx: Transaction, person: Person, settings: OidcSettings) -> Member:
    """The member who has signed in, linked, and with what the groups give; raises IdentityRefused.

    The first time a member is found by an e-mail address that the provider has verified, afterwards by the
    link alone: an address may be given to somebody else one day.
    """
    member = _find_linked(tx, person) or _link(tx, person, settings)
    return give(tx, member, person, settings)


def forget_links(tx: Transaction, member: Member) -> None:
    """A member is removed: whoever signs in with that identity next is somebody new."""
    tx.run("DELETE FROM oidc_links WHERE member_id = :id", id=member.id)


def _find_linked(tx: Transaction, person: Person) -> Member | None:
    row = tx.one(
        "SELECT member_id FROM oidc_links WHERE issuer = :issuer AND subject = :subject",
        issuer=person.issuer,
        subject=person.subject,
    )
    return None if row is None else find_member(tx, row[0])


def _link(tx: Transaction, person: Person, settings: OidcSettings) -> Member:
    if not person.email or not person.email_verified:
        raise IdentityRefused("email_not_verified", "The provider does not vouch for your e-mail address")
    member = find_member_by_email(tx, person.email)
    if member is None:
        member = _provide(tx, person, settings)
    elif _is_linked(tx, member, person):
        raise IdentityRefused("identity_in_use", "This member signs in with another identity")
    tx.run(
        "INSERT INTO oidc_links (issuer, subject, member_id, created) "
        "VALUES (:issuer, :subject, :member, :now) "
        "ON CONFLICT (issuer, subject) DO UPDATE SET member_id = :member, created = :now",
        issuer=person.issuer,
        subject=person.subject,
        member=member.id,
        now=tx.now,
    )
    entry = describe_sign_in(member, "linked", f"Signs in with {settings.name}", LINK)
    save_action(tx, entry)
    return member


def _is_linked(tx: Transaction, member: Member, person: Person) -> bool:
    """Whether the member has another identity at this provider."""
    found = "SELECT 1 FROM oidc_links WHERE member_id = :member AND issuer = :issuer"
    return tx.one(found, member=member.id, issuer=person.issuer) is not None


def _provide(tx: Transaction, person: Person, settings: OidcSettings) -> Member:
    """A new member, if whoever the provider knows may be one; raises IdentityRefused."""
    if settings.provisioning != "anyone":
        raise IdentityRefused("not_invited", "Nobody with this address is a member, or invited")
    member = Member(
        id=tx.ids.object_id(),
        email=person.email,
        role=settings.role,
        first_name=person.first_name,
        last_name=person.last_name,
        created=tx.now,
    )
    entry = describe_sign_in(member, "created", f"Signed in with {settings.name}", "createMember")
    save_member(tx, None, member, entry)
    return member
