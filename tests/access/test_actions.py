import pytest

from flagstaff.access.actions import FLAG_WIDE_ACTIONS, RESOURCE_TYPES, find_path, is_known_action


@pytest.mark.parametrize(
    ("resource_type", "action"),
    [
        ("acct", "updateAccountOwner"),
        ("acct", "createOAuthClient"),
        ("proj", "viewProject"),
        ("env", "updateApiKey"),
        ("flag", "updateOn"),
        ("flag", "updateGlobalArchived"),
        ("flag", "applyApprovalRequest"),
        ("proj:env:flag", "copyFlagConfigTo"),
        ("segment", "updateIncluded"),
        ("segment", "applyApprovalRequest"),
        ("token", "updateAccessTokenPolicy"),
        ("member:token", "createAccessToken"),
        ("relay-proxy-config", "resetRelayAutoConfiguration"),
        ("payload-filter", "updatePayloadFilter"),
        ("code-reference-repository", "updateCodeRefsRepositoryBranches"),
    ],
)
def test_documented_actions_are_known(resource_type, action):
    assert is_known_action(resource_type, action)


@pytest.mark.parametrize(
    ("resource_type", "action"),
    [
        ("flag", "updateFlag"),
        ("flag", "updateon"),
        ("flag", "*"),
        ("segment", "updateOn"),
        ("service-token", "updateAccessTokenPolicy"),
        ("flags", "updateOn"),
        ("proj:flag", "updateOn"),
    ],
)
def test_other_names_are_not(resource_type, action):
    assert not is_known_action(resource_type, action)


@pytest.mark.parametrize("action", ["deleteExperimentResults", "updateExpiringRules", "updateAttachedGoals"])
def test_actions_that_the_service_dropped_stay_known(action):
    assert is_known_action("flag", action)


def test_what_touches_a_whole_flag_is_told_from_what_touches_one_environment():
    assert {"createFlag", "deleteFlag", "updateTags", "cloneFlag"} <= FLAG_WIDE_ACTIONS
    assert not {"updateOn", "updateRules", "updateTargets", "copyFlagConfigTo"} & FLAG_WIDE_ACTIONS
    assert RESOURCE_TYPES["proj:env:flag"].actions > FLAG_WIDE_ACTIONS


def test_a_type_is_found_by_its_last_word():
    assert find_path("flag") == "proj:env:flag"
    assert find_path("token") == "member:token"
    assert find_path("flags") is None


def test_no_two_types_share_their_last_word():
    assert len({path.rpartition(":")[2] for path in RESOURCE_TYPES}) == len(RESOURCE_TYPES)


def test_the_actions_that_make_or_show_a_type_are_among_its_actions():
    named = [(row, name) for row in RESOURCE_TYPES.values() for name in (row.creation, row.view) if name]
    assert named
    assert all(name in row.actions for row, name in named)


def test_every_top_type_that_can_be_made_says_how():
    made = {
        row.path
        for row in RESOURCE_TYPES.values()
        if ":" not in row.path
        and row.path != "acct"
        and any(name.startswith("create") for name in row.actions)
    }
    assert made == {row.path for row in RESOURCE_TYPES.values() if row.creation} - {"member:token"}
