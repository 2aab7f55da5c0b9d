"""Who was seen, as the event store has it after whole requests."""

import msgspec
import pytest

from flagstaff.features.contexts.model import instance_id
from flagstaff.intake.ledger import DAY, Ceilings, Memory
from flagstaff.intake.store import EventWriter
from tests.intake.sdk import ADA, Sdk, a_custom, an_index
from tests.support.server import START

AT = START - 1_000
BOTH = {"kind": "multi", "user": {"key": "ada", "name": "Ada"}, "org": {"key": "o"}}


def forget(sdk: Sdk) -> None:
    """Let the writer forget what it has written, as a restart does."""
    intake = sdk.server.wired.intake
    intake.store._write_batches = EventWriter(Ceilings(), Memory()).write


def limit(sdk: Sdk, **ceilings: int) -> None:
    sdk.server.wired.intake.store._write_batches = EventWriter(Ceilings(**ceilings), Memory()).write


def test_a_context_is_kept_with_its_instance_its_kind_and_its_attributes(sdk: Sdk) -> None:
    sdk.send(an_index({**ADA, "_meta": {"redactedAttributes": ["phone"]}}))
    ((kind, key, application, name, first, last, redacted, body),) = sdk.rows(
        "kind, key, application_id, name, first_seen, last_seen, redacted, body", "contexts"
    )
    assert (kind, key, application, name, first, last) == ("user", "ada", "", "Ada", AT, AT)
    assert (msgspec.json.decode(redacted), msgspec.json.decode(body)) == (["/phone"], ADA)
    assert sdk.rows("id, kinds, anonymous_kinds, last_seen", "context_instances") == [
        (instance_id({"user": "ada"}), "user", "", AT)
    ]
    assert sdk.rows("kind, first_seen", "context_kinds") == [("user", AT)]
    assert sdk.rows("name, redacted", "attribute_names") == [("/email", 0), ("/name", 0), ("/phone", 1)]


def test_a_context_is_as_it_was_seen_last(sdk: Sdk) -> None:
    sdk.send(an_index())
    sdk.send(an_index({**ADA, "name": "Ada L."}), an_index({**ADA, "name": "Lady Ada"}))
    assert sdk.rows("name", "contexts") == [("Lady Ada",)]
    ((body,),) = sdk.rows("body", "context_instances")
    assert msgspec.json.decode(body)["name"] == "Lady Ada"


@pytest.mark.parametrize("forgets", [False, True])
def test_the_last_sight_moves_on(sdk: Sdk, forgets: bool) -> None:
    sdk.send(an_index())
    sdk.server.clock.advance(seconds=3600 * 3)
    if forgets:
        forget(sdk)
    sdk.send({**an_index(), "creationDate": sdk.server.clock.now})
    assert sdk.rows("first_seen, last_seen", "contexts") == [(AT, sdk.server.clock.now)]


def test_several_contexts_are_one_instance_with_members(sdk: Sdk) -> None:
    sdk.send(an_index(BOTH))
    id_ = instance_id({"user": "ada", "org": "o"})
    assert sdk.rows("id, kinds", "context_instances") == [(id_, "org,user")]
    assert sdk.rows("kind, key, instance_id", "instance_contexts") == [
        ("org", "o", id_),
        ("user", "ada", id_),
    ]
    assert sdk.rows("kind, key", "contexts") == [("org", "o"), ("user", "ada")]


def test_anonymous_contexts_are_not_kept_but_count_as_active(sdk: Sdk) -> None:
    anonymous = {"key": "x1", "anonymous": True, "name": "Nobody"}
    sdk.send(
        an_index({"kind": "user", **anonymous}),
        an_index({"kind": "multi", "user": anonymous, "org": {"key": "o"}}),
    )
    assert sdk.rows("kind, key", "contexts") == [("org", "o")]
    assert sdk.rows("kinds, anonymous_kinds", "context_instances") == [("org", "user")]
    assert sdk.rows("kinds, anonymous", "active_contexts", "kinds") == [("org,user", 0), ("user", 1)]


def test_who_was_active_is_kept_once_for_a_day_an_sdk_and_an_application(sdk: Sdk) -> None:
    for _ in range(2):
        sdk.send(an_index(), an_index(), a_custom())
        sdk.send(an_index(), X_LaunchDarkly_Tags="application-id/shop")
        sdk.send(an_index(), path="/mobile", User_Agent="AndroidClient/5.0")
        forget(sdk)
    assert sdk.rows("day, sdk, source, application_id", "active_contexts", "sdk, application_id") == [
        (START // DAY, "AndroidClient", "mobile", ""),
        (START // DAY, "PythonClient", "server", ""),
        (START // DAY, "PythonClient", "server", "shop"),
    ]
    sdk.server.clock.advance(seconds=86_400)
    sdk.send(an_index())
    assert len(sdk.rows("DISTINCT instance", "active_contexts")) == 1
    assert len(sdk.rows("day", "active_contexts")) == 4


def test_a_context_is_kept_for_each_application(sdk: Sdk) -> None:
    sdk.send(an_index())
    sdk.send(an_index(), X_LaunchDarkly_Tags="application-id/shop")
    assert sdk.rows("key, application_id", "contexts", "2") == [("ada", ""), ("ada", "shop")]
    assert sdk.rows("application_id", "context_instances") == [("",), ("shop",)]


def test_a_flood_of_contexts_is_counted_and_not_stored(sdk: Sdk) -> None:
    limit(sdk, contexts=3)
    flood = [an_index({"kind": "user", "key": f"u{number}"}) for number in range(10)]
    sdk.send(*flood, a_custom(context={"kind": "user", "key": "u1"}), path="/events/bulk/{environment}")
    assert len(sdk.rows("key", "contexts")) == len(sdk.rows("id", "context_instances")) == 3
    assert len(sdk.rows("day", "active_contexts")) == 10
    assert sdk.counted("events_dropped", reason="new_contexts") == 7
    assert sdk.counted("events_accepted") == 11


def test_who_is_stored_already_is_seen_again_when_nobody_new_may_come(sdk: Sdk) -> None:
    limit(sdk, contexts=1)
    sdk.send(an_index())
    forget(sdk)
    sdk.server.clock.advance(seconds=3600)
    sdk.send({**an_index(), "creationDate": sdk.server.clock.now})
    assert sdk.rows("last_seen", "contexts") == [(sdk.server.clock.now,)]
    assert sdk.rows("last_seen", "context_instances") == [(sdk.server.clock.now,)]


def test_a_flood_of_attributes_and_kinds_is_counted_and_not_stored(sdk: Sdk) -> None:
    limit(sdk, attributes=3)
    sdk.send(an_index({"kind": "user", "key": "a", **{f"a{number}": 1 for number in range(9)}}))
    sdk.send(*(an_index({"kind": f"k{number}", "key": "a"}) for number in range(9)))
    assert len(sdk.rows("name", "attribute_names")) == 3
    assert sdk.counted("events_dropped", reason="new_attributes") == 6
    assert [kind for (kind,) in sdk.rows("DISTINCT kind", "contexts")] == ["k0", "k1", "user"]
    assert sdk.counted("events_dropped", reason="new_kinds") == 7


def test_a_flood_of_anonymous_contexts_has_an_end(sdk: Sdk) -> None:
    limit(sdk, contexts=1)
    sdk.send(*(an_index({"kind": "user", "key": f"u{n}", "anonymous": True}) for n in range(15)))
    assert len(sdk.rows("day", "active_contexts")) == 10
    assert sdk.counted("events_dropped", reason="new_active") == 5
