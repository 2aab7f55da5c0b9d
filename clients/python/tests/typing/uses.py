"""A program as users write it; type checkers find nothing wrong with it, and know what things are."""

import asyncio
from collections.abc import Iterator
from typing import Any, assert_type

from launch_darkly_python_sdk import ApiException, LaunchDarkly, NotFound, RawResponse
from launch_darkly_python_sdk.bodies import StatementPost
from launch_darkly_python_sdk.models import FeatureFlag, FeatureFlags, Link, Token

client = LaunchDarkly("token", host="http://127.0.0.1:8080", api_version=20220603, retries=2)


def read_answers() -> None:
    flag = client.feature_flags.single_flag_by_key(project_key="default", feature_flag_key="checkout")
    assert_type(flag, FeatureFlag)
    assert_type(flag.creation_date, int)
    assert_type(flag["creation_date"], int)
    assert_type(flag["creationDate"], int)
    assert_type(flag["_links"]["self"], Link)
    assert_type(flag.links["self"].href, str | None)
    assert_type(flag.get("newerThanTheClient"), Any)
    assert_type(flag.environments["production"].on, bool)
    assert_type([variation.name for variation in flag.variations], list[str | None])


def give_arguments() -> None:
    policy: list[StatementPost] = [
        {"effect": "allow", "not_actions": ["*"], "resources": ["proj/*"]},
        {"effect": "deny", "notActions": ["*"], "resources": ["proj/*"]},
    ]
    token = client.access_tokens.create_new_token(
        name="deploy", inline_role=policy, default_api_version=20220603
    )
    assert_type(token, Token)
    client.access_tokens.create_new_token(inline_role=[{"effect": "allow", "actions": ["*"]}])
    client.feature_flags.create_feature_flag(
        project_key="default",
        name="Checkout",
        key="checkout",
        variations=[{"value": {"any": ["thing"]}, "name": "One"}, {"value": 2}],
        client_side_availability={"using_environment_id": True, "usingMobileKey": False},
        custom_properties={"jira": {"name": "Jira", "value": ["A-1"]}},
    )
    client.feature_flags.create_feature_flag(
        project_key="default", body={"name": "Checkout", "key": "checkout"}
    )
    client.account_usage_beta.get_mau_usage_data(project=["default", "mobile"], _from="1700000000000")


def patch_in_each_format() -> None:
    client.feature_flags.update_feature_flag(
        project_key="default",
        feature_flag_key="checkout",
        environment_key="production",
        instructions=[{"kind": "turnFlagOn"}],
        comment="on",
    )
    client.feature_flags.update_feature_flag(
        project_key="default",
        feature_flag_key="checkout",
        patch=[
            {"op": "replace", "path": "/name", "value": "Till"},
            {"op": "move", "from": "/a", "path": "/b"},
        ],
    )
    client.feature_flags.update_feature_flag(
        project_key="default", feature_flag_key="checkout", merge={"name": "Till"}, comment="name"
    )


def walk() -> Iterator[str]:
    for page in client.feature_flags.list.pages(project_key="default", limit=100):
        assert_type(page, FeatureFlags)
    for flag in client.feature_flags.list.iter(project_key="default", env=["production"]):
        assert_type(flag, FeatureFlag)
        yield flag.key


async def await_answers() -> None:
    token = await client.access_tokens.aget_by_id(id="me")
    assert_type(token, Token)
    raw = await client.access_tokens.raw.aget_by_id(id="me")
    assert_type(raw, RawResponse[Token])
    async for flag in client.feature_flags.alist.iter(project_key="default"):
        assert_type(flag, FeatureFlag)
    tokens = await client.access_tokens.alist()
    assert_type(tokens.total_count, int | None)


def read_raw() -> None:
    raw = client.access_tokens.raw.list(limit=1)
    assert_type(raw.status, int)
    assert_type(raw.round_trip_time, float)
    assert_type(raw.body.items[0], Token)
    assert_type(raw.headers["Content-Type"], str)


def catch() -> None:
    try:
        assert_type(client.access_tokens.delete_by_id(id="x"), None)
    except NotFound as error:
        assert_type(error.code, str | None)
    except ApiException as error:
        assert_type(error.status, int | None)


if __name__ == "__main__":
    read_answers()
    asyncio.run(await_answers())
