"""The built-in roles, written as ordinary policies."""

from collections.abc import Mapping
from types import MappingProxyType

from flagstaff.access.policies import Policy, Statement

_VIEWS = (
    Statement("allow", resources=("proj/*",), actions=("viewProject",)),
    Statement("allow", resources=("team/*",), actions=("viewTeam",)),
    Statement("allow", resources=("template/*",), actions=("viewTemplate",)),
)

# Making context kinds is left out on purpose: it takes an admin, an owner or a custom role.
_WRITABLE = (
    "proj/*",
    "proj/*:env/*",
    "proj/*:env/*:flag/*",
    "proj/*:env/*:segment/*",
    "proj/*:env/*:experiment/*",
    "proj/*:env/*:holdout/*",
    "proj/*:env/*:destination/*",
    "proj/*:env/*:user/*",
    "proj/*:env/*:sdk-key/*",
    "proj/*:metric/*",
    "proj/*:metric-group/*",
    "proj/*:payload-filter/*",
    "proj/*:release-pipeline/*",
    "proj/*:release-policy/*",
    "proj/*:layer/*",
    "proj/*:view/*",
    "proj/*:aiconfig/*",
    "proj/*:ai-model-config/*",
    "integration/*",
    "webhook/*",
    "code-reference-repository/*",
    "relay-proxy-config/*",
    "application/*",
    "template/*",
)

# A reset answers with the new secret, so whoever may reset the tokens of others may become them.
_OWN_TOKENS = ("member/${self}:token/*",)

_ADMINISTERED = (
    "acct",
    "member/*",
    "member/*:token/*",
    "service-token/*",
    "team/*",
    "role/*",
    "pending-request/*",
    "domain-verification/*",
    "ip-allowlist/*",
    "proj/*:context-kind/*",
)


def _allow_all(*resources: str) -> Statement:
    return Statement("allow", resources=resources, actions=("*",))


BUILT_IN: Mapping[str, Policy] = MappingProxyType(
    {
        "reader": Policy(_VIEWS, role_name="Reader"),
        "writer": Policy((*_VIEWS, _allow_all(*_WRITABLE, *_OWN_TOKENS)), role_name="Writer"),
        "admin": Policy(
            (
                *_VIEWS,
                _allow_all(*_WRITABLE, *_ADMINISTERED),
                Statement("deny", resources=("acct",), actions=("updateAccountOwner",)),
            ),
            role_name="Admin",
        ),
        "owner": Policy((*_VIEWS, _allow_all(*_WRITABLE, *_ADMINISTERED)), role_name="Owner"),
        "no_access": Policy(
            (Statement("deny", resources=("proj/*",), actions=("viewProject",)),),
            base="no_access",
            role_name="No access",
        ),
    }
)
"""By the names that members and tokens carry: reader, writer, admin, owner, no_access."""
