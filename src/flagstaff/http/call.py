"""One call of an operation, as its handler sees it: typed input, the caller, and the checks it must make."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from flagstaff.access.checks import check_access
from flagstaff.access.decision import Decision, decide, decide_everywhere, is_visible
from flagstaff.access.specifiers import Resource
from flagstaff.http.identity import Identity
from flagstaff.http.operations import VIEW, Operation
from flagstaff.http.outgoing import NOTHING_PRIVATE, AllowedNetworks
from flagstaff.http.site import HERE, NOWHERE, Site, Visit
from flagstaff.kernel.errors import Forbidden, NotFound
from flagstaff.kernel.instructions import Edit
from flagstaff.kernel.versions import ApiVersion
from flagstaff.storage.audit import Actor, Entry
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import Transaction

Item = TypeVar("Item")
Shown = TypeVar("Shown", bound=Struct)  # with a member `access`


class Installation(Struct, frozen=True):
    """What operations need to know of the installation that serves them."""

    secret_key: SecretKey
    public_addresses: tuple[str, ...] = ()
    outbound_addresses: tuple[str, ...] = ()
    allowed_networks: AllowedNetworks = NOTHING_PRIVATE
    site: Site = HERE
    provider: str = ""  # of identities, as people know it
    sends_mail: bool = False


@dataclass
class Call:
    """Handed to a handler inside its unit; `query` and `body` have the types that its row names."""

    tx: Transaction
    operation: Operation
    identity: Identity
    version: ApiVersion
    installation: Installation
    url: str  # the path as it was called, for links
    path: Mapping[str, str]
    query: Any
    query_pairs: Sequence[tuple[str, str]] = ()
    body: Any = None
    prepared: Any = None
    decided: set[str] = field(default_factory=set)
    filename: str = ""  # of the file that came with a form
    headers: dict[str, str] = field(default_factory=dict)  # of the answer
    checks: tuple[str, ...] = ()  # the actions whose permission the answer shall tell
    visit: Visit = NOWHERE
    identify_again: Callable[[Transaction], Identity | None] = lambda _: None  # for streams: who calls, later
    memory: dict[str, Any] = field(default_factory=dict)  # what the path names, loaded once per call

    @property
    def actor(self) -> Actor:
        return self.identity.actor

    def edit(self, environment: str = "") -> Edit:
        """The moment and the source of ids for a change, in the environment with that key."""
        return Edit(self.tx.now, self.tx.ids, environment)

    def describe(
        self, kind: str, name: str, verb: str, resource: Resource, *actions: str, description: str = ""
    ) -> Entry:
        """What the audit log says of a change that this call makes to one resource."""
        return Entry(
            kind=kind,
            name=name,
            title_verb=verb,
            description=description,
            accesses=tuple((action, resource.text) for action in actions),
            actor=self.actor,
            comment=getattr(self.body, "comment", None) or "",
        )

    def require(self, action: str, resource: Resource) -> None:
        """Raise NotFound if the resource is hidden from the caller, Forbidden if the action is refused."""
        self.require_everywhere(action, (resource,))

    def require_everywhere(self, action: str, resources: Iterable[Resource]) -> None:
        """The same for a change that touches a resource in several environments: all must allow it."""
        self._note(action)
        touched, caller = tuple(resources), self.identity.caller
        decision = decide_everywhere(caller, action, touched)
        if decision is Decision.HIDDEN:
            raise NotFound
        if decision is Decision.FORBIDDEN:
            refused = [one for one in touched if decide(caller, action, one) is not Decision.ALLOWED]
            raise Forbidden(accesses=tuple((action, one.text) for one in refused))

    def may(self, action: str, resource: Resource) -> bool:
        """Whether the caller is allowed the action, for those who say so and leave it at that."""
        self._note(VIEW)
        return decide(self.identity.caller, action, resource) is Decision.ALLOWED

    def sees(self, resource: Resource) -> bool:
        """Whether the caller may see the resource at all; lists and counts leave out what it may not."""
        self._note(VIEW)
        return is_visible(self.identity.caller, resource)

    def with_access(self, shown: Shown, resource: Resource) -> Shown:
        """What is shown of a resource with what the caller may do with it, if that was asked for."""
        if not self.checks:
            return shown
        return replace(shown, access=check_access(self.identity.caller, self.checks, resource))

    def list_seen(self, items: Iterable[Item], sees: Callable[[Item], bool]) -> list[Item]:
        """Those of the items that the caller may see; with that a list has decided, also an empty one."""
        self._note(VIEW)
        return [item for item in items if sees(item)]

    def _note(self, action: str) -> None:
        self.decided.add(action)
