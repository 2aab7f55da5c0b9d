"""From arguments to requests."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from launch_darkly_python_sdk.building import build_request
from launch_darkly_python_sdk.groups.access_tokens import AccessTokens
from launch_darkly_python_sdk.groups.account_members import AccountMembers
from launch_darkly_python_sdk.groups.account_usage_beta import AccountUsageBeta
from launch_darkly_python_sdk.groups.code_references import CodeReferences
from launch_darkly_python_sdk.groups.context_settings import ContextSettings
from launch_darkly_python_sdk.groups.contexts import Contexts
from launch_darkly_python_sdk.groups.feature_flags import FeatureFlags
from launch_darkly_python_sdk.groups.insights_charts_beta import InsightsChartsBeta
from launch_darkly_python_sdk.groups.segments_beta import SegmentsBeta
from launch_darkly_python_sdk.groups.webhooks import Webhooks
from launch_darkly_python_sdk.groups.workflows import Workflows

FLAG = {"project_key": "default", "feature_flag_key": "checkout"}
PLACE = {"project_key": "p", "environment_key": "e"}


@pytest.mark.parametrize(
    ("key", "segment"),
    [
        ("checkout", "checkout"),
        ("a/b", "a%2Fb"),
        ("Schlüssel", "Schl%C3%BCssel"),
        ("鍵 1", "%E9%8D%B5%201"),
        ("100%?#&+;", "100%25%3F%23%26%2B%3B"),
        ("%2F", "%252F"),
        ("..", "%2E%2E"),
        (".", "%2E"),
        ("a..b", "a..b"),
        ("a\nb", "a%0Ab"),
    ],
)
def test_keys_are_encoded_so_that_they_stay_one_segment(key: str, segment: str) -> None:
    arguments = {"project_key": "default", "feature_flag_key": key}
    assert (
        build_request(FeatureFlags.single_flag_by_key.operation, arguments).target
        == f"/api/v2/flags/default/{segment}"
    )


@pytest.mark.parametrize(
    ("arguments", "error", "problem"),
    [
        ({"project_key": "default"}, TypeError, "missing feature_flag_key"),
        ({}, TypeError, "missing project_key, feature_flag_key"),
        ({**FLAG, "feature_flag_key": ""}, ValueError, "feature_flag_key is empty"),
        ({**FLAG, "feature_flag_key": None}, TypeError, "feature_flag_key takes a text, not NoneType"),
        ({**FLAG, "feature_flag_key": 5}, TypeError, "feature_flag_key takes a text, not int"),
        ({**FLAG, "feature_flag_key": "\ud800"}, ValueError, "surrogates"),
        ({**FLAG, "exapnd": "x"}, TypeError, "no argument exapnd; do you mean expand"),
        ({**FLAG, "zzz": "x"}, TypeError, "there are project_key, feature_flag_key, env, expand"),
        ({**FLAG, "expand": 5}, TypeError, "expand takes a text, not int"),
        ({**FLAG, "env": 5}, TypeError, "env takes a text or a list of them, not int"),
        ({**FLAG, "env": ["a", 5]}, TypeError, "env takes a text, not int"),
    ],
)
def test_wrong_arguments_are_refused_before_anything_is_sent(
    arguments: dict[str, Any], error: type[Exception], problem: str
) -> None:
    with pytest.raises(error, match=problem):
        build_request(FeatureFlags.single_flag_by_key.operation, arguments)


@pytest.mark.parametrize(
    ("arguments", "query"),
    [
        ({"limit": 20, "offset": 0}, "limit=20&offset=0"),
        ({"summary": False, "archived": True}, "archived=true&summary=false"),
        ({"filter": "tags:a+b,query:x y"}, "filter=tags%3Aa%2Bb%2Cquery%3Ax%20y"),
        ({"env": ["a", "b"]}, "env=a&env=b"),
        ({"env": "a"}, "env=a"),
        ({"env": [], "tag": None}, ""),
        ({"tag": ""}, "tag="),
    ],
)
def test_a_query_is_written_as_the_service_reads_it(arguments: dict[str, Any], query: str) -> None:
    built = build_request(FeatureFlags.list.operation, {"project_key": "default", **arguments})
    assert built.query == query


def test_python_keywords_have_a_line_in_front() -> None:
    arguments = {"_from": "1", "to": "2", "project": ["a"]}
    assert (
        build_request(AccountUsageBeta.get_mau_usage_data.operation, arguments).query
        == "from=1&to=2&project=a"
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1_700_000_000_000, "1700000000000"),
        ("2023-11-14T22:13:20Z", "2023-11-14T22%3A13%3A20Z"),
        (datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC), "1700000000000"),
        (datetime(2023, 11, 15, 0, 13, 20, tzinfo=timezone(timedelta(hours=2))), "1700000000000"),
    ],
)
def test_a_time_is_given_as_a_number_a_text_or_a_datetime(value: Any, text: str) -> None:
    arguments = {"_from": value}
    assert (
        build_request(InsightsChartsBeta.deployment_frequency_chart_data.operation, arguments).query
        == f"from={text}"
    )


@pytest.mark.parametrize(
    ("value", "error"),
    [(datetime(2023, 1, 1), ValueError), (True, TypeError), (1.5, TypeError)],  # noqa: DTZ001 - the point
)
def test_a_time_without_a_zone_is_refused(value: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match="_from"):
        build_request(InsightsChartsBeta.deployment_frequency_chart_data.operation, {"_from": value})


def test_a_required_parameter_of_the_query_cannot_be_none() -> None:
    with pytest.raises(TypeError, match="missing project_key"):
        build_request(InsightsChartsBeta.lead_time_chart_data.operation, {"project_key": None})


def test_fields_of_the_body_go_under_their_names_on_the_wire() -> None:
    arguments = {"name": "deploy", "default_api_version": 20220603, "inline_role": [{"not_actions": ["*"]}]}
    request = build_request(AccessTokens.create_new_token.operation, arguments)
    assert (
        request.content
        == b'{"name":"deploy","inlineRole":[{"notActions":["*"]}],"defaultApiVersion":20220603}'
    )
    assert request.headers == {"Accept": "application/json", "Content-Type": "application/json"}


def test_a_body_is_sent_even_if_it_is_empty() -> None:
    request = build_request(Contexts.evaluate_flags_for_context_instance.operation, PLACE)
    assert request.content == b"{}"


def test_none_is_null_in_a_body() -> None:
    arguments = {
        **PLACE,
        "context_kind": "user",
        "context_key": "k",
        "feature_flag_key": "f",
        "setting": None,
    }
    assert (
        build_request(ContextSettings.update_settings_for_context.operation, arguments).content
        == b'{"setting":null}'
    )


def test_a_whole_body_is_translated_and_sent_in_place_of_fields() -> None:
    arguments = {"body": [{"email": "a@example.com", "first_name": "Ada"}]}
    request = build_request(AccountMembers.invite_new_members.operation, arguments)
    assert request.content == b'[{"email":"a@example.com","firstName":"Ada"}]'
    arguments = {"project_key": "p", "name": "ignored", "body": {"key": "k", "name": "sent"}}
    assert (
        build_request(FeatureFlags.create_feature_flag.operation, arguments).content
        == b'{"key":"k","name":"sent"}'
    )


def test_the_context_of_an_evaluation_is_sent_as_it_is() -> None:
    context = {"kind": "user", "key": "k", "first_name": "Ada"}
    request = build_request(
        Contexts.evaluate_flags_for_context_instance.operation, {**PLACE, "limit": 5, "body": context}
    )
    assert (request.query, request.content) == ("limit=5", b'{"kind":"user","key":"k","first_name":"Ada"}')


def test_missing_fields_and_bodies_are_named() -> None:
    with pytest.raises(TypeError, match="missing name, key"):
        build_request(FeatureFlags.create_feature_flag.operation, {"project_key": "p"})
    with pytest.raises(TypeError, match="missing body"):
        build_request(AccountMembers.invite_new_members.operation, {})
    with pytest.raises(TypeError, match="missing file"):
        build_request(
            SegmentsBeta.start_big_segment_import.operation, {**PLACE, "segment_key": "s", "file": None}
        )


def test_searches_have_their_terms_in_the_body_alone() -> None:
    arguments = {
        **PLACE,
        "filter": "f",
        "sort": "-ts",
        "limit": 5,
        "continuation_token": "t",
        "include_total_count": False,
    }
    for operation in (Contexts.search_contexts.operation, Contexts.search_context_instances.operation):
        request = build_request(operation, arguments)
        assert request.query == "includeTotalCount=false"
        assert request.content == b'{"filter":"f","sort":"-ts","limit":5,"continuationToken":"t"}'


def test_the_template_of_a_workflow_goes_into_the_query_alone() -> None:
    arguments = {**PLACE, "feature_flag_key": "f", "name": "w", "template_key": "t", "dry_run": True}
    request = build_request(Workflows.create_workflow.operation, arguments)
    assert (request.query, request.content) == ("templateKey=t&dryRun=true", b'{"name":"w"}')


@pytest.mark.parametrize("name", ["on", "_true"])
def test_what_is_switched_on_has_two_names(name: str) -> None:
    arguments = {"url": "http://a", "sign": False, name: True}
    request = build_request(Webhooks.create_new_webhook.operation, arguments)
    assert request.content == b'{"url":"http://a","sign":false,"on":true}'


def test_what_is_switched_on_is_given_once() -> None:
    arguments = {"url": "http://a", "sign": False}
    with pytest.raises(TypeError, match="on and _true are the same"):
        build_request(Webhooks.create_new_webhook.operation, {**arguments, "_true": True, "on": True})
    with pytest.raises(TypeError, match="missing _true"):
        build_request(Webhooks.create_new_webhook.operation, arguments)


def test_a_form_has_its_fields_and_its_file() -> None:
    arguments = {**PLACE, "segment_key": "s", "file": b"key\n", "mode": "merge"}
    request = build_request(SegmentsBeta.start_big_segment_import.operation, arguments)
    assert request.form is not None
    assert (request.content, request.form.part, request.form.fields) == (None, "file", {"mode": "merge"})


def test_beta_operations_say_so_themselves() -> None:
    assert (
        build_request(AccountUsageBeta.get_mau_usage_data.operation, {}).headers["LD-API-Version"] == "beta"
    )
    assert "LD-API-Version" not in build_request(AccessTokens.list.operation, {}).headers


def test_only_calls_that_do_no_harm_twice_are_repeatable() -> None:
    assert build_request(Contexts.search_contexts.operation, PLACE).repeatable
    assert build_request(AccessTokens.list.operation, {}).repeatable
    assert build_request(AccessTokens.delete_by_id.operation, {"id": "x"}).repeatable
    assert build_request(
        CodeReferences.upsert_branch.operation, {"repo": "r", "branch": "b", "body": {}}
    ).repeatable
    assert not build_request(AccessTokens.create_new_token.operation, {}).repeatable
    assert not build_request(FeatureFlags.update_feature_flag.operation, {**FLAG, "patch": []}).repeatable
