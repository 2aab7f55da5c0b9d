"""Flag evaluation against the official Python SDK in one process: CPU time of each, and the ratio.

Run it as it is, or with PYTHONPATH on a build that mypyc compiled.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from inputs.flags import CASES, CONTEXT, SEGMENTS, mixed_flags
from ldclient import LDClient
from ldclient.config import Config
from ldclient.context import Context
from ldclient.feature_store import InMemoryFeatureStore
from ldclient.impl.evaluator import Evaluator
from ldclient.impl.events.types import EventFactory
from ldclient.impl.model import FeatureFlag, Segment
from ldclient.versioned_data_kind import FEATURES
from ldclient.versioned_data_kind import SEGMENTS as SEGMENT_KIND

from flagstaff.evaluation import Dataset, dataset
from flagstaff.evaluation.context import parse_context
from flagstaff.evaluation.evaluate import evaluate_flag
from flagstaff.evaluation.preparation.flags import prepare_flag
from flagstaff.evaluation.preparation.segments import prepare_segment
from flagstaff.evaluation.scope import Scope

Call = Callable[[], Any]

REPEATS = 9
OFFICIAL = Context.from_dict(CONTEXT)
OURS = parse_context(CONTEXT)
ALL_FLAGS = {key: flag for _, group in CASES for key, flag in group.items()}


def measure(call: Call, calls: int) -> float:
    started = time.process_time()
    for _ in range(calls):
        call()
    return (time.process_time() - started) / calls


def compare(official: Call, ours: Call, calls: int) -> tuple[float, float]:
    """Give the best CPU seconds of each, in turns so that a change of the machine's speed meets both."""
    pairs = [(measure(official, calls), measure(ours, 10 * calls)) for _ in range(REPEATS)]
    empty = min(measure(do_nothing, 10_000) for _ in range(REPEATS))
    return min(pair[0] for pair in pairs) - empty, min(pair[1] for pair in pairs) - empty


def do_nothing() -> None:
    """Stand for the cost of calling what is measured."""


def print_row(name: str, times: tuple[float, float]) -> None:
    official, ours = (1e6 * seconds for seconds in times)
    print(f"  {name:42} {official:10.2f} {ours:10.3f} {official / ours:8.1f}x")


def make_client(flags: dict[str, Any]) -> LDClient:
    store = InMemoryFeatureStore()
    store.init({FEATURES: flags, SEGMENT_KIND: SEGMENTS})
    offline = {"use_ldd": True, "send_events": False, "diagnostic_opt_out": True}
    return LDClient(Config("sdk-benchmark", feature_store=store, **offline))


def compare_all_flags() -> None:
    flags = mixed_flags(1000)
    client, prepared = make_client(flags), Dataset.from_json({"flags": flags, "segments": SEGMENTS})

    def official() -> bytes:
        return json.dumps(client.all_flags_state(OFFICIAL).to_json_dict()).encode()

    expected, actual = json.loads(official()), json.loads(prepared.evaluate_all(CONTEXT))
    assert {key: actual[key]["value"] for key in flags} == {key: expected[key] for key in flags}
    print("all flags, 1,000 mixed ones, to response bytes (rival: all_flags_state and json)")
    print_row("evaluate_all", compare(official, lambda: prepared.evaluate_all(CONTEXT), 4))
    with_reasons = compare(official, lambda: prepared.evaluate_all(CONTEXT, with_reasons=True), 4)
    print_row("evaluate_all with reasons, rival without", with_reasons)
    client.close()
    print("preparation, ms")
    preparing = measure(lambda: Dataset.from_json({"flags": flags, "segments": SEGMENTS}), 3)
    print(f"  {'1,000 flags':42} {'':10} {1e3 * preparing:10.3f}")
    changed = {"off-0": flags["off-0"]}
    print(
        f"  {'one change':42} {'':10} {1e3 * measure(lambda: prepared.with_changes(changed, {}), 100):10.3f}"
    )


def list_evaluators() -> Iterator[tuple[str, Call, Call]]:
    """Give for each case the evaluator of the SDK and ours, on flags that were looked up before."""
    segments = {key: Segment(segment) for key, segment in SEGMENTS.items()}
    evaluator = Evaluator(
        {key: FeatureFlag(flag) for key, flag in ALL_FLAGS.items()}.get, segments.get, lambda _key: (None, "")
    )
    events = EventFactory(False)
    prepared = {key: prepare_flag(key, flag) for key, flag in ALL_FLAGS.items()}
    prepared_segments = {key: prepare_segment(key, segment) for key, segment in SEGMENTS.items()}
    shared = Scope({}, {})
    for name, group in CASES:
        key = next(iter(group))
        model, flag = FeatureFlag(ALL_FLAGS[key]), prepared[key]

        def official(model: FeatureFlag = model) -> Any:
            return evaluator.evaluate(model, OFFICIAL, events)

        def alone(flag: Any = flag) -> Any:
            return evaluate_flag(flag, OURS, shared)

        def linked(flag: Any = flag) -> Any:
            return evaluate_flag(flag, OURS, Scope(prepared, prepared_segments))

        ours = linked if flag.has_links else alone
        assert official().detail.reason == ours().reason, name
        yield name, official, ours


def list_clients() -> Iterator[tuple[str, Call, Call]]:
    """Give for each case what an application calls: by key, with a result of its own."""
    client, prepared = make_client(ALL_FLAGS), Dataset.from_json({"flags": ALL_FLAGS, "segments": SEGMENTS})
    for name, group in CASES:
        key = next(iter(group))

        def official(key: str = key) -> Any:
            return client.variation_detail(key, OFFICIAL, None)

        def ours(key: str = key) -> Any:
            return prepared.evaluate_context(key, OURS, None)

        assert (official().value, official().reason) == (ours().value, ours().reason), name
        yield name, official, ours
    client.close()


def main() -> None:
    mode = "plain" if str(dataset.__file__).endswith(".py") else "compiled"
    print(f"Python {sys.version.split()[0]}, evaluation {mode}, CPU time, best of {REPEATS}")
    print(f"  {'microseconds':42} {'official':>10} {'ours':>10} {'ratio':>9}")
    compare_all_flags()
    print("one evaluation (rival: the SDK's evaluator)")
    for name, official, ours in list_evaluators():
        print_row(name, compare(official, ours, 1000))
    print("one evaluation by key, with a result of the caller's own (rival: variation_detail)")
    for name, official, ours in list_clients():
        print_row(name, compare(official, ours, 500))


if __name__ == "__main__":
    main()
