"""Makes a flag, releases it to a tenth of the users of an environment, and lists what is on there.

    LAUNCHDARKLY_ACCESS_TOKEN=api-... python release.py default test new-checkout

The token is the one that `make run` prints; LAUNCHDARKLY_HOST names another server than the one on this
machine. A flag that is there already is released all the same.
"""

import sys

from launch_darkly_python_sdk import ApiException, Conflict, LaunchDarkly


def release(client: LaunchDarkly, project: str, environment: str, key: str) -> None:
    """Serve the first variation to every tenth user, and the second one to all others."""
    flags = client.feature_flags
    try:
        flags.create_feature_flag(project_key=project, key=key, name=key.replace("-", " ").capitalize())
    except Conflict:
        print(f"{key} is there already")
    flag = flags.single_flag_by_key(project_key=project, feature_flag_key=key)
    on, off = (str(variation.id) for variation in flag.variations)
    flags.update_feature_flag(
        project_key=project,
        feature_flag_key=key,
        environment_key=environment,
        instructions=[
            {"kind": "turnFlagOn"},
            {
                "kind": "updateFallthroughVariationOrRollout",
                "rollout_weights": {on: 10_000, off: 90_000},
            },
        ],
        comment="A tenth of all users, for a start",
    )


def list_flags_that_are_on(client: LaunchDarkly, project: str, environment: str) -> list[str]:
    """Their keys, from all pages."""
    flags = client.feature_flags.list.iter(project_key=project, env=environment)
    return [flag.key for flag in flags if flag.environments[environment].on]


def main() -> None:
    project, environment, key = sys.argv[1:]
    with LaunchDarkly() as client:
        try:
            release(client, project, environment, key)
            print(f"on in {environment}: {', '.join(list_flags_that_are_on(client, project, environment))}")
        except ApiException as error:
            sys.exit(f"release.py: {error}")


if __name__ == "__main__":
    main()
