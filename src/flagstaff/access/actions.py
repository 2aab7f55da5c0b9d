"""The resource types that policies can name, where each stands, and the documented actions on it.

Names that the service dropped later stay valid, because stored policies still carry them.
"""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec


class ResourceType(msgspec.Struct, frozen=True):
    """One type: its `path` (the types of its segments), its actions, and those that make and show it."""

    path: str
    actions: frozenset[str]
    creation: str | None = None
    view: str | None = None


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _row(path: str, actions: str, creation: str | None = None, view: str | None = None) -> ResourceType:
    return ResourceType(path, _names(actions), creation, view)


_APPROVAL_ACTIONS = """
    applyApprovalRequest createApprovalRequest deleteApprovalRequest reviewApprovalRequest
    updateApprovalRequest
"""

# A change of these touches the flag in all environments, so each environment must permit it.
FLAG_WIDE_ACTIONS = _names(
    """
    addReleasePipeline cloneFlag createExperiment createFlag createFlagLink deleteExperiment deleteFlag
    deleteFlagLink removeReleasePipeline replaceReleasePipeline updateAttachedGoals
    updateClientSideFlagAvailability updateDeprecated updateDescription updateExperimentBaseline
    updateFlagCustomProperties updateFlagDefaultVariations updateFlagLink updateFlagVariations
    updateGlobalArchived updateIncludeInSnippet updateMaintainer updateName updateTags updateTemporary
    """
)

_FLAG_IN_ENVIRONMENT_ACTIONS = f"""
    {_APPROVAL_ACTIONS}
    bypassRequiredApproval copyFlagConfigFrom copyFlagConfigTo createTriggers deleteExperimentResults
    deleteFlagAttachedGoalResults deleteTriggers manageFlagFollowers stopMeasuredRolloutOnFlagFallthrough
    stopMeasuredRolloutOnFlagRule toggleFlag updateExperimentActive updateExpiringRules updateExpiringTargets
    updateFallthrough updateFallthroughWithMeasuredRollout updateFeatureWorkflows
    updateFlagConfigMigrationSettings updateFlagFallthroughTrackEvents updateFlagRuleDescription
    updateFlagSalt updateMeasuredRolloutConfiguration updateOffVariation updateOn updatePrerequisites
    updateReleasePhaseStatus updateRules updateRulesWithMeasuredRollout updateScheduledChanges updateTargets
    updateTrackEvents updateTriggers
"""

_ACCOUNT_TYPES = (
    _row(
        "acct",
        """
        createAnnouncement createOAuthClient createSamlConfig createScimConfig deleteAccount
        deleteAccountToken deleteAnnouncement deleteOAuthClient deleteSamlConfig deleteScimConfig
        deleteSubscription getPaymentCard revokeSessions updateAccountOwner updateAccountToken
        updateAnnouncement updateBillingContact updateOAuthClient updateOrganization updatePaymentCard
        updateRequireMfa updateSamlDecryptionEnabled updateSamlDefaultRole updateSamlEnabled
        updateSamlLogoutUrl updateSamlRequestSigningEnabled updateSamlRequireSso updateSamlSsoUrl
        updateSamlX509Certificate updateSamlX509KeystoreId updateSessionDuration updateSessionRefresh
        updateSubscription viewOAuthClients
        """,
    ),
    _row(
        "member",
        """
        approveDomainMatchedMember createMember deleteMember revokeOAuthClient sendMfaRecoveryCode
        sendMfaRequest updateCustomRole updateMemberRoleAttributes updateRole
        """,
        creation="createMember",
    ),
    _row(
        "member:token",
        """
        createAccessToken deleteAccessToken resetAccessToken updateAccessTokenDescription
        updateAccessTokenName updateAccessTokenPolicy
        """,
        creation="createAccessToken",
    ),
    _row(
        "service-token",
        """
        createAccessToken deleteAccessToken resetAccessToken updateAccessTokenDescription
        updateAccessTokenName
        """,
        creation="createAccessToken",
    ),
    _row(
        "team",
        """
        createTeam deleteTeam updateTeamCustomRoles updateTeamDescription updateTeamMembers updateTeamName
        updateTeamPermissionGrants viewTeam
        """,
        creation="createTeam",
        view="viewTeam",
    ),
    _row(
        "role",
        """
        createRole deleteRole updateBasePermissions updateDescription updateMembers updateName updatePolicy
        updateTokens
        """,
        creation="createRole",
    ),
    _row(
        "webhook",
        """
        createWebhook deleteWebhook updateName updateOn updateQuery updateSecret updateStatements updateTags
        updateUrl
        """,
        creation="createWebhook",
    ),
    _row(
        "integration",
        "createIntegration deleteIntegration updateConfiguration updateName updateOn validateConnection",
        creation="createIntegration",
    ),
    _row(
        "relay-proxy-config",
        """
        createRelayAutoConfiguration deleteRelayAutoConfiguration resetRelayAutoConfiguration
        updateRelayAutoConfigurationName updateRelayAutoConfigurationPolicy
        """,
        creation="createRelayAutoConfiguration",
    ),
    _row(
        "code-reference-repository",
        """
        createCodeRefsRepository deleteCodeRefsRepository updateCodeRefsRepositoryBranches
        updateCodeRefsRepositoryConfiguration updateCodeRefsRepositoryName updateCodeRefsRepositoryOn
        """,
        creation="createCodeRefsRepository",
    ),
    _row(
        "application",
        """
        createApplication createApplicationVersion deleteApplication deleteApplicationVersion
        updateApplicationDescription updateApplicationKind updateApplicationMaintainer
        updateApplicationVersionName updateApplicationVersionSupport
        """,
        creation="createApplication",
    ),
    _row(
        "template",
        "createTemplate deleteTemplate viewTemplate",
        creation="createTemplate",
        view="viewTemplate",
    ),
    _row("pending-request", "updatePendingRequest"),
    _row(
        "domain-verification",
        "createDomainVerification deleteDomainVerification updateDomainVerification",
        creation="createDomainVerification",
    ),
    _row("ip-allowlist", ""),
)

_PROJECT_TYPES = (
    _row(
        "proj",
        """
        createProject deleteProject updateDefaultClientSideAvailability updateDefaultReleasePipeline
        updateIncludeInSnippetByDefault updateProjectFlagDefaults updateProjectName updateTags viewProject
        """,
        creation="createProject",
        view="viewProject",
    ),
    _row(
        "proj:metric",
        """
        createMetric deleteMetric updateDescription updateEventDefault updateEventKey updateMaintainer
        updateName updateNumeric updateNumericSuccess updateNumericUnit updateOn updateRandomizationUnits
        updateSelector updateTags updateUnitAggregationType updateUrls
        """,
    ),
    _row(
        "proj:metric-group",
        """
        createMetricGroup deleteMetricGroup updateMetricGroupDescription updateMetricGroupMaintainer
        updateMetricGroupMetrics updateMetricGroupName updateMetricGroupTags
        """,
    ),
    _row("proj:context-kind", "createContextKind updateAvailabilityForExperiments updateContextKind"),
    _row(
        "proj:release-pipeline",
        """
        createReleasePipeline deleteReleasePipeline updateReleasePipelineDescription updateReleasePipelineName
        updateReleasePipelinePhase updateReleasePipelinePhaseName updateReleasePipelineTags
        """,
    ),
    _row("proj:layer", "createLayer updateLayer updateLayerConfiguration"),
    _row(
        "proj:aiconfig",
        f"""
        {_APPROVAL_ACTIONS}
        createAIConfig deleteAIConfig deleteAIConfigVariation updateAIConfig updateAIConfigTargeting
        updateAIConfigVariation
        """,
    ),
    _row("proj:ai-model-config", "createAIModelConfig deleteAIModelConfig"),
    _row("proj:payload-filter", "createPayloadFilter deletePayloadFilter updatePayloadFilter"),
    _row("proj:view", ""),
    _row("proj:release-policy", ""),
)

_ENVIRONMENT_TYPES = (
    _row(
        "proj:env",
        """
        createEnvironment deleteContextInstance deleteEnvironment importEventData updateApiKey
        updateApprovalSettings updateColor updateConfirmChanges updateCritical updateDefaultTrackEvents
        updateMobileKey updateName updateRequireComments updateSecureMode updateTags updateTtl viewSdkKey
        """,
    ),
    _row("proj:env:flag", f"{_FLAG_IN_ENVIRONMENT_ACTIONS} {' '.join(sorted(FLAG_WIDE_ACTIONS))}"),
    _row(
        "proj:env:segment",
        f"""
        {_APPROVAL_ACTIONS}
        bypassRequiredSegmentApproval createSegment deleteSegment updateDescription updateExcluded
        updateExpiringRules updateExpiringTargets updateIncluded updateName updateRules updateScheduledChanges
        updateTags
        """,
    ),
    _row("proj:env:experiment", "createExperiment updateExperiment updateExperimentArchived"),
    _row(
        "proj:env:holdout",
        """
        addExperimentToHoldout createHoldout removeExperimentFromHoldout updateHoldoutDescription
        updateHoldoutMethodology updateHoldoutName updateHoldoutRandomizationUnit updateHoldoutStatus
        """,
    ),
    _row(
        "proj:env:destination",
        "createDestination deleteDestination updateConfiguration updateName updateOn",
    ),
    _row("proj:env:user", "deleteUser"),
    _row("proj:env:sdk-key", ""),
)

RESOURCE_TYPES: Mapping[str, ResourceType] = MappingProxyType(
    {row.path: row for row in (*_ACCOUNT_TYPES, *_PROJECT_TYPES, *_ENVIRONMENT_TYPES)}
)
"""Every resource type by its path: `acct`, `member:token`, `proj:env:flag`."""

# What was split off a wider action later: where nothing is said of it, that of the wider one still counts.
INCLUDED_IN: Mapping[str, str] = MappingProxyType({"updateFlagRuleDescription": "updateRules"})

_PATH_OF_TYPE = {path.rpartition(":")[2]: path for path in RESOURCE_TYPES}


def find_path(resource_type: str) -> str | None:
    """The path of a type named alone: `flag` -> `proj:env:flag`; None if nothing is called so."""
    return _PATH_OF_TYPE.get(resource_type)


def is_known_action(resource_type: str, action: str) -> bool:
    """Whether `action` is documented for the type, given alone (`flag`) or as a path (`proj:env:flag`)."""
    row = RESOURCE_TYPES.get(_PATH_OF_TYPE.get(resource_type, resource_type))
    return row is not None and action in row.actions
