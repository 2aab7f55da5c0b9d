"""What is gathered of the past for an evaluation."""

from flagstaff.evaluation import Dataset
from flagstaff.evaluation.context import parse_context
from flagstaff.features.console.explanations.past import as_dataset, gather_past
from flagstaff.features.flags.store import FlagPlace
from flagstaff.features.projects.environments.store import list_environments
from flagstaff.features.projects.store import get_project
from flagstaff.storage.transaction import Transaction
from tests.support.flag_calls import YES, instruct, make, make_switch, require
from tests.support.server import TestServer

ON = {"kind": "turnFlagOn"}


def test_flags_are_followed_through_their_prerequisites_of_then(server: TestServer) -> None:
    make_switch(server, "login")
    make_switch(server, "base")
    make(server)
    assert require(server, "login", "base", YES).status == 200
    assert require(server, "checkout", "login", YES).status == 200
    instruct(server, ON)
    ((position,),) = server.rows("SELECT max(position) FROM audit_log")
    instruct(server, {"kind": "removePrerequisite", "key": "login"})

    def gather(tx: Transaction) -> None:
        project = get_project(tx, "default")
        environments = {one.key: one for one in list_environments(tx, project)}
        place = FlagPlace(project, tuple(environments.values()))
        state, past = gather_past(tx, place, environments["test"], "checkout", position)
        assert past.flags.keys() == {"checkout", "login", "base"}
        assert (past.segments, state.environments["test"].on) == ({}, True)
        dataset = as_dataset(Dataset.from_json({"flags": {}, "segments": {}}), past)
        ann = parse_context({"kind": "user", "key": "ann"})
        assert dataset.evaluate_context("checkout", ann, None).reason["kind"] == "PREREQUISITE_FAILED"

    server.read(gather)
