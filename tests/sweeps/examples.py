"""One valid call of every operation, in a world that is made once. A new row adds one line to EXAMPLES.

The call must succeed, and change something if it is a write. What the path names is in KEYS unless the
example says otherwise.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flagstaff.features.accounts.oauth_clients.model import OAuthClient
from flagstaff.http.operations import Operation
from tests.features.accounts.factors.codes import code_at
from tests.support.key_files import a_form

INVITED = "invitation-00000000-0000-4000-8000-0000000000aa"  # links of the world, see links.py
FORGOTTEN = "reset-00000000-0000-4000-8000-0000000000bb"
MIGRATION = {
    "key": "move",
    "name": "Move",
    "purpose": "migration",
    "migrationSettings": {"stageCount": 4},
}
TURN_ON = {"environmentKey": "production", "instructions": [{"kind": "turnFlagOn"}]}

OPS = {"effect": "allow", "actions": ["updateOn"], "resources": ["proj/*:env/test:flag/*"]}

# The calls that make the world, in their order; those with instructions are semantic patches.
WORLD: tuple[tuple[str, str, Any], ...] = (
    ("POST", "/api/v2/account/relay-auto-configs", {"name": "Edge", "policy": []}),  # first: see RELAY_KEYS
    ("POST", "/api/v2/webhooks", {"name": "Hook", "url": "https://example.com", "on": True, "sign": False}),
    ("POST", "/api/v2/roles", {"key": "ops", "name": "Ops", "policy": [OPS]}),
    ("POST", "/api/v2/tokens", {"name": "Robot", "role": "reader"}),
    ("POST", "/api/v2/teams", {"key": "night", "name": "Night", "customRoleKeys": ["ops"]}),
    ("POST", "/api/v2/members", [{"email": "ada@example.com", "role": "reader", "firstName": "Ada"}]),
    ("POST", "/api/v2/oauth/clients", {"name": "Bot", "redirectUri": "https://bot.example.com/back"}),
    ("POST", "/api/v2/projects", {"key": "spare", "name": "Spare", "tags": ["mobile"]}),
    ("POST", "/api/v2/segments/default/test", {"key": "insiders", "name": "Insiders", "tags": ["ops"]}),
    ("POST", "/api/v2/segments/default/test", {"key": "crowd", "name": "Crowd", "unbounded": True}),
    ("POST", "/api/v2/flags/default", {"key": "checkout", "name": "Checkout", "tags": ["ops"]}),
    ("PATCH", "/api/v2/flags/default/checkout", TURN_ON),
    ("POST", "/api/v2/flags/default", MIGRATION),
    ("PUT", "/api/v2/flagstaff/projects/default/payload-filters/web", {"name": "Web"}),
    ("POST", "/api/v2/metrics/default", {"key": "bought", "kind": "custom", "eventKey": "bought"}),
)

KEYS = {
    "projectKey": "default",
    "environmentKey": "test",
    "featureFlagKey": "checkout",
    "flagKey": "move",
    "segmentKey": "insiders",
    "customRoleKey": "ops",
    "teamKey": "night",
    "contextKind": "user",
    "contextKey": "u-1",
    "userKey": "u-1",
    "applicationKey": "shop",
    "versionKey": "1.0",
    "filterKey": "web",
    "metricKey": "bought",
}


@dataclass(frozen=True)
class Example:
    """`keys` replace those of KEYS in the path, and `found` are SQL for those that only the database knows;
    `query` are parameters; `repeats` is false for a PATCH or PUT that changes something again when it is
    sent a second time; what `free` names in the path need not exist; a read that is `reserved` is for
    those who administer the account; `fields` are those of a plain form."""

    json: Any = None
    form: bytes | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    semantic: bool = False
    query: Mapping[str, Any] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict)
    found: Mapping[str, str] = field(default_factory=dict)
    repeats: bool = True
    free: tuple[str, ...] = ()
    reserved: bool = False

    def path(self, row: Operation, **keys: str) -> str:
        """The row's path with keys in it; those given here go first."""
        values = {**KEYS, **self.keys, **keys}
        return re.sub(r"\{(\w+)\}", lambda found: values[found[1]], row.path)


def rename(name: str = "Renamed") -> list[dict[str, str]]:
    """A JSON patch."""
    return [{"op": "replace", "path": "/name", "value": name}]


def instruct(kind: str, **parameters: Any) -> dict[str, Any]:
    """A semantic patch of one instruction."""
    return {"comment": "An example", "instructions": [{"kind": kind, **parameters}]}


A_MEMBER = {"id": "SELECT id FROM members WHERE email = 'ada@example.com'"}
A_TOKEN = {"id": "SELECT id FROM tokens WHERE json_extract(body, '$.name') IN ('Robot', 'Renamed')"}
A_CLIENT = {"clientId": "SELECT id FROM oauth_clients ORDER BY id LIMIT 1"}
# A program that a member has let act for it, and what it was given; conftest.py adds it to the world.
PROGRAM = OAuthClient(
    id="0a11ce00-0000-4000-8000-000000000eee",
    name="Program",
    redirect_uri="https://program.example.com/back",
    created=1,
)
PROOF = {"client_id": PROGRAM.id, "client_secret": "secret-0a11ce"}
CODE = "code-0a11ce"
ASKED = {
    "response_type": "code",
    "client_id": PROGRAM.id,
    "code_challenge": "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
    "code_challenge_method": "S256",
}
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
EXCHANGE = PROOF | {
    "grant_type": "authorization_code",
    "code": CODE,
    "code_verifier": VERIFIER,
}
A_GRANT = {"id": "SELECT id FROM oauth_grants"}
PENDING = {"id": "SELECT id FROM members WHERE email = 'pending@example.com'"}
A_WEBHOOK = {"id": "SELECT id FROM webhooks ORDER BY id LIMIT 1"}
A_DELIVERY = A_WEBHOOK | {"deliveryId": "SELECT id FROM deliveries ORDER BY position LIMIT 1"}
FLAG_DEFAULTS = {
    "tags": ["new"],
    "temporary": False,
    "booleanDefaults": {
        "trueDisplayName": "Yes",
        "falseDisplayName": "No",
        "trueDescription": "",
        "falseDescription": "",
        "onVariation": 0,
        "offVariation": 1,
    },
    "defaultClientSideAvailability": {"usingEnvironmentId": True, "usingMobileKey": True},
}
CONTEXT = {"kind": "user", "key": "u-1", "name": "Ada"}
RELAY_KEYS = {"id": f"{500_001:024x}"}  # ids of the world count up from 500,000
RELAY = {
    "name": "Edge",
    "policy": [{"effect": "allow", "resources": ["proj/*:env/*;qa_*:/flag/*"], "actions": ["*"]}],
}
REDIS = {"integrationKey": "redis"}
STORE = {"integrationId": "SELECT id FROM big_segment_stores"}
CROWD = {"segmentKey": "crowd"}
ENVIRONMENT = {"key": "staging", "name": "Staging", "color": "00ff00"}

EXAMPLES: dict[str, Example] = {
    "getRoot": Example(),
    "getOpenapiSpec": Example(),
    "getIps": Example(),
    "getVersions": Example(),
    "getAuditLogEntries": Example(
        query={
            "limit": 2,
            "after": 1,
            "q": "check",
            "spec": "proj/default:env/*:flag/*",
            "within": "proj/default",
        }
    ),
    "getAuditLogEntry": Example(
        found={"id": "SELECT id FROM audit_log WHERE kind = 'flag' ORDER BY position LIMIT 1"}
    ),
    "getAuditVerification": Example(),
    "getJobs": Example(query={"limit": 1, "kind": "example", "state": "queued"}),
    "getJob": Example(found={"jobId": "SELECT id FROM jobs"}),
    "signIn": Example({"email": "Owner@example.com", "password": "correct horse battery"}),
    "signOut": Example(),
    "getSession": Example(),
    "getSignInMethods": Example(),
    "getSessions": Example(),
    "deleteSession": Example(found={"id": "SELECT id FROM sessions"}),
    "getMembers": Example(query={"limit": 1, "filter": "query:ada", "sort": "-lastSeen,displayName"}),
    "postMembers": Example([{"email": "bob@example.com", "role": "reader", "firstName": "Bob"}]),
    "getMember": Example(found=A_MEMBER),
    "patchMember": Example([{"op": "replace", "path": "/role", "value": "writer"}], found=A_MEMBER),
    "deleteMember": Example(found=A_MEMBER),
    "patchMembers": Example(
        instruct("replaceAllMembersRoles", value="writer", filterQuery="ada@example"), semantic=True
    ),
    "getInvitation": Example(keys={"token": INVITED}),
    "acceptInvitation": Example({"firstName": "Ada", "password": "a new password"}, keys={"token": INVITED}),
    "requestPasswordReset": Example({"email": "owner@example.com"}),
    "getPasswordReset": Example(keys={"token": FORGOTTEN}),
    "resetPassword": Example({"password": "a new password"}, keys={"token": FORGOTTEN}),
    "renewInvitation": Example(found=A_MEMBER),
    "makeResetLink": Example(found=PENDING),
    "putPassword": Example(
        {"password": "correct horse battery", "newPassword": "a new password"}, repeats=False
    ),
    "beginSecondFactor": Example(),
    "confirmSecondFactor": Example({"code": code_at(1_700_000_000_000)}),
    "deleteSecondFactor": Example({"password": "correct horse battery"}),
    "postMemberTeams": Example({"teamKeys": ["night"]}, found=A_MEMBER),
    "getTeams": Example(query={"limit": 1, "filter": "query:nig,nomembers:true", "expand": "members,roles"}),
    "postTeam": Example(
        {"key": "day", "name": "Day", "customRoleKeys": ["ops"], "permissionGrants": []},
        query={"expand": "roles"},
    ),
    "getTeam": Example(query={"expand": "members,roles,projects,maintainers"}),
    "patchTeam": Example(instruct("updateName", value="Renamed"), semantic=True),
    "deleteTeam": Example(),
    "postTeamMembers": Example(form=a_form(b"ada@example.com\n")),
    "getTeamMaintainers": Example(query={"limit": 1}),
    "getTeamRoles": Example(query={"limit": 1}),
    "patchTeams": Example(
        instruct("addAllMembersToTeams", teamKeys=["night"], filterQuery="ada@example"), semantic=True
    ),
    "getCustomRoles": Example(query={"limit": 1}),
    "postCustomRole": Example({"key": "qa", "name": "QA", "policy": [OPS], "basePermissions": "no_access"}),
    "getCustomRole": Example(),
    "patchCustomRole": Example({"patch": rename()}),
    "deleteCustomRole": Example(),
    "getTokens": Example(query={"limit": 1, "showAll": "true"}),
    "postToken": Example({"name": "Fresh", "inlineRole": [OPS]}),
    "getToken": Example(found=A_TOKEN),
    "patchToken": Example(rename(), found=A_TOKEN),
    "deleteToken": Example(found=A_TOKEN),
    "resetToken": Example(query={"expiry": 1_700_000_100_000}, found=A_TOKEN),
    "getOAuthClients": Example(reserved=True),
    "createOAuth2Client": Example({"name": "New", "redirectUri": "https://new.example.com/back"}),
    "getOAuthClientById": Example(found=A_CLIENT, reserved=True),
    "patchOAuthClient": Example(rename(), found=A_CLIENT),
    "deleteOAuthClient": Example(found=A_CLIENT),
    "describeAuthorization": Example(query=ASKED),
    "giveAuthorization": Example(ASKED | {"decision": "allow"}),
    "issueTokens": Example(fields=EXCHANGE),
    "revokeToken": Example(fields=PROOF | {"token": "oauth-unknown"}),
    "getAuthorizationServer": Example(),
    "beginProviderSignIn": Example(query={"next": "/default"}),
    "finishProviderSignIn": Example(query={"code": "c", "state": "s"}),
    "getAuthorizations": Example(query={"showAll": "true"}),
    "deleteAuthorization": Example(found=A_GRANT),
    "getAllWebhooks": Example(),
    "postWebhook": Example({"name": "New", "url": "https://example.com", "on": False, "sign": True}),
    "getWebhook": Example(found=A_WEBHOOK),
    "patchWebhook": Example(rename(), found=A_WEBHOOK),
    "deleteWebhook": Example(found=A_WEBHOOK),
    "getWebhookDeliveries": Example(query={"limit": 1}, found=A_WEBHOOK),
    "replayWebhookDelivery": Example(found=A_DELIVERY, repeats=False),
    "getPreferences": Example(),
    "putPreferences": Example(
        {
            "flagColumns": {"order": ["name", "on"], "hidden": ["on"], "widths": {"name": 240}},
            "flagViews": {"default": [{"name": "Night shift", "query": "tag=ops"}]},
        }
    ),
    "whoCan": Example({"action": "updateOn", "resource": "proj/default:env/test:flag/checkout"}),
    "tellAccess": Example(
        {"questions": [{"resource": "proj/default:env/test:flag/checkout", "actions": ["updateOn"]}]}
    ),
    "getTags": Example(query={"kind": "project", "pre": "mo"}),
    "getProjects": Example(
        query={"limit": 1, "filter": "query:spare", "sort": "-name", "expand": "environments"}
    ),
    "postProject": Example({"key": "fresh", "name": "Fresh", "environments": [ENVIRONMENT]}),
    "getProject": Example(query={"expand": "environments"}),
    "patchProject": Example(rename()),
    "deleteProject": Example(),
    "getFlagDefaultsByProject": Example(),
    "putFlagDefaultsByProject": Example(FLAG_DEFAULTS),
    "patchFlagDefaultsByProject": Example({"temporary": False}),
    "getEnvironmentsByProject": Example(query={"limit": 1, "sort": "name"}),
    "postEnvironment": Example(ENVIRONMENT),
    "getEnvironment": Example(),
    "patchEnvironment": Example(rename()),
    "deleteEnvironment": Example(),
    "resetEnvironmentSdkKey": Example(query={"expiry": 1_700_000_100_000}),
    "resetEnvironmentMobileKey": Example(),
    "getRelayProxyConfigs": Example(),
    "postRelayAutoConfig": Example(RELAY),
    "getRelayProxyConfig": Example(keys=RELAY_KEYS),
    "patchRelayAutoConfig": Example({"patch": rename()}, keys=RELAY_KEYS),
    "deleteRelayAutoConfig": Example(keys=RELAY_KEYS),
    "resetRelayAutoConfig": Example(query={"expiry": 1_700_000_100_000}, keys=RELAY_KEYS),
    "getSegments": Example(query={"limit": 1, "sort": "-name", "filter": "tags anyOf ['ops']"}),
    "postSegment": Example({"key": "outsiders", "name": "Outsiders"}),
    "getSegment": Example(),
    "patchSegment": Example(instruct("updateName", value="Renamed"), semantic=True),
    "deleteSegment": Example(),
    "updateBigSegmentContextTargets": Example({"included": {"add": ["u-2"]}}, keys=CROWD),
    "updateBigSegmentTargets": Example({"excluded": {"add": ["u-2"]}}, keys=CROWD),
    "getBigSegmentStoreIntegrations": Example(),
    "createBigSegmentStoreIntegration": Example(
        {"config": {"host": "redis.example.com", "password": "hunter-2-hunter"}, "name": "Other"},
        keys=REDIS,
    ),
    "getBigSegmentStoreIntegration": Example(keys=REDIS, found=STORE),
    "patchBigSegmentStoreIntegration": Example(rename(), keys=REDIS, found=STORE),
    "deleteBigSegmentStoreIntegration": Example(keys=REDIS, found=STORE),
    "createBigSegmentImport": Example(form=a_form(b"u-7\nu-8\n", mode="merge"), keys=CROWD),
    "getBigSegmentImport": Example(
        keys=CROWD, found={"importID": "SELECT id FROM segment_imports ORDER BY id LIMIT 1"}
    ),
    "getSegmentImports": Example(keys=CROWD),
    "patchSegmentImport": Example(
        {"state": "stopped"},
        keys=CROWD,
        found={"importID": "SELECT id FROM segment_imports WHERE number = 0"},
    ),
    "createBigSegmentExport": Example(keys=CROWD),
    "getBigSegmentExport": Example(keys=CROWD, found={"exportID": "SELECT id FROM segment_exports"}),
    "getBigSegmentExportFile": Example(keys=CROWD, found={"exportID": "SELECT id FROM segment_exports"}),
    "getSegmentMembershipForContext": Example(keys=CROWD, free=("contextKey",)),
    "getSegmentMembershipForUser": Example(keys=CROWD, free=("userKey",)),
    "getContextInstanceSegmentsMembershipByEnv": Example(CONTEXT),
    "getFeatureFlags": Example(
        query={"limit": 1, "env": "test", "summary": "0", "sort": "-creationDate", "filter": "tags:ops"}
    ),
    "postFeatureFlag": Example({"key": "search", "name": "Search"}),
    "getFeatureFlag": Example(query={"env": "test", "expand": "migrationSettings"}),
    "patchFeatureFlag": Example(instruct("turnFlagOn") | {"environmentKey": "test"}, semantic=True),
    "deleteFeatureFlag": Example(),
    "copyFeatureFlag": Example({"source": {"key": "production"}, "target": {"key": "test"}}),
    "getDependentFlags": Example(),
    "getDependentFlagsByEnv": Example(),
    "postMigrationSafetyIssues": Example({"instructions": [{"kind": "turnFlagOn"}]}),
    "getOldKeys": Example(),
    "getConnections": Example(),
    "getConnectionHistory": Example(),
    "getPayloadFilters": Example(),
    "putPayloadFilter": Example(
        {"name": "Web", "flagTags": ["ops"], "flagKeys": ["checkout"]}, free=("filterKey",)
    ),
    "deletePayloadFilter": Example(),
    "getMetrics": Example(query={"expand": "experimentCount"}),
    "postMetric": Example(
        {"key": "seen", "kind": "pageview", "urls": [{"kind": "substring", "substring": "/cart"}]}
    ),
    "getMetric": Example(query={"expand": "experiments,metricGroups"}),
    "patchMetric": Example(rename()),
    "deleteMetric": Example(),
    "evaluateContextInstance": Example(CONTEXT, query={"limit": 1}),
    "getContextKindsByProjectKey": Example(),
    "getContexts": Example(
        query={"limit": 1, "sort": "ts"}, keys={"kind": "user", "key": "u-1"}, free=("kind", "key")
    ),
    "searchContexts": Example({"filter": "kind equals user", "limit": 1}),
    "getContextInstances": Example(keys={"id": "dXNlcjp1LTE"}, free=("id",)),
    "deleteContextInstances": Example(keys={"id": "dXNlcjp1LTE"}),
    "deleteUser": Example(),
    "searchContextInstances": Example({"filter": "kinds contains ['user']"}),
    "getContextAttributeNames": Example(query={"filter": "kind equals user"}),
    "getContextAttributeValues": Example(keys={"attributeName": "name"}, free=("attributeName",)),
    "getUsers": Example(query={"limit": 1}),
    "getSearchUsers": Example(query={"q": "ada", "sort": "-lastSeen"}),
    "getUser": Example(),
    "getUserAttributeNames": Example(),
    "getFeatureFlagStatusAcrossEnvironments": Example(query={"env": "test"}),
    "getFeatureFlagStatuses": Example(),
    "getEvaluationsUsage": Example(query={"tz": "Europe/Berlin"}),
    "getApplications": Example(query={"expand": "flags", "limit": 1}),
    "getApplication": Example(query={"expand": "flags"}),
    "patchApplication": Example([{"op": "replace", "path": "/description", "value": "Sells"}]),
    "deleteApplication": Example(),
    "getApplicationVersions": Example(query={"sort": "-name"}),
    "patchApplicationVersion": Example([{"op": "replace", "path": "/supported", "value": "false"}]),
    "deleteApplicationVersion": Example(),
    "getFeatureFlagStatus": Example(),
    "putContextKind": Example({"name": "Company"}, keys={"key": "org"}, free=("key",)),
    "putContextFlagSetting": Example({"setting": True}, free=("contextKind", "contextKey")),
    "putFlagSetting": Example({"setting": True}, free=("userKey",)),
    "getUserFlagSettings": Example(free=("userKey",)),
    "getUserFlagSetting": Example(free=("userKey",)),
    "previewFlag": Example(instruct("turnFlagOn") | {"environmentKey": "test"}, semantic=True),
    "previewSegment": Example(instruct("updateName", value="Renamed"), semantic=True),
    "getFlagRows": Example(query={"limit": 1, "filter": "tags:ops", "sort": "-name"}),
    "getFlagTraffic": Example(query={"key": "checkout", "hours": 2}),
    "getFlagEvaluations": Example(query={"hours": 24}),
    "getStream": Example(query={"changes": "default", "live": "default/test", "after": "1"}),
    "getSearch": Example(query={"q": "check", "projectKey": "default", "environmentKey": "test", "limit": 3}),
    "getFlagAtMoment": Example(query={"environmentKey": "test", "version": 1}),
    "getSegmentAtMoment": Example(query={"version": 1}),
    "getStepShares": Example(),
    "measureFlagEffect": Example({"instructions": [{"kind": "turnFlagOn"}]}),
    "measureSegmentEffect": Example({"instructions": [{"kind": "addIncludedTargets", "values": ["u-1"]}]}),
    "explainFlag": Example({"context": CONTEXT, "instructions": [{"kind": "turnFlagOn"}]}),
}
