"""Made-up versions and names of SDKs: above a ceiling they are counted together."""

from pathlib import Path

from flagstaff.intake.contexts import Application
from flagstaff.intake.ledger import Ceilings
from flagstaff.intake.outcomes import bound_outcome, bound_sdk
from flagstaff.intake.payload import Sender
from tests.intake.sdk import Sdk, a_counter, a_summary
from tests.intake.stored import NOW, Scratch
from tests.support.server import TestServer

FEW = Ceilings(attributes=2, keys=1)  # ten outcomes


def test_outcomes_above_the_ceiling_keep_their_flag_and_variation(events: Path) -> None:
    scratch = Scratch(events, FEW)
    outcomes = [("checkout", NOW, 1, version, "user") for version in range(12)]
    with scratch.ledger() as ledger:
        kept = [bound_outcome(ledger, "e", outcome) for outcome in outcomes]
        assert bound_outcome(ledger, "e", ("checkout", NOW, 64, 13, "user")) == ("checkout", NOW, -1, -1, "")
        assert bound_outcome(ledger, "other", outcomes[11]) == outcomes[11]
    assert kept == [*outcomes[:10], *[("checkout", NOW, 1, -1, "")] * 2]


def test_what_was_counted_once_goes_on_being_counted(events: Path) -> None:
    scratch = Scratch(events, FEW)
    first = ("checkout", NOW, 1, 3, "user")
    with scratch.ledger() as ledger:
        for version in range(3, 20):
            bound_outcome(ledger, "e", ("checkout", NOW, 1, version, "user"))
    with scratch.ledger() as ledger:
        assert bound_outcome(ledger, "e", first) == first
        later = ("checkout", NOW + 60_000, 1, 3, "user")
        assert bound_outcome(ledger, "e", later) == later


def test_names_of_sdks_above_the_ceiling_are_left_out(events: Path) -> None:
    scratch = Scratch(events, FEW)
    senders = [Sender("e", "browser", f"Fake{n}", "1", "", Application()) for n in range(4)]
    with scratch.ledger() as ledger:
        found = [bound_sdk(ledger, sender) for sender in senders]
        assert bound_sdk(ledger, senders[0]) == found[0]
    assert found == [
        ("browser", "Fake0", "1", ""),
        ("browser", "Fake1", "1", ""),
        *[("browser", "", "", "")] * 2,
    ]


def test_a_flood_of_made_up_versions_and_names_keeps_the_sums(template: Path, tmp_path: Path) -> None:
    few = {"FLAGSTAFF_NEW_KEYS": "1", "FLAGSTAFF_NEW_ATTRIBUTES": "2"}
    server = TestServer(template, tmp_path, **few).start()
    sdk = Sdk(server)
    for version in range(30):
        counters = [a_counter(1, variation=0, version=version)]
        flags = {"checkout": {"counters": counters, "contextKinds": ["user"]}}
        sdk.send(a_summary(flags), User_Agent=f"Fake{version}Client/{version}")

    assert sum(count for (count,) in sdk.rows("count", "flag_counters")) == 30
    assert len(sdk.rows("version", "flag_counters")) == 11
    assert sum(events for (events,) in sdk.rows("events", "sdk_counters")) == 30
    assert len(sdk.rows("sdk", "sdk_counters")) == 3
    assert sdk.counted("events_dropped", reason="new_outcomes") == 20
    assert sdk.counted("events_dropped", reason="new_sdks") == 28
    server.stop()
