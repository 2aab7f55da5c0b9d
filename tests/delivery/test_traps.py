"""The fifty ways in which a server for these SDKs goes wrong, each with the tests that would notice.

A trap is named in our words; beside it stand names of tests, which must exist.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.delivery.clients import ADA, in_path
from tests.delivery.serving import Environment
from tests.support.server import TestServer, make_template

TESTS = Path(__file__).parents[1]
OF_MODEL = {"offVariation", "debugEventsUntilDate"}  # members that may be null
NUMBERS = {"version", "variation", "weight", "seed", "generation", "samplingRatio", "checkRatio"}
TRAPS: dict[int, tuple[str, tuple[str, ...]]] = {
    1: ("a stream that is not chunked", ("test_a_frame_is_one_chunk_of_all_its_parts",)),
    2: ("one of the two maps is missing", ("test_a_poll_of_an_empty_environment_has_both_maps",)),
    3: (
        "a body without announced length is taken for empty",
        ("test_a_body_may_come_in_chunks_of_any_size",),
    ),
    4: ("packed bodies are not unpacked", ("test_a_body_is_unpacked_as_it_says",)),
    5: ("an object among lists of events", ("test_a_body_is_an_array_or_an_object_that_is_tolerated",)),
    6: (
        "a passing state is answered as a final one",
        (
            "test_a_database_that_cannot_be_read_is_a_temporary_state",
            "test_only_so_many_unknown_keys_may_wait",
        ),
    ),
    7: ("413 for events", ("test_a_body_over_the_limit_is_counted_and_answered_as_if_kept",)),
    8: ("a version that goes back", ("test_versions_go_on_after_deletion_and_creation_anew",)),
    9: (
        "a result changes under the same version",
        ("test_a_change_of_a_segment_is_told_with_a_higher_version",),
    ),
    10: ("null where a value is read", ("test_what_is_sent_is_read_strictly_and_holds_no_null",)),
    11: ("fractions in whole numbers", ("test_what_is_sent_is_read_strictly_and_holds_no_null",)),
    12: ("a clause without attribute or values", ("test_the_attribute_of_a_segment_clause_is_empty",)),
    13: (
        "empty lists are left out",
        (
            "test_an_empty_segment_has_every_member_that_sdks_ask_for",
            "test_a_fresh_flag_has_every_member_that_sdks_expect",
        ),
    ),
    14: ("users among the targets of other kinds", ("test_targeting_is_sent_as_sdks_read_it",)),
    15: (
        "users among the lists by kind of segments",
        ("test_users_stand_apart_from_other_kinds", "test_lists_by_kind_are_not_for_lone_users"),
    ),
    16: ("any flag looks like a migration", ("test_a_migration_is_known_by_a_member_that_other_flags_lack",)),
    17: (
        "a big segment without generation",
        ("test_one_made_anew_under_its_key_is_empty_and_has_the_next_generation",),
    ),
    18: ("a seed of zero", ("test_a_rollout_that_readers_could_not_follow_is_refused",)),
    19: (
        "negation makes absent attributes match",
        ("test_what_is_not_there_matches_nothing_even_negated",),
    ),
    20: ("a prerequisite that is off passes", ("test_prerequisites_must_be_on_and_serve_their_variation",)),
    21: ("no off variation is an error", ("test_there_may_be_no_off_variation",)),
    22: ("old attribute names are read as paths", ("test_without_context_kind_every_text_is_one_name",)),
    23: (
        "experiments bucket like rollouts",
        (
            "test_only_tracked_shares_of_experiments_are_in_them",
            "test_a_context_that_lacks_the_kind_gets_the_first_share_outside_the_experiment",
        ),
    ),
    24: ("a weight of contexts that lack the kind", ("test_a_weight_lets_nobody_in_whose_kind_is_missing",)),
    25: ("REPORT, and media types to the letter", ("test_bodies_that_may_be_json_are_read",)),
    26: ("one form of base64 alone", ("test_every_form_of_base64_is_read",)),
    27: ("users of older SDKs", ("test_the_user_of_older_sdks_is_a_context_of_kind_user",)),
    28: (
        "a word before the key",
        ("test_a_key_is_what_stands_in_the_header", "test_an_ios_key_opens_a_stream"),
    ),
    29: (
        "pages may not send or read what they need",
        ("test_a_preflight_is_answered_to_everybody", "test_pages_may_read_the_date_and_errors"),
    ),
    30: ("a poll that is not called JSON", ("test_goals_are_an_empty_list",)),
    31: ("a ping that says nothing", ("test_a_ping_has_one_space_of_data",)),
    32: ("streams that are packed, or silent", ("test_heartbeats_come_to_every_stream",)),
    33: ("evaluations are counted twice", ("test_counts_come_from_summaries_alone",)),
    34: ("one summary at most, and no context in it", ("test_each_summary_of_a_payload_counts",)),
    35: (
        "two ways to write what was redacted",
        ("test_redacted_attributes_are_references_however_an_sdk_writes_them",),
    ),
    36: ("a payload that comes again", ("test_the_same_payload_sent_again_counts_once",)),
    37: (
        "the hash of the wrong text, or of mobile SDKs",
        (
            "test_secure_mode_wants_a_hash_of_the_fully_qualified_key",
            "test_secure_mode_does_not_concern_mobile_sdks",
        ),
    ),
    38: ("a selector that must be escaped", ("test_a_selector_needs_no_escape_in_a_query",)),
    39: ("two spellings of one member", ("test_an_error_names_the_payload_in_both_spellings",)),
    40: (
        "an object that lacks its version",
        ("test_an_object_comes_after_its_kind_and_holds_its_own_version",),
    ),
    41: ("nothing new, and yet something follows", ("test_who_holds_the_newest_version_is_told_so",)),
    42: (
        "the second protocol is not there",
        ("test_a_stream_brings_everything_then_each_change_as_one",),
    ),
    43: (
        "what a relay drops of its configuration",
        (
            "test_a_relay_is_told_every_environment_that_its_policy_allows",
            "test_a_changed_environment_is_told_with_a_higher_version",
            "test_a_reset_key_is_told_with_the_old_one_and_when_it_ends",
        ),
    ),
    44: (
        "a relay is refused while the server starts",
        ("test_while_the_database_cannot_be_asked_nobody_is_refused_for_good",),
    ),
    45: ("steps of big segments without an end", ("test_a_poll_gives_hashes_until_there_is_nothing_more",)),
    46: ("keys that are not hashed", ("test_hashes_are_those_that_sdks_make",)),
    47: ("where a relay sends events", ("test_a_relay_hands_on_packed_events_of_each_kind_of_sdk",)),
    48: (
        "names of events that nobody knows",
        ("test_streams_of_clients_know_four_names_of_events",),
    ),
    49: (
        "flags that are not for this client, or prerequisites hidden",
        (
            "test_a_flag_comes_and_goes_with_its_availability",
            "test_prerequisites_that_clients_may_not_see_are_evaluated_and_listed",
        ),
    ),
    50: ("answers that caches keep", ("test_no_poll_may_be_kept_by_a_cache",)),
}


@cache
def written() -> frozenset[str]:
    """The name of every test."""
    texts = (path.read_text() for path in TESTS.rglob("test_*.py") if "node_modules" not in path.parts)
    return frozenset(
        name for text in texts for name in re.findall(r"^(?:async )?def (test_\w+)", text, re.MULTILINE)
    )


def test_there_are_fifty() -> None:
    assert list(TRAPS) == list(range(1, 51))


@pytest.mark.parametrize("number", TRAPS)
def test_each_trap_has_tests_that_exist(number: int) -> None:
    words, names = TRAPS[number]

    assert words
    assert names
    assert [name for name in names if name not in written()] == []


def walk(value: Any, name: str = "") -> list[tuple[str, Any]]:
    """Every member under its name; those of a list are under the name of the list."""
    if isinstance(value, dict):
        return [found for key, member in value.items() for found in walk(member, key)]
    if isinstance(value, list):
        return [found for member in value for found in walk(member, name)]
    return [(name, value)]


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[TestServer]:
    """A whole one, whose flags are made over REST."""
    running = TestServer(make_template(tmp_path / "template.db"), tmp_path).start()
    yield running
    running.stop()


def test_what_is_sent_is_read_strictly_and_holds_no_null(installation: TestServer) -> None:
    make = installation.post
    assert make("/api/v2/segments/default/production", {"key": "s", "name": "S"}).status == 201
    assert make("/api/v2/flags/default", {"key": "p", "name": "P"}).status == 201
    made = make("/api/v2/flags/default", {"key": "f", "name": "F"}).json
    one, two = (variation["_id"] for variation in made["variations"])
    clause = {"attribute": "", "op": "segmentMatch", "values": ["s"], "contextKind": "user", "negate": False}
    changed = installation.instruct(
        "/api/v2/flags/default/f",
        {"kind": "addRule", "clauses": [clause], "rolloutWeights": {one: 60_000.0, two: 40_000.0}},
        {"kind": "addTargets", "contextKind": "device", "variationId": one, "values": ["d"]},
        {"kind": "updateFallthroughVariationOrRollout", "rolloutWeights": {one: 1, two: 99_999}},
        environment="production",
    )
    assert changed.status == 200, changed

    members = walk(installation.get("/sdk/latest-all", as_=installation.sdk_key()).json)

    nulls = {name for name, value in members if value is None}
    assert nulls <= OF_MODEL
    assert {name for name, value in members if isinstance(value, float)} == set()
    assert {type(value) for name, value in members if name in NUMBERS} == {int}
    assert 60_000 in [value for name, value in members if name == "weight"]


@pytest.mark.parametrize(
    "path",
    [
        "/sdk/latest-all",
        "/sdk/flags",
        "/sdk/flags/f",
        "/sdk/poll",
        f"/sdk/evalx/{{id}}/contexts/{in_path(ADA)}",
        "/sdk/goals/{id}",
    ],
)
def test_no_poll_may_be_kept_by_a_cache(environment: Environment, path: str) -> None:
    environment.publish_flag("f")

    answer = environment.poll(path.format(id=environment.id))

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


def test_streams_of_clients_know_four_names_of_events() -> None:
    frames = (TESTS.parent / "src/flagstaff/delivery/client_changes.py").read_text()

    assert set(re.findall(r"event: (\w+)", frames)) <= {"put", "patch", "delete", "ping"}
