"""Who calls: what the dispatcher learns from a credential, through a callable that the wiring fills."""

from collections.abc import Callable

import msgspec

from flagstaff.access.decision import Caller
from flagstaff.kernel.clock import Millis
from flagstaff.storage.audit import Actor
from flagstaff.storage.transaction import Transaction


class Identity(msgspec.Struct, frozen=True):
    """A caller, how the audit log names it, and the API version that its token asks for (0: the newest).

    `session_id` names the session of a member who has signed in.
    """

    caller: Caller
    actor: Actor
    default_version: int = 0
    session_id: str = ""
    expires: Millis = 0  # when the credential stops working; 0: not by itself

    def is_current(self, now: Millis) -> bool:
        return not self.expires or now < self.expires


# Who calls an open operation: nobody in particular, who may do nothing else.
ANONYMOUS = Identity(Caller("service-token", None, None, "anonymous", ()), Actor())

Identify = Callable[[Transaction, str], Identity | None]


def bare_token(authorization: str) -> str:
    """The token of an Authorization header; a `Bearer` prefix is accepted."""
    scheme, _, rest = authorization.strip().partition(" ")
    return rest.strip() if scheme.lower() == "bearer" else authorization.strip()
