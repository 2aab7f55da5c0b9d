"""What policies cost: one decision, and a list of 1,000 flags for a caller whom twenty statements bind.

The rival of the list is the same list for an admin, in the same process and in turns with it.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from flagstaff.access.decision import Caller, decide, is_visible
from flagstaff.access.policies import Policy, Statement
from flagstaff.access.specifiers import Resource, project_resource
from tests.support.client import OWNER
from tests.support.server import TestServer, make_template

FLAGS, PAGE, ROUNDS = 1_000, 100, 15
ACTIONS = ("updateOn", "updateRules", "updateTargets", "updateName", "deleteFlag")
MICROSECONDS = 1e6


def twenty_statements() -> tuple[Statement, ...]:
    """Half of them allow and half deny, by keys, tags and globs; the first shows everything."""
    show = Statement("allow", resources=("proj/*",), actions=("viewProject",))
    rest = []
    for number in range(1, 20):
        effect = "deny" if number % 2 else "allow"
        name = f"team-{number}-*" if number % 3 else "*"
        environment = "production" if number % 2 else "*"
        resources = (f"proj/*:env/{environment}:flag/{name};tag-{number}",)
        actions = ("*",) if number % 5 == 0 else (ACTIONS[number % len(ACTIONS)], "update*")
        rest.append(Statement(effect, resources=resources, actions=actions))  # type: ignore[arg-type]
    return (show, *rest)


def list_flags() -> list[Resource]:
    environment = project_resource("default").environment("production", critical=True)
    return [
        environment.child("flag", f"team-{number % 20}-{number}", (f"tag-{number % 25}", "web"))
        for number in range(FLAGS)
    ]


def best(work: Callable[[], object]) -> float:
    """Seconds of CPU of the best round."""
    times = []
    for _ in range(ROUNDS):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def measure_decisions(base: str) -> tuple[float, float]:
    """Seconds for one decision about a flag, and for judging whether one is seen."""
    policy = Policy(twenty_statements(), base)  # type: ignore[arg-type]
    caller = Caller("member", "m", None, "bench", (policy,))
    asked = [(action, flag) for flag in list_flags() for action in ACTIONS]
    decided = best(lambda: [decide(caller, action, flag) for action, flag in asked])
    seen = best(lambda: [is_visible(caller, flag) for _, flag in asked])
    return decided / len(asked), seen / len(asked)


def fill(server: TestServer) -> None:
    for number in range(FLAGS):
        tags = [f"tag-{number % 25}", "web"]
        body = {"key": f"team-{number % 20}-{number}", "name": f"Flag {number}", "tags": tags}
        assert server.post("/api/v2/flags/default", body, checked=False).status == 201


def measure_lists(server: TestServer) -> tuple[float, float]:
    """Seconds for all pages of all flags: as an admin, and as one whom twenty statements bind."""
    bound = server.add_token(*twenty_statements(), service=True)
    turns = iter(range(10**9))

    def read(token: str) -> None:
        for offset in range(0, FLAGS, PAGE):
            query = {"limit": PAGE, "offset": offset, "turn": next(turns)}  # or the answer would be known
            answer = server.get("/api/v2/flags/default", as_=token, query=query, checked=False)
            assert answer.status == 200

    admin, policy = [], []
    for _ in range(ROUNDS):
        for token, times in ((OWNER, admin), (bound, policy)):
            started = time.process_time()
            read(token)
            times.append(time.process_time() - started)
    return min(admin), min(policy)


def main() -> None:
    for base in ("reader", "no_access"):
        decided, seen = measure_decisions(base)
        print(f"one decision, 20 statements, base {base:<9} {decided * MICROSECONDS:5.1f} us (target 10)")
        print(f"whether a flag is seen, the same           {seen * MICROSECONDS:5.1f} us")
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "made").mkdir()
        server = TestServer(make_template(Path(folder) / "flagstaff.db"), Path(folder) / "made").start()
        fill(server)
        admin, policy = measure_lists(server)
        server.stop()
    print(f"{FLAGS} flags in pages of {PAGE}, admin         {admin * 1000:6.1f} ms")
    print(f"the same, bound by 20 statements      {policy * 1000:6.1f} ms")
    print(f"ratio {policy / admin:.2f} (target 1.3)")


if __name__ == "__main__":
    main()
