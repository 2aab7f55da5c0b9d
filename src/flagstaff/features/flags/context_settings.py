"""Flags as one context meets them: the variation it is individually given, and what it is served."""

from typing import Any

from msgspec import Struct

from flagstaff.evaluation import Dataset
from flagstaff.evaluation.big_segments import FindMembership
from flagstaff.evaluation.context import Context, parse_context
from flagstaff.features.contexts.kinds.model import USER, check_context_kind
from flagstaff.features.contexts.store import find_latest_body
from flagstaff.features.flags.editing import apply_instructions, save
from flagstaff.features.flags.evaluations import show_reason
from flagstaff.features.flags.individual import find_individual, find_variation, list_steps
from flagstaff.features.flags.list_schemas import FlagSettingRep, FlagSettingsRep
from flagstaff.features.flags.model import Flag, Targeting
from flagstaff.features.flags.scope import flag_of, place_of, resources_of
from flagstaff.features.flags.store import FlagPlace, list_flags
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.features.segments.members import membership_finder
from flagstaff.features.targeting.datasets import current_dataset, prepare_dataset
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation
from flagstaff.kernel.links import Link, Links
from flagstaff.kernel.paging import Page

CONTEXT = (
    "/api/v2/projects/{projectKey}/environments/{environmentKey}"
    "/contexts/{contextKind}/{contextKey}/flags/{featureFlagKey}"
)
USERS = "/api/v2/users/{projectKey}/{environmentKey}/{userKey}/flags"
USER_FLAG = USERS + "/{featureFlagKey}"


class SettingBody(Struct, frozen=True, forbid_unknown_fields=True):
    """The value that the context is to be given; null or nothing takes it off individual targeting."""

    setting: Any = None
    comment: str = ""


def put_context_flag_setting(call: Call) -> None:
    """Give a context a variation by its key, or take it off the flag's individual targets."""
    _put(call, check_context_kind(call.path["contextKind"]), call.path["contextKey"])


def put_flag_setting(call: Call) -> None:
    """Give a user a variation by their key, or take them off the flag's individual targets."""
    _put(call, USER, call.path["userKey"])


def get_user_flag_settings(call: Call) -> FlagSettingsRep:
    """Show what a user is served for every flag that is not archived, and which of it they were given."""
    environment, project = environment_of(call), place_of(call).project
    place = FlagPlace(project, (environment,))
    found = list_flags(call.tx, place, ("NOT archived", {}), ("key", {}), Page(None))
    shown = _shown(call)
    url = call.url.rstrip("/")
    items = {}
    for state in found.states:
        call.tx.pace()
        key = state.flag.key
        targeting = state.environments.get(environment.key)
        if targeting is not None:
            links = {"self": Link(f"{url}/{key}")}
            items[key] = shown.represent(state.flag, targeting, links)
    return FlagSettingsRep(items=items, links={"self": Link(url)})


def get_user_flag_setting(call: Call) -> FlagSettingRep:
    """Show what a user is served for one flag, and whether they were given it individually."""
    environment, project = environment_of(call), place_of(call).project
    state = flag_of(call, FlagPlace(project, (environment,)))
    links = {name: Link(call.url) for name in (state.flag.key, "self")}
    return _shown(call).represent(state.flag, state.environments[environment.key], links)


def _put(call: Call, context_kind: str, key: str) -> None:
    environment, place = environment_of(call), place_of(call)
    state = flag_of(call, place)
    call.require("updateTargets", resources_of(place, state.flag)[environment.key])
    wanted = find_variation(state.flag, call.body.setting)
    steps = list_steps(state.environments[environment.key], context_kind, key, wanted)
    if steps:
        save(call, apply_instructions(call, place, state, steps, environment.key))


class _Shown(Struct, frozen=True):
    """The user in the path, and what flags are evaluated with."""

    dataset: Dataset
    context: Context
    find: FindMembership

    def represent(self, flag: Flag, targeting: Targeting, links: Links) -> FlagSettingRep:
        given = find_individual(targeting, USER, self.context.keys[USER])
        served = self.dataset.evaluate_context(flag.key, self.context, None, big_segments=self.find)
        return FlagSettingRep(
            links=links,
            value=served.value,
            setting=None if given is None else flag.variation(given).value,
            reason=show_reason(served.reason),
        )


def _shown(call: Call) -> _Shown:
    """The user as events have last shown them; one who was never seen has nothing but a key."""
    environment, key = environment_of(call), call.path["userKey"]
    known = find_latest_body(call.tx, environment, USER, key)
    context = parse_context(known or {"kind": USER, "key": key})
    find = membership_finder(call.tx, environment.id)
    return _Shown(current_dataset(call, environment), context, find)


SETTINGS, CONTEXTS = "user_settings", "context_settings"
OPERATIONS = (
    Operation(
        put_context_flag_setting,
        "PUT",
        CONTEXT,
        (CONTEXTS, "update_settings_for_context"),
        "updateTargets",
        body=SettingBody,
        status=204,
    ),
    Operation(
        put_flag_setting,
        "PUT",
        USER_FLAG,
        (SETTINGS, "update_flag_settings_for_user"),
        "updateTargets",
        body=SettingBody,
        status=204,
    ),
    Operation(
        get_user_flag_settings,
        "GET",
        USERS,
        (SETTINGS, "list_flag_settings_for_user"),
        answer=FlagSettingsRep,
        prepare=prepare_dataset,
    ),
    Operation(
        get_user_flag_setting,
        "GET",
        USER_FLAG,
        (SETTINGS, "single_flag_setting"),
        answer=FlagSettingRep,
        prepare=prepare_dataset,
    ),
)
